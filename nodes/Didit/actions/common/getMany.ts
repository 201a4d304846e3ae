// What all Get Many operations share: Return All, Limit, and the way from rows to items.
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { rowsOf } from '../../transport/pages';
import type { List } from '../../transport/pages';
import { number, toggle } from './fieldKinds';
import type { ItemCall } from './itemCall';

const returnAll = toggle({
	label: 'Return All',
	name: 'returnAll',
	description: 'Whether to return all results or only up to a given limit',
});

const limit = number({
	label: 'Limit',
	name: 'limit',
	least: 1,
	default: 50,
	displayOptions: { show: { returnAll: [false] } },
	description: 'Max number of results to return',
});

export const returnAllFields = [returnAll, limit];

/** How many rows the builder wants: a positive number, or Infinity for all. */
function wantedRows(call: ItemCall): number {
	return call.isOn(returnAll) ? Infinity : (call.read(limit) as number);
}

/** All rows of a list, for operations that look through it themselves. */
export function allRows(call: ItemCall, list: List): AsyncGenerator<IDataObject> {
	return rowsOf(async (request) => await call.request(request), list);
}

/** The rows of one list, in pages no larger than what is wanted. */
export function listRows(call: ItemCall, list: List): AsyncGenerator<IDataObject> {
	return rowsOf(async (request) => await call.request(request), list, wantedRows(call));
}

/** One item for each row. Stops asking as soon as enough rows are there. */
export async function toItems(
	call: ItemCall,
	rows: AsyncGenerator<IDataObject>,
	read: (row: IDataObject) => IDataObject,
): Promise<INodeExecutionData[]> {
	const most = wantedRows(call);
	const items: INodeExecutionData[] = [];
	for await (const row of rows) {
		items.push({ json: read(row) });
		if (items.length >= most) break;
	}
	return items;
}
