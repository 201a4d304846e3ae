// What the editor shows of the operations: every one complete, in n8n's words and order.
import { existsSync, readFileSync } from 'node:fs';
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { Didit } from '../../../nodes/Didit/Didit.node.ts';
import { findOperation } from '../../../nodes/Didit/actions/resources.ts';
import { schemaFile } from '../../support/schema.mts';

const { properties } = new Didit().description;
const choices = (property: INodeProperties) => (property.options ?? []) as INodePropertyOptions[];
const OPERATIONS = properties
	.filter(({ name }) => name === 'operation')
	.flatMap((property) =>
		choices(property).map((option) => ({
			resource: property.displayOptions?.show?.resource?.[0] as string,
			operation: String(option.value),
			option,
		})),
	);

/** Every field with those inside collections. */
function all(fields: Array<INodeProperties | INodePropertyCollection>): INodeProperties[] {
	return fields.flatMap((field) =>
		'type' in field
			? [field, ...(field.type === 'collection' ? all(field.options as INodeProperties[]) : [])]
			: all(field.values),
	);
}

it('has the operations that saved workflows name', () => {
	const names = OPERATIONS.map(({ resource, operation }) => `${resource} ${operation}`);
	expect(names).toEqual([
		'account getBalance',
		'business create',
		'business delete',
		'business get',
		'business getAll',
		'business update',
		'business updateStatus',
		'check ageEstimation',
		'check aml',
		'check checkEmailCode',
		'check checkPhoneCode',
		'check faceMatch',
		'check faceSearch',
		'check idDocument',
		'check liveness',
		'check proofOfAddress',
		'check sendEmailCode',
		'check sendPhoneCode',
		'list addEntry',
		'list create',
		'list delete',
		'list getAll',
		'list getEntries',
		'list removeEntry',
		'list update',
		'session addReview',
		'session block',
		'session create',
		'session delete',
		'session downloadMedia',
		'session downloadPdf',
		'session get',
		'session getAll',
		'session getReviews',
		'session getWebhooks',
		'session importShared',
		'session overrideCheck',
		'session resendWebhook',
		'session reviewAmlHits',
		'session share',
		'session unblock',
		'session updateData',
		'session updateStatus',
		'session waitForResult',
		'transaction create',
		'transaction get',
		'transaction getAll',
		'user create',
		'user delete',
		'user downloadPdf',
		'user get',
		'user getAll',
		'user update',
		'user updateStatus',
		'workflow get',
		'workflow getAll',
	]);
});

describe.each(OPERATIONS)('$resource $operation', ({ resource, operation, option }) => {
	it('says in plain words what it does, for people and for models', () => {
		expect(option.action).toMatch(
			new RegExp(
				`\\b(${resource}|${resource === 'business' ? 'businesses' : `${resource}s`})\\b`,
				'i',
			),
		);
		expect(option.action).toMatch(/^[A-Z][a-z]/);
		expect(option.description).not.toBe(option.action);
	});

	it('has an output schema that holds no values', () => {
		expect(existsSync(schemaFile(resource, operation))).toBe(true);
		const schema = JSON.parse(readFileSync(schemaFile(resource, operation), 'utf8')) as {
			type: string;
			properties: object;
		};
		expect(schema.type).toBe('object');
		expect(Object.keys(schema.properties).length).toBeGreaterThan(0);
		expect(JSON.stringify(schema)).not.toMatch(/"(example|examples|const|enum|default)":/);
	});

	it('is one that runs', () => expect(findOperation(resource, operation)).toBeDefined());
});

const REQUEST = ['maxConcurrency', 'maxRetries', 'maxWait', 'timeout'];

it('has every list of five or more in alphabetical order', () => {
	const isList = ({ type }: INodeProperties) =>
		['options', 'multiOptions', 'collection'].includes(type);
	// The combinations of features stand behind the one that leaves the choice to Didit.
	const lists = all(properties).filter(
		(field) => isList(field) && field.name !== 'features' && choices(field).length >= 5,
	);
	for (const field of lists) {
		const labels =
			field.type === 'collection'
				? (field.options as INodeProperties[])
						// Request settings come last, in their own alphabet.
						.map(({ name, displayName }) =>
							REQUEST.includes(name) ? `\uffff${displayName}` : displayName,
						)
				: choices(field).map(({ name }) => name);
		expect([field.name, labels]).toEqual([
			field.name,
			[...labels].sort((a, b) => a.localeCompare(b)),
		]);
	}
	expect(lists.length).toBeGreaterThan(20);
});

it('keeps to the texts of n8n', () => {
	for (const field of all(properties)) {
		const { description = '', type, displayName } = field;
		if (type === 'boolean')
			expect([field.name, description]).toEqual([field.name, expect.stringMatching(/^Whether /)]);
		if (description.split('. ').length === 1) expect(description).not.toMatch(/\.$/);
		expect(displayName).not.toMatch(/\bId\b|\bUrl\b|\bJson\b/);
	}
});
