/** The programs of the soak: the sandbox in a process of its own, and a real n8n with the packed package and a probe in it. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nClient, type Stored } from '../../harness/n8n/client.mts';
import { ensureInstall, type Install } from '../../harness/n8n/install.mts';
import { startN8n, type N8n } from '../../harness/n8n/server.mts';
import { packPackage } from '../../harness/package.mts';
import { CLONE, stateFolder } from '../../harness/paths.mts';
import { freePort } from '../../harness/ports.mts';
import { OWNER } from '../../harness/examples.mts';

/** Invented for this run, and unlike anything else, so that a search for them finds nothing by accident. */
export interface Secrets {
	clientSecret: string;
	apiKey: string;
	/** Of the trigger whose webhook is registered by hand. */
	webhookSecret: string;
}

export interface World {
	install: Install;
	n8n: N8n;
	client: N8nClient;
	sandbox: string;
	secrets: Secrets;
	credentials: Record<'secret' | 'key' | 'manual', Stored>;
	/** n8n's data, logs and the file of the probe. */
	folder: string;
	memoryFile: string;
	/** n8n has ended, which nobody asked it to. */
	hasCrashed(): boolean;
	/** Ends n8n in order; the sandbox goes on. */
	stopN8n(): Promise<void>;
	stop(): Promise<void>;
}

export const CLIENT_ID = 'soak-client-id';
/** Seconds. */
const TOKEN_LIFE = 30;

/** @param keep leaves n8n's folder where it is, to be looked at */
export async function startWorld(say: (text: string) => void, keep: boolean): Promise<World> {
	const folder = await mkdtemp(join(tmpdir(), 'didit-soak-'));
	const invent = (what: string) => `${what}-${randomBytes(18).toString('base64url')}`;
	const secrets: Secrets = {
		clientSecret: invent('client'),
		apiKey: invent('key'),
		webhookSecret: invent('hook'),
	};
	const closers: Array<() => Promise<void>> = [
		async () =>
			keep ? say(`n8n's folder is ${folder}`) : await rm(folder, { recursive: true, force: true }),
	];
	const stop = async () => {
		for (const close of closers.splice(0).reverse()) await close();
	};
	try {
		const install = await ensureInstall((text) => say(`n8n: ${text}`));
		const packed = `${stateFolder()}-soak`;
		await mkdir(packed, { recursive: true });
		const packageDir = await packPackage(packed);
		const sandbox = await startSandboxProcess(secrets, closers);
		const memoryFile = join(folder, 'memory.jsonl');
		const n8n = await startN8n({
			install,
			packageDir,
			userFolder: folder,
			port: await freePort(),
			brokerPort: await freePort(),
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
		let stopping = false;
		let ended = false;
		void n8n.exited.then(() => (ended = !stopping));
		const stopN8n = async () => {
			stopping = true;
			await n8n.stop();
		};
		closers.push(stopN8n);
		const client = new N8nClient(n8n.url);
		await client.signIn(OWNER);
		const addresses = { environment: 'custom', verificationUrl: sandbox, authUrl: sandbox };
		const key = { authentication: 'apiKey', apiKey: secrets.apiKey, ...addresses };
		const save = async (name: string, data: Record<string, unknown>) =>
			await client.saveCredential('diditApi', name, data);
		const credentials = {
			secret: await save('Soak (client ID and secret)', {
				authentication: 'clientCredentials',
				clientId: CLIENT_ID,
				clientSecret: secrets.clientSecret,
				...addresses,
			}),
			key: await save('Soak (API key)', key),
			manual: await save('Soak (API key and webhook secret)', {
				...key,
				webhookSecret: secrets.webhookSecret,
			}),
		};
		return {
			install,
			n8n,
			client,
			sandbox,
			secrets,
			credentials,
			folder,
			memoryFile,
			hasCrashed: () => ended,
			stopN8n,
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

/** A process of its own, so that neither its memory nor its work is n8n's or the soak's. Returns its address. */
async function startSandboxProcess(
	{ clientSecret, apiKey }: Secrets,
	closers: Array<() => Promise<void>>,
): Promise<string> {
	const port = await freePort();
	const args = [
		'--port',
		port,
		'--client-id',
		CLIENT_ID,
		'--client-secret',
		clientSecret,
		'--api-key',
		apiKey,
		'--token-lifetime',
		TOKEN_LIFE,
		'--no-limits',
	];
	const child = spawn(
		process.execPath,
		['--import', 'tsx', 'sandbox/cli.mts', ...args.map(String)],
		{ cwd: CLONE, stdio: ['ignore', 'ignore', 'inherit'] },
	);
	const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	const kill = () => void child.kill();
	process.once('exit', kill);
	closers.push(async () => {
		process.removeListener('exit', kill);
		kill();
		await exited;
	});
	const url = `http://127.0.0.1:${port}`;
	const deadline = Date.now() + 60_000;
	while (
		!(await fetch(`${url}/sandbox/settings`).then(
			({ ok }) => ok,
			() => false,
		))
	) {
		if (child.exitCode !== null || Date.now() > deadline)
			throw new Error('The sandbox did not start');
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	return url;
}

/** A call of the sandbox's control address, or of its API with further headers. Throws unless it is answered with 2xx. */
export async function ask<T>(
	sandbox: string,
	method: string,
	path: string,
	body?: object,
	headers: Record<string, string> = {},
): Promise<T> {
	const response = await fetch(`${sandbox}${path}`, {
		method,
		headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
		body: body && JSON.stringify(body),
	});
	if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${method} ${path}`);
	return (response.status === 204 ? undefined : await response.json()) as T;
}
