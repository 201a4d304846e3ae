// List: lists and what is in them.
import nock from 'nock';
import { didit, endDidit, paged } from '../support/didit.mts';
import { ID, byId, id, runner, schemaProblems } from '../support/run.mts';

const row = (number: number, more: object = {}) => ({
	uuid: id(number),
	name: `List ${number}`,
	description: '',
	list_type: 'custom',
	entry_type: 'email',
	is_system: false,
	entry_count: number,
	last_entry_added_at: null,
	created_at: '2026-09-01T10:00:00Z',
	updated_at: '2026-09-01T10:00:00Z',
	...more,
});
const entry = (number: number, value: string, more: object = {}) => ({
	uuid: id(number),
	value,
	display_label: '',
	comment: 'Reported as fraud',
	added_by: 'api',
	reference_session_id: null,
	reference_session_number: null,
	reference_object_uuid: null,
	metadata: null,
	created_at: '2026-09-01T10:00:00Z',
	...more,
});

beforeAll(() => nock.disableNetConnect());
afterEach(endDidit);
afterAll(() => nock.enableNetConnect());

describe('Get Many', () => {
	it('gives all lists page by page, or those of one type', async () => {
		const rows = Array.from({ length: 130 }, (_, number) => row(number));
		const { calls } = didit({ 'list.list': (call) => paged(rows, call, 130, 25) });
		const run = runner('list', 'getAll', {
			returnAll: true,
			filters: { listType: 'custom', entryType: 'Email' },
		});
		const { items } = await run();
		expect(items.map(({ json }) => json.name)).toEqual(rows.map(({ name }) => name));
		expect(calls.every(({ query }) => query.list_type === 'custom')).toBe(true);
		expect(calls.every(({ query }) => query.entry_type === 'email')).toBe(true);
		expect(schemaProblems('list', 'getAll', items)).toEqual([]);
	});
});

describe('Add Entry', () => {
	const add = runner('list', 'addEntry', { listId: byId(ID) });
	const added = (value: string, more: object = {}) =>
		didit({ 'list.entries.create': { status: 201, body: entry(7, value, more) } });

	it('adds a value with why it is there and what it is about', async () => {
		const { calls } = added('name@example.com');
		const { items } = await add({
			value: ' name@example.com ',
			additionalFields: {
				comment: 'Reported as fraud',
				displayLabel: 'Chargeback',
				metadata: '{"reference_type": "transaction"}',
				sourceId: id(9),
			},
		});
		expect(calls[0].params).toEqual({ list_uuid: ID });
		expect(calls[0].body).toEqual({
			value: 'name@example.com',
			comment: 'Reported as fraud',
			display_label: 'Chargeback',
			metadata: { reference_type: 'transaction' },
			reference_object_uuid: id(9),
		});
		expect(items).toMatchObject([
			{ json: { uuid: id(7), value: 'name@example.com' }, pairedItem: { item: 0 } },
		]);
		expect(schemaProblems('list', 'addEntry', items)).toEqual([]);
	});

	it('takes the value from a session, and needs one only where the session has several', async () => {
		const { calls } = added('+34600000000', { reference_session_id: id(3) });
		const input = [{ json: { session_id: id(3) } }];
		await add({ addBy: 'session', sessionId: byId('={{ $json.session_id }}') }, { input });
		await add({ addBy: 'session', sessionId: byId(id(3)), value: '+34 600 000 000' });
		expect(calls.map(({ body }) => body)).toEqual([
			{ reference_session_id: id(3) },
			{ reference_session_id: id(3), value: '+34 600 000 000' },
		]);
	});

	it('gives no link to a face unless the builder asks for it', async () => {
		const reference_image_url = 'https://media.example.invalid/face.jpg?X-Amz-Signature=1';
		added('face-1', { metadata: { reference_image_url } });
		const items = async (parameters: object) =>
			JSON.stringify((await add({ value: 'x', simplify: false, ...parameters })).items);
		expect(await items({})).not.toContain('media.example.invalid');
		expect(await items({ options: { includeMediaLinks: true } })).toContain(reference_image_url);
	});

	it.each<[string, object, string]>([
		['no list', { listId: byId('={{ $json.nothing }}') }, "'List' is empty"],
		['a list by its name', { listId: byId('Email Blocklist') }, "'List' is not a valid ID"],
		['no value', { value: '={{ $json.nothing }}' }, "'Value' is empty"],
		['a value with a hole', { value: 'user-undefined' }, "'Value' is not valid"],
		[
			'a number that is not exact',
			{ value: '={{ 12345678901234567890 }}' },
			"'Value' is not valid",
		],
		[
			'no session',
			{ addBy: 'session', sessionId: byId('={{ $json.nothing }}') },
			"'Session' is empty",
		],
		[
			'a source of nothing',
			{ addBy: 'session', sessionId: byId(ID), additionalFields: { sourceId: id(1) } },
			"'Source ID' needs a value",
		],
	])('refuses %s before any request', async (_, parameters, message) => {
		const { calls } = added('x');
		const { error } = await add({ value: '={{ $json.nothing }}', ...parameters });
		expect(error?.message).toContain(message);
		expect(error?.description).toMatch(/\w/);
		expect(calls).toEqual([]);
	});

	it("says in Didit's words what it refuses, and goes on with the other items", async () => {
		didit({
			'list.entries.create': ({ body }) =>
				(body as { value: string }).value === 'b'
					? { status: 400, body: { value: ['Enter a valid email address.'] } }
					: { status: 201, body: entry(1, 'a') },
		});
		const input = ['a', 'b', 'c'].map((value) => ({ json: { value } }));
		const { items } = await add(
			{ value: '={{ $json.value }}' },
			{ input, onError: 'continueRegularOutput' },
		);
		expect(items.map(({ json, pairedItem }) => [json.error ?? json.uuid, pairedItem])).toEqual([
			[id(1), { item: 0 }],
			['Value: Enter a valid email address.', { item: 1 }],
			[id(1), { item: 2 }],
		]);
	});
});

it.each(['getAll', 'addEntry'])('%s says that it needs an API key', async (operation) => {
	const { error } = await runner('list', operation, { listId: byId(ID), value: 'x' })(
		{},
		{ v1: true },
	);
	expect(error?.message).toMatch(/requires an API key/);
});
