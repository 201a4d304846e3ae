/** Session: Get Many over long lists: what it keeps of the pages that it fetches, and how long it takes. */
import { keyCredential } from '../../harness/n8n/credentials.mts';
import { node as nodeOf } from '../../harness/n8n/workflow.mts';
import type { Bench, MeasuredN8n } from './measured.mts';
import { listUrl, startLists, type Lists } from './server.mts';
import { watched, type Kept } from './watched.mts';

/** Bytes of a row as Didit sends it. */
const USUAL = 1_000;
const LARGE = 10_000;
const PAGE = 100;

interface Case {
	rows: number;
	bytes: number;
	parameters: { returnAll?: boolean; limit?: number; simplify?: boolean };
}

const all = (rows: number, simplify = true, bytes = USUAL): Case => ({
	rows,
	bytes,
	parameters: { returnAll: true, simplify },
});

export const getMany: Bench = async ({ short, say, inN8n }) => {
	const most = short ? 10_000 : 100_000;
	const limited: Case = { rows: most, bytes: USUAL, parameters: { limit: 50 } };
	const [small, large] = [all(10_000), all(10_000, true, LARGE)];
	const longest = short ? small : all(most);
	const cases = short
		? [limited, small, large]
		: [
				limited,
				all(1_000),
				small,
				large,
				longest,
				all(1_000, false),
				all(10_000, false),
				all(most, false),
			];
	const lists = await startLists();
	try {
		return await inN8n(async (world) => {
			const rows: Array<Array<string | number>> = [];
			const seen = new Map<Case, Kept & { requests: number }>();
			// The first run of a process loads code that stays.
			await watched(world.client, await node(world, lists, all(1_000)), pagesOf(all(1_000)));
			for (const one of cases) {
				say(titleOf(one));
				const getMany = await node(world, lists, one);
				const kept = await watched(world.client, getMany, pagesOf(one));
				await lists.take();
				const run = await (await world.measured(getMany))(1);
				const requests = await lists.take();
				seen.set(one, { ...kept, requests });
				rows.push([
					titleOf(one),
					requests,
					(requests * Math.min(one.rows, one.parameters.limit ?? PAGE) * one.bytes) / 1e6,
					kept.items,
					kept.peak / 1e6,
					one === limited ? '–' : kept.peak / kept.items,
					kept.own / kept.items,
					run.wall / 1e3,
				]);
				if (run.items !== kept.items || run.failed > 0)
					throw new Error(`${titleOf(one)}: ${run.items} items, ${run.failed} failed`);
			}
			const of = (one: Case) => seen.get(one) as Kept & { requests: number };
			return {
				tables: [
					{
						title: `Get Many over up to ${count(most)} sessions`,
						note: 'Pages of 100, from a lean server in a process of its own. "In use" is the growth of the heap of the n8n process, garbage collected before each look, at most, looked at up to 20 times when a page had come in; beside it what the same items take when they are freshly read from JSON. The time belongs to another run, without those looks. A simplified row keeps 12 fields, whatever the size of the row.',
						columns: [
							'',
							'requests',
							'MB fetched',
							'items',
							'in use, MB',
							'bytes an item',
							'the item alone',
							'time, s',
						],
						rows,
					},
				],
				aims: [
					{
						text: 'Get Many: requests for a limit of 50',
						measured: of(limited).requests,
						atMost: 1,
					},
					{
						text: `Get Many: items of ${count(most)} rows`,
						measured: of(longest).items,
						atLeast: most,
						atMost: most,
					},
					{
						text: `Get Many: memory in use for ${count(most)} simplified rows ÷ what the items alone take`,
						measured: of(longest).peak / of(longest).own,
						atMost: 1.5,
					},
					{
						text: 'Get Many: pages of 1 MB in use more than with pages of 0.1 MB, both 10,000 rows',
						measured: (of(large).peak - of(small).peak) / (PAGE * LARGE),
						atMost: 4,
					},
				],
			};
		});
	} finally {
		lists.stop();
	}
};

const count = (rows: number) => rows.toLocaleString('en');

const pagesOf = ({ rows, parameters: { returnAll } }: Case): number =>
	returnAll ? Math.ceil(rows / PAGE) : 1;

const titleOf = ({ rows, bytes, parameters: { limit, simplify } }: Case): string =>
	`${limit ? `limit ${limit} of ` : 'all of '}${count(rows)} rows of ${bytes / 1e3} KB${simplify === false ? ', raw' : ''}`;

async function node({ client }: MeasuredN8n, lists: Lists, { rows, bytes, parameters }: Case) {
	const diditApi = await client.saveCredential(
		'diditApi',
		`Lists ${rows} ${bytes}`,
		keyCredential({ url: listUrl(lists, rows, bytes), apiKey: 'bench' }),
	);
	return nodeOf(
		'Get Many',
		'n8n-nodes-didit.didit',
		1,
		{ resource: 'session', operation: 'getAll', ...parameters },
		{ diditApi },
	);
}
