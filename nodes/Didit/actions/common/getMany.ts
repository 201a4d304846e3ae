// What all Get Many operations share: Return All, Limit, and the way from rows to items.
import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { InputError } from '../../transport/errors';
import { rowsOf } from '../../transport/pages';
import type { List } from '../../transport/pages';
import type { ItemCall } from './itemCall';

export const returnAllFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		displayOptions: { show: { returnAll: [false] } },
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
	},
];

/** How many rows the builder wants: a positive number, or Infinity for all. */
export function wantedRows(call: ItemCall): number {
	if (call.isOn('returnAll')) return Infinity;
	const limit = Number(call.param('limit', 50));
	if (!Number.isInteger(limit) || limit < 1)
		throw new InputError("'Limit' is not valid", 'Enter a number, at least 1');
	return limit;
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
