/** Takes the pictures in docs/images again: `npm run pictures`. Everything in them is real, except people and secrets: those are invented. */
import getPort from 'get-port';
import type { Locator, Page } from 'playwright-core';
import { launch, openPage } from '../../harness/browser.mts';
import { eventually } from '../../harness/eventually.mts';
import { mailsTo } from '../../harness/mailbox.mts';
import type { Stored } from '../../harness/n8n/client.mts';
import { canvasNode, openNode, openWorkflow } from '../../harness/n8n/editor.mts';
import { chooseCredentials, provision, readWorkflow } from '../../harness/examples.mts';
import { ask } from '../../harness/sandbox.mts';
import { inWorld, type World } from '../../harness/world.mts';
import { screen, take, takeOnce } from './camera.mts';
import { Film } from './film.mts';
import { gallery } from './gallery.mts';

const SIGNUP = { name: 'Grace Example', email: 'grace@mail.example', user_id: 'user-1001' };
const EDITOR = { viewport: { width: 1400, height: 700 } };
const INBOX = { viewport: { width: 1400, height: 560 } };
const PHONE = { viewport: { width: 390, height: 720 }, deviceScaleFactor: 2 };

await inWorld({ name: 'pictures', say: console.log }, pictures);
process.exit();

async function pictures(world: World): Promise<void> {
	// The addresses in the pictures are those that a reader will have.
	const sandbox = await world.startSandbox({ port: await getPort({ port: 4180 }) });
	const mailbox = await world.startMailbox({
		smtp: await getPort({ port: 1025 }),
		web: await getPort({ port: 1080 }),
	});
	const n8n = await world.startN8n({ port: await getPort({ port: 5678 }) });
	const { client, credentials } = await provision(n8n.url, sandbox, mailbox.smtpPort);
	const example = async (file: string, didit: Stored) => {
		const workflow = chooseCredentials(await readWorkflow(`examples/${file}`), {
			diditApi: didit,
			smtp: credentials.mail,
		});
		for (const { parameters } of workflow.nodes)
			if ('callback' in parameters) parameters.callback = 'https://shop.example/welcome';
		return `${n8n.url}/workflow/${(await client.createWorkflow(workflow)).id}`;
	};
	const browser = await launch();
	const film = new Film();
	const { page } = await openPage(browser, EDITOR, { url: n8n.url, session: client.session });
	// The first load takes long on a busy machine.
	page.setDefaultTimeout(90_000);

	await openWorkflow(page, await example('signup-to-verification-email.json', credentials.secret));
	// One run in the editor, as a builder would try it: the nodes get their ticks and the panel its data.
	await execute(page, async () => await post(`${n8n.url}/webhook-test/signup`));
	await ticked(page, 'Respond With Session ID');
	await tidy(page);
	await take(page, 'workflow');
	const panel = await openNode(page, 'Create Verification Session');
	// The headers of the call are of no interest, and the fields of the answer fit better one below the other.
	await panel
		.locator('[data-test-id="ndv-input-panel"] [data-test-id="run-data-schema-item"]', {
			hasText: 'headers',
		})
		.locator('.toggle')
		.first()
		.click();
	await showFields(panel);
	await take(page, 'didit-node');

	const [mail] = await mailsTo(mailbox.url, SIGNUP.email);
	const inbox = (await openPage(browser, INBOX)).page;
	await inbox.goto(`${mailbox.url}/`);
	await inbox.getByText(mail.subject).first().click();
	await takeOnce(inbox, 'mail');
	const phone = (await openPage(browser, PHONE)).page;
	await phone.goto(linkIn(mail.text));
	await takeOnce(phone, 'sandbox-page');

	await openWorkflow(page, await example('signup-wait-branch.json', credentials.secret));
	await page.locator('[data-test-id="zoom-to-fit"]').click();
	film.add('Build it once, in n8n', await screen(page, 'film'));
	await execute(page, async () => await post(`${n8n.url}/webhook-test/onboarding`));
	// The sixth node has put out its item: the one that waits.
	await page.getByText('1 item', { exact: true }).nth(5).waitFor();
	await page.locator('[data-test-id="zoom-to-fit"]').click();
	await page.mouse.move(700, 600);
	await take(page, 'waiting-workflow');
	film.add('Someone signs up, and the workflow waits', await screen(page, 'film'));
	await inbox.reload();
	const invitation = (await mailsTo(mailbox.url, SIGNUP.email))[1];
	await inbox.getByText(invitation.subject).first().click();
	film.add('They get a personal link', await screen(inbox, 'film'));
	await phone.goto(linkIn(invitation.text));
	film.add('They verify, on their phone', await screen(phone, 'film'));
	// The page afterwards does not exist; leaving for it is enough.
	await phone.route(
		'https://shop.example/**',
		async (route) => await route.fulfill({ body: 'Welcome' }),
	);
	await phone.getByRole('button', { name: 'Approve' }).click();
	await ticked(page, 'Email: Verified');
	await tidy(page);
	film.add('The workflow continues with the result', await screen(page, 'film'));
	await showFields(await openNode(page, 'Wait for Result'));
	await take(page, 'wait-for-result');
	film.add('A verdict that you can trust', await screen(page, 'film'));
	await film.save(browser, 'onboarding');

	await openWorkflow(page, await example('result-to-mail-and-table.json', credentials.key));
	const trigger = await openNode(page, 'Didit Trigger');
	await trigger.locator('[data-test-id="node-execute-button"]').first().click();
	await trigger.getByText('Listening for test event').first().waitFor();
	await approveSession(sandbox);
	await showFields(trigger);
	await closeMessage(page, 'Node executed successfully');
	await take(page, 'didit-trigger');

	await gallery(browser, client, {
		diditApi: credentials.key,
		smtp: credentials.mail,
		httpBasicAuth: await client.saveCredential('httpBasicAuth', 'Form login', {
			user: 'desk',
			password: 'Picture-1',
		}),
		slackApi: await client.saveCredential('slackApi', 'Slack', { accessToken: 'xoxb-example' }),
		openAiApi: await client.saveCredential('openAiApi', 'OpenAI', { apiKey: 'sk-example' }),
	});
	await browser.close();
}

