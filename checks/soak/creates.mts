/** Creates: what is sent, and whether each item has its session, once. */
import type { Aim, Table } from '../../harness/report.mts';
import { isError, miscount, send, type Batch, type Item, type Row, wordsOf } from './batch.mts';
import type { Chance } from './chance.mts';
import { groupBy } from './group.mts';
import { ask } from '../../harness/sandbox.mts';
import type { Setting } from './setting.mts';
import type { OperationName } from './workflows.mts';

export const CREATES = [
	'create-v1',
	'create-v1-separate',
	'create-v3',
	'create-v3-separate',
	'create-v3-anonymous',
	'create-v3-anonymous-separate',
] as const satisfies OperationName[];
export type CreateName = (typeof CREATES)[number];

const FEATURES = ['', 'OCR', 'OCR + FACE', 'OCR + FACE + AML', 'OCR + AML'];
/** Didit answers an unfinished session of the same vendor data again, so the node may repeat these. */
const isRepeatable = (operation: string) =>
	operation === 'create-v3' || operation === 'create-v3-separate';

interface Session {
	session_id: string;
	vendor_data: string | null;
	metadata: { soak?: string } | null;
}

export interface Made {
	item: string;
	version: 'v1' | 'v3';
	session_id: string;
	/** Of version 3 with vendor data only. */
	vendor?: string;
}

/** Names are unique in a run; one holds `extra`, to be found in n8n's data later. */
export async function sendCreates(
	{ n8n }: Setting,
	operation: CreateName,
	name: string,
	size: number,
	chance: Chance,
	extra = '',
): Promise<Batch> {
	const items: Item[] = Array.from({ length: size }, (_, index) => ({
		id: `${name}-${index}${index === 0 ? extra : ''}`,
		features: chance.pick(FEATURES),
	}));
	return await send(n8n.url, operation, items);
}

export function sessionsOf({ operation, rows }: Batch): Made[] {
	const version = operation.startsWith('create-v1') ? 'v1' : 'v3';
	return rows
		.filter((row) => !isError(row))
		.map(({ item, session_id }) => ({
			item: String(item),
			version,
			session_id: String(session_id),
			...(isRepeatable(operation) && { vendor: item }),
		}));
}

/** Compares what came out of n8n with the sessions that the sandbox has. */
export async function judgeCreates(
	{ sandbox }: Setting,
	batches: Batch[],
): Promise<{ aims: Aim[]; tables: Table[]; items: number }> {
	const { sessions } = await ask<{ sessions: Session[] }>(sandbox, 'GET', '/sandbox/sessions');
	const byItem = groupBy(sessions, ({ vendor_data, metadata }) =>
		String(vendor_data ?? metadata?.soak),
	);
	const rows = batches.flatMap((batch) =>
		batch.rows.map((row) => ({
			operation: batch.operation,
			row,
			sessions: byItem.get(String(row.item)) ?? [],
		})),
	);
	const outputs = rows.filter(({ row }) => !isError(row));
	const errors = rows.filter(({ row }) => isError(row));
	const items = batches.flatMap((batch) => batch.items);
	const { none, several, strays, failedRuns } = miscount(batches);
	const wrong = outputs.filter(
		({ row, sessions: own }) => !own.some(({ session_id }) => session_id === row.session_id),
	);
	const doubles = items.filter(({ id }) => (byItem.get(id)?.length ?? 0) > 1);
	const unwarned = errors.filter(
		({ operation, row, sessions: own }) =>
			own.length > 0 && !isRepeatable(operation) && !warns(row),
	);

	const kinds = batches
		.map(({ operation }) => operation)
		.filter((name, index, all) => all.indexOf(name) === index);
	const per = kinds.sort().map((kind) => {
		const failed = errors.filter(({ operation }) => operation === kind);
		return [
			kind,
			batches.filter(({ operation }) => operation === kind).flatMap((batch) => batch.items).length,
			outputs.filter(({ operation }) => operation === kind).length,
			failed.length,
			failed.filter(({ sessions: own }) => own.length > 0).length,
		];
	});
	return {
		items: items.length,
		tables: [
			{
				title: 'Creates',
				note: '"Lost" are sessions that exist although the item is an error item: the answer got lost on its way.',
				columns: ['workflow', 'items', 'output items', 'error items', 'of these lost'],
				rows: per,
			},
			errorTable(
				'What the error items of creates say',
				errors.map(({ row, sessions: own }) => ({ row, lost: own.length > 0 })),
			),
		],
		aims: [
			{ text: 'Creates: items without an output or error item', measured: none, atMost: 0 },
			{ text: 'Creates: items with more than one', measured: several, atMost: 0 },
			{ text: 'Creates: output items linked to no input item', measured: strays, atMost: 0 },
			{ text: 'Creates: executions that failed as a whole', measured: failedRuns, atMost: 0 },
			{ text: 'Items with more than one session at Didit', measured: doubles.length, atMost: 0 },
			{
				text: "Output items whose session does not exist or is another item's",
				measured: wrong.length,
				atMost: 0,
			},
			{
				text: 'Sessions at Didit that belong to no item',
				measured:
					sessions.length - items.reduce((sum, { id }) => sum + (byItem.get(id)?.length ?? 0), 0),
				atMost: 0,
			},
			{
				text: 'Error items that have a session which a second run would double, without advice to look for it',
				measured: unwarned.length,
				atMost: 0,
			},
		],
	};
}

/** Tells that the session may be there already. */
const warns = (row: Row) => /look in the didit console/i.test(wordsOf(row).advice);

/** Error items by what they say, the most frequent first. */
export function errorTable(title: string, errors: Array<{ row: Row; lost?: boolean }>): Table {
	const groups = [...groupBy(errors, ({ row }) => JSON.stringify(wordsOf(row))).entries()].sort(
		([, a], [, b]) => b.length - a.length,
	);
	const withLost = errors.some(({ lost }) => lost !== undefined);
	return {
		title,
		columns: ['message', 'advice', 'items', ...(withLost ? ['with a session'] : [])],
		rows: groups.map(([key, own]) => {
			const { message, advice } = JSON.parse(key) as ReturnType<typeof wordsOf>;
			return [
				shown(message),
				shown(advice),
				own.length,
				...(withLost ? [own.filter(({ lost }) => lost).length] : []),
			];
		}),
	};
}

/** Ports differ from run to run, and a bar would end the cell of the table. */
const shown = (text: string) =>
	text.replace(/127\.0\.0\.1:\d+/g, '127.0.0.1').replaceAll('|', '\\|');
