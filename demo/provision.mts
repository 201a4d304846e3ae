/** Puts into an n8n what the demo needs: the owner account, the credentials and the active workflows. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { N8nClient, type Owner, type Stored, type WorkflowJson } from './n8n/client.mts';
import { CLONE } from './paths.mts';

/** Login of the demo's n8n, which only this machine can reach. */
export const OWNER: Owner = { email: 'builder@shop.example', firstName: 'Ada', lastName: 'Builder', password: 'Sandbox-Demo-1' };

export interface Provisioned {
	client: N8nClient;
	/** `secret`: client ID and secret; `key`: API key; `mail`: the mailbox. */
	credentials: { secret: Stored; key: Stored; mail: Stored };
	signup: Stored;
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
export async function provision(n8nUrl: string, sandbox: SandboxAccess, smtpPort: number): Promise<Provisioned> {
	const client = new N8nClient(n8nUrl);
	await client.signIn(OWNER);

	const sandboxAddresses = { environment: 'custom', verificationUrl: sandbox.url, authUrl: sandbox.url };
	const credentials = {
		secret: await client.saveCredential('diditApi', 'Didit sandbox (client ID and secret)', {
			authentication: 'clientCredentials', clientId: sandbox.clientId, clientSecret: sandbox.clientSecret, ...sandboxAddresses,
		}),
		key: await client.saveCredential('diditApi', 'Didit sandbox (API key)', {
			authentication: 'apiKey', apiKey: sandbox.apiKey, ...sandboxAddresses,
		}),
		mail: await client.saveCredential('smtp', 'Demo mailbox', {
			host: '127.0.0.1', port: smtpPort, secure: false, disableStartTls: true, user: '', password: '',
		}),
	};

	const example = await readWorkflow('examples/signup-to-verification-email.json');
	for (const node of example.nodes) {
		if (node.type === 'n8n-nodes-didit.didit') {
			node.credentials = { diditApi: pick(credentials.secret) };
			node.parameters.callback = `${n8nUrl}/webhook/welcome`;
		}
		if (node.type === 'n8n-nodes-base.emailSend') node.credentials = { smtp: pick(credentials.mail) };
	}
	await ensureActive(client, await readWorkflow('demo/welcome-page.json'));
	const signup = await ensureActive(client, example);
	return { client, credentials, signup };
}

export async function readWorkflow(path: string): Promise<WorkflowJson> {
	return JSON.parse(await readFile(join(CLONE, path), 'utf8')) as WorkflowJson;
}

async function ensureActive(client: N8nClient, workflow: WorkflowJson): Promise<Stored> {
	const there = (await client.workflows()).find((one) => one.name === workflow.name);
	const stored = there ?? (await client.createWorkflow(workflow));
	if (there && (await moveCallback(client, there.id))) await client.activate(there.id);
	else if (!there?.active) await client.activate(stored.id);
	return stored;
}

/** After a start with another port, the Callback URL that an earlier start wrote leads nowhere. Returns whether it was changed. */
async function moveCallback(client: N8nClient, id: string): Promise<boolean> {
	const { nodes } = await client.workflow(id);
	const moved = nodes.filter(({ parameters }) => {
		const { callback } = parameters;
		return typeof callback === 'string' && /^http:\/\/127\.0\.0\.1:\d+\/webhook\/welcome$/.test(callback) && !callback.startsWith(`${client.url}/`);
	});
	for (const { parameters } of moved) parameters.callback = `${client.url}/webhook/welcome`;
	if (moved.length > 0) await client.updateWorkflow(id, { nodes });
	return moved.length > 0;
}

const pick = ({ id, name }: Stored): Stored => ({ id, name });
