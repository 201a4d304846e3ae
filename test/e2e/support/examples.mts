/** The examples as a builder gets them: the file imported in the editor, then the credentials chosen. And what they are about: customers and their sessions. */
import type { Browser, Page } from 'playwright-core';
import { launch, openPage, type Watched } from '../../../harness/browser.mts';
import { mailsTo, type Mail } from '../../../harness/mailbox.mts';
import type { DataTable, Row, Stored, WorkflowJson } from '../../../harness/n8n/client.mts';
import { chooseCredentials, customers } from '../../../harness/examples.mts';
import { builder, faults } from './browser.mts';
import { decide, defaultWorkflow, didit, eventually, n8n, sandbox, world } from './world.mts';

/** An empty sandbox, and a browser. */
export async function begin(): Promise<Browser> {
	await sandbox.reset();
	// A busy machine can need longer than Didit's five seconds, and a second delivery would come too late for a test.
	await sandbox.set({ webhooks: { timeoutSeconds: 30 } });
	return await launch();
}

let editor: Watched | undefined;

/** One editor for all of a test file: from the second time on it comes from the browser's cache. */
export async function editorOf(browser: Browser): Promise<Watched> {
	if (!editor) {
		editor = await builder(browser);
		// The first load takes long on a busy machine.
		editor.page.setDefaultTimeout(90_000);
	}
	return editor;
}

/** Imports `examples/<file>` through the editor, and saves it where the editor does not do so by itself. Throws when the editor reports an error. */
export async function importExample(browser: Browser, file: string): Promise<string> {
	const watched = await editorOf(browser);
	const { page } = watched;
	await page.goto(`${world.n8n.url}/workflow/new`);
	const stored = page.waitForResponse(
		(response) =>
			response.request().method() === 'POST' && response.url().endsWith('/rest/workflows'),
	);
	await page.locator('[data-test-id="workflow-import-input"]').setInputFiles(`examples/${file}`);
	await page.locator('[data-test-id="canvas-node"]').first().waitFor();
	const save = page
		.locator('[data-test-id="workflow-save-button"]')
		.getByRole('button', { name: 'Save' });
	if (await save.isVisible()) await save.click();
	const { data } = (await (await stored).json()) as { data: Stored };
	expect({ file, ...faults(watched) }).toEqual({ file, errors: [], outside: [] });
	return data.id;
}

/** Early releases know a data table by its ID only, which the builder picks from a list. */
async function pickDataTables({ nodes }: WorkflowJson): Promise<void> {
	if (world.typeVersions['n8n-nodes-base.dataTable']?.includes(1.1)) return;
	for (const { parameters } of nodes) {
		const table = parameters.dataTableId as { mode: string; value: string } | undefined;
		if (table?.mode === 'name')
			Object.assign(table, {
				mode: 'list',
				value: (await n8n.ensureDataTable(table.value, [], [])).id,
			});
	}
}

/** Sets the credentials and what a test needs to be different, and publishes if there is something to publish. */
export async function setUp(
	id: string,
	credentials: Record<string, Stored>,
	change: (workflow: WorkflowJson) => void | Promise<void> = () => undefined,
): Promise<void> {
	const { nodes, connections, name } = await n8n.workflow(id);
	const workflow = chooseCredentials({ name, nodes, connections }, credentials);
	await pickDataTables(workflow);
	await change(workflow);
	await n8n.updateWorkflow(id, { nodes: workflow.nodes, connections: workflow.connections });
	await n8n.activate(id);
}

/** The node of an example that a test, or its user, changes. */
export function parametersOf({ nodes }: WorkflowJson, name: string): Record<string, unknown> {
	const found = nodes.find((one) => one.name === name);
	if (!found) throw new Error(`The example has no node "${name}"`);
	return found.parameters;
}

/** What the user picks from the list of workflows. @param collection that the field stands in */
export async function pickWorkflow(
	workflow: WorkflowJson,
	name: string,
	collection?: string,
): Promise<void> {
	const parameters = parametersOf(workflow, name);
	const fields = (collection ? parameters[collection] : parameters) as Record<string, unknown>;
	fields.workflowId = { __rl: true, mode: 'list', value: await defaultWorkflow() };
}

export const deactivate = async (id: string) => await n8n.deactivate(id);

export interface CreatedSession {
	session_id: string;
	session_number: number;
	url: string;
}

export async function createSession(
	vendorData: string | null,
	status?: string,
	workflowId?: string,
): Promise<CreatedSession> {
	const session = await didit<CreatedSession>('POST', '/v3/session/', {
		workflow_id: workflowId ?? (await defaultWorkflow()),
		...(vendorData !== null && { vendor_data: vendorData }),
	});
	if (status) await decide(session.session_id, status);
	return session;
}

export interface Customer {
	user_id: string;
	name: string;
	phone?: string;
}

/** Rows of the table `customers`: the people given, with an address that nobody else has. */
export async function addCustomers(people: Customer[]): Promise<DataTable> {
	const table = await customers(n8n);
	const rows: Row[] = people.map((person) => ({
		...person,
		email: addressOf(person.user_id),
		verification_status: '',
	}));
	await n8n.post(`${table.path}/insert`, { data: rows, returnType: 'count' });
	return table;
}

export const addressOf = (userId: string) => `${userId}@mail.example`;

export async function mailWith(address: string, subject: string, seconds?: number): Promise<Mail> {
	return await eventually(
		`the mail "${subject}" to ${address}`,
		async () =>
			(await mailsTo(world.mailbox.url, address)).find((mail) => mail.subject === subject),
		seconds,
	);
}

/** Waits for the run number `count` of a workflow to end. Throws when it ended badly. */
export async function runs(id: string, count: number): Promise<void> {
	await eventually(`${count} runs`, async () => {
		const all = await n8n.executionIds(id);
		const bad = all.find(({ status }) => ['error', 'crashed', 'canceled'].includes(status));
		if (bad) throw new Error(`Execution ${bad.id} is ${bad.status}: ${await reason(bad.id)}`);
		return all.filter(({ status }) => status === 'success').length >= count;
	});
}

async function reason(executionId: string): Promise<string> {
	const { data } = await n8n.get<{ data: string }>(`/rest/executions/${executionId}`);
	return /"(?:message|description)",?:?"([^"]+)"/.exec(data)?.[1] ?? data.slice(0, 2000);
}

/** Runs a workflow with a schedule now. */
export async function runNow(id: string, schedule: string): Promise<void> {
	const { status, raw } = await n8n.run(id, schedule);
	expect({ status, ...(status !== 'success' && { raw }) }).toEqual({ status: 'success' });
}

const FORM_LOGIN = { user: 'desk', password: 'Form-Test-1' };

/** The credential that a form asks for. */
export async function formLogin() {
	return { httpBasicAuth: await n8n.saveCredential('httpBasicAuth', 'Form', FORM_LOGIN) };
}

export async function openForm(browser: Browser, url: string): Promise<Page> {
	const { page } = await openPage(browser, {
		httpCredentials: { username: FORM_LOGIN.user, password: FORM_LOGIN.password },
	});
	await page.goto(url);
	return page;
}

/** @param name of the node with the form */
export async function formUrl(id: string, name: string): Promise<string> {
	const { nodes } = await n8n.workflow(id);
	return `${world.n8n.url}/form/${nodes.find((one) => one.name === name)?.webhookId as string}`;
}
