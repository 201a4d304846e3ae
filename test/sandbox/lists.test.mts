import { responseErrors } from '../../contract/index.mts';
import { call, create, type Json, v3, withSandbox, WORKFLOW } from './client.mts';

const sandbox = withSandbox({ rateLimits: { create: null, get: null } });
const list = async (query = '') => (await v3(sandbox(), 'GET', `/v3/sessions/${query}`)).body;
const numbers = (body: Json): number[] =>
	body.results.map((row: { session_number: number }) => row.session_number);

describe('the list of sessions', () => {
	async function fill() {
		const made: Json[] = [];
		for (const fields of [
			{
				vendor_data: 'ana',
				expected_details: { nationality: 'ESP', first_name: 'Ana', last_name: 'Inventada' },
			},
			{ vendor_data: 'ben' },
			{ vendor_data: 'ana', workflow_id: WORKFLOW.aml },
			{ workflow_id: WORKFLOW.company, expected_details: { company_name: 'Invented Widgets' } },
		])
			made.push(await create(sandbox(), fields));
		sandbox().setStatus(made[0].session_id, 'Approved');
		sandbox().setStatus(made[2].session_id, 'In Review');
		return made;
	}

	it.each([
		['all persons, newest first', '', [1003, 1002, 1001]],
		['companies', '?session_kind=business', [1004]],
		['both kinds, in capitals too', '?session_kind=ALL', [1003, 1002, 1001, 1004]],
		['one status', '?status=Approved', [1001]],
		['several statuses', '?status=In%20Review,Approved', [1003, 1001]],
		['a status in another case, which is none', '?status=approved', []],
		['one person', '?vendor_data=ana', [1003, 1001]],
		['a workflow', `?workflow_id=${WORKFLOW.aml}`, [1003]],
		['a country, once the document was read', '?country=ESP', [1001]],
		['a name', '?search=inventada', [1001]],
		['a session number', '?search=1002', [1002]],
		['a risk', '?warning=POSSIBLE_MATCH_FOUND', [1003]],
		['days before', '?date_to=2020-01-01', []],
		['days since', '?date_from=2020-01-01', [1003, 1002, 1001]],
		['a person who may be wanted', '?screened_full_name=UKASZ', [1003]],
		['nobody of that name among those who were screened', '?screened_full_name=inventada', []],
		['a type of document', '?document_type=P,ID', [1003, 1001]],
		['no document of another type', '?document_type=P', []],
		['a document by its name', '?document_name=identity', [1003, 1001]],
		['those that wait for a review', '?is_kyc_to_be_reviewed=true', [1003]],
		['those that wait for none', '?is_kyc_to_be_reviewed=false', [1002, 1001]],
		['those that a review decided first', '?status_initialized_as_in_review=true', [1003]],
		['sessions with a page', '?session_type=API,HOSTED', [1003, 1002, 1001]],
		['sessions of all types', '?session_type=ALL', [1003, 1002, 1001]],
		['no session without a page', '?session_type=API', []],
		['no check without a session', '?api_service=AML', []],
		['no region', '?region=CT', []],
		['a company by its name', '?session_kind=business&search=widgets', [1004]],
		['two filters at once', '?vendor_data=ana&status=Approved', [1001]],
	])('finds %s', async (_what, query, expected) => {
		await fill();
		const body = await list(query);
		expect(numbers(body)).toEqual(expected);
		expect(body.count).toBe(expected.length);
		expect(responseErrors('v3', 'session.list', 200, body)).toEqual([]);
	});

	it('leads through all pages with its links, keeping the filters', async () => {
		for (let made = 0; made < 7; made++) {
			const { session_id } = await create(sandbox(), { vendor_data: made % 2 ? 'odd' : 'even' });
			sandbox().setStatus(session_id, 'Approved');
		}
		const seen: number[] = [];
		let url: string | null = `${sandbox().url}/v3/sessions/?vendor_data=even&limit=3`;
		while (url) {
			const { body }: Json = await v3(sandbox(), 'GET', url);
			seen.push(...numbers(body));
			expect(body.count).toBe(4);
			url = body.next;
		}
		expect(seen).toEqual([1007, 1005, 1003, 1001]);
		const last = await list('?vendor_data=even&limit=3&offset=3');
		expect(numbers((await v3(sandbox(), 'GET', last.previous)).body)).toEqual([1007, 1005, 1003]);
	});

	it('can hold twice the limit when both kinds are asked for', async () => {
		await fill();
		expect(numbers(await list('?session_kind=all&limit=1'))).toEqual([1003, 1004]);
	});

	it('stops counting companies at 100', async () => {
		for (let made = 0; made < 102; made++)
			await create(sandbox(), { workflow_id: WORKFLOW.company });
		const body = await list('?session_kind=business&limit=100');
		expect([body.count, body.results.length, typeof body.next]).toEqual([100, 100, 'string']);
	});

	it('shows what was verified, and the picture to those who may see it', async () => {
		const { session_id } = await create(sandbox(), { workflow_id: WORKFLOW.full });
		sandbox().setStatus(session_id, 'Approved');
		const {
			results: [row],
		} = await list();
		expect(row).toMatchObject({
			phone_number: { number: '+12025550100', is_verified: true },
			email_address: { email: 'person@example.com', is_verified: true },
			document_type: 'Identity Card',
		});
		expect((await fetch(row.portrait_image)).status).toBe(200);
		const { body } = await call(sandbox(), 'GET', '/v3/sessions/', {
			headers: { 'x-api-key': sandbox().limitedKey },
		});
		expect(body.results[0].portrait_image).toBeNull();
	});

	it.each([
		['Passport', 'Passport', 'P'],
		['VISA', null, 'VISA'],
	])('shows and finds a document that was corrected to %s', async (document_type, shown, code) => {
		const { session_id } = await create(sandbox());
		sandbox().setStatus(session_id, 'Approved');
		await v3(sandbox(), 'PATCH', `/v3/session/${session_id}/update-data/`, { document_type });
		expect((await list(`?document_type=${code}`)).results).toEqual([
			expect.objectContaining({ document_type: shown }),
		]);
	});

	it.each(['?limit=0', '?limit=many', '?date_from=yesterday', '?session_kind=pet', '?colour=red'])(
		'refuses %s',
		async (query) => {
			const name = query.slice(1).split('=')[0];
			expect(await v3(sandbox(), 'GET', `/v3/sessions/${query}`)).toMatchObject({
				status: 400,
				body: { [name]: [expect.any(String)] },
			});
		},
	);

	it('without its last slash is redirected', async () => {
		const { status, headers } = await v3(sandbox(), 'GET', '/v3/sessions?limit=1');
		expect([status, headers.get('location')]).toEqual([301, '/v3/sessions/?limit=1']);
	});
});

