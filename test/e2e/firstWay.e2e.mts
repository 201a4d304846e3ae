/** The first way of a builder who has read nothing: an empty n8n, a credential, and a workflow from signup to verdict, clicked together in the editor. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { launch, type Watched } from '../../harness/browser.mts';
import { mailsTo } from '../../harness/mailbox.mts';
import { mailCredential } from '../../harness/n8n/credentials.mts';
import {
	addNode,
	canvasNode,
	choose,
	closePanel,
	enter,
	troubleOn,
} from '../../harness/n8n/editor.mts';
import { freePort } from '../support/freePort.mts';
import { builder, faults, screenshot, visitor } from './support/browser.mts';
import { startOther, stopOthers, type Other } from './support/others.mts';
import { eventually, sandbox, world } from './support/world.mts';

/** n8n's own editor asks npm who publishes a community node before it is added. */
const NPM = /^https:\/\/(registry|api)\.npmjs\.org\//;

const CREATE = 'Create session';
const SEND = 'Send an Email';
const WAIT = 'Wait for result of session';
const VERIFIED = 'No Operation, do nothing';
const NOT_VERIFIED = `${VERIFIED}1`;

type Kind = 'key' | 'secret';

let browser: Browser;
let folder: string;
let fresh: Other;
let watched: Watched;

beforeAll(async () => {
	await sandbox.reset();
	browser = await launch();
	folder = await mkdtemp(join(tmpdir(), 'didit-first-way-'));
});
beforeEach(async () => {
	fresh = await startOther(join(folder, String(Date.now())), await freePort());
	await fresh.client.saveCredential('smtp', 'Mailbox', mailCredential(world.mailbox.smtpPort));
	watched = await builder(browser, fresh.client);
	watched.page.setDefaultTimeout(60_000);
	await watched.page.route(
		NPM,
		async (route) =>
			await route.fulfill({ json: {}, headers: { 'access-control-allow-origin': '*' } }),
	);
}, 300_000);
afterEach(async () => {
	await watched.page.context().close();
	await fresh.stop();
});
afterAll(async () => {
	await browser.close();
	await stopOthers();
	await rm(folder, { recursive: true, force: true });
});

/** Enters a new credential in its window, as it opens from the panel. n8n closes the window once the credential's test has passed. */
async function connect(page: Page, panel: Locator, kind: Kind, shot: (step: string) => unknown) {
	await panel.getByRole('button', { name: 'Connect to Didit' }).click();
	const dialog = page.locator('[data-test-id="editCredential-modal"]');
	await dialog.locator('[data-test-id="parameter-input-authentication"]').waitFor();
	await shot('credential-empty');
	if (kind === 'key') {
		await choose(dialog, 'authentication', 'API Key');
		await enter(dialog, 'apiKey', world.sandbox.apiKey);
	} else {
		await enter(dialog, 'clientId', world.sandbox.clientId);
		await enter(dialog, 'clientSecret', world.sandbox.clientSecret);
	}
	await choose(dialog, 'environment', 'Custom');
	await enter(dialog, 'verificationUrl', world.sandbox.url);
	if (kind === 'secret') await enter(dialog, 'authUrl', world.sandbox.url);
	await shot('credential');
	const tested = page.waitForResponse((response) => response.url().endsWith('/credentials/test'));
	await dialog.locator('[data-test-id="credential-save-button"]').click();
	expect(await (await tested).json()).toMatchObject({ data: { status: 'OK' } });
	await dialog.waitFor({ state: 'hidden' });
}

async function publish(page: Page): Promise<void> {
	await page.locator('[data-test-id="workflow-open-publish-modal-button"]').click();
	await page.locator('[data-test-id="workflow-publish-button"]').click();
	await page.getByRole('button', { name: 'Got it' }).click();
	await page.getByRole('button', { name: 'Published' }).waitFor();
}

