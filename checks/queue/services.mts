/** Redis and PostgreSQL from the machine's own packages, each on a free port of the loopback address with its data in a temporary folder. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, openSync, readdirSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { freePort } from '../../harness/ports.mts';

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

/** A sentence that says what to install, or undefined when everything is there. */
export function missingServices(): string | undefined {
	const missing = [
		...(spawnSync('redis-server', ['--version']).status === 0 ? [] : ['redis-server']),
		...(postgresFolder() ? [] : ['postgresql']),
	];
	if (missing.length === 0) return undefined;
	return `This needs ${missing.join(' and ')}. Install with "sudo apt-get install --no-install-recommends ${missing.join(' ')}" (Debian, Ubuntu); a running service is not needed.`;
}

export async function startRedis(folder: string): Promise<Service> {
	const port = await freePort();
	mkdirSync(folder, { recursive: true });
	// Every command is in the file before it is answered, so that a restart keeps the queue.
	const args = [
		'--port',
		String(port),
		'--bind',
		'127.0.0.1',
		'--dir',
		folder,
		'--appendonly',
		'yes',
		'--save',
		'',
		'--daemonize',
		'no',
	];
	return await startService('Redis', port, folder, () => ['redis-server', args], {}, 'SIGTERM');
}

export async function startPostgres(folder: string): Promise<Postgres> {
	const bin = postgresFolder() ?? '';
	const port = await freePort();
	const owner = postgresOwner();
	mkdirSync(folder, { recursive: true });
	if (owner) chownSync(folder, owner.uid, owner.gid);
	const data = join(folder, 'data');
	const init = spawnSync(
		join(bin, 'initdb'),
		['-D', data, '-U', DATABASE, '-A', 'trust', '-E', 'UTF8', '--locale=C'],
		{ ...owner, cwd: folder, encoding: 'utf8' },
	);
	if (init.status !== 0) throw new Error(`initdb failed: ${init.stderr}`);
	const args = [
		'-D',
		data,
		'-p',
		String(port),
		'-h',
		'127.0.0.1',
		'-k',
		folder,
		'-c',
		'max_connections=100',
	];
	const service = await startService(
		'PostgreSQL',
		port,
		folder,
		() => [join(bin, 'postgres'), args],
		owner ?? {},
		'SIGINT',
	);
	const psql = (database: string, sql: string) => {
		const ran = spawnSync(
			join(bin, 'psql'),
			[
				'-h',
				'127.0.0.1',
				'-p',
				String(port),
				'-U',
				DATABASE,
				'-d',
				database,
				'-At',
				'-F',
				'\t',
				'-c',
				sql,
			],
			{ encoding: 'utf8' },
		);
		if (ran.status !== 0) throw new Error(`psql: ${ran.stderr}`);
		return ran.stdout
			.split('\n')
			.filter(Boolean)
			.map((line) => line.split('\t'));
	};
	try {
		psql('postgres', `CREATE DATABASE ${DATABASE}`);
	} catch (error) {
		await service.stop();
		throw error;
	}
	return { ...service, query: (sql) => psql(DATABASE, sql) };
}

/** PostgreSQL refuses to run as root; its Debian package brings a user for it. */
function postgresOwner(): { uid: number; gid: number } | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const id = (flag: string) =>
		Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout.trim() || 65_534);
	return { uid: id('-u'), gid: id('-g') };
}

async function startService(
	name: string,
	port: number,
	folder: string,
	command: () => [string, string[]],
	as: { uid?: number; gid?: number },
	orderly: NodeJS.Signals,
): Promise<Service> {
	let child: ChildProcess;
	let gone: Promise<void>;
	let failed = '';
	const start = async () => {
		const log = openSync(join(folder, 'service.log'), 'a');
		const [program, args] = command();
		// A group of its own: Ctrl-C reaches only the test, which stops its services last.
		child = spawn(program, args, {
			cwd: folder,
			stdio: ['ignore', log, log],
			detached: true,
			...as,
		});
		failed = '';
		gone = new Promise((resolve) => {
			child
				.on('exit', (code, signal) => {
					failed = `${name} ended with ${signal ?? `code ${code}`}. Its output is in ${folder}/service.log`;
					resolve();
				})
				.on('error', (error) => {
					failed = error.message;
					resolve();
				});
		});
		const deadline = Date.now() + 60_000;
		while (!(await answers(name, port))) {
			if (failed || Date.now() > deadline)
				throw new Error(
					failed || `${name} does not answer. Its output is in ${folder}/service.log`,
				);
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	};
	const end = async (signal: NodeJS.Signals) => {
		if (!failed) child.kill(signal);
		await gone;
	};
	await start();
	return {
		port,
		restart: async (signal) => {
			await end(signal);
			await start();
		},
		stop: async () => await end(orderly),
	};
}

/** Whether it is ready for work: Redis answers PING, PostgreSQL the first message of a client with a request for a login (`R`). */
async function answers(name: string, port: number): Promise<boolean> {
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
