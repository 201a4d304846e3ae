/** What the soak starts: the sandbox in a process of its own, and an n8n that writes down all it can, with a probe in it. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import getPort from 'get-port';
import { answers } from '../../harness/eventually.mts';
import { N8nClient, type Stored } from '../../harness/n8n/client.mts';
import { keyCredential, secretCredential } from '../../harness/n8n/credentials.mts';
import type { Install } from '../../harness/n8n/install.mts';
import type { N8n } from '../../harness/n8n/server.mts';
import { CLONE } from '../../harness/paths.mts';
import { startProgram } from '../../harness/process.mts';
import type { World } from '../../harness/world.mts';

/** Invented for this run, and unlike anything else, so that a search for them finds nothing by accident. */
export interface Secrets {
	clientSecret: string;
	apiKey: string;
	/** Of the trigger whose webhook is registered by hand. */
	webhookSecret: string;
}

export interface Setting {
	install: Install;
	n8n: N8n;
	client: N8nClient;
	/** Its address. */
	sandbox: string;
	secrets: Secrets;
	credentials: Record<'secret' | 'key' | 'manual', Stored>;
	/** n8n's data, logs and the file of the probe. */
	folder: string;
	memoryFile: string;
}

export const CLIENT_ID = 'soak-client-id';
/** Seconds. */
const TOKEN_LIFE = 30;

export async function startSetting(world: World): Promise<Setting> {
	const { folder, install } = world;
	const invent = (what: string) => `${what}-${randomBytes(18).toString('base64url')}`;
	const secrets: Secrets = {
		clientSecret: invent('client'),
		apiKey: invent('key'),
		webhookSecret: invent('hook'),
	};
	const sandbox = await startSandboxProcess(world, secrets);
	const memoryFile = join(folder, 'memory.jsonl');
	const n8n = await world.startN8n({
		env: {
			NODE_OPTIONS: `--require ${join(CLONE, 'checks/soak/probe.cjs')}`,
			SOAK_MEMORY: memoryFile,
			// As much as n8n can be made to write, for the search for secrets.
			N8N_LOG_LEVEL: 'debug',
			N8N_LOG_OUTPUT: 'console,file',
			// n8n forgets executions beyond 10,000, and this counts all of them.
			EXECUTIONS_DATA_PRUNE: 'false',
			// n8n answers 503 to everything while its database takes longer than 5 s to answer, as on a machine with other work to do.
			DB_PING_TIMEOUT_MS: '60000',
		},
	});
	const client = await N8nClient.signIn(n8n.url);
	const save = async (name: string, data: Record<string, unknown>) =>
		await client.saveCredential('diditApi', `Soak (${name})`, data);
	const { clientSecret, apiKey, webhookSecret } = secrets;
	const key = keyCredential({ url: sandbox, apiKey });
	const credentials = {
		secret: await save(
			'client ID and secret',
			secretCredential({ url: sandbox, clientId: CLIENT_ID, clientSecret }),
		),
		key: await save('API key', key),
		manual: await save('API key and webhook secret', { ...key, webhookSecret }),
	};
	return { install, n8n, client, sandbox, secrets, credentials, folder, memoryFile };
}

/** A process of its own, so that neither its memory nor its work is n8n's or the soak's. Returns its address. */
async function startSandboxProcess(
	world: World,
	{ clientSecret, apiKey }: Secrets,
): Promise<string> {
	const port = await getPort();
	const url = `http://127.0.0.1:${port}`;
	const options = {
		port,
		'client-id': CLIENT_ID,
		'client-secret': clientSecret,
		'api-key': apiKey,
		'token-lifetime': TOKEN_LIFE,
	};
	const program = await startProgram({
		name: 'The sandbox',
		command: process.execPath,
		args: [
			'--import',
			'tsx',
			'sandbox/cli.mts',
			'--no-limits',
			...Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]),
		],
		cwd: CLONE,
		log: join(world.folder, 'sandbox.log'),
		isReady: async () => await answers(`${url}/sandbox/settings`),
		readyWithin: 60,
	});
	world.atEnd(() => program.stop());
	return url;
}
