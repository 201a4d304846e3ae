/** What an AI assistant that builds workflows gets from n8n's MCP server: it finds the node, understands it, and what it writes runs. */
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { launch, openPage } from '../../harness/browser.mts';
import { mailsTo } from '../../harness/mailbox.mts';
import { ask } from '../../harness/sandbox.mts';
import { createSession } from './support/examples.mts';
import { Assistant } from './support/mcp.mts';
import {
	decide,
	defaultWorkflow,
	eventually,
	n8n,
	sandbox,
	subjectsTo,
	world,
} from './support/world.mts';

let assistant: Assistant;
let diditWorkflow = '';

/** The node types in the order in which a search shows them. */
async function found(query: string): Promise<string[]> {
	const text = await assistant.text('search_nodes', { queries: [query] });
	return [...text.matchAll(/(?:^|\\n|\n)- (\S+?)(?: \[|\\n|\n)/g)].map(([, type]) => type);
}

const definitionOf = async (type: string) =>
	await assistant.text('get_node_types', {
		nodeIds: [{ nodeId: type, resource: 'session', operation: 'create' }],
	});

/** Builds one of the wishes in wishes/ the way that the server tells assistants to. Returns the workflow's ID. */
async function build(wish: string, ids: Record<string, string> = {}): Promise<string> {
	const { data } = await assistant.call<{
		data: Array<{ id: string; name: string; type: string }>;
	}>('list_credentials', {});
	const idOf = (type: string, name: string) =>
		data.find((one) => one.type === type && one.name === name)?.id ?? '';
	const all = {
		WORKFLOW: diditWorkflow,
		DIDIT: idOf('diditApi', world.credentials.key.name),
		SMTP: idOf('smtp', world.credentials.mail.name),
		...ids,
	};
	const source = await readFile(`test/e2e/wishes/${wish}.js`, 'utf8');
	const code = source.replace(
		/'(WORKFLOW|DIDIT|SMTP|TABLE)'(?=\)|,| \})/g,
		(whole, name: string) => (name in all ? `'${all[name as keyof typeof all]}'` : whole),
	);
	expect(await assistant.call('validate_workflow', { code })).toMatchObject({ valid: true });
	const { workflowId } = await assistant.call<{ workflowId: string }>('create_workflow_from_code', {
		code,
		versionName: 'First version',
	});
	expect(await assistant.call('publish_workflow', { workflowId })).toMatchObject({ success: true });
	await n8n.activate(workflowId);
	return workflowId;
}

const post = async (path: string, body: object) =>
	await ask<Record<string, unknown>>(world.n8n.url, 'POST', `/webhook/${path}`, body);

const sessionsOf = async (person: string) =>
	(await sandbox.sessions()).filter(({ vendor_data }) => vendor_data === person);

