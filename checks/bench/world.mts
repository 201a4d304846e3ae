/**
 * A real n8n with the packed package and a few nodes that only the benchmarks use (bench/helper), and workflows in it that
 * measure one node: its time by n8n's own clock, and what the n8n process needed meanwhile.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { N8nClient, type Stored, type WorkflowNode } from '../../harness/n8n/client.mts';
import { ensureInstall, type Install } from '../../harness/n8n/install.mts';
import { startN8n, type N8n } from '../../harness/n8n/server.mts';
import { packPackage } from '../../harness/package.mts';
import { CLONE, stateFolder } from '../../harness/paths.mts';
import { freePort } from '../../harness/ports.mts';
import { OWNER } from '../../harness/examples.mts';

export interface World {
	n8n: N8n;
	client: N8nClient;
	/** The unpacked tarball that n8n has loaded. */
	packageDir: string;
	install: Install;
	/** A published workflow around one node. Each call of the result runs it once with that many items. */
	measured(node: WorkflowNode): Promise<(items: number) => Promise<Run>>;
	/** Stops n8n and removes its data. */
	stop(): Promise<void>;
}

/** One run of the node that is measured. */
export interface Run {
	/** Milliseconds by n8n's own clock of the node. */
	wall: number;
	/** Milliseconds of CPU time, user and system, of all threads of the n8n process. */
	cpu: number;
	/** Bytes by which the process grew at most; undefined off Linux. */
	peak?: number;
	/** Items that came out, how many of them stand for an error, and how many different sessions they hold. */
	items: number;
	failed: number;
	links: number;
}

/**
 * Throws what starting n8n or building the package throws.
 * @param env further variables for n8n
 * @param another the folder of another build of the package, to compare two
 */
export async function startWorld(
	say: (text: string) => void,
	env: NodeJS.ProcessEnv = {},
	another?: string,
): Promise<World> {
	const install = await ensureInstall(say);
	const folder = `${stateFolder()}-bench`;
	say('building the package');
	const packageDir = another ?? (await packPackage(folder));
	const userFolder = join(folder, `n8n-${process.pid}`);
	const modules = join(userFolder, '.n8n/nodes/node_modules');
	await rm(userFolder, { recursive: true, force: true });
	await mkdir(modules, { recursive: true });
	await symlink(join(CLONE, 'checks/bench/helper'), join(modules, 'n8n-nodes-bench'), 'dir');

	say('starting n8n');
	const n8n = await startN8n({
		install,
		packageDir,
		userFolder,
		port: await freePort(),
		brokerPort: await freePort(),
		env,
	});
	const stop = async () => {
		await n8n.stop();
		await rm(userFolder, { recursive: true, force: true });
	};
	try {
		const client = new N8nClient(n8n.url);
		await client.signIn(OWNER);
		return {
			n8n,
			client,
			packageDir,
			install,
			stop,
			measured: async (node) => await measured(client, node),
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

let workflows = 0;

async function measured(
	client: N8nClient,
	node: WorkflowNode,
): Promise<(items: number) => Promise<Run>> {
	const path = `bench-${process.pid}-${workflows++}`;
	await publish(client, path, [
		webhook(path, { responseMode: 'lastNode' }),
		nodeOf('Items', 'n8n-nodes-bench.items', 1, { count: '={{ Number($json.query.items) }}' }),
		nodeOf('Begin', 'n8n-nodes-bench.begin', 1),
		node,
		nodeOf('End', 'n8n-nodes-bench.end', 1, { measured: node.name }),
	]);
	return async (items) => {
		const response = await fetch(`${client.url}/webhook/${path}?items=${items}`);
		const text = await response.text();
		if (!response.ok)
			throw new Error(`The workflow of '${node.name}' ended with ${response.status}: ${text}`);
		return JSON.parse(text) as Run;
	};
}

/** Makes and publishes a workflow of nodes in a row. Its executions are not kept. */
export async function publish(
	client: N8nClient,
	name: string,
	nodes: WorkflowNode[],
): Promise<Stored> {
	const connections = Object.fromEntries(
		nodes
			.slice(1)
			.map((node, index) => [
				nodes[index].name,
				{ main: [[{ node: node.name, type: 'main', index: 0 }]] },
			]),
	);
	const settings = { executionOrder: 'v1', saveDataSuccessExecution: 'none' };
	const stored = await client.createWorkflow({ name, nodes, connections, settings });
	await client.activate(stored.id);
	return stored;
}

/** A node of a workflow; position and id do not matter to n8n. */
export function nodeOf(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown> = {},
	credentials?: Record<string, Stored>,
): WorkflowNode {
	return {
		name,
		type,
		typeVersion,
		id: name.toLowerCase().replace(/\W+/g, '-'),
		position: [0, 0],
		parameters,
		...(credentials && {
			credentials: Object.fromEntries(
				Object.entries(credentials).map(([kind, one]) => [kind, { id: one.id, name: one.name }]),
			),
		}),
	};
}

/** The Webhook node, at `/webhook/<path>`. */
export const webhook = (path: string, parameters: Record<string, unknown> = {}): WorkflowNode => ({
	...nodeOf('Webhook', 'n8n-nodes-base.webhook', 2.1, { path, options: {}, ...parameters }),
	webhookId: path,
});

/** Clock ticks a second in /proc: 100 on every Linux that Node.js runs on. */
const TICKS = 100;

/** CPU time of a process and its threads since its start, in milliseconds; undefined off Linux. */
export function cpuTime(pid: number): number | undefined {
	try {
		// The name of the program, in brackets, may hold blanks.
		const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
			.replace(/^.*\) /s, '')
			.split(' ');
		return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS;
	} catch {
		return undefined;
	}
}

/** The memory that a process holds, and the most it has held since `resetPeak`, in bytes; undefined off Linux. */
export function memory(pid: number): { now: number; peak: number } | undefined {
	try {
		const status = readFileSync(`/proc/${pid}/status`, 'utf8');
		const read = (name: string) =>
			Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024;
		return { now: read('VmRSS'), peak: read('VmHWM') };
	} catch {
		return undefined;
	}
}

export function resetPeak(pid: number): void {
	try {
		writeFileSync(`/proc/${pid}/clear_refs`, '5');
	} catch {
		// Not Linux: there is no peak then.
	}
}
