/** Everything that a scenario talks to: n8n in queue mode, the sandbox, a mailbox, and what records events and effects. Closed off from the rest of the world and stopped at the end. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstall } from '../../harness/n8n/install.mts';
import { startMailbox, type Mail } from '../../harness/mailbox.mts';
import { N8nClient, type Stored } from '../../harness/n8n/client.mts';
import { packPackage } from '../../harness/package.mts';
import { stateFolder } from '../../harness/paths.mts';
import { freePort } from '../../harness/ports.mts';
import { OWNER } from '../../harness/examples.mts';
import { startSandbox, type Sandbox } from '../../sandbox/index.mts';
import type { Aim, Table } from '../../harness/report.mts';
import { startCluster, type Cluster } from './cluster.mts';
import { startRecorder, type Recorder } from './recorder.mts';
import { startPostgres, startRedis, type Postgres, type Service } from './services.mts';

export interface World {
	short: boolean;
	say: (text: string) => void;
	cluster: Cluster;
	redis: Service;
	postgres: Postgres;
	sandbox: Sandbox;
	recorder: Recorder;
	client: N8nClient;
	/** `secret`: client ID and secret (version 1); `key`: API key (version 3); `mail`: the mailbox. */
	credentials: { secret: Stored; key: Stored; mail: Stored };
	/** How many mails each address got whose name begins like this. */
	mails(prefix: string): Promise<Map<string, number>>;
}

export type Scenario = (world: World) => Promise<{ tables: Table[]; aims: Aim[] }>;

/** Runs `work` in a world of its own, which is gone afterwards, however the work ended. */
export async function inWorld(
	options: { short: boolean; say: (text: string) => void; signal: AbortSignal },
	work: (world: World) => Promise<void>,
): Promise<void> {
	const closers: Array<() => Promise<unknown> | void> = [];
	const folder = await mkdtemp(join(tmpdir(), 'didit-queue-'));
	closers.push(async () => await rm(folder, { recursive: true, force: true }));
	try {
		const { say, signal } = options;
		const install = await ensureInstall((text) => say(`n8n: ${text}`), signal);
		const packed = `${stateFolder()}-queue`;
		await mkdir(packed, { recursive: true });
		const packageDir = await packPackage(packed, signal);

		say('starting Redis and PostgreSQL');
		const redis = await startRedis(join(folder, 'redis'));
		closers.push(() => redis.stop());
		// PostgreSQL runs as a user of its own, who must get through to its folder.
		const postgresFolder = await mkdtemp(join(tmpdir(), 'didit-queue-postgres-'));
		closers.push(async () => await rm(postgresFolder, { recursive: true, force: true }));
		const postgres = await startPostgres(postgresFolder);
		closers.push(() => postgres.stop());
		// Didit's limits would hide what the cluster can do. Deliveries are made by the scenarios.
		const sandbox = await startSandbox({
			rateLimits: { get: null, write: null, create: null, decision: null },
		});
		closers.push(() => sandbox.close());
		const smtp = await freePort();
		const mailbox = await startMailbox({ smtp, web: await freePort() });
		closers.push(() => mailbox.close());
		const recorder = await startRecorder();
		closers.push(() => recorder.close());

		say('starting n8n: main, webhook, two workers');
		signal.throwIfAborted();
		const cluster = await startCluster({
			install,
			packageDir,
			folder,
			redisPort: redis.port,
			postgresPort: postgres.port,
			signal,
		});
		closers.push(() => cluster.stop());
		const client = new N8nClient(cluster.main.url);
		await client.signIn(OWNER);
		const addresses = { environment: 'custom', verificationUrl: sandbox.url, authUrl: sandbox.url };
		const { clientId, clientSecret, apiKey } = sandbox;
		const credentials = {
			secret: await client.saveCredential('diditApi', 'Client ID and secret', {
				authentication: 'clientCredentials',
				clientId,
				clientSecret,
				...addresses,
			}),
			key: await client.saveCredential('diditApi', 'API key', {
				authentication: 'apiKey',
				apiKey,
				...addresses,
			}),
			mail: await client.saveCredential('smtp', 'Mailbox', {
				host: '127.0.0.1',
				port: smtp,
				secure: false,
				disableStartTls: true,
				user: '',
				password: '',
			}),
		};
		const mails = async (prefix: string) => {
			const all = (await (await fetch(`${mailbox.url}/api/email`)).json()) as Mail[];
			const addressed = all
				.flatMap(({ to }) => to.map(({ address }) => address))
				.filter((address) => address.startsWith(prefix));
			return counted(addressed);
		};
		await work({
			short: options.short,
			say,
			cluster,
			redis,
			postgres,
			sandbox,
			recorder,
			client,
			credentials,
			mails,
		});
	} finally {
		options.say('stopping');
		for (const close of closers.reverse()) await close();
	}
}

/** How often each text occurs. */
export function counted(texts: string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
	return counts;
}

/** How many of these were counted more than once. */
export const repeated = (counts: Map<string, number>): number =>
	[...counts.values()].filter((count) => count > 1).length;