it.each<Kind>(['key', 'secret'])(
	'leads from an empty n8n to a verified person, by clicks alone and without an error (%s)',
	async (kind) => {
		const { page } = watched;
		const shot = async (step: string) => await screenshot(page, `first-way-${kind}-${step}`);
		const address = `${kind}@mail.example`;

		await page.goto(`${fresh.client.url}/workflow/new`);
		let panel = await addNode(page, { search: 'Webhook' });
		await choose(panel, 'httpMethod', 'POST');
		await enter(panel, 'path', 'first');
		await closePanel(panel);

		panel = await addNode(page, { after: 'Webhook', search: 'Didit', action: CREATE });
		await shot('create-empty');
		await connect(page, panel, kind, shot);
		await enter(panel, 'vendorData', '{{ $json.body.user_id }}');
		await choose(panel, 'afterVerification', 'Resume This Workflow');
		await panel.getByText('Resumed By', { exact: true }).waitFor();
		await shot('create');
		await closePanel(panel);

		panel = await addNode(page, { after: CREATE, search: 'Send Email', action: SEND });
		await enter(panel, 'fromEmail', 'onboarding@shop.example');
		await enter(panel, 'toEmail', "{{ $('Webhook').item.json.body.email }}");
		await enter(panel, 'subject', 'Please confirm who you are');
		await enter(panel, 'html', '<a href="{{ $json.url }}">Verify</a>');
		await shot('email');
		await closePanel(panel);

		panel = await addNode(page, { after: SEND, search: 'Didit', action: WAIT });
		await panel.getByText('Max Wait Time', { exact: true }).waitFor();
		await shot('wait');
		await closePanel(panel);

		panel = await addNode(page, { after: WAIT, search: 'If' });
		const fields = panel.locator('[data-test-id="ndv-input-panel"]');
		await fields.getByText('verified', { exact: true }).waitFor();
		await enter(panel, 'left', '{{ $json.verified }}');
		await panel.locator('[data-test-id="filter-operator-select"]').click();
		await page.getByText('Boolean', { exact: true }).hover();
		await page.getByText('is true', { exact: true }).click();
		await shot('if');
		await closePanel(panel);
		for (const branch of ['true', 'false']) {
			await closePanel(await addNode(page, { after: 'If', search: VERIFIED }));
			await shot(`branch-${branch}`);
		}

		expect(await troubleOn(page)).toEqual([]);
		await publish(page);
		await shot('published');
		expect(await troubleOn(page)).toEqual([]);

		await eventually('the webhook to take a signup', async () => {
			const { ok } = await fetch(`${fresh.client.url}/webhook/first`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ user_id: `user-${kind}`, email: address }),
			});
			return ok;
		});
		const mail = await eventually(
			'the mail',
			async () => (await mailsTo(world.mailbox.url, address))[0],
		);
		const link = /href="(http:[^"]+)"/.exec(mail.html)?.[1] ?? '';

		const person = await visitor(browser);
		await person.page.goto(link);
		await person.page.getByRole('button', { name: 'Approve' }).click();
		await person.page.getByText('Your verification is complete').waitFor();
		await screenshot(person.page, `first-way-${kind}-thank-you`);
		expect(faults(person)).toEqual({ errors: [], outside: [] });
		await person.page.context().close();

		await page.getByText('Executions', { exact: true }).click();
		const done = (name: string) =>
			canvasNode(page, name).locator('[data-test-id="canvas-node-status-success"]');
		await done(VERIFIED).waitFor();
		for (const name of ['Webhook', CREATE, SEND, WAIT, 'If']) await done(name).waitFor();
		await shot('execution');
		expect(await done(NOT_VERIFIED).count()).toBe(0);
		expect(await troubleOn(page)).toEqual([]);
		const { errors, outside } = faults(watched);
		expect({ errors, outside: outside.filter((url) => !NPM.test(url)) }).toEqual({
			errors: [],
			outside: [],
		});
		const [{ id }] = await fresh.client.workflows();
		expect(await fresh.client.executionIds(id)).toEqual([
			expect.objectContaining({ status: 'success' }),
		]);
		expect(await sandbox.sessions()).toContainEqual(
			expect.objectContaining({
				vendor_data: `user-${kind}`,
				status: 'Approved',
				version: kind === 'key' ? 'v3' : 'v1',
			}),
		);
	},
	300_000,
);
