import { responseErrors } from '../../contract/index.mts';
import { create, type Json, v3, withSandbox, WORKFLOW } from './client.mts';

const sandbox = withSandbox();
const lists = async (method: string, path = '', body?: unknown) =>
	await v3(sandbox(), method, `/v3/lists/${path}`, body);
const BLOCKED = { face: 'b10c0001', email: 'b10c0004', user: 'b10c0009' };
const entriesOf = (type: keyof typeof BLOCKED) =>
	`${BLOCKED[type]}-0000-4000-8000-000000000001/entries/`;
const own = async (entry_type: string) =>
	(await lists('POST', '', { name: entry_type, list_type: 'custom', entry_type })).body
		.uuid as string;

describe('a list', () => {
	it('of Didit is there from the start, one for each of ten types, and cannot be changed', async () => {
		const { status, body } = await lists('GET', '?list_type=blocklist&ordering=-created_at');
		expect(responseErrors('v3', 'list.list', status, body)).toEqual([]);
		expect(body.count).toBe(10);
		const { uuid } = body.results.find((row: Json) => row.entry_type === 'email');
		expect((await lists('PATCH', `${uuid}/`, { name: 'Mine' })).status).toBe(400);
		expect((await lists('DELETE', `${uuid}/`)).status).toBe(400);
		expect((await lists('GET', `${uuid}/`)).body.name).toBe('Email Blocklist');
	});

	it('of the application is made, renamed and deleted with its entries', async () => {
		const uuid = await own('ip_address');
		expect(
			(await lists('POST', '', { name: 'ip_address', list_type: 'custom', entry_type: 'key' }))
				.body,
		).toEqual({
			name: ['A list with this name already exists.'],
		});
		expect(
			(await lists('POST', '', { name: 'x', list_type: 'blocklist', entry_type: 'key' })).status,
		).toBe(400);
		await lists('POST', `${uuid}/entries/`, { value: '10.0.0.0/8' });
		expect((await lists('PATCH', `${uuid}/`, { name: 'Trusted IPs' })).body).toMatchObject({
			name: 'Trusted IPs',
			entry_count: 1,
		});
		expect((await lists('DELETE', `${uuid}/`)).status).toBe(204);
		expect((await lists('GET', `${uuid}/entries/`)).status).toBe(404);
	});
});

it('lists and entries come 25 at a time, unless another limit is named', async () => {
	const uuid = await own('email');
	const path = `${uuid}/entries/`;
	for (let number = 0; number < 26; number++)
		await lists('POST', path, { value: `name${number}@example.com` });
	const { body } = await lists('GET', path);
	expect([body.count, body.results.length]).toEqual([26, 25]);
	expect((await v3(sandbox(), 'GET', body.next)).body.results).toHaveLength(1);
	expect((await lists('GET', `${path}?limit=50`)).body.results).toHaveLength(26);
	for (let number = 0; number < 16; number++)
		await lists('POST', '', { name: `List ${number}`, list_type: 'custom', entry_type: 'key' });
	expect((await lists('GET')).body.results).toHaveLength(25);
});

describe('an entry', () => {
	it.each([
		['email', 'Name@Example.com', 'name@example.com'],
		['phone', '+34 600 000 000', '+34600000000'],
		['ip_address', '10.0.0.0/8', '10.0.0.0/8'],
		['device_fingerprint', 'ABCDEF12', 'abcdef12'],
		['country', 'es', 'ESP'],
		['key', 'Anything', 'anything'],
	])('of a list of type %s is kept in one spelling', async (type, value, kept) => {
		const path = `${await own(type)}/entries/`;
		const { status, body } = await lists('POST', path, { value, comment: 'Why' });
		expect([status, body.value]).toEqual([201, kept]);
		expect((await lists('POST', path, { value })).status).toBe(400);
		if (type !== 'key') expect((await lists('POST', path, { value: '?' })).status).toBe(400);
	});

	it('is found by its value or label, and removed', async () => {
		for (const value of ['a@example.com', 'b@example.com'])
			await lists('POST', entriesOf('email'), { value, display_label: `Label of ${value}` });
		const { body } = await lists('GET', `${entriesOf('email')}?search=OF%20B`);
		expect(body.results.map(({ value }: Json) => value)).toEqual(['b@example.com']);
		const path = `${entriesOf('email')}${body.results[0].uuid}/`;
		expect((await lists('DELETE', path)).status).toBe(204);
		expect((await lists('DELETE', path)).status).toBe(404);
	});

	it('comes from what a session has shown, and from nothing else', async () => {
		const { session_id } = await create(sandbox(), { workflow_id: WORKFLOW.full });
		const add = async (type: keyof typeof BLOCKED, more: object = {}) =>
			await lists('POST', entriesOf(type), { reference_session_id: session_id, ...more });
		expect((await add('email')).status).toBe(400);
		sandbox().setStatus(session_id, 'Approved');
		expect((await add('email', { value: 'other@example.com' })).status).toBe(400);
		const email = await add('email');
		expect(email.body).toMatchObject({
			value: 'person@example.com',
			reference_session_id: session_id,
			reference_session_number: expect.any(Number) as number,
		});
		expect((await add('user')).body).toEqual({
			reference_session_id: ['Session has no matching user data.'],
		});
		const { body } = await add('face');
		expect((await fetch(body.metadata.reference_image_url as string)).status).toBe(200);
		const found = await lists('GET', `${entriesOf('face')}?reference_session_id=${session_id}`);
		expect(found.body.count).toBe(1);
	});

	it('is a face only with its image or its session', async () => {
		expect((await lists('POST', entriesOf('face'), { value: 'x' })).status).toBe(400);
		const upload = `${entriesOf('face')}face-upload/`;
		expect((await lists('POST', upload, { image: 'bm8gaW1hZ2U=' })).status).toBe(400);
	});

	it('of several kinds comes from one session in one call, and goes again', async () => {
		const { session_id } = await create(sandbox(), { workflow_id: WORKFLOW.identity });
		sandbox().setStatus(session_id, 'Declined');
		const call = async (action: string, body: object) =>
			await v3(sandbox(), 'POST', `/v3/blocklist/${action}/`, { session_id, ...body });
		expect((await call('add', {})).status).toBe(400);
		expect((await call('add', { blocklist_email: true })).status).toBe(400);
		const both = { blocklist_face: true, blocklist_document: true };
		expect([(await call('add', both)).status, (await call('add', both)).status]).toEqual([
			200, 200,
		]);
		expect((await v3(sandbox(), 'GET', '/v3/blocklist/')).body).toHaveLength(2);
		await call('remove', { unblock_face: true });
		expect((await v3(sandbox(), 'GET', '/v3/blocklist/?item_type=face')).body).toEqual([]);
		expect((await v3(sandbox(), 'GET', '/v3/blocklist/')).body).toHaveLength(1);
	});

	it('on the block list of users stops new sessions', async () => {
		await lists('POST', entriesOf('user'), { value: 'User-42' });
		const again = { workflow_id: WORKFLOW.identity, vendor_data: 'user-42' };
		expect((await v3(sandbox(), 'POST', '/v3/session/', again)).status).toBe(400);
	});
});
