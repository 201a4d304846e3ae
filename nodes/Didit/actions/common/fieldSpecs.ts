// Collections of optional fields as tables: a row for each field, from which both the screen and the request body are made.
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { jsonObject, listOf, textOf } from './checks';

type Check = (value: string, label: string) => string;

export interface Row {
	label: string;
	/** Its name on the node. */
	name: string;
	/** Its name at Didit. */
	field: string;
	read: (value: unknown, label: string) => unknown;
	/** How the editor shows it, if not as a text field. */
	shown: Partial<INodeProperties>;
}

/** A text field. `example` is shown while it is empty. */
export function textRow(
	label: string,
	name: string,
	field: string,
	check: Check,
	example: string,
	description?: string,
): Row {
	return {
		label,
		name,
		field,
		read: (value) => check(textOf(value, label), label),
		shown: { placeholder: `e.g. ${example}`, ...(description && { description }) },
	};
}

/** A field with values to choose from, by their names. */
export function choiceRow(
	label: string,
	name: string,
	field: string,
	check: Check,
	values: Record<string, string>,
): Row {
	const options = Object.entries(values).map(([option, value]) => ({ name: option, value }));
	return {
		label,
		name,
		field,
		read: (value) => check(textOf(value, label), label),
		shown: { type: 'options', options, default: options[0].value },
	};
}

/** A field with several values, as text with commas or as a list from an expression. */
export function listRow(
	label: string,
	name: string,
	field: string,
	check: Check,
	example: string,
	description: string,
): Row {
	return {
		label,
		name,
		field,
		read: (value) => listOf(value, label).map((entry) => check(entry, label)),
		shown: { placeholder: `e.g. ${example}`, description },
	};
}

export function jsonRow(label: string, name: string, field: string, description: string): Row {
	return {
		label,
		name,
		field,
		read: (value) => jsonObject(value, label),
		shown: { type: 'json', default: '{}', description },
	};
}

/** A group of fields, which is left out if nothing is in it. */
export function groupRow(label: string, name: string, field: string, rows: Row[]): Row {
	const read = (value: unknown) => readRows(value as IDataObject, rows);
	return {
		label,
		name,
		field,
		read,
		shown: {
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: toProperties(rows),
		},
	};
}

/** The options of a collection, in alphabetical order. */
export function toProperties(rows: Row[]): INodeProperties[] {
	return rows
		.map(
			({ label, name, shown }): INodeProperties => ({
				displayName: label,
				name,
				type: 'string',
				default: '',
				...shown,
			}),
		)
		.sort((a, b) => a.displayName.localeCompare(b.displayName));
}

/**
 * What was filled in, under Didit's names. Empty fields are left out, so that an expression may give nothing.
 * @throws InputError naming the first field that is not valid
 */
export function readRows(values: IDataObject, rows: Row[]): IDataObject {
	const body: IDataObject = {};
	for (const { name, label, field, read } of rows) {
		const value = values[name];
		if (value === undefined || value === null || (typeof value === 'string' && value.trim() === ''))
			continue;
		const checked = read(value, label) as IDataObject;
		if (typeof checked !== 'object' || Object.keys(checked).length > 0) body[field] = checked;
	}
	return body;
}
