// The lists that the editor offers: sessions, users and businesses, searched and paged.
import nock from 'nock';
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { searchLists, searchOwnLists } from '../../nodes/Didit/methods/searchLists.ts';
import { searchBusinesses, searchUsers } from '../../nodes/Didit/methods/searchRecords.ts';
import { searchSessions } from '../../nodes/Didit/methods/searchSessions.ts';
import { loadWorkflows, searchWorkflows } from '../../nodes/Didit/methods/searchWorkflows.ts';
import { DIDIT, didit, endDidit, paged } from '../support/didit.mts';
import { id } from '../support/run.mts';

/** What n8n gives a list method, with real HTTP of Node behind it. */
function editor(authentication = 'apiKey'): ILoadOptionsFunctions {
	return {
		getNode: () => ({
			name: 'Didit',
			type: 'n8n-nodes-didit.didit',
			typeVersion: 1,
			credentials: {},
		}),
		getCredentials: async () =>
			await Promise.resolve({
				authentication,
				apiKey: 'key-number-one',
				environment: 'custom',
				verificationUrl: DIDIT,
			}),
		helpers: {
			httpRequestWithAuthentication: async (
				_: string,
				options: { url: string; qs: Record<string, string> },
			) => {
				const answer = await fetch(`${options.url}?${new URLSearchParams(options.qs).toString()}`, {
					headers: { 'x-api-key': 'key-number-one' },
				});
				return { statusCode: answer.status, headers: {}, body: await answer.json() };
			},
		},
	} as unknown as ILoadOptionsFunctions;
}

async function everything(page: (token?: string) => Promise<INodeListSearchResult>) {
	const found = [];
	let token: string | undefined;
	let pages = 0;
	do {
		const { results, paginationToken } = await page(token);
		found.push(...results);
		token = paginationToken;
		pages++;
	} while (token !== undefined && pages < 50);
	return { found, pages };
}

const person = (number: number) => ({
	session_id: id(number),
	session_kind: 'user',
	session_number: number,
	session_url: null,
	portrait_image: null,
	document_type: null,
	full_name: number % 2 ? `Person ${number}` : null,
	country: null,
	status: 'Approved',
	vendor_data: `user-${number}`,
	didit_internal_id: null,
	created_at: '2026-09-21T14:13:20Z',
	features: [],
	phone_number: null,
	email_address: null,
	additional_details: {},
});
const company = (number: number) => ({
	session_id: id(1000 + number),
	session_kind: 'business',
	session_number: 1000 + number,
	status: 'In Review',
	vendor_data: null,
	workflow_id: null,
	workflow_type: 'kyb',
	workflow_label: null,
	company_name: `Company ${number}`,
	registration_number: null,
	country: null,
	created_at: '2026-09-21T14:13:20Z',
});
const record = (number: number, vendorData: string | null = `user-${number}`) => ({
	didit_internal_id: id(number),
	vendor_data: vendorData,
	effective_name: `Person ${number}`,
	status: 'ACTIVE',
});
const many = <T,>(count: number, of: (number: number) => T) =>
	Array.from({ length: count }, (_, number) => of(number));

beforeAll(() => nock.disableNetConnect());
afterEach(endDidit);
afterAll(() => nock.enableNetConnect());

it('shows sessions by name, status and number, people before businesses, and all of them', async () => {
	didit({
		'session.list': (call) =>
			paged(call.query.session_kind === 'user' ? many(120, person) : many(60, company), call),
	});
	const { found, pages } = await everything(
		async (token) => await searchSessions.call(editor(), undefined, token),
	);
	expect(found).toHaveLength(180);
	expect(found.slice(0, 2)).toEqual([
		{ name: 'user-0 – Approved (#0)', value: id(0) },
		{ name: 'Person 1 – Approved (#1)', value: id(1) },
	]);
	expect(found[120]).toEqual({ name: 'Company 0 – In Review (#1000)', value: id(1000) });
	expect(pages).toBeGreaterThan(2);
});

it('lets Didit search the sessions', async () => {
	const { calls } = didit({ 'session.list': (call) => paged([person(1)], call) });
	await searchSessions.call(editor(), ' Person 1 ');
	expect(calls.map(({ query }) => query.search)).toEqual(['Person 1', 'Person 1']);
});

it('finds users by name or ID on later pages, and leaves out those without an ID', async () => {
	const { calls } = didit({
		'user.list': (call) =>
			paged(
				[...many(130, (number) => record(number)), record(998, null), record(999, 'needle/42')],
				call,
				100,
			),
	});
	expect(await searchUsers.call(editor(), 'NEEDLE')).toEqual({
		results: [{ name: 'Person 999 (needle/42)', value: 'needle/42' }],
	});
	expect(calls.map(({ query }) => query.offset)).toEqual(['0', '50', '100']);
	expect((await searchUsers.call(editor(), 'Person 998')).results).toEqual([]);
	expect(
		(await everything(async (token) => await searchUsers.call(editor(), '', token))).found,
	).toHaveLength(131);
});

