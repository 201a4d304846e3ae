/** n8n in queue mode: a main process, two workers and a webhook process, each with its own folder as if on its own machine. A process that ends by itself is started again, as a container would be. */
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import getPort from 'get-port';
import { startN8n, type Kind, type N8n } from '../../harness/n8n/server.mts';
import type { World } from '../../harness/world.mts';
import { postgresSettings } from '../services.mts';

export interface Member {
	name: string;
	url: string;
	/** Kills it as a crash would. It comes back by itself; resolves when it is gone. */
	kill: () => Promise<void>;
	/** Resolves when it is up (again). */
	ready: () => Promise<void>;
	/** How often it had to be started again, not counting `kill`. */
	ended: () => number;
	/** Everything it has said. */
	log: () => string;
}

export interface Cluster {
	main: Member;
	webhook: Member;
	workers: Member[];
	stop(): Promise<void>;
}

export const WORKERS = 2;
/** n8n's default for a worker. */
export const CONCURRENCY = 10;
/** n8n's defaults are 60, 10 and 30 s: how long a worker's silence means nothing, how often it reports, how often the others look. */
export const LOCK = {
	QUEUE_WORKER_LOCK_DURATION: '10000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
};

/** Starts all or none. The main process goes first: it sets up the database. */
export async function startCluster(
	world: World,
	ports: { redis: number; postgres: number },
): Promise<Cluster> {
	const webhookPort = await getPort();
	const env: NodeJS.ProcessEnv = {
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
		WEBHOOK_URL: `http://127.0.0.1:${webhookPort}/`,
		EXECUTIONS_MODE: 'queue',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(ports.redis),
		...postgresSettings(ports.postgres),
		N8N_CONCURRENCY_PRODUCTION_LIMIT: String(CONCURRENCY),
		...LOCK,
	};
	const started: Running[] = [];
	const add = async (name: string, kind: Kind, port: number) => {
		const member = await startMember(world, { name, kind, port, env });
		started.push(member);
		return member;
	};
	const stop = async () => {
		await Promise.all(started.map(async (member) => await member.stop()));
	};
	try {
		const main = await add('main', 'start', await getPort());
		const others = [
			add('webhook', 'webhook', webhookPort),
			...Array.from(
				{ length: WORKERS },
				async (_, index) => await add(`worker-${index + 1}`, 'worker', await getPort()),
			),
		];
		await Promise.allSettled(others);
		const [webhook, ...workers] = await Promise.all(others);
		return { main, webhook, workers, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

type Running = Member & { stop(): Promise<void> };

async function startMember(
	{ install, packageDir, folder, signal }: World,
	{ name, kind, port, env }: { name: string; kind: Kind; port: number; env: NodeJS.ProcessEnv },
): Promise<Running> {
	const userFolder = join(folder, name);
	await mkdir(userFolder, { recursive: true });
	const brokerPort = await getPort();
	const logs: string[] = [];
	const stopping = new AbortController();
	let killed = false;
	let ended = 0;
	let n8n: N8n;
	let up: Promise<void>;

	const start = async () => {
		n8n = await startN8n({
			install,
			packageDir,
			userFolder,
			port,
			brokerPort,
			kind,
			env,
			signal: AbortSignal.any([...(signal ? [signal] : []), stopping.signal]),
		});
		void n8n.exited.then(() => {
			logs.push(readFileSync(n8n.log, 'utf8'));
			if (stopping.signal.aborted) return;
			if (!killed) ended++;
			killed = false;
			up = start();
			// Told to whoever waits for `ready`.
			up.catch(() => undefined);
		});
	};
	up = start();
	await up;
	return {
		name,
		url: `http://127.0.0.1:${port}`,
		async kill() {
			killed = true;
			await n8n.crash();
		},
		ready: async () => await up,
		ended: () => ended,
		log: () => [...logs, readFileSync(n8n.log, 'utf8')].join('\n'),
		async stop() {
			stopping.abort(new Error('Stopped.'));
			// One that is just starting again ends with that.
			await up.catch(() => undefined);
			// At once: what it would finish in order goes with the database.
			await n8n.crash();
		},
	};
}
