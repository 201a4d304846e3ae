// The options that every operation has: how fast and how patiently it talks to Didit.
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { InputError } from '../../transport/errors';
import type { RequestLimits } from '../../transport/types';

export const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Max Concurrent Requests',
			name: 'maxConcurrency',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			description:
				'How many items are sent to Didit at the same time at most. The node sends fewer when Didit limits the rate.',
		},
		{
			displayName: 'Max Retries',
			name: 'maxRetries',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 3,
			description:
				'How often a request is repeated after Didit did not answer. A request that could create a second session is never repeated.',
		},
		{
			displayName: 'Max Wait (Seconds)',
			name: 'maxWait',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 120,
			description:
				'How long an item waits in all when Didit limits the rate, before it is reported as failed',
		},
		{
			displayName: 'Timeout (Seconds)',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 30,
			description: 'How long to wait for an answer of Didit. PDF reports get a minute at least.',
		},
	],
};

/** The options of one operation: its own and those above, in alphabetical order. */
export function optionsWith(own: INodeProperties[] = []): INodeProperties {
	const options = [...(optionsField.options as INodeProperties[]), ...own];
	return {
		...optionsField,
		options: options.sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}

/** An option as the builder set it, or its default on the screen. */
function number(options: IDataObject, name: string, least: number): number {
	const field = optionsField.options?.find((option) => option.name === name) as INodeProperties;
	const value = Number(options[name] ?? field.default);
	if (!Number.isFinite(value) || value < least) {
		throw new InputError(
			`'${field.displayName}' is not valid`,
			`Enter a number, at least ${least}`,
		);
	}
	return value;
}

/** @throws InputError for values that are no numbers or too small */
export function readOptions(options: IDataObject): {
	maxConcurrency: number;
	limits: RequestLimits;
} {
	return {
		maxConcurrency: Math.floor(number(options, 'maxConcurrency', 1)),
		limits: {
			maxRetries: Math.floor(number(options, 'maxRetries', 0)),
			maxWait: number(options, 'maxWait', 0) * 1000,
			timeout: number(options, 'timeout', 1) * 1000,
		},
	};
}
