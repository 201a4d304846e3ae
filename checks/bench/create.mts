/** Creating sessions: this node beside the HTTP Request node and the bare HTTP helper, by number of items and latency. */
import {
	bareHelper,
	FIXED_USER,
	httpRequest,
	shortestLoop,
	thisNode,
	type Contender,
	type Server,
} from './contenders.mts';
import type { Plot } from '../../harness/plot.mts';
import { isMet, SLACK, type Aim, type Table } from '../../harness/report.mts';
import { inTurn, medians, type Bench, type MeasuredN8n, type Run } from './measured.mts';
import { startApi, type Api } from './server.mts';

const ROUNDS = 5;

const CONTENDERS: Record<string, Contender> = {
	'this node': thisNode(),
	'this node, 100 at once': thisNode({ requestSettings: { maxConcurrency: 100 } }),
	'HTTP Request node': httpRequest(),
	'bare helper, 50 at once': bareHelper(50),
	'bare helper, 100 at once': bareHelper(100),
};

/** Shown where the aims for speed are: the same without an expression to evaluate, and the least that does the same. */
const DETAILS: Record<string, Contender> = {
	'this node, no expression': thisNode({}, FIXED_USER),
	'this node, 100 at once, no expression': thisNode(
		{ requestSettings: { maxConcurrency: 100 } },
		FIXED_USER,
	),
	'HTTP Request node, no expression': httpRequest(FIXED_USER),
	'shortest loop, 50 at once': shortestLoop(50),
	'shortest loop, 100 at once': shortestLoop(100),
	'shortest loop, 50 at once, no expression': shortestLoop(50, FIXED_USER),
	'shortest loop, 100 at once, no expression': shortestLoop(100, FIXED_USER),
};

/**
 * Run first, and apart: V8 compiles a function for good only when it has run often, and an n8n that is in use has been running for
 * days. 2,400 items of each are enough; then the times stay.
 */
const COLD: Record<string, Contender> = {
	'this node': thisNode(),
	'HTTP Request node': httpRequest(),
	'shortest loop, 50 at once': shortestLoop(50),
};
const COLD_RUNS = 12;

/** How many requests are under way at once. */
const WIDTHS = [10, 25, 50, 100, 200];

const BY_WIDTH: Record<string, Contender> = Object.fromEntries(
	WIDTHS.flatMap((width) => [
		[`this node, ${width}`, thisNode({ requestSettings: { maxConcurrency: width } })],
		[`shortest loop, ${width}`, shortestLoop(width)],
	]),
);

interface Row {
	name: string;
	/** Medians of the rounds, in milliseconds and bytes. */
	wall: number;
	cpu: number;
	peak?: number;
	/** Token requests of the first run with a new credential, and of all later ones. */
	firstTokens: number;
	laterTokens: number;
	/** Items of all runs that failed, are missing, or share a session with another. */
	failed: number;
}

export const create: Bench = async ({ short, say, inN8n }) => {
	const sizes = short ? [1, 200] : [1, 10, 200, 1_000];
	const api = await startApi();
	const measure = async (n8n: MeasuredN8n) => {
		await api.take({ latency: 20 });
		const cold = short ? [] : [await coldRuns(n8n, api)];
		const tables: Table[] = [];
		const aims: Aim[] = [];
		const byItems: Plot['points'] = [];
		for (const items of sizes) {
			const rows: Table['rows'] = [];
			for (const latency of short || items > 200 ? [20] : [5, 20, 200]) {
				say(`${items} items, ${latency} ms`);
				await api.take({ latency });
				const ratios = latency === 20 ? RATIOS[items] : undefined;
				const measured = await compare(
					n8n,
					api,
					{ ...CONTENDERS, ...(items === 200 && ratios && DETAILS) },
					items,
				);
				rows.push(...measured.map((row) => cells(latency, row, measured[0])));
				if (latency === 20)
					for (const { name, wall } of measured.slice(0, Object.keys(CONTENDERS).length))
						byItems.push({ x: items, y: wall / items, line: name });
				aims.push(...facts(measured), ...(ratios?.(measured, short ? SLACK : 1) ?? []));
			}
			tables.push({
				title: `Create: ${items} ${items === 1 ? 'item' : 'items'}`,
				columns: COLUMNS,
				rows,
				...(tables.length === 0 && { note: NOTE }),
			});
		}
		const plots: Plot[] = [
			{
				name: 'bench-create-items',
				title: 'Create: time of an item, by number of items (20 ms latency)',
				x: 'items',
				y: 'ms an item',
				logarithmic: ['x', 'y'],
				points: byItems,
			},
		];
		if (!short) plots.push(await byWidth(n8n, api));
		return { tables: [...tables, ...cold], plots, aims: merged(aims) };
	};
	try {
		return await inN8n(measure);
	} finally {
		api.stop();
	}
};

