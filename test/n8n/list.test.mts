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

	it.each([
		['+44 (0)20 7946 0000', '+442079460000'],
		['\u202a+34 600 000 000\u202c', '+34 600 000 000'],
		['name@example.com\u200b', 'name@example.com'],
		// Not what is compared without its marks: it could be an ID.
		['n\u200dm', 'n\u200dm'],
	])('sends the value %j as Didit can compare it: %j', async (value, sent) => {
		const { calls } = added(sent);
		await add({ value });
		await add({ addBy: 'session', sessionId: byId(ID), valueInSession: value });
		expect(calls.map(({ body }) => (body as { value: string }).value)).toEqual([sent, sent]);
	});

	it('takes the value from a session, and needs one only where the session has several', async () => {
		const { calls } = added('+34600000000', { reference_session_id: id(3) });
		const input = [{ json: { session_id: id(3) } }];
		await add({ addBy: 'session', sessionId: byId('={{ $json.session_id }}') }, { input });
		await add({ addBy: 'session', sessionId: byId(id(3)), valueInSession: '+34 600 000 000' });
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

describe('a face by its image', () => {
	const add = runner('list', 'addEntry', { listId: byId(ID), addBy: 'image' });
	const file = (bytes: Buffer) => [
		{
			json: {},
			binary: { data: { data: bytes.toString('base64'), mimeType: 'image/jpeg' } },
		},
	];
	const JPEG = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.alloc(100)]);

	it('is sent as text, with why it is there', async () => {
		const { calls } = didit({ 'list.entries.faceUpload': { status: 201, body: entry(1, 'f') } });
		const { items } = await add(
			{ additionalFields: { comment: 'Forged document' } },
			{ input: file(JPEG) },
		);
		expect(calls[0].params).toEqual({ list_uuid: ID });
		expect(calls[0].body).toEqual({
			image: JPEG.toString('base64'),
			comment: 'Forged document',
		});
		expect(items[0].json.uuid).toBe(id(1));
	});

	it.each([
		['no file', [{ json: {} }], {}, "the item has no file in 'data'"],
		['a file that is no image', file(Buffer.from('%PDF-1.7')), {}, "isn't an image format"],
		['more than 2 MB', file(Buffer.concat([JPEG, Buffer.alloc(3e6)])), {}, 'larger than 2 MB'],
		[
			'metadata',
			file(JPEG),
			{ additionalFields: { metadata: '{"a":1}' } },
			"can't have 'Metadata'",
		],
	])('is refused with %s before any request', async (_, input, parameters, message) => {
		const { calls } = didit({ 'list.entries.faceUpload': { status: 201, body: entry(1, 'f') } });
		expect((await add(parameters, { input })).error?.message).toContain(message);
		expect(calls).toEqual([]);
	});
});

describe('Get Many Entries', () => {
	it('searches, and gives the entries of one session, on as many pages as there are', async () => {
		const rows = Array.from({ length: 60 }, (_, number) => entry(number, `v-${number}`));
		const { calls } = didit({ 'list.entries.list': (call) => paged(rows, call, 60, 25) });
		const run = runner('list', 'getEntries', { listId: byId(ID), returnAll: true });
		const { items } = await run({ filters: { search: 'v-', sessionId: byId(id(3)) } });
		expect(items).toHaveLength(60);
		for (const { query } of calls)
			expect(query).toMatchObject({ search: 'v-', reference_session_id: id(3) });
		expect(schemaProblems('list', 'getEntries', items)).toEqual([]);
	});
});

describe('Remove Entry', () => {
	const remove = runner('list', 'removeEntry', { listId: byId(ID) });
	const answers = (type: string, rows: object[]) =>
		didit({
			'list.get': { body: row(1, { entry_type: type }) },
			'list.entries.list': (call) => paged(rows, call),
			'list.entries.delete': { status: 204 },
		});

	it('takes the ID of an entry as it is', async () => {
		const { calls } = answers('email', []);
		const { items } = await remove({ removeBy: 'id', entryId: id(5).toUpperCase() });
		expect(calls.map((call) => [call.id, call.params.entry_uuid])).toEqual([
			['list.entries.delete', id(5)],
		]);
		expect(items[0].json).toEqual({ removed: true, uuid: id(5), list_uuid: ID });
		expect(schemaProblems('list', 'removeEntry', items)).toEqual([]);
	});

	it.each([
		['email', ' Ana@Example.com ', 'ana@example.com', 'ana@example.com'],
		['phone', '+34 (600) 000-000', '+34600000000', '+34600000000'],
		['country', 'esp', 'ESP', 'esp'],
		['user', 'User-42', 'user-42', 'user-42'],
	])(
		'finds a value of a list of type %s however it is written, and only the whole of it',
		async (type, value, kept, search) => {
			const rows = [entry(1, `${kept}.org`), entry(2, kept), entry(3, `x${kept}`), entry(4, kept)];
			const recorder = answers(type, rows);
			const { items } = await remove({ removeBy: 'value', value });
			expect(recorder.of('list.entries.list')[0].query.search).toBe(search);
			expect(recorder.of('list.entries.delete').map(({ params }) => params.entry_uuid)).toEqual([
				id(2),
				id(4),
			]);
			expect(items.map(({ json }) => json.uuid)).toEqual([id(2), id(4)]);
		},
	);

	it('removes nothing for a value that is not there, and says so', async () => {
		const recorder = answers('email', [entry(1, 'ana@example.com.org')]);
		const { error } = await remove({ value: 'ana@example.com' });
		expect(error?.message).toBe("The list has no entry with this 'Value'");
		expect(error?.description).not.toContain('ana@');
		expect(recorder.of('list.entries.delete')).toEqual([]);
	});

	it.each([
		['no value', { value: '={{ $json.nothing }}' }],
		['no ID', { removeBy: 'id', entryId: '={{ $json.nothing }}' }],
		['no such ID', { removeBy: 'id', entryId: 'entry-7' }],
	])('refuses %s before any request', async (_, parameters) => {
		const { calls } = answers('email', []);
		expect((await remove(parameters)).error?.message).toMatch(/^'(Value|Entry ID)' is /);
		expect(calls).toEqual([]);
	});
});

