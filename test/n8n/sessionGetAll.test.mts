// Session: Get Many. Filters, pages, and lists that misbehave.
import nock from 'nock';
import type { INodeParameters } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox/index.mts';
import { didit, endDidit, paged } from '../support/didit.mts';
import { byId, id, runner, schemaProblems } from '../support/run.mts';

const WORKFLOW = 'cccccccc-0000-4000-8000-000000000003';
const getAll = runner('session', 'getAll');

const person = (number: number, more: object = {}) => ({
	session_id: id(number),
	session_kind: 'user',
	session_number: number,
	session_url: `https://verify.didit.me/session/t${number}`,
	portrait_image: `https://media.example.invalid/${number}.jpg?X-Amz-Expires=3600`,
	document_type: 'Passport',
	full_name: `Person ${number}`,
	country: 'ESP',
	status: 'Approved',
	vendor_data: `user-${number}`,
	didit_internal_id: id(number),
	created_at: new Date(Date.UTC(2026, 0, 1) - number * 60_000).toISOString(),
	features: [],
	phone_number: null,
	email_address: null,
	additional_details: {},
	workflow_label: 'KYC',
	...more,
});
const company = (number: number, more: object = {}) => ({
	session_id: id(number),
	session_kind: 'business',
	session_number: number,
	status: 'In Review',
	vendor_data: null,
	workflow_id: WORKFLOW,
	workflow_type: 'kyb',
	workflow_label: 'KYB',
	company_name: `Company ${number}`,
	registration_number: null,
	country: 'ES',
	created_at: new Date(Date.UTC(2026, 0, 1) - number * 60_000).toISOString(),
	...more,
});
const rows = <T,>(count: number, of: (number: number) => T) =>
	Array.from({ length: count }, (_, number) => of(number));
const ids = (items: Array<{ json: object }>) =>
	items.map(({ json }) => (json as { session_number: number }).session_number);

beforeEach(() => nock.disableNetConnect());
afterEach(endDidit);
afterAll(() => nock.enableNetConnect());

it('gets the first 50 people by default, in a few telling fields', async () => {
	const { calls } = didit({ 'session.list': (call) => paged(rows(70, person), call) });
	const { items } = await getAll();
	expect(items).toHaveLength(50);
	expect(items[0]).toEqual({
		json: {
			session_id: id(0),
			session_number: 0,
			session_kind: 'user',
			status: 'Approved',
			vendor_data: 'user-0',
			full_name: 'Person 0',
			company_name: null,
			country: 'ESP',
			document_type: 'Passport',
			workflow_label: 'KYC',
			workflow_id: null,
			url: 'https://verify.didit.me/session/t0',
			verified: true,
			created_at: '2026-01-01T00:00:00.000Z',
		},
		pairedItem: { item: 0 },
	});
	expect(calls.map(({ query }) => query)).toEqual([{ limit: '50', session_kind: 'user' }]);
	expect(schemaProblems('session', 'getAll', items)).toEqual([]);
});

it('follows the pages to the end, whatever the count says and wherever the links lead', async () => {
	const { calls } = didit({ 'session.list': (call) => paged(rows(2345, person), call, 100) });
	const { items, error } = await getAll({ returnAll: true });
	expect(error).toBeUndefined();
	expect(ids(items)).toEqual(rows(2345, (number) => number));
	expect(calls).toHaveLength(24);
});

it('gets exactly the limit across pages, and no page more than that takes', async () => {
	const { calls } = didit({ 'session.list': (call) => paged(rows(500, person), call) });
	const { items } = await getAll({ limit: 150 });
	expect(items).toHaveLength(150);
	expect(calls).toHaveLength(2);
});

it('leaves no row out and none twice while new sessions come in', async () => {
	let all = rows(250, person);
	didit({
		'session.list': (call) => {
			const page = paged(all, call);
			all = [person(-all.length), ...all];
			return page;
		},
	});
	const { items } = await getAll({ returnAll: true });
	expect(ids(items)).toEqual(rows(250, (number) => number));
});

