// A field of an operation, described once: the editor's property, the check of what was filled in, Didit's name in the request
// and the label in errors are all made from its description. The kinds of fields are in fieldKinds.ts.
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { InputError } from '../../transport/errors';
import { isNothing, valueOfLocator } from './values';
import type { Field } from './values';

export interface FieldSpec<T = unknown> extends Field {
	name: string;
	diditName?: string;
	ask: string;
	/** The field of another node's output that belongs into it. */
	comesFrom?: 'session_id';
	property: INodeProperties;
	/** The fields inside of a collection. */
	inner: FieldSpec[];
	/** What was filled in, as Didit spells it. @throws InputError if it isn't valid */
	read: (value: unknown, field: Field) => T;
	/** What an empty field stands for. */
	empty: T | undefined;
}

/** The same field where it must be filled in. @param ask what to do when it is empty */
export const requiredField = <T>(spec: FieldSpec<T>, ask: string): FieldSpec<T> => ({
	...spec,
	required: true,
	ask,
	property: { ...spec.property, required: true },
});

/** Whether a part of a request holds anything. */
export const isEmptyPart = (value: unknown) =>
	value === undefined ||
	(typeof value === 'object' && value !== null && Object.keys(value).length === 0);

/**
 * One field of several, whatever it was given.
 * @throws InputError if it isn't valid, or is empty and must not be
 */
export function readField<T>(spec: FieldSpec<T>, value: unknown, timeZone?: string): T | undefined {
	const given = spec.property.type === 'resourceLocator' ? valueOfLocator(value) : value;
	if (!isNothing(given)) {
		const read = spec.read(value, { label: spec.label, required: spec.required, timeZone });
		if (!spec.required || (read as unknown) !== '') return read;
	}
	if (spec.required) throw new InputError(`'${spec.label}' is empty`, spec.ask);
	return spec.empty;
}

/**
 * What was filled in, under Didit's names. Empty fields are left out, so that an expression may give nothing.
 * @throws InputError naming the first field that isn't valid
 */
export function readFields(
	values: IDataObject,
	specs: FieldSpec[],
	about: Pick<Field, 'timeZone'> = {},
): IDataObject {
	const body: IDataObject = {};
	for (const spec of specs) {
		if (spec.diditName === undefined || !Object.keys(values).includes(spec.name)) continue;
		if (isNothing(values[spec.name]) && !spec.required) continue;
		const part = readField(spec, values[spec.name], about.timeZone) as IDataObject | undefined;
		if (!isEmptyPart(part)) body[spec.diditName] = part;
	}
	return body;
}

/**
 * A field that isn't there would be left out in silence: a filter less, and the list is longer than asked for.
 * @throws InputError that names it, and what there is
 */
export function refuseUnknown(values: IDataObject, fields: FieldSpec[], { label }: Field): void {
	const names = fields.map(({ name }) => name);
	const unknown = Object.keys(values).find((name) => !names.includes(name));
	if (unknown === undefined) return;
	throw new InputError(
		`'${label}' has no field '${unknown.slice(0, 50)}'`,
		`Use: ${names.join(', ')}`,
	);
}

/** Didit's name of each field and what the screen calls it, for errors that name a field. */
export function labelsOf(specs: FieldSpec[]): Record<string, string> {
	const pairs = specs.flatMap(
		({ diditName, label, inner }): Array<[string, string]> => [
			...(diditName === undefined ? [] : [[diditName, label] as [string, string]]),
			...Object.entries(labelsOf(inner)),
		],
	);
	return Object.fromEntries(pairs.reverse());
}