describe('a list of your own', () => {
	it('is created', async () => {
		const { calls } = didit({ 'list.create': { status: 201, body: row(1) } });
		const run = runner('list', 'create', { name: 'Trusted IPs', entryType: 'key' });
		const { items } = await run({ listType: 'Allowlist', entryType: 'ip_address' });
		expect(calls[0].body).toEqual({
			name: 'Trusted IPs',
			list_type: 'allowlist',
			entry_type: 'ip_address',
		});
		expect(schemaProblems('list', 'create', items)).toEqual([]);
		expect((await run({ name: '={{ $json.nothing }}' })).error?.message).toBe("'Name' is empty");
	});

	it('is renamed and deleted', async () => {
		const recorder = didit({
			'list.get': { body: row(1, { entry_count: 3 }) },
			'list.update': { body: row(1, { name: 'New' }) },
			'list.delete': { status: 204 },
		});
		const on = { listId: byId(ID) };
		const updated = await runner('list', 'update', on)({ updateFields: { name: 'New' } });
		expect(recorder.of('list.update')[0].body).toEqual({ name: 'New' });
		expect(schemaProblems('list', 'update', updated.items)).toEqual([]);
		const deleted = await runner('list', 'delete', on)();
		expect(deleted.items[0].json).toEqual({
			deleted: true,
			uuid: id(1),
			name: 'List 1',
			entry_count: 3,
		});
		expect(schemaProblems('list', 'delete', deleted.items)).toEqual([]);
		expect((await runner('list', 'update', on)({ updateFields: {} })).error?.message).toBe(
			"'Update Fields' is empty",
		);
	});

	it.each(['update', 'delete'])(
		"%s refuses Didit's blocklists, and changes nothing",
		async (operation) => {
			for (const more of [{ is_system: true }, { list_type: 'blocklist', is_system: undefined }]) {
				const { calls } = didit({ 'list.get': { body: row(1, more) } });
				const run = runner('list', operation, { listId: byId(ID), updateFields: { name: 'x' } });
				expect((await run()).error?.message).toContain("is one of Didit's blocklists");
				expect(calls.map((call) => call.id)).toEqual(['list.get']);
				nock.cleanAll();
			}
		},
	);
});

describe('Session: Block and Unblock', () => {
	it.each([
		['block', 'blocklist.add', 'blocked', 'blocklist'],
		['unblock', 'blocklist.remove', 'unblocked', 'unblock'],
	])('%s names what is meant, and nothing else', async (operation, call, field, prefix) => {
		const { calls } = didit({ [call]: { body: { message: 'Done.' } } });
		const run = runner('session', operation, { sessionId: byId(ID) });
		const { items } = await run({ blockedItems: ['face', 'email'] });
		expect(calls[0].body).toEqual({
			session_id: ID,
			[`${prefix}_face`]: true,
			[`${prefix}_email`]: true,
		});
		expect(items[0].json).toEqual({ session_id: ID, [field]: ['face', 'email'] });
		expect(schemaProblems('session', operation, items)).toEqual([]);
		expect((await run({ blockedItems: '={{ [] }}' })).error?.message).toBe("'What' is empty");
		expect(calls).toHaveLength(1);
	});
});

it.each(['getAll', 'addEntry', 'create', 'delete', 'getEntries', 'removeEntry', 'update'])(
	'%s says that it needs an API key',
	async (operation) => {
		const { error } = await runner('list', operation, {
			listId: byId(ID),
			value: 'x',
			name: 'x',
			entryType: 'key',
		})({}, { v1: true });
		expect(error?.message).toMatch(/requires an API key/);
	},
);
