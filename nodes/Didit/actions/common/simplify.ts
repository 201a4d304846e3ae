// The Simplify field, which is the same everywhere, and how a row is cut down to its telling fields.
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { rawOutput } from './privacy';
import type { ItemCall } from './itemCall';

export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

export function simplifies(call: ItemCall): boolean {
	return call.param('simplify', true) !== false;
}

/**
 * What comes out for one row.
 * @param fields the fields that a simplified row has, null where Didit sends none
 */
export function toOutputRow(
	call: ItemCall,
	row: IDataObject,
	fields: readonly string[],
): IDataObject {
	if (!simplifies(call)) return rawOutput(call, row);
	return Object.fromEntries(fields.map((field) => [field, row[field] ?? null]));
}
