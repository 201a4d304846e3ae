/** What the package adds to n8n before anything runs: time and memory of the start, the loading of its files, its size. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
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
	const { rows: starts, cpu, aims } = await compareStarts(world, short ? 1 : 7);
	world.say('files');
	// Where n8n keeps community packages: the names of the modules are in the heap too, and a cache's are long.
	const installed = join(world.folder, '.n8n/nodes/node_modules/n8n-nodes-didit');
	await rm(installed, { recursive: true, force: true });
	await cp(packageDir, installed, { recursive: true });
	const empty = join(world.folder, 'empty-files');
	await cp(join(installed, 'dist'), join(empty, 'dist'), { recursive: true });
	for (const file of filesIn(empty))
		if (file.endsWith('.js')) await writeFile(file, withoutCode(file));
	const rounds = short ? 5 : 15;
	const { milliseconds, bytes, described } = loading(install, installed, rounds);
	const { milliseconds: leastMs, bytes: leastBytes } = loading(install, empty, rounds);
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
			note: 'The files are loaded alone, as n8n loads them when it starts: the two nodes and the credential, with n8n-workflow loaded before. Beside them stand files that only load each other: what Node.js takes for so many files, whatever is in them. n8n compresses the description when it sends it to the editor; of n8n’s own nodes, that of HubSpot takes 4.9 KB an operation, of Slack 2.4, of Salesforce 2.0.',
			columns: ['', ''],
			rows: [
				['tarball, KB', size / 1e3],
				['unpacked, KB', unpackedSize / 1e3],
				['files in the tarball', entryCount],
				['files in dist', dist.length],
				['dist, KB', dist.reduce((sum, file) => sum + statSync(file).size, 0) / 1e3],
				['loading its files, ms of CPU time', milliseconds],
				['the same files without code, ms of CPU time', leastMs],
				['heap after that, KB', bytes / 1e3],
				['the same files without code, KB', leastBytes / 1e3],
				['description that the editor loads, KB', described.bytes / 1e3],
				['names, types, values and conditions alone, KB', described.skeleton / 1e3],
				['as n8n sends it (gzip), KB', described.sent / 1e3],
				['operations', described.operations],
			],
		},
	];
	return {
		tables,
		aims: [
			...aims,
			{ text: 'Load: tarball in KB', measured: size / 1e3, atMost: 150 },
			{ text: 'Load: heap that the loaded files take, in MB', measured: bytes / 1e6, atMost: 2 },
			{
				text: 'Load: CPU time of loading its files ÷ that of as many files without code',
				measured: milliseconds / leastMs,
				atMost: 3,
				timing: true,
			},
			...(Number.isNaN(cpu)
				? []
				: [
						{
							text: 'Load: CPU time of loading its files ÷ that of a start without the package',
							measured: milliseconds / cpu,
							atMost: 0.01,
							timing: true,
						},
					]),
			{
				text: 'Load: description that the editor loads, as n8n sends it (gzip), in KB',
				measured: described.sent / 1e3,
				atMost: 25,
			},
			{
				text: 'Load: description, KB an operation',
				measured: described.bytes / 1e3 / described.operations,
				atMost: 3,
			},
		],
	};
};

async function compareStarts(
	world: World,
	rounds: number,
): Promise<{ rows: Table['rows']; cpu: number; aims: Aim[] }> {
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
		// Milliseconds, of a start without the package.
		cpu: middle(without, ({ cpu }) => cpu),
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
	const cpu = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e3; };
	const began = cpu();
	const [node] = process.argv.slice(1).map((file) => require(file));
	const milliseconds = cpu() - began;
	const bytes = live() - before;
	const described = node.Didit && describe(new node.Didit().description);
	console.log(JSON.stringify({ milliseconds, bytes, described }));

	function describe(description) {
		const size = (value) => JSON.stringify(value).length;
		const texts = ['description', 'hint', 'placeholder', 'action', 'builderHint'];
		const bare = JSON.stringify(description.properties, (name, value) => texts.includes(name) ? undefined : value);
		return {
			bytes: size(description),
			skeleton: bare.length,
			sent: require('node:zlib').gzipSync(JSON.stringify(description)).length,
			operations: description.properties.filter(({ name }) => name === 'operation').flatMap(({ options }) => options).length,
		};
	}
`;

/** Only the calls that load other files of the package. */
const withoutCode = (file: string): string =>
	(readFileSync(file, 'utf8').match(/require\("\.[^"]+"\)/g) ?? []).join(';\n');

interface Loaded {
	/** Of CPU time. */
	milliseconds: number;
	bytes: number;
	/** Bytes of the description of the Didit node: whole, without its texts, and compressed. */
	described: { bytes: number; skeleton: number; sent: number; operations: number };
}

function loading(install: Install, packageDir: string, rounds: number): Loaded {
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
		return JSON.parse(output) as Loaded;
	});
	return {
		milliseconds: median(runs.map((run) => run.milliseconds)),
		bytes: median(runs.map((run) => run.bytes)),
		described: runs[0].described,
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
