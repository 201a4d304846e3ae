// What the editor shows of the operations: every one complete, in n8n's words and order.
import { existsSync, readFileSync } from 'node:fs';
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { Didit } from '../../../nodes/Didit/Didit.node.ts';
import { DiditTrigger } from '../../../nodes/Didit/DiditTrigger.node.ts';
import { RESOURCES, findOperation } from '../../../nodes/Didit/actions/resources.ts';
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
			? [field, ...(/collection$/i.test(field.type) ? all(field.options as INodeProperties[]) : [])]
			: all(field.values),
	);
}

it('has the operations that saved workflows name', () => {
	const names = OPERATIONS.map(({ resource, operation }) => `${resource} ${operation}`);
	// Add a new one. What has been released is never renamed or removed: saved workflows would break.
	expect(names.sort()).toEqual([
		'account getBalance',
		'business create',
		'business delete',
		'business get',
		'business getAll',
		'business monitorAml',
		'business stopMonitoringAml',
		'business update',
		'business updateStatus',
		'check ageEstimation',
		'check aml',
		'check checkEmailCode',
		'check checkPhoneCode',
		'check databaseValidation',
		'check faceMatch',
		'check faceSearch',
		'check idDocument',
		'check liveness',
		'check proofOfAddress',
		'check sendEmailCode',
		'check sendPhoneCode',
		'check wallet',
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
		'user monitorAml',
		'user stopMonitoringAml',
		'user update',
		'user updateStatus',
		'workflow get',
		'workflow getAll',
	]);
});

it('begins with what is used most', () => {
	const [first, second, third] = OPERATIONS.map(({ operation }) => operation);
	expect(choices(properties[0])[0].value).toBe('session');
	expect([first, second, third]).toEqual(['create', 'waitForResult', 'get']);
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
		// None where the name says it, so that a model has less to read.
		if (option.description !== undefined) expect(option.description.length).toBeGreaterThan(20);
	});

	it('has an output schema that holds no values', () => {
		const file = schemaFile(resource, operation);
		expect([file, existsSync(file)]).toEqual([file, true]);
		const schema = JSON.parse(readFileSync(file, 'utf8')) as {
			type: string;
			properties: object;
		};
		expect(schema.type).toBe('object');
		expect(Object.keys(schema.properties).length).toBeGreaterThan(0);
		expect(JSON.stringify(schema)).not.toMatch(/"(example|examples|const|enum|default)":/);
	});

	it('is one that runs', () => expect(findOperation(resource, operation)).toBeDefined());
});

/** The labels of a list or of the fields in a collection. */
const labelsIn = (field: INodeProperties) =>
	field.type === 'collection'
		? (field.options as INodeProperties[]).map(({ displayName }) => displayName)
		: choices(field).map(({ name }) => name);

it('has the fields of every collection in alphabetical order, request settings last', () => {
	const collections = all(properties).filter(({ type }) => type === 'collection');
	for (const field of collections) {
		const labels = labelsIn(field);
		if (labels.includes('Request Settings')) expect(labels.pop()).toBe('Request Settings');
		expect([field.name, labels]).toEqual([
			field.name,
			[...labels].sort((a, b) => a.localeCompare(b)),
		]);
	}
	expect(collections.length).toBeGreaterThan(10);
});

/** In the order of use, or of what they mean. */
const BY_USE = [
	'resource',
	'operation',
	'documentType',
	'documentTypes',
	'expectedDocumentTypes',
	'statuses',
];

it('has every other list of five or more in alphabetical order', () => {
	// The combinations of features stand behind the one that leaves the choice to Didit.
	const lists = all(properties).filter(
		(field) =>
			['options', 'multiOptions'].includes(field.type) &&
			![...BY_USE, 'features'].includes(field.name) &&
			choices(field).length >= 5,
	);
	for (const field of lists) {
		const labels = labelsIn(field);
		expect([field.name, labels]).toEqual([
			field.name,
			[...labels].sort((a, b) => a.localeCompare(b)),
		]);
	}
	expect(lists.length).toBeGreaterThan(8);
});