describe('the list of workflows', () => {
	it('has one row a version: published, default, draft, archived and older ones', async () => {
		const { status, body } = await v3(sandbox(), 'GET', '/v3/workflows/');
		expect(responseErrors('v3', 'workflow.list', status, body)).toEqual([]);
		const rows = body.results as Array<Record<string, unknown>>;
		const usable = rows.filter((row) => row.status === 'published' && !row.is_archived);
		expect(new Set(usable.map((row) => row.workflow_id)).size).toBeGreaterThanOrEqual(3);
		expect(rows.filter((row) => row.is_default)).toEqual([
			expect.objectContaining({ workflow_id: WORKFLOW.identity, version: 2 }),
		]);
		expect(
			rows.filter((row) => row.workflow_id === WORKFLOW.identity).map((row) => row.version),
		).toEqual([2, 1]);
		expect(rows.filter((row) => row.status === 'draft')).toHaveLength(1);
		expect(rows.filter((row) => row.is_archived)).toHaveLength(1);
	});

	it('is paged', async () => {
		const { body: first } = await v3(sandbox(), 'GET', '/v3/workflows/?limit=5');
		const { body: second } = await v3(sandbox(), 'GET', first.next);
		expect([first.count, first.results.length, second.results.length, second.next]).toEqual([
			9,
			5,
			4,
			null,
		]);
	});
});

describe('who may call', () => {
	it.each([
		['no key', {}, 403, 'You do not have permission to perform this action.'],
		[
			'a wrong key',
			{ 'x-api-key': 'wrong' },
			403,
			'You do not have permission to perform this action.',
		],
		[
			'a key without the permission',
			{ 'x-api-key': 'sandbox-limited-key' },
			403,
			'You do not have permission to perform this action.',
		],
	])('is not somebody with %s', async (_what, headers: Record<string, string>, status, detail) => {
		expect(await call(sandbox(), 'GET', '/v3/workflows/', { headers })).toMatchObject({
			status,
			body: { detail },
		});
	});

	it('is not somebody who sends a key and a token', async () => {
		const { status, body } = await call(sandbox(), 'GET', '/v3/workflows/', {
			headers: { 'x-api-key': sandbox().apiKey, authorization: 'Bearer x' },
		});
		expect([status, body]).toEqual([
			400,
			{ headers: ['Send either x-api-key or Authorization, not both.'] },
		]);
	});

	it('answers 401 to a wrong key when so set', async () => {
		sandbox().set({ authFailureStatus: 401 });
		expect(
			await call(sandbox(), 'GET', '/v3/workflows/', { headers: { 'x-api-key': 'wrong' } }),
		).toMatchObject({ status: 401, body: { detail: 'Invalid or missing API key' } });
	});

	it('may create and read sessions with the limited key, but sees no picture', async () => {
		const headers = { 'x-api-key': 'sandbox-limited-key' };
		const { status, body } = await call(sandbox(), 'POST', '/v3/session/', {
			headers,
			body: { workflow_id: WORKFLOW.identity },
		});
		expect(status).toBe(201);
		sandbox().setStatus(body.session_id, 'Approved');
		const path = `/v3/session/${body.session_id}/decision/`;
		expect(
			(await call(sandbox(), 'GET', path, { headers })).body.id_verifications[0].front_image,
		).toBeNull();
		expect((await v3(sandbox(), 'GET', path)).body.id_verifications[0].front_image).toContain(
			'X-Amz-Expires=3600',
		);
	});

	it('may ask without a key whether the service is well', async () => {
		const { status, body } = await call(sandbox(), 'GET', '/system/healthcheck');
		expect([status, responseErrors('v3', 'system.health', status, body)]).toEqual([200, []]);
	});

	it('gets a HTML page for an unknown address and a 405 for a wrong method', async () => {
		expect((await v3(sandbox(), 'GET', '/v3/nothing/')).headers.get('content-type')).toContain(
			'text/html',
		);
		expect(await v3(sandbox(), 'DELETE', '/v3/sessions/')).toMatchObject({
			status: 405,
			body: { detail: 'Method "DELETE" not allowed.' },
		});
	});
});
