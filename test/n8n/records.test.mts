// User and Business: everything but Delete. The ID is the builder's own, so it can be anything.
import nock from 'nock';
import type { INodeParameters } from 'n8n-workflow';
import { didit, endDidit, paged } from '../support/didit.mts';
import { byId, id, runner, schemaProblems } from '../support/run.mts';
import { json, serve } from '../support/server.mts';

const user = (vendorData: string, more: object = {}) => ({
	didit_internal_id: id(1),
	vendor_data: vendorData,
	display_name: 'Nora',
	full_name: 'Nora Sample',
	date_of_birth: '1990-05-31',
	effective_name: 'Nora',
	status: 'ACTIVE',
	portrait_image_url: 'https://media.example.invalid/p.jpg?X-Amz-Expires=3600',
	issuing_states: ['ESP'],
	approved_emails: [],
	approved_phones: [],
	session_count: 2,
	approved_count: 1,
	declined_count: 0,
	in_review_count: 1,
	features: {},
	features_list: [],
	last_session_at: '2026-09-21T14:13:20Z',
	first_session_at: null,
	last_activity_at: null,
	tags: [],
	created_at: '2026-09-01T10:00:00Z',
	metadata: {},
	comments: [],
	updated_at: '2026-09-21T14:13:20Z',
	...more,
});
const business = (vendorData: string, more: object = {}) => ({
	didit_internal_id: id(1),
	vendor_data: vendorData,
	display_name: null,
	legal_name: 'Example Ltd',
	registration_number: '12345678',
	country_code: 'ES',
	effective_name: 'Example Ltd',
	status: 'ACTIVE',
	session_count: 0,
	approved_count: 0,
	declined_count: 0,
	in_review_count: 0,
	created_at: '2026-09-01T10:00:00Z',
	metadata: {},
	...more,
});

const KINDS = [
	{
		resource: 'user',
		idField: 'userId',
		record: user,
		path: '/v3/users/',
		fields: { fullName: 'Nora Sample', dateOfBirth: '1990-05-31', metadata: '{"plan": "pro"}' },
		body: { full_name: 'Nora Sample', date_of_birth: '1990-05-31', metadata: { plan: 'pro' } },
	},
	{
		resource: 'business',
		idField: 'businessId',
		record: business,
		path: '/v3/businesses/',
		fields: { legalName: 'Example Ltd', countryCode: 'us-ca', registrationNumber: '12345678' },
		body: { legal_name: 'Example Ltd', country_code: 'US-CA', registration_number: '12345678' },
	},
];

const on = (vendorData: string, idField: string): INodeParameters => ({
	[idField]: byId(vendorData),
});

beforeAll(() => nock.disableNetConnect());
afterEach(endDidit);
afterAll(() => nock.enableNetConnect());

