/**
 * Session: Get, Session: Download PDF and Check: AML Screening, with an API key: this node beside the HTTP Request node and the
 * shortest loop around n8n's own helper, by number of items and by width.
 */
import type { Plot } from '../../harness/plot.mts';
import { isMet, SLACK, type Aim, type Table } from '../../harness/report.mts';
import { keyCredential } from '../../harness/n8n/credentials.mts';
import { node as nodeOf } from '../../harness/n8n/workflow.mts';
import type { N8nClient, WorkflowNode } from '../../harness/n8n/client.mts';
import { headerAuth } from './contenders.mts';
import { inTurn, medians, type Bench, type MeasuredN8n, type Run } from './measured.mts';
import { startApi } from './server.mts';
import { watched } from './watched.mts';

const ROUNDS = 5;
/** Before anything is measured: see the cold runs of Create. */
const WARM_UP_ROUNDS = 10;
const LATENCY_MS = 20;

/** One operation and its alternatives. */
interface Operation {
	name: string;
	/** As the panel calls it. */
	title: string;
	/** Parameters of this node. */
	own: object;
	/** Parameters of the HTTP Request node, given the address of the API. */
	http: (url: string) => object;
	/** Name of the call in the shortest loop, and the expression for what differs from item to item. */
	loop: { call: string; value: string };
	/** Items of a run that became what they should. */
	done: (run: Run) => number;
	/** Numbers of items. The last one is the one that the aims are about. */
	sizes: number[];
	/** Whether its options have a setting for the requests under way at once. */
	hasWidth: boolean;
	/** How many times as fast as the HTTP Request node, and at most how many times the time of the shortest loop. */
	faster: number;
	near: number;
	note: string;
}

const SESSION = '={{ $json.session }}';

const OPERATIONS: Operation[] = [
	{
		name: 'get',
		title: 'Get',
		own: {
			resource: 'session',
			operation: 'get',
			sessionId: { __rl: true, mode: 'id', value: SESSION },
		},
		http: (url) => ({ url: `=${url}/v3/session/{{ $json.session }}/decision/` }),
		loop: { call: 'get', value: SESSION },
		done: ({ links, failed, items }) => Math.min(links, items - failed),
		sizes: [1, 10, 50, 200],
		hasWidth: true,
		faster: 2,
		near: 1.1,
		note: 'Each item is another session. This node simplifies every decision; the others pass on what Didit sent.',
	},
	{
		name: 'aml',
		title: 'AML Screening',
		own: { resource: 'check', operation: 'aml', fullName: '={{ $json.user }}' },
		http: (url) => ({
			method: 'POST',
			url: `${url}/v3/aml/`,
			sendBody: true,
			bodyParameters: { parameters: [{ name: 'full_name', value: '={{ $json.user }}' }] },
		}),
		loop: { call: 'aml', value: '={{ $json.user }}' },
		done: ({ links, failed, items }) => Math.min(links, items - failed),
		sizes: [1, 10, 50, 200],
		hasWidth: true,
		faster: 2,
		near: 1.1,
		note: 'Each item is another name. This node checks what it sends and simplifies what it gets.',
	},
	{
		name: 'download',
		title: 'Download PDF',
		own: {
			resource: 'session',
			operation: 'downloadPdf',
			sessionId: { __rl: true, mode: 'id', value: SESSION },
		},
		http: (url) => ({
			url: `=${url}/v3/session/{{ $json.session }}/generate-pdf/`,
			options: { response: { response: { responseFormat: 'file' } } },
		}),
		loop: { call: 'pdf', value: SESSION },
		done: ({ files }) => files,
		sizes: [1, 10, 50],
		hasWidth: false,
		faster: 1,
		near: 1.1,
		note: 'Files of 1 MB. This node and the loop send two requests for an item, because they get the result of the session too; the HTTP Request node sends one.',
	},
];

const [OWN50, OWN100, HTTP, LOOP50, LOOP100] = [
	'this node',
	'this node, 100 at once',
	'HTTP Request node',
	'shortest loop, 50 at once',
	'shortest loop, 100 at once',
];

const WIDTHS = [10, 50, 200];

type Contenders = Record<string, WorkflowNode>;

interface Row extends Pick<Run, 'wall' | 'cpu' | 'peak'> {
	/** Items of all runs that did not become what they should. */
	lost: number;
}

