/** What a builder sees in the real editor, with a screenshot of each step; none may cause a console error or a call to another machine. */
import type { Browser } from 'playwright-core';
import { launch, type Watched } from '../../harness/browser.mts';
import { canvasNode, openNode, openWorkflow } from '../../harness/n8n/editor.mts';
import { readWorkflow } from '../../harness/examples.mts';
import { builder, faults, screenshot } from './support/browser.mts';
import { n8n, node, sandbox, world } from './support/world.mts';

const workflowUrl = (id: string) => `${world.n8n.url}/workflow/${id}`;

let browser: Browser;
let watched: Watched;
beforeAll(async () => {
	await sandbox.reset();
	browser = await launch();
});
beforeEach(async () => (watched = await builder(browser)));
afterEach(async () => {
	expect(faults(watched)).toEqual({ errors: [], outside: [] });
	await watched.page.context().close();
});
afterAll(async () => await browser.close());

it('shows the panel of the node with the fields of Session: Create', async () => {
	const { page } = watched;
	await openWorkflow(page, workflowUrl(world.signup.id));
	await screenshot(page, 'workflow');
	const panel = await openNode(page, 'Create Verification Session');
	for (const field of [
		'Resource',
		'Operation',
		'Workflow',
		'Feature Combination',
		'Your User ID (Vendor Data)',
		'Page Afterwards',
	]) {
		await panel.getByText(field, { exact: true }).first().waitFor();
	}
	await screenshot(page, 'didit-panel');
});

it('offers session_id and url for mapping in the next node before the Didit node ever ran', async () => {
	const { page } = watched;
	const { id } = await n8n.createWorkflow({
		...(await readWorkflow('examples/signup-to-verification-email.json')),
		name: 'Never ran',
	});
	await openWorkflow(page, workflowUrl(id));
	const panel = await openNode(page, 'Send Verification Email');
	const input = panel.locator('[data-test-id="ndv-input-panel"]');
	for (const field of ['session_id', 'url'])
		await input.getByText(field, { exact: true }).waitFor();
	await screenshot(page, 'mapping-before-first-run');
});

it('imports the example from its file and shows the fields of its Didit node', async () => {
	const { page } = watched;
	await page.goto(workflowUrl('new'));
	await page
		.locator('[data-test-id="workflow-import-input"]')
		.setInputFiles('examples/signup-to-verification-email.json');
	for (const name of [
		'Signup',
		'Create Verification Session',
		'Send Verification Email',
		'Respond With Session ID',
	])
		await canvasNode(page, name).waitFor();
	await screenshot(page, 'imported-example');
	const panel = await openNode(page, 'Create Verification Session');
	await panel.getByText('Your User ID (Vendor Data)', { exact: true }).waitFor();
});

it.each(['key', 'secret'] as const)(
	'runs a new Create node as it is, with a credential of either kind (%s)',
	async (kind) => {
		const { page } = watched;
		const didit = node(
			'Didit',
			'n8n-nodes-didit.didit',
			1,
			{},
			{ diditApi: world.credentials[kind] },
		);
		const start = node('Start', 'n8n-nodes-base.manualTrigger', 1, {});
		const { id } = await n8n.createWorkflow({
			name: `New node ${kind}`,
			nodes: [start, didit],
			connections: { Start: { main: [[{ node: 'Didit', type: 'main', index: 0 }]] } },
		});
		await openWorkflow(page, workflowUrl(id));
		await page.getByText('Create Session', { exact: true }).waitFor();
		const panel = await openNode(page, 'Didit');
		await screenshot(page, `new-node-${kind}`);
		await panel.locator('[data-test-id="node-execute-button"]').first().click();
		const output = panel.locator('[data-test-id="output-panel"]');
		await output.getByText('session_id').first().waitFor();
		await screenshot(page, `new-node-ran-${kind}`);
	},
);

it('asks for the status before Update Status runs', async () => {
	const { page } = watched;
	const didit = node(
		'Didit',
		'n8n-nodes-didit.didit',
		1,
		{ operation: 'updateStatus' },
		{ diditApi: world.credentials.key },
	);
	const { id } = await n8n.createWorkflow({ name: 'Status', nodes: [didit], connections: {} });
	await openWorkflow(page, workflowUrl(id));
	await page.getByText('Update Status', { exact: true }).first().waitFor();
	const panel = await openNode(page, 'Didit');
	await panel.getByText('New Status', { exact: true }).first().waitFor();
	await screenshot(page, 'update-status');
	expect(await panel.locator('[data-test-id="parameter-issues"]').count()).toBeGreaterThan(0);
});

it('lists the published workflows of an API key', async () => {
	const { page } = watched;
	const didit = node(
		'Didit',
		'n8n-nodes-didit.didit',
		1,
		{ resource: 'session', operation: 'create' },
		{ diditApi: world.credentials.key },
	);
	const { id } = await n8n.createWorkflow({
		name: 'Workflow list',
		nodes: [didit],
		connections: {},
	});
	await openWorkflow(page, workflowUrl(id));
	const panel = await openNode(page, 'Didit');
	await panel.locator('[data-test-id="resource-locator-workflowId"] input:visible').last().click();
	for (const name of ['Identity check (default)', 'Age check', 'Company check'])
		await page.getByText(name, { exact: true }).waitFor();
	await screenshot(page, 'workflow-list');
	for (const name of ['Unfinished idea', 'Retired onboarding'])
		expect(await page.getByText(name).count()).toBe(0);
});

it('tests the credential when its window opens, and shows the stored secret to nobody [T49]', async () => {
	const { page } = watched;
	await openWorkflow(page, workflowUrl(world.signup.id));
	const panel = await openNode(page, 'Create Verification Session');
	await panel.locator('[data-test-id="credential-edit-button"]').click();
	const dialog = page.locator('[data-test-id="editCredential-modal"]');
	await dialog.getByText('Connection tested successfully').waitFor();
	for (const field of [
		'Authentication',
		'Client ID',
		'Client Secret',
		'Webhook Secret',
		'Environment',
	]) {
		await dialog.locator('label', { hasText: field }).first().waitFor();
	}
	await screenshot(page, 'credential');
	const values = await dialog
		.locator('input')
		.evaluateAll((inputs) => inputs.map((input) => (input as unknown as { value: string }).value));
	expect(values).toContain(world.sandbox.clientId);
	expect(values).not.toContain(world.sandbox.clientSecret);
});
