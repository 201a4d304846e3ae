/** Session: Get Many beside the pagination of the HTTP Request node, over the same list: time, and what is in memory. */
import type { Plot } from '../../harness/plot.mts';
import type { Aim, Table } from '../../harness/report.mts';
import { keyCredential } from '../../harness/n8n/credentials.mts';
import { node as nodeOf } from '../../harness/n8n/workflow.mts';
import type { WorkflowNode } from '../../harness/n8n/client.mts';
import { inTurn, medians, type Bench, type MeasuredN8n, type Run } from './measured.mts';
import { headerAuth } from './contenders.mts';
import { listUrl, startLists, type Lists } from './server.mts';
import { watched } from './watched.mts';

const PAGE = 100;
const BYTES = 1_000;
const API_KEY = 'bench';

const [OWN, RAW, HTTP] = ['this node', 'this node, raw', 'HTTP Request node'];

export const paginated: Bench = async ({ short, say, inN8n }) => {
	const sizes = short ? [1_000] : [1_000, 10_000, 100_000];
	const lists = await startLists();
	try {
		return await inN8n(async (n8n) => {
			const rows: Table['rows'] = [];
			const [time, memory]: Array<Plot['points']> = [[], []];
			const aims: Aim[] = [];
			for (const size of sizes) {
				say(`${size} rows beside the HTTP Request node`);
				const found = await compare(n8n, await nodesFor(n8n, lists, size), size, short ? 3 : 5);
				for (const [line, { wall, cpu, peak, items }] of Object.entries(found)) {
					rows.push([size, line, items, wall / 1e3, wall / found[OWN].wall, cpu / 1e3, peak / 1e6]);
					time.push({ x: size, y: wall / 1e3, line });
					// Nothing can't be shown on an axis of factors.
					if (peak > 0) memory.push({ x: size, y: peak / 1e6, line });
				}
				// A short list tells nothing: the first request counts most.
				if (!short && size === sizes[sizes.length - 1]) aims.push(...aimsOf(found, size));
			}
			const logarithmic: Plot['logarithmic'] = ['x', 'y'];
			return {
				tables: [
					{
						title: "Get Many beside the HTTP Request node's pagination",
						note: 'Pages of 100 rows of 1 KB. The HTTP Request node follows the address of the next page, and puts out each page as one item; this node puts out each row as an item, simplified or raw. "In use" as in the table before.',
						columns: [
							'rows',
							'',
							'items',
							'time, s',
							'× this node',
							'CPU, s',
							'in use at most, MB',
						],
						rows,
					},
				],
				plots: [
					{
						name: 'bench-get-many-time',
						title: 'Get Many: time, by number of rows',
						x: 'rows',
						y: 's',
						logarithmic,
						points: time,
					},
					{
						name: 'bench-get-many-memory',
						title: 'Get Many: memory in use at most, by number of rows',
						x: 'rows',
						y: 'MB',
						logarithmic,
						points: memory,
					},
				],
				aims,
			};
		});
	} finally {
		lists.stop();
	}
};

async function nodesFor(
	{ client }: MeasuredN8n,
	lists: Lists,
	rows: number,
): Promise<Record<string, WorkflowNode>> {
	const url = listUrl(lists, rows, BYTES);
	const diditApi = await client.saveCredential(
		'diditApi',
		`Pages ${rows}`,
		keyCredential({ url, apiKey: API_KEY }),
	);
	const httpHeaderAuth = await headerAuth(client, API_KEY);
	const own = (simplify: boolean) =>
		nodeOf(
			'Get Many',
			'n8n-nodes-didit.didit',
			1,
			{ resource: 'session', operation: 'getAll', returnAll: true, simplify },
			{ diditApi },
		);
	const pagination = {
		paginationMode: 'responseContainsNextURL',
		nextURL: '={{ $response.body.next }}',
		paginationCompleteWhen: 'other',
		completeExpression: '={{ !$response.body.next }}',
	};
	return {
		[OWN]: own(true),
		[RAW]: own(false),
		[HTTP]: nodeOf(
			'Get Many',
			'n8n-nodes-base.httpRequest',
			4.5,
			{
				url: `${url}/v3/sessions/?limit=${PAGE}`,
				authentication: 'genericCredentialType',
				genericAuthType: 'httpHeaderAuth',
				options: { pagination: { pagination } },
			},
			{ httpHeaderAuth },
		),
	};
}

interface Found {
	wall: number;
	cpu: number;
	peak: number;
	items: number;
}

async function compare(
	{ client, measured }: MeasuredN8n,
	nodes: Record<string, WorkflowNode>,
	rows: number,
	rounds: number,
): Promise<Record<string, Found>> {
	const contenders = [];
	for (const [name, node] of Object.entries(nodes)) {
		// The first run loads code that stays.
		const run = await measured(node);
		await run(1);
		const { peak } = await watched(client, node, rows / PAGE);
		contenders.push({ name, run, peak, runs: [] as Run[] });
	}
	await inTurn(rounds, contenders, async ({ name, run, runs }) => {
		const one = await run(1);
		if (one.rows !== rows || one.failed > 0)
			throw new Error(`${name}: ${one.rows} rows of ${rows}, ${one.failed} failed`);
		runs.push(one);
	});
	return Object.fromEntries(
		contenders.map(({ name, peak, runs }) => [
			name,
			{ ...medians(runs), peak, items: runs[0].items },
		]),
	);
}

function aimsOf({ [OWN]: own, [RAW]: raw, [HTTP]: http }: Record<string, Found>, rows: number) {
	const many = rows.toLocaleString('en');
	const ratio = (text: string, measured: number, atMost: number): Aim => ({
		text: `Get Many, ${many} rows: ${text} ÷ HTTP Request node's pagination`,
		measured,
		atMost,
		timing: true,
	});
	return [
		ratio('time', own.wall / http.wall, 1),
		ratio('time, raw,', raw.wall / http.wall, 1),
		ratio('memory in use', own.peak / http.peak, 1),
		ratio('memory in use, raw,', raw.peak / http.peak, 1),
	];
}
