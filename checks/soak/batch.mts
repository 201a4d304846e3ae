/** A batch of items sent through one workflow, and the rows that came back. */
import { groupBy } from './group.mts';
import type { OperationName } from './workflows.mts';

export interface Item {
	id: string;
	[field: string]: unknown;
}

export interface Row {
	/** The id of the item that n8n has linked the row to. */
	item?: string;
	session_id?: string;
	vendor_data?: string | null;
	error?: string | { message?: string };
	details?: { advice?: string };
	[field: string]: unknown;
}

export interface Batch {
	operation: OperationName;
	items: Item[];
	rows: Row[];
	/** Set when there are no rows: the workflow itself failed. */
	failure?: string;
}

export async function send(n8n: string, operation: OperationName, items: Item[]): Promise<Batch> {
	const response = await fetch(`${n8n}/webhook/${operation}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ items }),
	});
	const text = await response.text();
	if (!response.ok)
		return { operation, items, rows: [], failure: `${response.status} ${text.slice(0, 300)}` };
	return { operation, items, rows: JSON.parse(text) as Row[] };
}

export const isError = (row: Row): boolean => row.error !== undefined;

/** What a builder reads: what happened, and what to do. */
export function wordsOf(row: Row): { message: string; advice: string } {
	const { error, details } = row;
	return {
		message: String(typeof error === 'object' ? error.message : error),
		advice: String(details?.advice ?? ''),
	};
}

/** Items of the batches without exactly one row, and rows that belong to no item. */
export interface Miscount {
	none: number;
	several: number;
	strays: number;
	failedRuns: number;
}

/** @param ofList an operation that gives many rows for an item; such an item needs at least one row, and if one is an error, only that */
export function miscount(batches: Batch[], ofList = false): Miscount {
	const found: Miscount = { none: 0, several: 0, strays: 0, failedRuns: 0 };
	for (const { items, rows, failure } of batches) {
		if (failure !== undefined) found.failedRuns++;
		const byItem = groupBy(rows, ({ item }) => item);
		found.strays += rows.filter(({ item }) => !items.some(({ id }) => id === item)).length;
		for (const { id } of items) {
			const own = byItem.get(id) ?? [];
			if (own.length === 0) found.none++;
			else if (own.length > 1 && (!ofList || own.some(isError))) found.several++;
		}
	}
	return found;
}