export const reads: Bench = async ({ short, say, inN8n }) => {
	const api = await startApi();
	try {
		return await inN8n(async (n8n) => {
			await api.take({ latency: LATENCY_MS });
			const nodes = await nodesFor(n8n.client, api.url);
			const tables: Table[] = [];
			const plots: Plot[] = [];
			const aims: Aim[] = [];
			for (const operation of OPERATIONS) {
				const found = await measure(n8n, operation, nodes(operation), short, (text) =>
					say(`${operation.title}: ${text}`),
				);
				tables.push(...found.tables);
				plots.push(...found.plots);
				aims.push(...found.aims);
			}
			return { tables, plots, aims };
		});
	} finally {
		api.stop();
	}
};

interface Nodes {
	own: (width?: number) => WorkflowNode;
	http: WorkflowNode;
	loop: (width: number) => WorkflowNode;
}

async function nodesFor(client: N8nClient, url: string): Promise<(of: Operation) => Nodes> {
	const apiKey = 'bench-key';
	const diditApi = await client.saveCredential('diditApi', 'Reads', keyCredential({ url, apiKey }));
	const httpHeaderAuth = await headerAuth(client, apiKey);
	const continuing = (node: WorkflowNode) => ({ ...node, onError: 'continueRegularOutput' });
	return ({ own, http, loop }) => ({
		own: (width) =>
			continuing(
				nodeOf(
					'Measured',
					'n8n-nodes-didit.didit',
					1,
					{ ...own, options: width ? { requestSettings: { maxConcurrency: width } } : {} },
					{ diditApi },
				),
			),
		http: continuing(
			nodeOf(
				'Measured',
				'n8n-nodes-base.httpRequest',
				4.5,
				{
					authentication: 'genericCredentialType',
					genericAuthType: 'httpHeaderAuth',
					options: {},
					...http(url),
				},
				{ httpHeaderAuth },
			),
		),
		loop: (width) =>
			nodeOf('Measured', 'n8n-nodes-bench.bare', 1, { url, width, ...loop }, { diditApi }),
	});
}

async function measure(
	n8n: MeasuredN8n,
	operation: Operation,
	nodes: Nodes,
	short: boolean,
	say: (text: string) => void,
): Promise<{ tables: Table[]; plots: Plot[]; aims: Aim[] }> {
	const { name, title, done, note } = operation;
	const main = operation.sizes[operation.sizes.length - 1];
	const byDefault = short || !operation.hasWidth;
	const all: Contenders = byDefault
		? { [OWN50]: nodes.own(), [HTTP]: nodes.http, [LOOP50]: nodes.loop(50) }
		: {
				[OWN50]: nodes.own(),
				[OWN100]: nodes.own(100),
				[HTTP]: nodes.http,
				[LOOP50]: nodes.loop(50),
				[LOOP100]: nodes.loop(100),
			};
	const compare = async (contenders: Contenders, items: number, rounds = short ? 3 : ROUNDS) =>
		await sideBySide(n8n, contenders, { items, done, rounds });
	if (!short) {
		say('warming up');
		await compare(all, main, WARM_UP_ROUNDS);
	}
	const rows: Table['rows'] = [];
	const byItems: Plot['points'] = [];
	let measured: Record<string, Row> = {};
	for (const items of short ? [main] : operation.sizes) {
		say(`${items} items`);
		measured = await compare(all, items);
		for (const [contender, { wall, cpu, peak, lost }] of Object.entries(measured)) {
			const memory = peak === undefined ? '–' : peak / 2 ** 20;
			rows.push([items, contender, wall, wall / measured[OWN50].wall, cpu, memory, lost]);
			byItems.push({ x: items, y: wall / items, line: contender });
		}
	}
	const plots: Plot[] = [
		{
			name: `bench-${name}-items`,
			title: `${title}: time of an item, by number of items (${LATENCY_MS} ms latency)`,
			x: 'items',
			y: 'ms an item',
			logarithmic: ['x', 'y'],
			points: byItems,
		},
	];
	if (!byDefault) {
		say('by width');
		const byWidth: Contenders = Object.fromEntries(
			WIDTHS.flatMap((width) => [
				[`own ${width}`, nodes.own(width)],
				[`loop ${width}`, nodes.loop(width)],
			]),
		);
		const found = await compare(byWidth, main);
		plots.push({
			name: `bench-${name}-width`,
			title: `${title}: time of ${main} items, by requests under way at once (${LATENCY_MS} ms latency)`,
			x: 'requests under way at once',
			y: 'ms',
			points: WIDTHS.flatMap((width) => [
				{ x: width, y: found[`own ${width}`].wall, line: 'this node' },
				{ x: width, y: found[`loop ${width}`].wall, line: 'shortest loop that does the same' },
				{
					x: width,
					y: measured[HTTP].wall,
					line: 'HTTP Request node, which has no such setting',
				},
			]),
		});
	}
	const table = {
		title: `${title}: up to ${main} items`,
		note: `${note} ${LATENCY_MS} ms latency; columns as for Create.`,
		columns: ['items', '', 'time, ms', '× this node', 'CPU, ms', 'memory, MB', 'lost items'],
		rows,
	};
	const aims = aimsOf(operation, measured, main, short);
	if (name !== 'download') return { tables: [table], plots, aims };
	const memory = await inMemory(n8n, nodes, main);
	return { tables: [table, memory.table], plots, aims: [...aims, ...memory.aims] };
}

