/** Reads: Get and Get Many of sessions that exist. */
import type { Aim, Table } from '../../harness/report.mts';
import { type Batch, isError, miscount, send } from './batch.mts';
import type { Chance } from './chance.mts';
import { errorTable, type Made } from './creates.mts';
import type { Setting } from './setting.mts';

type ReadName = 'get-v1' | 'get-v3' | 'find-one' | 'list-many';

/** @param made sessions that were created; some are read more than once in a run */
export async function sendReads(
	{ n8n }: Setting,
	operation: ReadName,
	name: string,
	size: number,
	made: Made[],
	chance: Chance,
): Promise<Batch> {
	const fitting = made.filter(({ version, vendor }) =>
		operation === 'get-v1'
			? version === 'v1'
			: version === 'v3' && (operation === 'get-v3' || vendor !== undefined),
	);
	const count = fitting.length > 0 ? size : 0;
	const items = Array.from({ length: count }, (_, index) => ({
		id: `${name}-${index}`,
		...chance.pick(fitting),
	}));
	return items.length > 0 ? await send(n8n.url, operation, items) : { operation, items, rows: [] };
}

export function judgeReads(
	batches: Batch[],
	made: Made[],
): { aims: Aim[]; tables: Table[]; items: number } {
	const ids = new Set(made.map(({ session_id }) => session_id));
	const lists = batches.filter(({ operation }) => operation === 'list-many');
	const single = batches.filter(({ operation }) => operation !== 'list-many');
	const { none, several, strays, failedRuns } = miscount(single);
	const ofLists = miscount(lists, true);
	const wrong = single.flatMap(({ items, rows }) => {
		const asked = new Map(items.map(({ id, session_id }) => [id, session_id]));
		return rows.filter((row) => !isError(row) && row.session_id !== asked.get(String(row.item)));
	});
	const repeated = lists.flatMap(({ rows }) =>
		rows.filter(
			(row, index) =>
				!isError(row) &&
				rows.findIndex(({ session_id }) => session_id === row.session_id) !== index,
		),
	);
	const rowsOf = (operation: string) =>
		batches.filter((batch) => batch.operation === operation).flatMap(({ rows }) => rows);
	const table = ['get-v1', 'get-v3', 'find-one', 'list-many'].map((operation) => {
		const items = batches
			.filter((batch) => batch.operation === operation)
			.flatMap((batch) => batch.items).length;
		const rows = rowsOf(operation);
		return [
			operation,
			items,
			rows.filter((row) => !isError(row)).length,
			rows.filter(isError).length,
		];
	});
	return {
		items: batches.flatMap(({ items }) => items).length,
		tables: [
			{
				title: 'Reads',
				note: `Of ${ids.size} sessions. "list-many" is Get Many with a limit of 300, in pages of 100.`,
				columns: ['workflow', 'items', 'output items', 'error items'],
				rows: table,
			},
			errorTable(
				'What the error items of reads say',
				batches.flatMap(({ rows }) => rows.filter(isError).map((row) => ({ row }))),
			),
		],
		aims: [
			{
				text: 'Reads: items without an output or error item',
				measured: none + ofLists.none,
				atMost: 0,
			},
			{ text: 'Reads: items with more than one', measured: several + ofLists.several, atMost: 0 },
			{
				text: 'Reads: output items linked to no input item',
				measured: strays + ofLists.strays,
				atMost: 0,
			},
			{
				text: 'Reads: executions that failed as a whole',
				measured: failedRuns + ofLists.failedRuns,
				atMost: 0,
			},
			{ text: 'Reads: another session than the one asked for', measured: wrong.length, atMost: 0 },
			{ text: 'Get Many: rows that came twice', measured: repeated.length, atMost: 0 },
		],
	};
}