/** The first runs of a new process. */
async function coldRuns({ client, measured }: MeasuredN8n, api: Api): Promise<Table> {
	const runs: Array<(items: number) => Promise<Run>> = [];
	for (const contender of Object.values(COLD))
		runs.push(await measured(await contender(client, serverOf(api))));
	const rows: Table['rows'] = [];
	for (let time = 1; time <= COLD_RUNS; time++) {
		const walls: number[] = [];
		for (const run of runs) walls.push((await run(200)).wall);
		rows.push([time, ...walls, walls[0] / walls[2]]);
	}
	return {
		title: 'Create: the first runs of 200 items after n8n has started, ms',
		note: '20 ms latency, an expression in one field. All other tables are about an n8n that has been running: these runs came before them.',
		columns: ['run', ...Object.keys(COLD), 'this node ÷ shortest loop'],
		rows,
	};
}

async function byWidth(n8n: MeasuredN8n, api: Api): Promise<Plot> {
	await api.take({ latency: 20 });
	const rows = await compare(n8n, api, { ...BY_WIDTH, 'HTTP Request node': httpRequest() }, 200);
	const { wall: alternative } = rows[rows.length - 1];
	return {
		name: 'bench-create-width',
		title: 'Create: time of 200 items, by requests under way at once (20 ms latency)',
		x: 'requests under way at once',
		y: 'ms',
		points: WIDTHS.flatMap((width, index) => [
			{ x: width, y: rows[2 * index].wall, line: 'this node' },
			{ x: width, y: rows[2 * index + 1].wall, line: 'shortest loop that does the same' },
			{ x: width, y: alternative, line: 'HTTP Request node, which has no such setting' },
		]),
	};
}

let clients = 0;

/** A client of its own for each credential: those of one client share the token that one of them has just got. */
const serverOf = ({ url }: Api): Server => ({
	url,
	clientId: `bench-client-${++clients}`,
	clientSecret: 'bench-secret',
});

/** One warm-up, with a new credential each, then rounds in which everybody runs once, each time in another order. */
async function compare(
	{ client, measured }: MeasuredN8n,
	api: Api,
	all: Record<string, Contender>,
	items: number,
): Promise<Row[]> {
	const contenders = [];
	for (const [name, contender] of Object.entries(all)) {
		const run = await measured(await contender(client, serverOf(api)));
		await api.take();
		const first = await run(items);
		contenders.push({
			name,
			run,
			runs: [] as Run[],
			failed: lost(first, items),
			firstTokens: (await api.take()).tokens,
			laterTokens: 0,
		});
	}
	await inTurn(ROUNDS, contenders, async (contender) => {
		// n8n's clock shows whole milliseconds: one item is over too soon for a single run to tell anything.
		for (let again = items === 1 ? 8 : 1; again > 0; again--)
			contender.runs.push(await contender.run(items));
		contender.laterTokens += (await api.take()).tokens;
	});
	return contenders.map(({ name, runs, failed, firstTokens, laterTokens }) => ({
		name,
		...medians(runs),
		failed: runs.reduce((sum, one) => sum + lost(one, items), failed),
		firstTokens,
		laterTokens,
	}));
}

/** Items that did not become a session of their own. */
const lost = (run: Run, items: number): number =>
	items - Math.min(run.items - run.failed, run.links);

const NOTE =
	'Every item gets its vendor data from an expression, unless the table says otherwise; the bare helper evaluates nothing and signs with a token that it got once. The shortest loop that does the same has n8n sign each request with the credential, with a time limit and without redirects; it checks nothing. Time by n8n\'s own clock of the node; CPU time of the whole n8n process meanwhile; memory it grew by at most. "× this node" is the time divided by that of this node with default settings. The server is a lean one in a process of its own, because the sandbox, which checks every call against the contract, would be measured as well.';

const COLUMNS = [
	'latency, ms',
	'',
	'time, ms',
	'× this node',
	'CPU, ms',
	'memory, MB',
	'token requests, first run',
	'later runs',
	'failed items',
];

