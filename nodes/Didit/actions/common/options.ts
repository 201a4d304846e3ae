// The options: a few of an operation's own, and those that every operation has, about how fast and how patiently the node
// talks to Didit. They are one collection for the whole node, in which each option says where it shows.
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { RequestLimits } from '../../transport/types';
import { number } from './fieldKinds';
import { readField } from './fieldSpecs';
import type { FieldSpec } from './fieldSpecs';
import type { Operation, Resource } from './operation';
import { toCollection } from './values';

const maxConcurrency = number({
	label: 'Max Concurrent Requests',
	name: 'maxConcurrency',
	least: 1,
	default: 50,
	description:
		"Maximum number of items to process at the same time. The node slows down automatically when Didit's rate limit is reached.",
});
const maxRetries = number({
	label: 'Max Retries',
	name: 'maxRetries',
	least: 0,
	default: 3,
	description:
		"How many times to retry when Didit doesn't respond. Requests that could create a duplicate session are never retried.",
});
const maxWait = number({
	label: 'Max Wait (Seconds)',
	name: 'maxWait',
	least: 0,
	fractions: true,
	default: 120,
	description: 'Total time an item waits on rate limits before it fails',
});
const timeout = number({
	label: 'Timeout (Seconds)',
	name: 'timeout',
	least: 1,
	fractions: true,
	default: 30,
	description:
		'How long to wait for a response from Didit. PDF reports always get at least 60 seconds.',
});

/** Request settings, which show where they can act. An operation that waits takes one item. */
const REQUEST_OPTIONS: Array<{ spec: FieldSpec; acts: (operation: Operation) => boolean }> = [
	{ spec: maxConcurrency, acts: ({ effect }) => effect !== 'waits' },
	{ spec: maxRetries, acts: () => true },
	{ spec: maxWait, acts: () => true },
	{ spec: timeout, acts: () => true },
];

/** The same option of several operations of a resource is one entry. */
function ownOptions({ option, operations }: Resource): INodeProperties[] {
	const specs = [...new Set(operations.flatMap(({ options = [] }) => options))];
	return specs.map((spec) => {
		const having = operations.filter(({ options = [] }) => options.includes(spec)).map(valueOf);
		return shownFor(spec.property, { '/resource': [String(option.value)], '/operation': having });
	});
}

const valueOf = ({ option }: Operation) => String(option.value);

const shownFor = (property: INodeProperties, show: Record<string, string[]>): INodeProperties => ({
	...property,
	displayOptions: {
		...property.displayOptions,
		show: { ...property.displayOptions?.show, ...show },
	},
});

function requestOptions(resources: Resource[]): INodeProperties[] {
	const operations = resources.flatMap((resource) => resource.operations);
	return REQUEST_OPTIONS.map(({ spec, acts }) => {
		const idle = operations.filter((operation) => !acts(operation)).map(valueOf);
		if (idle.length === 0) return spec.property;
		return { ...spec.property, displayOptions: { hide: { '/operation': idle } } };
	});
}

/** The collection in the panel. An operation's own options come first. */
export function optionsField(resources: Resource[]): INodeProperties {
	const own = resources
		.flatMap(ownOptions)
		.sort((a, b) => a.displayName.localeCompare(b.displayName));
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [...own, ...requestOptions(resources)],
	};
}

/** @throws InputError for values that are no numbers or too small */
export function readOptions(given: unknown): { maxConcurrency: number; limits: RequestLimits } {
	const options: IDataObject = toCollection(given, { label: 'Options' });
	const value = (spec: FieldSpec<number | undefined>) =>
		readField(spec, options[spec.name]) as number;
	return {
		maxConcurrency: value(maxConcurrency),
		limits: {
			maxRetries: value(maxRetries),
			maxWait: value(maxWait) * 1000,
			timeout: value(timeout) * 1000,
		},
	};
}