function linkIn(text: string): string {
	return /http:\/\/\S+/.exec(text)?.[0] ?? '';
}

async function execute(page: Page, start: () => Promise<void>): Promise<void> {
	await page.locator('[data-test-id="execute-workflow-button"]').click();
	await start();
}

async function ticked(page: Page, node: string): Promise<void> {
	await canvasNode(page, node).locator('[data-test-id="canvas-node-status-success"]').waitFor();
}

/** After a run: without its message, all nodes in sight. */
async function tidy(page: Page): Promise<void> {
	await closeMessage(page, 'Workflow executed successfully');
	// While it still turns, the button has no text.
	await page
		.locator('[data-test-id="execute-workflow-button"]', { hasText: 'Execute workflow' })
		.waitFor();
	await page.locator('[data-test-id="zoom-to-fit"]').click();
	await page.mouse.move(700, 600);
}

async function closeMessage(page: Page, text: string): Promise<void> {
	const message = page.getByRole('alert').filter({ hasText: text });
	await message.locator('.el-notification__closeBtn').click();
	await message.waitFor({ state: 'detached' });
}

async function showFields(panel: Locator): Promise<void> {
	const output = panel.locator('[data-test-id="output-panel"]');
	await output.getByText('session_id').first().waitFor();
	// The choice of the view is there while the mouse is.
	await output.hover();
	await output.locator('[data-test-id="radio-button-schema"]').click();
}

/** A session of the API key for the customer of the demo, approved by hand in the sandbox. */
async function approveSession({ url, apiKey }: { url: string; apiKey: string }): Promise<void> {
	const key = { 'x-api-key': apiKey };
	const { results } = await ask<{ results: Array<{ workflow_id: string; is_default: boolean }> }>(
		url,
		'GET',
		'/v3/workflows/',
		undefined,
		key,
	);
	const workflow_id = results.find(({ is_default }) => is_default)?.workflow_id;
	const session = { workflow_id, vendor_data: 'user-2001' };
	const { session_id } = await ask<{ session_id: string }>(
		url,
		'POST',
		'/v3/session/',
		session,
		key,
	);
	await ask(url, 'PATCH', `/sandbox/sessions/${session_id}`, { status: 'Approved' });
}

/** The test address of a webhook answers only while the editor listens. */
async function post(url: string): Promise<void> {
	await eventually('the editor to listen for the test call', async () => {
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(SIGNUP),
		});
		return response.ok;
	});
}