describe.each(KINDS)('$resource', ({ resource, idField, record, path, fields, body }) => {
	const run = (operation: string, parameters: INodeParameters = {}) =>
		runner(resource, operation, on('user-42', idField))(parameters);

	it('is read in a few telling fields', async () => {
		const { calls } = didit({ [`${resource}.get`]: { body: record('user-42') } });
		const { items } = await run('get');
		expect(calls[0].params).toEqual({ vendor_data: 'user-42' });
		expect(items[0]).toMatchObject({
			json: { vendor_data: 'user-42', status: 'ACTIVE', approved_count: record('').approved_count },
			pairedItem: { item: 0 },
		});
		expect(schemaProblems(resource, 'get', items)).toEqual([]);
		expect(JSON.stringify(items)).not.toContain('media.example.invalid');
	});

	it('is given as Didit sends it on request, without the link to a picture', async () => {
		didit({ [`${resource}.get`]: { body: record('user-42') } });
		const sent = record('user-42') as Record<string, unknown>;
		expect((await run('get', { simplify: false })).items[0].json).toEqual({
			...sent,
			...('portrait_image_url' in sent && { portrait_image_url: null }),
		});
		expect(
			(await run('get', { simplify: false, options: { includeMediaLinks: true } })).items[0].json,
		).toEqual(sent);
	});

	it('is listed page by page, whatever the count says', async () => {
		didit({
			[`${resource}.list`]: (call) =>
				paged(
					Array.from({ length: 345 }, (_, number) =>
						record(`user-${number}`, { didit_internal_id: id(number) }),
					),
					call,
					100,
				),
		});
		const { items } = await run('getAll', { returnAll: true });
		expect(items.map(({ json: { vendor_data: vendorData } }) => vendorData)).toEqual(
			Array.from({ length: 345 }, (_, number) => `user-${number}`),
		);
		expect(schemaProblems(resource, 'getAll', items)).toEqual([]);
	});

	it('is created under the own ID', async () => {
		const { calls } = didit({ [`${resource}.create`]: { status: 201, body: record('user/42 ñ') } });
		const { items } = await run('create', { vendorData: ' user/42 ñ ', additionalFields: fields });
		expect(calls[0].body).toEqual({ vendor_data: 'user/42 ñ', ...body });
		expect(items[0].json.vendor_data).toBe('user/42 ñ');
		expect(schemaProblems(resource, 'create', items)).toEqual([]);
	});

	it('is changed without touching its status', async () => {
		const { calls } = didit({ [`${resource}.update`]: { body: record('user-42') } });
		const { items } = await run('update', { updateFields: { ...fields, displayName: '' } });
		expect(calls.map((call) => [call.params, call.body])).toEqual([
			[{ vendor_data: 'user-42' }, body],
		]);
		expect(schemaProblems(resource, 'update', items)).toEqual([]);
	});

	it.each(['ACTIVE', 'FLAGGED', 'BLOCKED'])(
		'gets the status %s through the call that keeps the block list',
		async (status) => {
			const { calls } = didit({
				[`${resource}.updateStatus`]: { body: record('user-42', { status }) },
			});
			const { items } = await run('updateStatus', { status });
			expect(calls[0].body).toEqual({ status });
			expect(items[0].json.status).toBe(status);
			expect(schemaProblems(resource, 'updateStatus', items)).toEqual([]);
		},
	);

	it.each<[string, string, INodeParameters, string]>([
		[
			'an ID that an expression left empty',
			'get',
			on('={{ $json.nothing }}', idField),
			' is empty',
		],
		['an ID that leads to the list', 'get', on('.', idField), ' is not valid'],
		[
			'an ID that leads elsewhere',
			'updateStatus',
			{ ...on('..', idField), status: 'BLOCKED' },
			' is not valid',
		],
		['an ID of half a character', 'get', on('={{ "\\ud800" }}', idField), ' is not valid'],
		[
			'a record without an ID',
			'create',
			{ vendorData: '={{ $json.nothing }}' },
			`'Your ${resource === 'user' ? 'User' : 'Business'} ID (Vendor Data)' is empty`,
		],
		['a change of nothing', 'update', { updateFields: {} }, "'Update Fields' is empty"],
		[
			'metadata that is no JSON',
			'update',
			{ updateFields: { metadata: 'plan=pro' } },
			"'Metadata' is not valid",
		],
		['a status that is none', 'updateStatus', { status: '=Approved' }, "'New Status' is not valid"],
	])('refuses %s before any request', async (_, operation, parameters, message) => {
		const { error } = await run(operation, parameters);
		expect(error?.message).toContain(message);
		expect(error?.description).toMatch(/\w/);
	});

	it.each(['get', 'getAll', 'create', 'update', 'updateStatus', 'delete'])(
		'%s says that it needs an API key',
		async (operation) => {
			const { error } = await runner(resource, operation, {
				...on('user-42', idField),
				vendorData: 'x',
				status: 'BLOCKED',
			})({}, { v1: true });
			expect(error?.message).toMatch(/requires an API key/);
		},
	);

	it.each([
		'user/42',
		'a b',
		'ñandú',
		'100%',
		'a?b#c',
		'日本',
		'x@example.com',
		'..%2f',
		"it's",
		'%2e%2e',
		'...',
		'a\\b',
		'+1&2=3',
	])('finds the ID %s over real HTTP [T63]', async (vendorData) => {
		nock.enableNetConnect('127.0.0.1');
		const server = await serve((_, response) => json(response, 200, record(vendorData)));
		const { items, error } = await runner(
			resource,
			'get',
			on(`={{ ${JSON.stringify(vendorData)} }}`, idField),
		)({}, { url: server.url });
		server.stop();
		nock.disableNetConnect();
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(server.seen.map((seen) => seen.path)).toEqual([
			`${path}${encodeURIComponent(vendorData)}/`,
		]);
	});

	it('goes on after an item that fails, and says which', async () => {
		didit({
			[`${resource}.get`]: ({ params }) =>
				params.vendor_data === 'b'
					? { status: 404, body: { detail: 'Not found.' } }
					: { body: record(params.vendor_data) },
		});
		const input = ['a', 'b', 'c'].map((who) => ({ json: { who } }));
		const get = runner(resource, 'get', on('={{ $json.who }}', idField));
		const regular = await get({}, { input, onError: 'continueRegularOutput' });
		expect(
			regular.items.map(({ json: { vendor_data: vendorData, error }, pairedItem }) => [
				vendorData ?? error,
				pairedItem,
			]),
		).toEqual([
			['a', { item: 0 }],
			['Not found.', { item: 1 }],
			['c', { item: 2 }],
		]);
		const split = await get({}, { input, onError: 'continueErrorOutput' });
		expect(split.items).toHaveLength(2);
		expect(split.errorItems).toMatchObject([
			{ json: { error: 'Not found.', details: { item: 1, status: 404 } }, pairedItem: { item: 1 } },
		]);
	});
});

