/** What the package adds to n8n before anything runs: time and memory of the start, the loading of its files, its size. */
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { median } from 'simple-statistics';
import type { Install } from '../../harness/n8n/install.mts';
import { inWorld, type World } from '../../harness/world.mts';
import type { Bench } from './measured.mts';
import type { Aim, Table } from '../../harness/report.mts';
import { cpuTime, memory } from './proc.mts';

/** Off Linux CPU time and memory are NaN, and their aims are left out. */
interface Start {
	/** Milliseconds until n8n answered as ready, and of CPU time until then. */
	wall: number;
	cpu: number;
	/** Bytes of the process when it was ready. */
	memory: number;
}

export const load: Bench = async ({ short, say, signal }) =>
	await inWorld({ name: 'load', say, signal }, async (world) => await measure(world, short));

const measure = async (world: World, short: boolean): ReturnType<Bench> => {
	const { install, packageDir } = world;
	const { rows: starts, aims } = await compareStarts(world, short ? 1 : 7);
	world.say('files');
	// Where n8n keeps community packages: the names of the modules are in the heap too, and a cache's are long.
	const installed = join(world.folder, '.n8n/nodes/node_modules/n8n-nodes-didit');
	await rm(installed, { recursive: true, force: true });
	await cp(packageDir, installed, { recursive: true });
	const { milliseconds, bytes } = loading(install, installed, short ? 5 : 15);
	const { size, unpackedSize, entryCount } = packed(packageDir);
	const dist = filesIn(join(packageDir, 'dist'));
	const tables: Table[] = [
		{
			title: 'Start of n8n with the package',
			note: `Medians of ${short ? 'one start' : '7 alternating starts'} each on the same data; without means with an empty package in its place. Memory is that of the n8n process as soon as it is ready, and varies by some megabytes from start to start.`,
			columns: ['', 'time, s', 'CPU, s', 'memory, MB'],
			rows: starts,
		},
		{
			title: 'Size of the package',
			note: 'The files are loaded alone, as n8n loads them when it starts: the two nodes and the credential, with n8n-workflow loaded before.',
			columns: ['', ''],
			rows: [
				['tarball, KB', size / 1e3],
				['unpacked, KB', unpackedSize / 1e3],
				['files in the tarball', entryCount],
				['files in dist', dist.length],
				['dist, KB', dist.reduce((sum, file) => sum + statSync(file).size, 0) / 1e3],
				['loading its files, ms', milliseconds],
				['heap after that, KB', bytes / 1e3],
			],
		},
	];
	return {
		tables,
		aims: [
			...aims,
			{ text: 'Load: tarball in KB', measured: size / 1e3, atMost: 200 },
			{ text: 'Load: heap that the loaded files take, in MB', measured: bytes / 1e6, atMost: 2 },
		],
	};
};

async function compareStarts(
	world: World,
	rounds: number,
): Promise<{ rows: Table['rows']; aims: Aim[] }> {
	const { folder, packageDir, say } = world;
	const empty = join(folder, 'empty');
	await mkdir(empty, { recursive: true });
	await writeFile(
		join(empty, 'package.json'),
		JSON.stringify({
			name: 'n8n-nodes-empty',
			version: '0.0.0',
			n8n: { n8nNodesApiVersion: 1, nodes: [] },
		}),
	);
	const start = async (dir: string): Promise<Start> => {
		await rm(join(folder, '.n8n/nodes'), { recursive: true, force: true });
		const began = performance.now();
		const n8n = await world.startN8n({ packageDir: dir });
		const result = {
			wall: performance.now() - began,
			cpu: cpuTime(n8n.pid) ?? NaN,
			memory: memory(n8n.pid)?.now ?? NaN,
		};
		await n8n.stop();
		return result;
	};
	// The first start makes the database.
	say('first start');
	await start(empty);
	const [without, withPackage]: Start[][] = [[], []];
	for (let round = 1; round <= rounds; round++) {
		say(`start ${round} of ${rounds}`);
		without.push(await start(empty));
		withPackage.push(await start(packageDir));
	}
	const middle = (all: Start[], read: (start: Start) => number) => median(all.map(read));
	const row = (name: string, all: Start[]) => [
		name,
		middle(all, ({ wall }) => wall) / 1e3,
		middle(all, ({ cpu }) => cpu) / 1e3,
		middle(all, ({ memory: bytes }) => bytes) / 1e6,
	];
	const ratio = (read: (start: Start) => number) =>
		middle(withPackage, read) / middle(without, read);
	const aims = [
		{
			text: 'Load: CPU time of a start ÷ without the package',
			measured: ratio(({ cpu }) => cpu),
			atMost: 1.05,
			timing: true,
		},
		{
			text: 'Load: memory of n8n when it is ready ÷ without the package',
			measured: ratio(({ memory: bytes }) => bytes),
			atMost: 1.05,
			timing: true,
		},
	];
	return {
		rows: [row('without', without), row('with', withPackage)],
		aims: aims.filter(({ measured }) => !Number.isNaN(measured)),
	};
}

/** In a process of its own, because files are loaded once. */
const PROGRAM = `
	require('n8n-workflow');
	// Node loads its clock at first use, which is not ours to count.
	performance.now();
	const live = () => (gc(), process.memoryUsage().heapUsed);
	const before = live();
	const began = performance.now();
	for (const file of process.argv.slice(1)) require(file);
	const milliseconds = performance.now() - began;
	console.log(JSON.stringify({ milliseconds, bytes: live() - before }));
`;

function loading(
	install: Install,
	packageDir: string,
	rounds: number,
): { milliseconds: number; bytes: number } {
	const files = [
		'nodes/Didit/Didit.node.js',
		'nodes/Didit/DiditTrigger.node.js',
		'credentials/DiditApi.credentials.js',
	].map((file) => join(packageDir, 'dist', file));
	// Both the program and the package find n8n's own n8n-workflow.
	const options = {
		cwd: install.folder,
		env: { ...process.env, NODE_PATH: join(install.folder, 'node_modules') },
		encoding: 'utf8' as const,
	};
	const runs = Array.from({ length: rounds }, () => {
		const output = execFileSync(
			install.node,
			['--expose-gc', '--eval', PROGRAM, ...files],
			options,
		);
		return JSON.parse(output) as { milliseconds: number; bytes: number };
	});
	return {
		milliseconds: median(runs.map((run) => run.milliseconds)),
		bytes: median(runs.map((run) => run.bytes)),
	};
}

/** What npm would upload. */
function packed(packageDir: string): { size: number; unpackedSize: number; entryCount: number } {
	const output = execFileSync('npm', ['pack', '--dry-run', '--ignore-scripts', '--json'], {
		cwd: packageDir,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	return (
		JSON.parse(output) as Array<{ size: number; unpackedSize: number; entryCount: number }>
	)[0];
}

const filesIn = (folder: string): string[] =>
	readdirSync(folder, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