const cells = (
	latency: number,
	{ name, wall, cpu, peak, firstTokens, laterTokens, failed }: Row,
	own: Row,
): Table['rows'][number] => [
	latency,
	name,
	wall,
	wall / own.wall,
	cpu,
	peak === undefined ? '–' : peak / 2 ** 20,
	firstTokens,
	laterTokens,
	failed,
];

/** What must hold in every run. */
const facts = (rows: Row[]): Aim[] =>
	rows.slice(0, 2).flatMap(({ firstTokens, laterTokens, failed }) => [
		{ text: 'Create: items that failed or share a session', measured: failed, atMost: 0 },
		{
			text: 'Create: token requests of the first run with a new credential',
			measured: firstTokens,
			atLeast: 1,
			atMost: 1,
		},
		{ text: 'Create: token requests of later runs', measured: laterTokens, atMost: 0 },
	]);

/** Aims at a latency of 20 ms, by number of items. */
const RATIOS: Record<number, ((rows: Row[], slack: number) => Aim[]) | undefined> = {
	1: ([own, , http]) => [
		{
			text: 'Create, 1 item, 20 ms: time ÷ HTTP Request node',
			measured: own.wall / http.wall,
			atMost: 1,
			timing: true,
		},
	],
	200: (
		[own50, own100, http, , , fixed50, fixed100, fixedHttp, loop50, loop100, plain50, plain100],
		slack,
	) => [
		faster('Create, 200 items, 20 ms: times as fast as the HTTP Request node', 3, {
			own: own50,
			http,
			least: loop50,
			slack,
		}),
		faster('Times as fast, 100 at once', 3.7, { own: own100, http, least: loop100, slack }),
		faster('Times as fast, no expression', 3.5, {
			own: fixed50,
			http: fixedHttp,
			least: plain50,
			slack,
		}),
		faster('Times as fast, no expression, 100 at once', 4.4, {
			own: fixed100,
			http: fixedHttp,
			least: plain100,
			slack,
		}),
		{
			text: 'CPU time ÷ HTTP Request node',
			measured: own50.cpu / http.cpu,
			atMost: 1,
			timing: true,
		},
		{
			text: 'CPU time ÷ HTTP Request node, 100 at once',
			measured: own100.cpu / http.cpu,
			atMost: 1,
			timing: true,
		},
		near('Time ÷ shortest loop that does the same, 50 at once', own50, loop50),
		near('Time ÷ shortest loop that does the same, 100 at once', own100, loop100),
		near('Time ÷ shortest loop, no expression, 50 at once', fixed50, plain50),
		near('Time ÷ shortest loop, no expression, 100 at once', fixed100, plain100),
	],
};

const near = (text: string, own: Row, least: Row, atMost = 1.05): Aim => ({
	text,
	measured: own.wall / least.wall,
	atMost,
	timing: true,
});

/**
 * How many times as fast as the HTTP Request node. Where that is missed although the node is as fast as the least that a
 * node can do, n8n is the limit, and the reason says so in figures.
 */
function faster(
	text: string,
	atLeast: number,
	{ own, http, least, slack }: { own: Row; http: Row; least: Row; slack: number },
): Aim {
	const aim = { text, measured: http.wall / own.wall, atLeast, timing: true };
	if (isMet(aim) || !isMet(near('', own, least), slack)) return aim;
	const ms = (value: number) => `${Math.round(value)} ms`;
	const limit = `The ${least.name} takes ${ms(least.wall)} (CPU time ${ms(least.cpu)}), this node ${ms(own.wall)} (${ms(own.cpu)}), the HTTP Request node ${ms(http.wall)} (${ms(http.cpu)}).`;
	return {
		...aim,
		reason: `${limit} The shortest loop that does the same is only ${(http.wall / least.wall).toPrecision(3)} times as fast as the HTTP Request node.`,
	};
}

/** Aims of the same text are one: the worst counts. */
function merged(aims: Aim[]): Aim[] {
	const worst = new Map<string, Aim>();
	for (const aim of aims) {
		const known = worst.get(aim.text);
		const distance = ({ measured }: Aim) => Math.abs(measured - (aim.atMost ?? aim.atLeast ?? 0));
		if (!known || distance(aim) > distance(known)) worst.set(aim.text, aim);
	}
	return [...worst.values()];
}