it('sends the lists of a user as lists', async () => {
	const { calls } = didit({ 'user.create': { status: 201, body: user('user-42') } });
	await runner(
		'user',
		'create',
	)({
		vendorData: 'user-42',
		additionalFields: {
			approvedEmails: 'nora@example.com, n.sample@example.com',
			approvedPhones: '={{ ["+34 600 000 000"] }}',
			issuingStates: 'esp',
			displayName: 'Nora',
		},
	});
	expect(calls[0].body).toEqual({
		vendor_data: 'user-42',
		approved_emails: ['nora@example.com', 'n.sample@example.com'],
		approved_phones: ['+34600000000'],
		issuing_states: ['ESP'],
		display_name: 'Nora',
	});
});

it('gives the report of a user as a file with a telling name', async () => {
	const pdf = Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.from([0, 255, 128, 10, 13])]);
	nock.enableNetConnect('127.0.0.1');
	const server = await serve((request, response) =>
		request.url?.endsWith('/generate-pdf/')
			? response.end(pdf)
			: json(response, 200, user('user 42')),
	);
	const { items, error } = await runner(
		'user',
		'downloadPdf',
		on('user 42', 'userId'),
	)({}, { url: server.url });
	server.stop();
	nock.disableNetConnect();
	expect(error).toBeUndefined();
	expect(server.seen[0].path).toBe('/v3/users/user%2042/generate-pdf/');
	expect(Buffer.from(items[0].binary?.data.data ?? '', 'base64').equals(pdf)).toBe(true);
	expect(items[0].json).toMatchObject({
		vendor_data: 'user 42',
		file_name: expect.stringMatching(/^\d{4}-\d\d-\d\d_user-42_all-sessions\.pdf$/) as string,
	});
	expect(schemaProblems('user', 'downloadPdf', items)).toEqual([]);
});

it('says for a user without results that there is no report yet', async () => {
	didit({
		'user.pdf': { status: 403, body: { detail: 'There are no sessions to generate a PDF for.' } },
	});
	const { error } = await runner('user', 'downloadPdf', on('user-42', 'userId'))();
	expect(error?.message).toBe('There are no sessions to generate a PDF for.');
	expect(error?.description).toContain('Wait for the result');
});

it('refuses an ID with a slash for the report, which Didit has no address for', async () => {
	const { calls } = didit({ 'user.pdf': { body: '%PDF-' } });
	const { error } = await runner('user', 'downloadPdf', on('user/42', 'userId'))();
	expect(error?.message).toBe("Didit has no report for an ID with a slash in 'User'");
	expect(calls).toEqual([]);
});