it('has the likely choices of a list before the rare ones', () => {
	const first = (name: string) =>
		labelsIn(all(properties).find((field) => field.name === name)!)[0];
	expect(['operation', 'documentType', 'statuses'].map(first)).toEqual([
		'Create',
		'Passport',
		'Approved',
	]);
});

const insideCollections = all(properties)
	.filter(({ type }) => type === 'collection')
	.flatMap(({ options }) => options as INodeProperties[]);

it('preselects no choice in a field that is only opened', () => {
	const lists = insideCollections.filter(({ type }) => type === 'options');
	expect(lists.filter((field) => field.default !== '').map(({ name }) => name)).toEqual([]);
	expect(lists.length).toBeGreaterThan(8);
});

// The editor marks a value that isn't among the choices as an error, and a new node would open with one.
it('offers the default of every field that may stay as it is among the choices', () => {
	const open = [...properties, ...new DiditTrigger().description.properties].filter(
		({ type, required }) => type === 'options' && !required,
	);
	for (const field of open.filter(({ options }) => options))
		expect({ name: field.name, values: choices(field).map(({ value }) => value) }).toEqual({
			name: field.name,
			values: expect.arrayContaining([field.default]) as unknown[],
		});
	expect(open.length).toBeGreaterThan(10);
});

it('decides nothing by itself: the status of an Update Status has to be chosen', () => {
	const deciding = RESOURCES.flatMap(({ operations }) => operations).filter(
		({ option }) => option.value === 'updateStatus',
	);
	for (const { fields } of deciding) {
		const lists = fields.filter(
			({ property }) => property.type === 'options' && property.displayOptions === undefined,
		);
		expect(lists.map(({ property }) => [property.default, property.required])).toEqual([
			['', true],
		]);
	}
	expect(deciding.length).toBeGreaterThan(2);
});

it('starts every deletion of a person or a session as a dry run', () => {
	const deleting = OPERATIONS.filter(
		({ resource, operation }) => operation === 'delete' && resource !== 'list',
	);
	for (const { resource } of deleting) {
		const { default: isDry } = properties.find(
			({ name, displayOptions: { show } = {} }) =>
				name === 'dryRun' &&
				show?.resource?.includes(resource) === true &&
				show.operation?.includes('delete') === true,
		)!;
		expect([resource, isDry]).toEqual([resource, true]);
	}
	expect(deleting.length).toBeGreaterThan(2);
});

it('has one property for each name within an operation, so that what is saved is what shows', () => {
	for (const { resource, operation } of OPERATIONS) {
		const names = properties
			.filter(
				({ displayOptions: { show } = {} }) =>
					show?.resource?.includes(resource) === true &&
					show.operation?.includes(operation) === true,
			)
			.map(({ name }) => name);
		expect([resource, operation, names]).toEqual([resource, operation, [...new Set(names)]]);
	}
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

// n8n's dropdown shows a description on two lines of about 55 characters and cuts the rest.
it("has no choice whose description is longer than n8n's dropdown shows", () => {
	const shown = all([...properties, ...new DiditTrigger().description.properties])
		.flatMap((field) => (field.options ?? []) as INodePropertyOptions[])
		.filter(({ value }) => value !== undefined)
		.map(({ description = '' }) => description);
	expect(shown.filter((text) => text.length > 105)).toEqual([]);
	expect(shown.filter((text) => text !== '').length).toBeGreaterThan(40);
});

it('says where Didit charges, on the screen', () => {
	const saying = properties
		.filter(({ name }) => name === 'chargedNotice')
		.flatMap(({ displayOptions: { show } = {} }) =>
			((show?.resource ?? []) as string[]).flatMap((resource) =>
				((show?.operation ?? []) as string[]).map((operation) => `${resource} ${operation}`),
			),
		);
	const charged = OPERATIONS.filter(({ resource }) => resource === 'check').map(
		({ operation }) => `check ${operation}`,
	);
	expect(saying.sort()).toEqual(
		[...charged, 'business monitorAml', 'transaction create', 'user monitorAml'].sort(),
	);
});
