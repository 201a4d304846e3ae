/** What a scenario talks to: n8n in queue mode, the sandbox, a mailbox, and what records events and effects. */
import { join } from 'node:path';
import type { Mail } from '../../harness/mailbox.mts';
import { N8nClient } from '../../harness/n8n/client.mts';
import { saveCredentials, type Credentials } from '../../harness/n8n/credentials.mts';
import type { Findings } from '../../harness/report.mts';
import type { World } from '../../harness/world.mts';
import type { Sandbox } from '../../sandbox/index.mts';
import { startCluster, type Cluster } from './cluster.mts';
import { startRecorder, type Recorder } from './recorder.mts';
import { startPostgres, startRedis, type Postgres, type Service } from '../services.mts';

export interface Setting {
	short: boolean;
	say: (text: string) => void;
	cluster: Cluster;
	redis: Service;
	postgres: Postgres;
	sandbox: Sandbox;
	recorder: Recorder;
	client: N8nClient;
	credentials: Credentials;
	/** How many emails each address got whose name begins like this. */
	mails(prefix: string): Promise<Map<string, number>>;
}

export type Scenario = (setting: Setting) => Promise<Omit<Findings, 'about'>>;

export async function setUp(world: World, short: boolean): Promise<Setting> {
	const { say } = world;
	say('starting Redis and PostgreSQL');
	const redis = await startRedis(join(world.folder, 'redis'));
	world.atEnd(() => redis.stop());
	const postgres = await startPostgres(world);
	// Didit's limits would hide what the cluster can do. Deliveries are made by the scenarios.
	const sandbox = await world.startSandbox({
		rateLimits: { get: null, write: null, create: null, decision: null },
	});
	const mailbox = await world.startMailbox();
	const recorder = await startRecorder();
	world.atEnd(() => recorder.close());

	say('starting n8n: main, webhook, two workers');
	world.signal?.throwIfAborted();
	const cluster = await startCluster(world, { redis: redis.port, postgres: postgres.port });
	world.atEnd(() => cluster.stop());
	const client = await N8nClient.signIn(cluster.main.url);
	const credentials = await saveCredentials(client, sandbox, mailbox.smtpPort);
	const mails = async (prefix: string) => {
		const all = (await (await fetch(`${mailbox.url}/api/email`)).json()) as Mail[];
		const addressed = all
			.flatMap(({ to }) => to.map(({ address }) => address))
			.filter((address) => address.startsWith(prefix));
		return counted(addressed);
	};
	return { short, say, cluster, redis, postgres, sandbox, recorder, client, credentials, mails };
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
