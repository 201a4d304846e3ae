// Whether what the trigger was given is among its choices. The editor offers no others; a language model that builds workflows
// can make them up, and the trigger would then never start.
import type { IDataObject, IHookFunctions, INodeProperties } from 'n8n-workflow';
import { InputError } from '../transport/errors';
import { triggerFields } from './fields';

type Choice = { name: string; value?: unknown };

function checkValue(
	{ displayName, options = [], typeOptions }: INodeProperties,
	given: unknown,
): void {
	// Didit's own list, which can also be given as an expression.
	if (typeOptions?.loadOptionsMethod !== undefined) return;
	const values = (options as Choice[]).map(({ value }) => value);
	const all = [given].flat();
	const wrong = all.findIndex((one) => !values.includes(one));
	if (wrong < 0) return;
	// The value itself isn't named: it could be anything that an expression gives.
	const which = all.length > 1 ? `value ${wrong + 1} of '${displayName}'` : `'${displayName}'`;
	throw new InputError(`There is no such choice: ${which}`, `Use: ${values.join(', ')}`);
}

function check(field: INodeProperties, given: unknown): void {
	if (given === undefined || given === '') return;
	if (field.type === 'options' || field.type === 'multiOptions') checkValue(field, given);
	if (field.type !== 'collection') return;
	const inner = field.options as INodeProperties[];
	for (const [name, value] of Object.entries(given as IDataObject)) {
		const found = inner.find((one) => one.name === name);
		if (!found)
			throw new InputError(
				`'${field.displayName}' has no field '${name}'`,
				`Use: ${inner.map((one) => one.name).join(', ')}`,
			);
		check(found, value);
	}
}

/** @throws InputError for the first event, status or other choice that doesn't exist */
export function checkChoices(context: IHookFunctions): void {
	for (const field of triggerFields) {
		if (field.type !== 'notice') check(field, context.getNodeParameter(field.name, undefined));
	}
}