it.each<[string, (offset: number) => object]>([
	[
		'the same page again',
		() => ({ next: 'https://x.invalid/?limit=100&offset=100', results: rows(100, person) }),
	],
	[
		'a link back to its start',
		(offset) => ({
			next: `https://x.invalid/?limit=100&offset=${offset === 0 ? 100 : 0}`,
			results: rows(100, (number) => person(number + offset)),
		}),
	],
	[
		'empty pages without end',
		(offset) => ({
			next: `https://x.invalid/?limit=100&offset=${offset + 100}`,
			results: offset === 0 ? rows(100, person) : [],
		}),
	],
	[
		'the same page behind ever new links',
		(offset) => ({
			next: `https://x.invalid/?limit=100&offset=${offset + 100}`,
			results: rows(100, person),
		}),
	],
])('stops with an error at a list that sends %s', async (_, page) => {
	const { calls } = didit({
		'session.list': ({ query }) => ({
			body: { count: 1, previous: null, ...page(Number(query.offset ?? 0)) },
		}),
	});
	const { error } = await getAll({ returnAll: true });
	expect(error?.message).toBe("Didit's list repeats itself");
	expect(calls.length).toBeLessThan(4);
});

it('keeps to its own filters, whatever the link to the next page says', async () => {
	const { calls } = didit({
		'session.list': ({ query }) => ({
			body: {
				count: 2,
				previous: null,
				next: query.offset
					? null
					: 'https://x.invalid/v3/users/?offset=1&vendor_data=somebody-else&session_kind=business',
				results: [person(query.offset ? 1 : 0)],
			},
		}),
	});
	const { items } = await getAll({ returnAll: true, filters: { vendorData: 'user-42' } });
	expect(items).toHaveLength(2);
	expect(calls[1].query).toMatchObject({
		vendor_data: 'user-42',
		session_kind: 'user',
		offset: '1',
	});
	expect(calls[1].path).toContain('/v3/sessions/?');
});

it('sends every filter as Didit wants it', async () => {
	const { calls } = didit({
		'session.list': { body: { count: 0, next: null, previous: null, results: [] } },
	});
	const { error } = await getAll({
		filters: {
			statuses: ['Approved', 'In Review'],
			vendorData: 'user/42 ñ',
			workflowId: byId(WORKFLOW.toUpperCase()),
			country: 'esp, PRT',
			dateFrom: '2026-01-31T00:00:00.000Z',
			dateTo: '2026-02-28',
			search: ' Nora ',
			sessionTypes: ['API', 'HOSTED'],
			documentTypes: ['P', 'ID'],
			warnings: 'POSSIBLE_MATCH_FOUND',
		},
	});
	expect(error).toBeUndefined();
	expect(calls[0].query).toEqual({
		limit: '50',
		session_kind: 'user',
		status: 'Approved,In Review',
		vendor_data: 'user/42 ñ',
		workflow_id: WORKFLOW,
		country: 'ESP,PRT',
		date_from: '2026-01-31',
		date_to: '2026-02-28',
		search: 'Nora',
		session_type: 'API,HOSTED',
		document_type: 'P,ID',
		warning: 'POSSIBLE_MATCH_FOUND',
	});
});

it('finds the sessions of a person in a status, each with its link and workflow', async () => {
	didit({ 'session.list': (call) => paged([person(1, { status: 'In Review' })], call) });
	const filters = { vendorData: 'user-1', statuses: ['In Review'] };
	const [found] = (await getAll({ filters })).items;
	expect(found.json).toMatchObject({
		url: 'https://verify.didit.me/session/t1',
		verified: false,
		workflow_id: null,
	});
	expect(found.json).not.toHaveProperty('session_url');
	// Didit leaves the workflow out of people's rows, but here it was asked for.
	const [ofWorkflow] = (await getAll({ filters: { ...filters, workflowId: byId(WORKFLOW) } }))
		.items;
	expect(ofWorkflow.json.workflow_id).toBe(WORKFLOW);
	const raw = await getAll({ filters, simplify: false });
	expect(raw.items[0].json).toHaveProperty('session_url');
});

