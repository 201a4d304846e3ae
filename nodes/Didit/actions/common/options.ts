// The options: a few of an operation's own, and the request settings of those that are run for many items: how fast and how
// patiently the node talks to Didit.
import type { INodeProperties } from 'n8n-workflow';
import type { RequestLimits } from '../../transport/types';
import { group, number } from './fieldKinds';
import { readField } from './fieldSpecs';
import type { FieldSpec } from './fieldSpecs';
import type { Operation } from './operation';
import { toCollection } from './values';

const maxConcurrency = number({
	label: 'Max Concurrent Requests',
	name: 'maxConcurrency',
	least: 1,
	default: 50,
	description:
		"How many items to process at the same time. Slows down by itself at Didit's rate limit.",
});
const maxRetries = number({
	label: 'Max Retries',
	name: 'maxRetries',
	least: 0,
	default: 3,
	description: "How many times to retry when Didit doesn't respond. Nothing is created twice.",
});
const maxWait = number({
	label: 'Max Wait (Seconds)',
	name: 'maxWait',
	least: 0,
	fractions: true,
	default: 120,
	description: 'How long an item waits on rate limits before it fails',
});
const timeout = number({
	label: 'Timeout (Seconds)',
	name: 'timeout',
	least: 1,
	fractions: true,
	default: 30,
	description: 'How long to wait for a response from Didit',
});

const requestSettings = group({
	label: 'Request Settings',
	name: 'requestSettings',
	placeholder: 'Add setting',
	fields: [maxConcurrency, maxRetries, maxWait, timeout],
});

const byLabel = (one: FieldSpec, other: FieldSpec) => one.label.localeCompare(other.label);

/** What an operation's Options offer: its own first, then the request settings, where it has them. */
const optionsOf = ({ options = [], forMany = false }: Operation): FieldSpec[] => [
	...[...options].sort(byLabel),
	...(forMany ? [requestSettings] : []),
];

/**
 * The Options of one operation. Each has a collection with no more than it can use, because n8n shows all of it to a
 * language model for each operation.
 */
export function optionsFields(operation: Operation): INodeProperties[] {
	const options = optionsOf(operation);
	if (options.length === 0) return [];
	return [
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: options.map(({ property }) => property),
		},
	];
}

/** @throws InputError for values that are no numbers or too small */
export function readOptions(given: unknown): { maxConcurrency: number; limits: RequestLimits } {
	const { requestSettings: settings } = toCollection(given, { label: 'Options' });
	const values = toCollection(settings, { label: 'Request Settings' });
	const value = (spec: FieldSpec<number | undefined>) =>
		readField(spec, values[spec.name]) as number;
	return {
		maxConcurrency: value(maxConcurrency),
		limits: {
			maxRetries: value(maxRetries),
			maxWait: value(maxWait) * 1000,
			timeout: value(timeout) * 1000,
		},
	};
}