describe("n8n's MCP server", () => {
	beforeAll(async () => {
		await sandbox.reset();
		diditWorkflow = await defaultWorkflow();
		assistant = await Assistant.connect();
	});
	afterAll(async () => await assistant?.close());

	it('has a definition that fits into what a model reads', async () => {
		expect((await definitionOf('n8n-nodes-didit.didit')).length).toBeLessThan(97_000);
		expect((await definitionOf('n8n-nodes-didit.diditTrigger')).length).toBeLessThan(6_000);
	});

	it('has an entry in the search that is short, with the hint which operation is for what', async () => {
		const text = await assistant.text('search_nodes', { queries: ['didit'] });
		const start = text.indexOf('- n8n-nodes-didit.didit');
		const entry = text.slice(start, text.indexOf('- n8n-nodes-didit.didit', start + 1));
		expect(entry.length).toBeLessThan(4_000);
		expect(entry).toContain('waitForResult pauses the workflow');
	});

	it.each([
		'identity verification',
		'kyc',
		'kyb',
		'verify identity',
		'age verification',
		'phone verification',
		'sanctions',
		'sanctions screening',
		'aml screening',
		'proof of address',
		'background check',
		'passport',
		'selfie',
		'liveness',
		'document verification',
		'onboarding verification',
		'company verification',
		'compliance check',
		'fraud prevention',
		'blocklist',
		'transaction monitoring',
	])('finds Didit first for "%s"', async (query) => {
		expect((await found(query))[0]).toMatch(/^n8n-nodes-didit\./);
	});

	// A node of which the first word is the name comes first, whatever else is asked for.
	it.each([
		'id check',
		'face match',
		'verify a user',
		'verify phone number',
		'one-time code',
		'email verification',
		'wallet screening',
	])('finds Didit for "%s"', async (query) => {
		expect(await found(query)).toContain('n8n-nodes-didit.didit');
	});

	it('builds: signup and email', async () => {
		await build('signup');
		const answer = await post('wish-signup', { id: 'wish-1', email: 'wish-1@customer.example' });
		const [session] = await sessionsOf('wish-1');
		expect(answer.session_id).toBe(session.session_id);
		const [mail] = await mailsTo(world.mailbox.url, 'wish-1@customer.example');
		expect(mail.text).toContain(session.url);
	});

	describe('builds: onboarding with a wait', () => {
		beforeAll(async () => {
			await build('onboarding');
		});

		it.each([
			['Approved', 'Wish: welcome'],
			['Declined', 'Wish: declined'],
			['In Review', 'Wish: not done'],
		])('ended by %s', async (status, subject) => {
			const person = `wish-${status.replace(' ', '-')}`;
			const address = `${person}@customer.example`;
			await post('wish-onboarding', { id: person, email: address });
			const session = await eventually('a session', async () => (await sessionsOf(person))[0]);
			await eventually('the link', async () => (await subjectsTo(address))[0]);
			await decide(session.session_id, status);
			// The person comes back in the browser, perhaps before the execution waits.
			await eventually('the outcome', async () => {
				await fetch(session.callback ?? '', { redirect: 'manual' });
				return (await subjectsTo(address)).includes(subject);
			});
			expect(await subjectsTo(address)).toHaveLength(2);
		});
	});

	it('builds: results to a table', async () => {
		const columns = ['person', 'status', 'verified', 'session'];
		const table = await n8n.ensureDataTable('wish_results', columns, []);
		const id = await build('results', { TABLE: table.id });
		const { session_id: session } = await createSession('wish-table', 'Approved');
		const rows = await eventually('a row', async () => {
			const all = await n8n.rows(table);
			return all.length > 0 && all;
		});
		await n8n.deactivate(id);
		expect(rows).toMatchObject([
			{ person: 'wish-table', status: 'Approved', verified: 'true', session },
		]);
	});

	it('builds: nightly reminder', async () => {
		await createSession('wish-open');
		const workflowId = await build('reminder');
		await assistant.call('execute_workflow', { workflowId, executionMode: 'production' });
		const address = 'wish-open@customer.example';
		const [mail] = await eventually('a reminder', async () => {
			const mails = await mailsTo(world.mailbox.url, address);
			return mails.length > 0 && mails;
		});
		const [{ url }] = await sessionsOf('wish-open');
		expect(mail.text).toContain(url);
	});

	it('builds: erasure with receipt', async () => {
		await createSession('wish-erased');
		await build('erasure');
		expect(await post('wish-erasure', { id: 'wish-erased' })).toMatchObject({
			deleted: true,
			sessions_deleted: 1,
		});
		expect(await sessionsOf('wish-erased')).toEqual([]);
	});

	describe('builds: phone code in a form', () => {
		let browser: Browser;
		beforeAll(async () => {
			await build('phone');
			browser = await launch();
		});
		afterAll(async () => await browser?.close());

		it.each([
			['123456', 'Your number is confirmed.'],
			['000000', 'The code is wrong.'],
		])('with the code %s', async (code, ending) => {
			const { page } = await openPage(browser, {});
			await page.goto(`${world.n8n.url}/form/wish-phone`);
			await page.getByLabel('Phone').fill('+34 600 000 000');
			await page.getByRole('button', { name: 'Submit' }).click();
			await page.getByLabel('Code').fill(code);
			await page.getByRole('button', { name: 'Submit' }).click();
			await page.getByText(ending).waitFor();
			await page.close();
		});
	});

	it('builds: sanctions screening of a table', async () => {
		const table = await n8n.ensureDataTable(
			'wish_customers',
			['customer', 'name', 'born'],
			[
				{ customer: 'wish-clear', name: 'Nora Sample', born: '1990-05-31' },
				{ customer: 'wish-listed', name: 'Nora Sanctioned', born: '1990-05-31' },
			],
		);
		const workflowId = await build('screening', { TABLE: table.id });
		await assistant.call('execute_workflow', { workflowId, executionMode: 'production' });
		const address = 'wish-compliance@shop.example';
		await eventually('a mail', async () => (await subjectsTo(address))[0]);
		expect(await subjectsTo(address)).toEqual(['Wish: wish-listed has 1 hits']);
	});
});
