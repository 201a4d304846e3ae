/** Redis and PostgreSQL from the machine's own packages, each on a free port of the loopback address with its data in a temporary folder. */
import { spawnSync, type SpawnSyncOptions } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import getPort from 'get-port';
import { startProgram } from '../harness/process.mts';
import type { World } from '../harness/world.mts';

export interface Service {
	port: number;
	/** Ends it (`SIGTERM` lets PostgreSQL wait for its clients, `SIGINT` does not, `SIGKILL` is a crash) and starts it again. Resolves when it answers. */
	restart(signal: NodeJS.Signals): Promise<void>;
	stop(): Promise<void>;
}

export interface Postgres extends Service {
	/** Rows of a query, each a list of texts. */
	query(sql: string): string[][];
}

const DATABASE = 'n8n';

/** Debian keeps PostgreSQL's programs out of the path, one folder a version. */
function postgresFolder(): string | undefined {
	const root = '/usr/lib/postgresql';
	const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
	const found = versions
		.map((version) => join(root, version, 'bin'))
		.find((bin) => existsSync(join(bin, 'initdb')));
	if (found) return found;
	const which = spawnSync('sh', ['-c', 'command -v initdb'], { encoding: 'utf8' }).stdout.trim();
	return which ? join(which, '..') : undefined;
}

const IS_THERE = {
	'redis-server': () => spawnSync('redis-server', ['--version']).status === 0,
	postgresql: () => postgresFolder() !== undefined,
};

/** A sentence that says which of these packages to install, or undefined when all are there. */
export function missingServices(...needed: Array<keyof typeof IS_THERE>): string | undefined {
	const missing = needed.filter((name) => !IS_THERE[name]());
	if (missing.length === 0) return undefined;
	return `This needs ${missing.join(' and ')}. Install with "sudo apt-get install --no-install-recommends ${missing.join(' ')}" (Debian, Ubuntu); a running service is not needed.`;
}

export async function startRedis(folder: string): Promise<Service> {
	const port = await getPort();
	mkdirSync(folder, { recursive: true });
	const settings = {
		port: String(port),
		bind: '127.0.0.1',
		dir: folder,
		// Every command is in the file before it is answered, so that a restart keeps the queue.
		appendonly: 'yes',
		save: '',
		daemonize: 'no',
	};
	const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
	return await startService(
		{ name: 'Redis', port, folder, command: 'redis-server', args },
		'SIGTERM',
	);
}

/** It runs as a user of its own, who must get through to its folder: not inside of the world's. */
export async function startPostgres(world: Pick<World, 'atEnd'>): Promise<Postgres> {
	const folder = mkdtempSync(join(tmpdir(), 'didit-postgres-'));
	world.atEnd(() => rmSync(folder, { recursive: true, force: true }));
	const bin = postgresFolder() ?? '';
	const port = await getPort();
	const owner = postgresOwner();
	if (owner) chownSync(folder, owner.uid, owner.gid);
	const data = join(folder, 'data');
	const init = ['-D', data, '-U', DATABASE, '-A', 'trust', '-E', 'UTF8', '--locale=C'];
	output(join(bin, 'initdb'), init, { ...owner, cwd: folder });
	const listen = ['-p', String(port), '-h', '127.0.0.1', '-k', folder];
	const service = await startService(
		{
			name: 'PostgreSQL',
			port,
			folder,
			command: join(bin, 'postgres'),
			args: ['-D', data, ...listen, '-c', 'max_connections=100'],
			...owner,
		},
		'SIGINT',
	);
	world.atEnd(() => service.stop());
	const at = ['-h', '127.0.0.1', '-p', String(port), '-U', DATABASE, '-At', '-F', '\t'];
	const psql = (database: string, sql: string) =>
		output(join(bin, 'psql'), [...at, '-d', database, '-c', sql])
			.split('\n')
			.filter(Boolean)
			.map((line) => line.split('\t'));
	psql('postgres', `CREATE DATABASE ${DATABASE}`);
	return { ...service, query: (sql) => psql(DATABASE, sql) };
}

/** What an n8n needs to keep its data there. */
export const postgresSettings = (port: number): NodeJS.ProcessEnv => ({
	DB_TYPE: 'postgresdb',
	DB_POSTGRESDB_HOST: '127.0.0.1',
	DB_POSTGRESDB_PORT: String(port),
	DB_POSTGRESDB_DATABASE: DATABASE,
	DB_POSTGRESDB_USER: DATABASE,
	DB_POSTGRESDB_PASSWORD: DATABASE,
});

/** What a command prints. Throws what it complains about. */
function output(command: string, args: string[], options: SpawnSyncOptions = {}): string {
	const { status, stdout, stderr } = spawnSync(command, args, { ...options, encoding: 'utf8' });
	if (status !== 0) throw new Error(`${basename(command)}: ${stderr}`);
	return stdout;
}

/** PostgreSQL refuses to run as root; its Debian package brings a user for it. */
function postgresOwner(): { uid: number; gid: number } | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const id = (flag: string) =>
		Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout.trim() || 65_534);
	return { uid: id('-u'), gid: id('-g') };
}

interface Command {
	name: string;
	port: number;
	folder: string;
	command: string;
	args: string[];
	uid?: number;
	gid?: number;
}

async function startService(service: Command, orderly: NodeJS.Signals): Promise<Service> {
	const { name, port, folder } = service;
	const start = async () =>
		await startProgram({
			...service,
			cwd: folder,
			log: join(folder, 'service.log'),
			isReady: async () => await isReady(name, port),
			readyWithin: 60,
		});
	let running = await start();
	return {
		port,
		restart: async (signal) => {
			await running.stop(signal);
			running = await start();
		},
		stop: async () => await running.stop(orderly),
	};
}

/** Whether it is ready for work: Redis answers PING, PostgreSQL the first message of a client with a request for a login (`R`). */
async function isReady(name: string, port: number): Promise<boolean> {
	const parameters = Buffer.from(`user\0${DATABASE}\0database\0postgres\0\0`);
	const hello = Buffer.concat([Buffer.alloc(8), parameters]);
	hello.writeInt32BE(hello.length, 0);
	hello.writeInt32BE(196_608, 4);
	const [greeting, wanted] = name === 'Redis' ? ['PING\r\n', /^\+PONG/] : [hello, /^R/];
	return await new Promise((resolve) => {
		const socket = createConnection({ port, host: '127.0.0.1' }, () => socket.write(greeting));
		const finish = (yes: boolean) => {
			socket.destroy();
			resolve(yes);
		};
		socket
			.on('data', (chunk) => finish(wanted.test(chunk.toString('latin1'))))
			.on('error', () => finish(false))
			.on('close', () => finish(false))
			.setTimeout(2_000, () => finish(false));
	});
}