/** What is in memory while files come in. */
async function inMemory(
	{ client }: MeasuredN8n,
	{ own, http, loop }: Nodes,
	items: number,
): Promise<{ table: Table; aims: Aim[] }> {
	const look = async (node: WorkflowNode, answers: number) =>
		(await watched(client, node, answers * items, items, true)).peak / 2 ** 20;
	const all = { [OWN50]: [own(), 2], [HTTP]: [http, 1], [LOOP50]: [loop(50), 2] } as const;
	const peaks: Record<string, number> = {};
	for (const [name, [node, answers]] of Object.entries(all))
		peaks[name] = await look(node, answers);
	return {
		table: {
			title: `Download PDF: memory for ${items} files of 1 MB`,
			note: 'Growth of heap and buffers in use, garbage aside, at most, looked at up to 20 times when an answer had come in. All three ask for up to 50 files at once; n8n keeps files on the disk. The HTTP Request node passes them on to it as they come; this node first looks whether a file is what was asked for, and asks again after a lost connection.',
			columns: ['', 'in use, MB'],
			rows: Object.entries(peaks),
		},
		aims: [
			{
				text: `Download PDF: memory in use for ${items} files ÷ shortest loop that does the same`,
				measured: peaks[OWN50] / peaks[LOOP50],
				atMost: 1.1,
				timing: true,
			},
			{
				text: `Download PDF: memory in use for ${items} files of 1 MB, MB a file`,
				measured: peaks[OWN50] / items,
				atMost: 2,
				timing: true,
			},
		],
	};
}

async function sideBySide(
	{ measured }: MeasuredN8n,
	all: Contenders,
	{ items, done, rounds }: { items: number; done: Operation['done']; rounds: number },
): Promise<Record<string, Row>> {
	const contenders = [];
	for (const [name, node] of Object.entries(all)) {
		const run = await measured(node);
		contenders.push({ name, run, runs: [] as Run[], lost: items - done(await run(items)) });
	}
	await inTurn(rounds, contenders, async (contender) => {
		// n8n's clock shows whole milliseconds: one item is over too soon for a single run to tell anything.
		for (let again = items === 1 ? 8 : 1; again > 0; again--) {
			const run = await contender.run(items);
			contender.runs.push(run);
			contender.lost += items - done(run);
		}
	});
	return Object.fromEntries(
		contenders.map(({ name, runs, lost }) => [name, { ...medians(runs), lost }]),
	);
}

function aimsOf(
	{ title, faster, near }: Operation,
	{ [OWN50]: own, [HTTP]: http, [LOOP50]: loop }: Record<string, Row>,
	items: number,
	short: boolean,
): Aim[] {
	const lost = {
		text: `${title}: items that failed or came out as another's`,
		measured: own.lost,
		atMost: 0,
	};
	const fast: Aim = {
		text: `${title}, ${items} items, ${LATENCY_MS} ms: times as fast as the HTTP Request node`,
		measured: http.wall / own.wall,
		atLeast: faster,
		timing: true,
	};
	const least: Aim = {
		text: `${title}: time ÷ shortest loop that does the same, 50 at once`,
		measured: own.wall / loop.wall,
		atMost: near,
		timing: true,
	};
	// Where the shortest loop isn't faster either, n8n is the limit.
	if (!isMet(fast) && isMet(least, short ? SLACK : 1))
		fast.reason = `The shortest loop around n8n's own helper takes ${Math.round(loop.wall)} ms, this node ${Math.round(own.wall)} ms, the HTTP Request node ${Math.round(http.wall)} ms: the loop is ${(http.wall / loop.wall).toPrecision(3)} times as fast.`;
	const cpu: Aim = {
		text: `${title}: CPU time ÷ HTTP Request node`,
		measured: own.cpu / http.cpu,
		atMost: 1,
		timing: true,
	};
	return short ? [lost, { ...fast, atLeast: 1 }, cpu] : [lost, fast, cpu, least];
}
