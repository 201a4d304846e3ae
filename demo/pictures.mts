/** Takes the pictures of docs/images anew: `npx tsx demo/pictures.mts`. Everything in them is real; people and secrets are invented. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launch, openPage } from './browser.mts';
import { mailsTo } from './mailbox.mts';
import { canvasNode, openNode, openWorkflow } from './n8n/editor.mts';
import { ensureInstall } from './n8n/install.mts';
import { packPackage } from './package.mts';
import { CLONE, stateFolder } from './paths.mts';
import { freePort, isFree } from './ports.mts';
import { provision, readWorkflow } from './provision.mts';
import { startStack, type Stack } from './stack.mts';

const SIGNUP = { name: 'Grace Example', email: 'grace@mail.example', user_id: 'user-1001' };
const EDITOR = { viewport: { width: 1400, height: 700 } };
const INBOX = { viewport: { width: 1400, height: 560 } };
const PHONE = { viewport: { width: 390, height: 720 }, deviceScaleFactor: 2 };

async function take(page: Page, name: string): Promise<void> {
	// JPEG: the build copies every png and svg of the repository into the package.
	await page.screenshot({ path: join(CLONE, 'docs/images', `${name}.jpg`), type: 'jpeg', quality: 85, animations: 'disabled' });
	console.log(`docs/images/${name}.jpg`);
}

const folder = await mkdtemp(join(tmpdir(), 'didit-pictures-'));
let stack: Stack | undefined;
try {
	const packed = `${stateFolder()}-e2e`;
	await mkdir(packed, { recursive: true });
	await mkdir(join(CLONE, 'docs/images'), { recursive: true });
	// The addresses in the pictures are those that a reader will have.
	const port = async (usual: number) => ((await isFree(usual)) ? usual : await freePort());
	const ports = { n8n: await port(5678), sandbox: await port(4180), smtp: await port(1025), mail: await port(1080) };
	stack = await startStack({ install: await ensureInstall(console.log), packageDir: await packPackage(packed), userFolder: folder, ports });
	await pictures(stack, ports.smtp);
} finally {
	await stack?.stop();
	await rm(folder, { recursive: true, force: true });
}
process.exit();

async function pictures({ n8n, sandbox, mailbox }: Stack, smtpPort: number): Promise<void> {
	const { client, credentials } = await provision(n8n.url, sandbox, smtpPort);
	const example = await readWorkflow('examples/signup-to-verification-email.json');
	for (const node of example.nodes) {
		if (node.type === 'n8n-nodes-didit.didit') {
			node.credentials = { diditApi: { id: credentials.secret.id, name: credentials.secret.name } };
			node.parameters.callback = 'https://shop.example/welcome';
		}
		if (node.type === 'n8n-nodes-base.emailSend') node.credentials = { smtp: { id: credentials.mail.id, name: credentials.mail.name } };
	}
	const { id } = await client.createWorkflow(example);

	const browser = await launch();
	const { page } = await openPage(browser, EDITOR, { url: n8n.url, session: client.session });
	await openWorkflow(page, `${n8n.url}/workflow/${id}`);
	// One run in the editor, as a builder would try it: the nodes get their ticks and the panel its data.
	await page.locator('[data-test-id="execute-workflow-button"]').click();
	await post(`${n8n.url}/webhook-test/signup`);
	await canvasNode(page, 'Respond With Session ID').locator('[data-test-id="canvas-node-status-success"]').waitFor();
	const message = page.getByRole('alert').filter({ hasText: 'Workflow executed successfully' });
	await message.locator('.el-notification__closeBtn').click();
	await message.waitFor({ state: 'detached' });
	// While it still turns, the button has no text.
	await page.locator('[data-test-id="execute-workflow-button"]', { hasText: 'Execute workflow' }).waitFor();
	await page.locator('[data-test-id="zoom-to-fit"]').click();
	await page.mouse.move(700, 600);
	await take(page, 'workflow');

	const panel = await openNode(page, 'Create Verification Session');
	// The headers of the call are of no interest, and the fields of the answer fit better one below the other.
	await panel.locator('[data-test-id="ndv-input-panel"] [data-test-id="run-data-schema-item"]', { hasText: 'headers' }).locator('.toggle').first().click();
	await panel.locator('[data-test-id="output-panel"] [data-test-id="radio-button-schema"]').click();
	await take(page, 'didit-node');

	const [mail] = await mailsTo(mailbox.url, SIGNUP.email);
	const inbox = (await openPage(browser, INBOX)).page;
	await inbox.goto(`${mailbox.url}/`);
	await inbox.getByText(mail.subject).first().click();
	await take(inbox, 'mail');

	const link = /http:\/\/\S+/.exec(mail.text)?.[0] ?? '';
	const phone = (await openPage(browser, PHONE)).page;
	await phone.goto(link);
	await take(phone, 'sandbox-page');
	await browser.close();
}

/** The test address of a webhook answers only while the editor listens. */
async function post(url: string): Promise<void> {
	for (let attempt = 0; attempt < 100; attempt++) {
		const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(SIGNUP) });
		if (response.ok) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error('The editor did not listen for the test call.');
}
