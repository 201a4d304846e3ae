/** The examples in an n8n: the owner's account, the credentials, the workflows, and the table of customers. For the demo and the end-to-end tests. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { N8nClient, type DataTable, type Stored, type WorkflowJson } from './n8n/client.mts';
import { saveCredentials, type Credentials, type SandboxAccess } from './n8n/credentials.mts';
import { CLONE } from './paths.mts';

export interface Provisioned {
	client: N8nClient;
	credentials: Credentials;
	/** Examples that run: the link by email, and the same with a wait for the result. */
	signup: Stored;
	onboarding: Stored;
}

/**
 * Safe to repeat. Credentials get today's addresses; a workflow that is there already stays as its owner has left it.
 * Throws when the login no longer fits or a workflow cannot be activated.
 */
export async function provision(
	n8nUrl: string,
	sandbox: SandboxAccess,
	smtpPort: number,
): Promise<Provisioned> {
	const client = await N8nClient.signIn(n8nUrl);
	const credentials = await saveCredentials(client, sandbox, smtpPort);
	const choose = (workflow: WorkflowJson, didit: Stored) =>
		chooseCredentials(workflow, { diditApi: didit, smtp: credentials.mail });
	const withWelcomePage = async (path: string) => {
		const workflow = choose(await readWorkflow(path), credentials.secret);
		for (const { parameters } of workflow.nodes)
			if ('callback' in parameters) parameters.callback = `${n8nUrl}/webhook/welcome`;
		return workflow;
	};
	await ensureActive(client, await readWorkflow('demo/welcome-page.json'));
	const signup = await ensureActive(
		client,
		await withWelcomePage('examples/signup-to-verification-email.json'),
	);
	const onboarding = await ensureActive(
		client,
		await withWelcomePage('examples/signup-wait-branch.json'),
	);
	await customers(client);
	// Not active: beside the example that waits, every approval would bring two emails.
	await ensureThere(
		client,
		choose(await readWorkflow('examples/result-to-mail-and-table.json'), credentials.key),
	);
	return { client, credentials, signup, onboarding };
}

/** The table that the examples look people up in, with one invented customer. */
export async function customers(client: N8nClient): Promise<DataTable> {
	const columns = ['user_id', 'name', 'email', 'verification_status', 'phone', 'phone_status'];
	return await client.ensureDataTable('customers', columns, [
		{
			user_id: 'user-2001',
			name: 'Ada Sample',
			email: 'ada@mail.example',
			verification_status: '',
		},
	]);
}

/** What is left to do after an import: every node that asks for one of the given types of credential gets it. */
export function chooseCredentials(
	workflow: WorkflowJson,
	byType: Record<string, Stored>,
): WorkflowJson {
	for (const node of workflow.nodes) {
		const type = CREDENTIAL_OF[node.type.replace(/Tool$/, '')] ?? '';
		if (type in byType) node.credentials = { [type]: pick(byType[type]) };
	}
	return workflow;
}

const CREDENTIAL_OF: Record<string, string | undefined> = {
	'n8n-nodes-didit.didit': 'diditApi',
	'n8n-nodes-didit.diditTrigger': 'diditApi',
	'n8n-nodes-base.emailSend': 'smtp',
	'n8n-nodes-base.formTrigger': 'httpBasicAuth',
	'n8n-nodes-base.slack': 'slackApi',
	'@n8n/n8n-nodes-langchain.lmChatOpenAi': 'openAiApi',
};

export async function readWorkflow(path: string): Promise<WorkflowJson> {
	return JSON.parse(await readFile(join(CLONE, path), 'utf8')) as WorkflowJson;
}

async function ensureActive(client: N8nClient, workflow: WorkflowJson): Promise<Stored> {
	const stored = await ensureThere(client, workflow);
	if ((await moveCallback(client, stored.id)) || !stored.active) await client.activate(stored.id);
	return stored;
}

async function ensureThere(
	client: N8nClient,
	workflow: WorkflowJson,
): Promise<Stored & { active: boolean }> {
	const there = (await client.workflows()).find((one) => one.name === workflow.name);
	return there ?? { ...(await client.createWorkflow(workflow)), active: false };
}

/** After a start with another port, the page afterwards that an earlier start wrote leads nowhere. Returns whether it was changed. */
async function moveCallback(client: N8nClient, id: string): Promise<boolean> {
	const { nodes } = await client.workflow(id);
	const moved = nodes.filter(({ parameters }) => {
		const { callback } = parameters;
		return (
			typeof callback === 'string' &&
			/^http:\/\/127\.0\.0\.1:\d+\/webhook\/welcome$/.test(callback) &&
			!callback.startsWith(`${client.url}/`)
		);
	});
	for (const { parameters } of moved) parameters.callback = `${client.url}/webhook/welcome`;
	if (moved.length > 0) await client.updateWorkflow(id, { nodes });
	return moved.length > 0;
}

const pick = ({ id, name }: Stored): Stored => ({ id, name });