it.each([7, 20, 49])(
	'loses no row of any list whose pages have %i rows, whatever was asked for',
	async (rows) => {
		const workflow = (number: number) => ({
			uuid: id(number),
			workflow_id: id(number),
			workflow_label: `Workflow ${number}`,
			status: 'published',
			is_archived: false,
			is_default: false,
			features: '',
			version: 1,
		});
		didit({
			'session.list': (call) =>
				paged(
					call.query.session_kind === 'user' ? many(95, person) : many(33, company),
					call,
					undefined,
					rows,
				),
			'user.list': (call) =>
				paged(
					many(95, (number) => record(number)),
					call,
					undefined,
					rows,
				),
			'business.list': (call) =>
				paged(
					many(95, (number) => record(number)),
					call,
					undefined,
					rows,
				),
			'workflow.list': (call) => paged(many(95, workflow), call, undefined, rows),
		});
		const found = async (search: typeof searchUsers) =>
			new Set(
				(await everything(async (token) => await search.call(editor(), '', token))).found.map(
					({ value }) => value,
				),
			).size;
		expect([
			await found(searchSessions),
			await found(searchUsers),
			await found(searchBusinesses),
			await found(searchWorkflows),
		]).toEqual([128, 95, 95, 95]);
	},
);

it("shows lists by name, type and what they hold, and Didit's own only where they can be used", async () => {
	const lists = many(60, (number) => ({
		uuid: id(number),
		name: `List ${number}`,
		list_type: number === 1 ? 'blocklist' : 'allowlist',
		entry_type: 'ip_address',
		is_system: number === 1,
	}));
	didit({ 'list.list': (call) => paged(lists, call, undefined, 25) });
	const all = await everything(async (token) => await searchLists.call(editor(), '', token));
	expect(all.found).toHaveLength(60);
	expect(all.found[1]).toEqual({ name: 'List 1 (blocklist, ip address)', value: id(1) });
	const own = await everything(async (token) => await searchOwnLists.call(editor(), '', token));
	expect(own.found.map(({ value }) => value)).not.toContain(id(1));
	expect(own.found).toHaveLength(59);
	expect((await searchLists.call(editor(), 'list 59')).results).toEqual([
		{ name: 'List 59 (allowlist, ip address)', value: id(59) },
	]);
});

it('offers the default workflow first, and all of them where several can be chosen', async () => {
	const workflow = (number: number) => ({
		uuid: id(number),
		workflow_id: id(number),
		workflow_label: `Workflow ${number}`,
		is_default: number === 30,
		is_archived: false,
		status: 'published',
		features: '',
		version: 1,
	});
	didit({ 'workflow.list': (call) => paged(many(95, workflow), call) });
	const { results } = await searchWorkflows.call(editor());
	expect(results[0]).toEqual({ name: 'Workflow 30 (default)', value: id(30) });
	expect(results[1].name).toBe('Workflow 0');
	const all = await loadWorkflows.call(editor());
	expect(all[0]).toEqual(results[0]);
	expect(new Set(all.map(({ value }) => value)).size).toBe(95);
	expect(all).toHaveLength(95);
});

it('stops looking after twenty pages, and goes on from there when asked', async () => {
	const { calls } = didit({
		'business.list': (call) =>
			paged(
				many(2000, (number) => record(number)),
				call,
			),
	});
	const { results, paginationToken } = await searchBusinesses.call(editor(), 'nobody');
	expect(results).toEqual([]);
	expect(calls).toHaveLength(20);
	expect(paginationToken).toBe('1000');
});

it.each([
	['sessions', searchSessions],
	['users', searchUsers],
	['businesses', searchBusinesses],
	['lists', searchLists],
])('says that the list of %s needs an API key, and that an ID will do', async (what, search) => {
	const error = (await search
		.call(editor('clientCredentials'))
		.catch((caught: unknown) => caught)) as Error & { description: string };
	expect(error.message).toBe(
		`The list of ${what} requires an API key, but this credential uses a client ID and secret`,
	);
	expect(error.description).toContain('Enter the ID instead');
});

it("shows Didit's words if the key may not see the list", async () => {
	didit({
		'session.list': {
			status: 403,
			body: { detail: 'You do not have permission to perform this action.' },
		},
	});
	await expect(searchSessions.call(editor())).rejects.toMatchObject({
		message: 'You do not have permission to perform this action.',
		description: expect.stringContaining('Check the API key') as string,
	});
});
