/**
 * A real n8n with a few nodes that only the benchmarks use (checks/bench/helper), and workflows in it that measure one node:
 * its time by n8n's own clock, and what the n8n process needed meanwhile.
 */
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { median } from 'simple-statistics';
import { N8nClient, type WorkflowNode } from '../../harness/n8n/client.mts';
import type { N8n } from '../../harness/n8n/server.mts';
import { node as nodeOf, publish, webhook } from '../../harness/n8n/workflow.mts';
import { CLONE } from '../../harness/paths.mts';
import type { Findings } from '../../harness/report.mts';
import { inWorld } from '../../harness/world.mts';

/** One benchmark. It says what it found; `about` is put together by the command. */
export type Bench = (options: BenchOptions) => Promise<Omit<Findings, 'about'>>;

export interface BenchOptions {
	/** Fewer sizes and rounds, for CI. */
	short: boolean;
	say: (text: string) => void;
	signal: AbortSignal;
	/** Runs `work` in an n8n, with further variables if it needs some. */
	inN8n: InN8n;
}

export type InN8n = <T>(
	work: (n8n: MeasuredN8n) => Promise<T>,
	env?: NodeJS.ProcessEnv,
) => Promise<T>;

export interface MeasuredN8n {
	n8n: N8n;
	client: N8nClient;
	/**
	 * A published workflow around one node. Each call of the result runs it once with that many items.
	 * @param before a node that prepares the items, and isn't measured
	 */
	measured: (node: WorkflowNode, before?: WorkflowNode) => Promise<(items: number) => Promise<Run>>;
}

/** One run of the node that is measured. */
export interface Run {
	/** Milliseconds by n8n's own clock of the node. */
	wall: number;
	/** Milliseconds of CPU time, user and system, of all threads of the n8n process. */
	cpu: number;
	/** Bytes by which the process grew at most; undefined off Linux. */
	peak?: number;
	/** Items that came out, how many of them stand for an error, and how many different sessions or checks they hold. */
	items: number;
	failed: number;
	links: number;
	/** Items with a file, and rows: those of a page where an item is one. */
	files: number;
	rows: number;
}

/** Medians of the rounds. */
export const medians = (runs: Run[]): Pick<Run, 'wall' | 'cpu' | 'peak'> => ({
	wall: median(runs.map(({ wall }) => wall)),
	cpu: median(runs.map(({ cpu }) => cpu)),
	peak: runs[0].peak === undefined ? undefined : median(runs.map(({ peak = 0 }) => peak)),
});

/** Rounds in which everybody takes their turn, each time in another order. */
export async function inTurn<T>(
	rounds: number,
	all: T[],
	work: (one: T) => Promise<unknown>,
): Promise<void> {
	for (let round = 0; round < rounds; round++) {
		const first = round % all.length;
		for (const one of [...all.slice(first), ...all.slice(0, first)]) await work(one);
	}
}

/** An n8n of its own, as a benchmark that measures memory or the time of a complete run wants it. */
export async function inMeasuredN8n<T>(
	{ say, signal }: Pick<BenchOptions, 'say' | 'signal'>,
	work: (n8n: MeasuredN8n) => Promise<T>,
	env: NodeJS.ProcessEnv = {},
): Promise<T> {
	return await inWorld({ name: 'bench', say, signal }, async (world) => {
		const modules = join(world.folder, '.n8n/nodes/node_modules');
		await mkdir(modules, { recursive: true });
		await symlink(join(CLONE, 'checks/bench/helper'), join(modules, 'n8n-nodes-bench'), 'dir');
		const n8n = await world.startN8n({ env });
		const client = await N8nClient.signIn(n8n.url);
		return await work({
			n8n,
			client,
			measured: async (node, before) => await measured(client, node, before),
		});
	});
}

/** Executions are not kept: storing them would be measured as well. */
export const UNSAVED = { saveDataSuccessExecution: 'none' };

let workflows = 0;

async function measured(
	client: N8nClient,
	node: WorkflowNode,
	before?: WorkflowNode,
): Promise<(items: number) => Promise<Run>> {
	const path = `bench-${process.pid}-${workflows++}`;
	const nodes = [
		webhook(path, { responseMode: 'lastNode' }),
		nodeOf('Items', 'n8n-nodes-bench.items', 1, { count: '={{ Number($json.query.items) }}' }),
		...(before ? [before] : []),
		nodeOf('Begin', 'n8n-nodes-bench.begin', 1),
		node,
		nodeOf('End', 'n8n-nodes-bench.end', 1, { measured: node.name }),
	];
	await publish(client, { name: path, nodes, settings: UNSAVED });
	return async (items) => {
		const response = await fetch(`${client.url}/webhook/${path}?items=${items}`);
		const text = await response.text();
		if (!response.ok)
			throw new Error(`The workflow of '${node.name}' ended with ${response.status}: ${text}`);
		return JSON.parse(text) as Run;
	};
}
