/** Puts into an n8n what the demo needs: the owner account, the credentials and the active workflows. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
	N8nClient,
	type DataTable,
	type Owner,
	type Stored,
	type WorkflowJson,
} from './n8n/client.mts';
import { CLONE } from './paths.mts';

/** Login of the demo's n8n, which only this machine can reach. */
export const OWNER: Owner = {
	email: 'builder@shop.example',
	firstName: 'Ada',
	lastName: 'Builder',
	password: 'Sandbox-Demo-1',
};

export interface Provisioned {
	client: N8nClient;
	/** `secret`: client ID and secret; `key`: API key; `mail`: the mailbox. */
	credentials: { secret: Stored; key: Stored; mail: Stored };
	/** Examples that run: the link by mail, and the same with a wait for the result. */
	signup: Stored;
	onboarding: Stored;
}

export interface SandboxAccess {
	url: string;
	clientId: string;
	clientSecret: string;
	apiKey: string;
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
	const client = new N8nClient(n8nUrl);
	await client.signIn(OWNER);

	const sandboxAddresses = {
		environment: 'custom',
		verificationUrl: sandbox.url,
		authUrl: sandbox.url,
	};
	const credentials = {
		secret: await client.saveCredential('diditApi', 'Didit sandbox (client ID and secret)', {
			authentication: 'clientCredentials',
			clientId: sandbox.clientId,
			clientSecret: sandbox.clientSecret,
			...sandboxAddresses,
		}),
		key: await client.saveCredential('diditApi', 'Didit sandbox (API key)', {
			authentication: 'apiKey',
			apiKey: sandbox.apiKey,
			...sandboxAddresses,
		}),
		mail: await client.saveCredential('smtp', 'Demo mailbox', {
			host: '127.0.0.1',
			port: smtpPort,
			secure: false,
			disableStartTls: true,
			user: '',
			password: '',
		}),
	};

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
	// Not active: beside the example that waits, every approval would bring two mails.
	await customers(client);
	await ensureThere(
		client,
		choose(await readWorkflow('examples/result-to-mail-and-table.json'), credentials.key),
	);
	return { client, credentials, signup, onboarding };
}

/** The table that the examples look people up in, with one invented customer. */
export async function customers(client: N8nClient): Promise<DataTable> {
	const columns = ['user_id', 'name', 'email', 'verification_status'];
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

/** After a start with another port, the Callback URL that an earlier start wrote leads nowhere. Returns whether it was changed. */
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