it.each<[string, INodeParameters, string]>([
	[
		'an empty vendor data, which would find everybody',
		{ filters: { vendorData: '={{ $json.nothing }}' } },
		"'Your User ID (Vendor Data)' is empty",
	],
	[
		'a status that does not exist',
		{ filters: { statuses: ['Passed'] } },
		"'Statuses' is not valid",
	],
	['a country by its name', { filters: { country: 'Spain' } }, "'Country' is not valid"],
	[
		'a day that does not exist',
		{ filters: { dateFrom: '2026-02-30' } },
		"'Created From' is not valid",
	],
	[
		'a workflow that is no ID',
		{ filters: { workflowId: byId('kyc') } },
		"'Workflow' is not a valid ID",
	],
	['a limit of zero', { limit: 0 }, "'Limit' is not valid"],
])('refuses %s before any request', async (_, parameters, message) => {
	const { calls } = didit({ 'session.list': { body: [] } });
	const { error } = await getAll(parameters);
	expect(error?.message).toBe(message);
	expect(calls).toEqual([]);
});

describe('people and businesses together', () => {
	const both = (call: Parameters<typeof paged>[1]) =>
		paged(
			call.query.session_kind === 'user'
				? rows(3, (number) => person(number * 2))
				: rows(250, (number) => company(number * 2 + 1)),
			call,
		);

	it('come newest first, and no company is lost', async () => {
		const { calls } = didit({ 'session.list': both });
		const { items } = await getAll({ returnAll: true, filters: { sessionKind: 'all' } });
		expect(items).toHaveLength(253);
		expect(ids(items).slice(0, 8)).toEqual([0, 1, 2, 3, 4, 5, 7, 9]);
		expect(calls.some(({ query }) => query.session_kind === 'all')).toBe(false);
	});

	it('count to the end of the last day, also for companies', async () => {
		const days = ['2026-03-03T00:00:00Z', '2026-03-02T18:00:00Z', '2026-03-01T12:00:00Z'];
		const { calls } = didit({
			'session.list': (call) =>
				paged(
					days.map((created_at, number) => company(number, { created_at })),
					call,
				),
		});
		const { items } = await getAll({
			returnAll: true,
			filters: { sessionKind: 'business', dateTo: '2026-03-02' },
		});
		expect(calls[0].query.date_to).toBe('2026-03-03');
		expect(ids(items)).toEqual([1, 2]);
	});
});

it('leaves out the link to the portrait of a raw row unless asked for', async () => {
	didit({ 'session.list': (call) => paged([person(1)], call) });
	expect((await getAll({ simplify: false })).items[0].json).toEqual(
		person(1, { portrait_image: null }),
	);
	expect(
		(await getAll({ simplify: false, options: { includeMediaLinks: true } })).items[0].json,
	).toEqual(person(1));
});

it('needs an API key, and says so before any request', async () => {
	const { error } = await getAll({}, { v1: true });
	expect(error?.message).toBe(
		"'Get Many' requires an API key, but this credential uses a client ID and secret",
	);
	expect(error?.description).toContain('Choose a Didit credential with an API key');
});

describe('against the sandbox', () => {
	let sandbox: Sandbox;

	beforeAll(async () => {
		nock.enableNetConnect('127.0.0.1');
		sandbox = await startSandbox();
	});

	beforeEach(() => nock.enableNetConnect('127.0.0.1'));
	afterAll(async () => await sandbox.close());

	it('finds the sessions of one person among many', async () => {
		const create = runner('session', 'create', {
			workflowId: byId('c0000001-0000-4000-8000-000000000001'),
			vendorData: '={{ $json.user }}',
		});
		const input = rows(120, (number) => ({ json: { user: `user/${number} ñ` } }));
		const key = { url: sandbox.url, key: sandbox.apiKey };
		expect((await create({}, { ...key, input })).items).toHaveLength(120);
		expect((await getAll({ returnAll: true }, key)).items).toHaveLength(120);
		const { items } = await getAll(
			{ filters: { vendorData: 'user/7 ñ', statuses: ['Not Started'] } },
			key,
		);
		expect(items).toHaveLength(1);
		expect(items[0].json).toMatchObject({ vendor_data: 'user/7 ñ', status: 'Not Started' });
	});
});
