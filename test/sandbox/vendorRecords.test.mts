import { payloadErrors, requestErrors, responseErrors } from '../../contract/index.mts';
import { call, create, type Json, v1, v3, WORKFLOW } from './client.mts';
import { pagesOf } from './pdf.mts';
import { withWebhooks } from './webhookClient.mts';

const { sandbox, receiver, subscribe } = withWebhooks();
const users = async (method: string, path: string, body?: unknown) =>
	await v3(sandbox(), method, `/v3/users/${path}`, body);
const firms = async (method: string, path: string, body?: unknown) =>
	await v3(sandbox(), method, `/v3/businesses/${path}`, body);

describe('a user', () => {
	it('is made by the first session of a vendor data, and sums up all of them', async () => {
		const first = await create(sandbox(), {
			vendor_data: 'user-42',
			workflow_id: WORKFLOW.full,
			expected_details: {
				first_name: 'Ana',
				last_name: 'Inventada',
				date_of_birth: '1990-05-17',
				nationality: 'ESP',
			},
		});
		sandbox().setStatus(first.session_id, 'Approved');
		const second = await create(sandbox(), {
			vendor_data: 'user-42',
			expected_details: { first_name: 'Anna', last_name: 'Inventada' },
		});
		sandbox().setStatus(second.session_id, 'Declined');
		await create(sandbox(), { vendor_data: 'user-42' });
		await create(sandbox());
		const { status, body } = await users('GET', 'user-42/');
		expect(responseErrors('v3', 'user.get', status, body)).toEqual([]);
		expect(body).toMatchObject({
			vendor_data: 'user-42',
			status: 'ACTIVE',
			full_name: 'Anna Inventada',
			effective_name: 'Anna Inventada',
			session_count: 3,
			approved_count: 1,
			declined_count: 1,
			in_review_count: 0,
			approved_emails: ['person@example.com'],
			approved_phones: ['+12025550100'],
			issuing_states: expect.arrayContaining(['ESP']),
			features: { ID_VERIFICATION: 'Approved', LIVENESS: 'Declined', AML: 'Approved' },
			metadata: {},
			comments: [],
		});
		expect(body.features_list).toContainEqual({ feature: 'LIVENESS', status: 'Declined' });
		const {
			body: { results },
		} = await v3(sandbox(), 'GET', `/v3/sessions/?didit_internal_id=${body.didit_internal_id}`);
		expect(results.map((row: Json) => row.vendor_data)).toEqual(['user-42', 'user-42', 'user-42']);
		expect((await fetch(body.portrait_image_url)).status).toBe(200);
	});

	it('is made by a session of version 1 too, and by none without vendor data', async () => {
		await v1(sandbox(), 'POST', '/v1/session/', { features: 'OCR', vendor_data: 'user-1' });
		await v1(sandbox(), 'POST', '/v1/session/', { features: 'OCR' });
		expect((await users('GET', '')).body.results.map((row: Json) => row.vendor_data)).toEqual([
			'user-1',
		]);
	});

	it('can be made without a session', async () => {
		const body = {
			vendor_data: 'user-7',
			full_name: 'Mira Ausgedacht',
			display_name: 'Mira',
			date_of_birth: '1988-02-29',
			status: 'FLAGGED',
			metadata: { tier: 'gold' },
			approved_emails: ['mira@example.com'],
			approved_phones: ['+12025550101'],
			issuing_states: ['AUT'],
		};
		expect(requestErrors('v3', 'user.create', body)).toEqual([]);
		const { status, body: made } = await users('POST', 'create/', body);
		expect([status, responseErrors('v3', 'user.create', status, made)]).toEqual([201, []]);
		expect(made).toMatchObject({
			...body,
			effective_name: 'Mira',
			session_count: 0,
			last_session_at: null,
			features: {},
		});
		expect((await users('GET', 'user-7/')).body).toEqual(made);
		expect(await users('POST', 'create/', { vendor_data: 'user-7' })).toMatchObject({
			status: 400,
			body: { vendor_data: ['A user with this vendor_data already exists.'] },
		});
	});

	it.each([
		['no vendor data', 'POST', 'create/', {}, { vendor_data: ['This field is required.'] }],
		[
			'an invented status',
			'POST',
			'create/',
			{ vendor_data: 'x', status: 'GONE' },
			{ status: ['Invalid status. Valid options are: ACTIVE, FLAGGED, BLOCKED'] },
		],
		[
			'metadata as text',
			'POST',
			'create/',
			{ vendor_data: 'x', metadata: '{}' },
			{ metadata: ['Metadata must be a JSON object.'] },
		],
		[
			'a day that is none',
			'PATCH',
			'user-42/',
			{ date_of_birth: '17.05.1990' },
			{ date_of_birth: ['Date has wrong format. Use one of these formats instead: YYYY-MM-DD.'] },
		],
		[
			'an invented status in a change',
			'PATCH',
			'user-42/',
			{ status: 'GONE' },
			{ status: ['"GONE" is not a valid choice.'] },
		],
		[
			'a field that cannot be changed',
			'PATCH',
			'user-42/',
			{ vendor_data: 'y' },
			{ vendor_data: ['Unknown field.'] },
		],
		['no status', 'PATCH', 'user-42/update-status/', {}, { status: ['This field is required.'] }],
	])('is refused %s', async (_what, method, path, body, expected) => {
		await create(sandbox(), { vendor_data: 'user-42' });
		expect(await users(method, path, body)).toMatchObject({ status: 400, body: expected });
	});

	it.each(['user 42', 'a/b', 'ñandú@example.com', 'x%2Fy', 'a'.repeat(300), '..', '?#'])(
		'is found under any vendor data, encoded: %s',
		async (vendor_data) => {
			await create(sandbox(), { vendor_data });
			const path = `${encodeURIComponent(vendor_data).replaceAll('.', '%2E')}/`;
			// A path of two dots is resolved by every client before it is sent.
			if (vendor_data === '..')
				return expect((await users('GET', '')).body.results[0].vendor_data).toBe('..');
			expect(await users('GET', path)).toMatchObject({ status: 200, body: { vendor_data } });
		},
	);

	it.each(['GET user-0/', 'PATCH user-0/', 'PATCH user-0/update-status/'])(
		'that nobody knows is a 404: %s',
		async (line) => {
			const [method, path] = line.split(' ');
			expect(
				await users(method, path, method === 'GET' ? undefined : { status: 'ACTIVE' }),
			).toMatchObject({ status: 404, body: { detail: 'Not found.' } });
		},
	);

	it('is refused with 401 to a caller without a key, and with 403 to a bad key', async () => {
		const get = async (headers: Record<string, string>) =>
			await call(sandbox(), 'GET', '/v3/users/', { headers });
		expect(await get({})).toMatchObject({
			status: 401,
			body: {
				detail: 'You must be authenticated with a valid access token to access this endpoint.',
			},
		});
		expect(await get({ 'x-api-key': 'wrong' })).toMatchObject({
			status: 403,
			body: { detail: 'You do not have permission to perform this action.' },
		});
		expect((await get({ 'x-api-key': sandbox().limitedKey })).status).toBe(403);
	});
});

describe('the list of users', () => {
	it('puts the newest session first and leads through all pages', async () => {
		for (const vendor_data of ['a', 'b', 'c', 'a']) {
			const { session_id } = await create(sandbox(), { vendor_data });
			sandbox().setStatus(session_id, 'Approved');
			sandbox().advanceClock(60);
		}
		await users('POST', 'create/', { vendor_data: 'd' });
		const seen: string[] = [];
		let url: string | null = `${sandbox().url}/v3/users/?limit=2`;
		while (url) {
			const { status, body }: Json = await v3(sandbox(), 'GET', url);
			expect(responseErrors('v3', 'user.list', status, body)).toEqual([]);
			seen.push(...body.results.map((row: Json) => row.vendor_data));
			url = body.next;
		}
		expect(seen).toEqual(['d', 'a', 'c', 'b']);
	});

	it('stops counting at 100, and has no filter', async () => {
		for (let made = 0; made < 103; made++) await create(sandbox(), { vendor_data: `user-${made}` });
		const { body } = await users('GET', '?limit=101');
		expect([body.count, body.results.length, typeof body.next]).toEqual([100, 101, 'string']);
		expect((await users('GET', '?search=user-1')).status).toBe(400);
	});
});

describe('changing a user', () => {
	it('replaces fields and lists, and tells the webhooks what changed', async () => {
		await create(sandbox(), { vendor_data: 'user-42' });
		await subscribe();
		await users('PATCH', 'user-42/', { metadata: { a: 1 }, approved_emails: ['x@example.com'] });
		const { status, body } = await users('PATCH', 'user-42/', {
			full_name: 'Ana Inventada',
			metadata: { b: 2 },
			approved_emails: [],
		});
		expect(responseErrors('v3', 'user.update', status, body)).toEqual([]);
		expect(body).toMatchObject({
			full_name: 'Ana Inventada',
			metadata: { b: 2 },
			approved_emails: [],
		});
		const [, { body: event }] = await receiver().arrived(2);
		expect(payloadErrors('v3', 'user.data.updated', event)).toEqual([]);
		expect(event).toMatchObject({
			webhook_type: 'user.data.updated',
			vendor_data: 'user-42',
			changed_fields: ['full_name', 'metadata', 'approved_emails'],
			changes: { metadata: { previous: { a: 1 }, current: { b: 2 } } },
		});
		expect(event).not.toHaveProperty('session_id');
	});

	it('tells nobody when nothing changed', async () => {
		await users('POST', 'create/', { vendor_data: 'user-42', full_name: 'Ana' });
		await subscribe();
		await users('PATCH', 'user-42/', { full_name: 'Ana' });
		const { body } = await users('PATCH', 'user-42/update-status/', { status: 'ACTIVE' });
		expect([body.comments, sandbox().deliveries]).toEqual([[], []]);
	});

	it.each(['ACTIVE', 'FLAGGED', 'BLOCKED'] as const)(
		'gives it the status %s, noted and told',
		async (wanted) => {
			await users('POST', 'create/', {
				vendor_data: 'user-42',
				status: wanted === 'ACTIVE' ? 'FLAGGED' : 'ACTIVE',
			});
			await subscribe();
			const { status, body } = await users('PATCH', 'user-42/update-status/', { status: wanted });
			expect(responseErrors('v3', 'user.updateStatus', status, body)).toEqual([]);
			expect(body).toMatchObject({
				status: wanted,
				comments: [{ comment_type: 'STATUS_CHANGED', new_status: wanted }],
			});
			const [{ body: event }] = await receiver().arrived(1);
			expect(payloadErrors('v3', 'user.status.updated', event)).toEqual([]);
			expect(event).toMatchObject({
				webhook_type: 'user.status.updated',
				vendor_data: 'user-42',
				status: wanted,
				previous_status: wanted === 'ACTIVE' ? 'FLAGGED' : 'ACTIVE',
			});
		},
	);
});

describe('blocking', () => {
	const BLOCKED = {
		status: 400,
		body: {
			vendor_data:
				'This user or business has been blocked and cannot create new verification sessions.',
		},
	};
	const session = async (workflow_id: string) =>
		await v3(sandbox(), 'POST', '/v3/session/', { workflow_id, vendor_data: 'x-1' });

	it.each([
		['user', WORKFLOW.identity, users],
		['business', WORKFLOW.company, firms],
	] as const)(
		'a %s keeps it from new sessions, even the unfinished one, until it is lifted',
		async (_kind, workflow_id, records) => {
			await session(workflow_id);
			await records('PATCH', 'x-1/update-status/', { status: 'BLOCKED' });
			expect(await session(workflow_id)).toMatchObject(BLOCKED);
			await records('PATCH', 'x-1/update-status/', { status: 'FLAGGED' });
			expect((await session(workflow_id)).status).toBe(201);
		},
	);

	it('by a plain change of the record works for a business and not for a user', async () => {
		for (const workflow_id of [WORKFLOW.identity, WORKFLOW.company]) await session(workflow_id);
		for (const records of [users, firms])
			expect((await records('PATCH', 'x-1/', { status: 'BLOCKED' })).body.status).toBe('BLOCKED');
		expect((await session(WORKFLOW.identity)).status).toBe(201);
		expect(await session(WORKFLOW.company)).toMatchObject(BLOCKED);
	});

	it('a user does not block the business of the same vendor data', async () => {
		await session(WORKFLOW.identity);
		await users('PATCH', 'x-1/update-status/', { status: 'BLOCKED' });
		expect((await session(WORKFLOW.company)).status).toBe(201);
	});

	const byStatus = (records: typeof users) => async () =>
		await records('PATCH', 'x-1/update-status/', { status: 'BLOCKED' });
	const byList = (list: string) => async () =>
		await v3(sandbox(), 'POST', `/v3/lists/${list}-0000-4000-8000-000000000001/entries/`, {
			value: 'x-1',
		});

	it.each([
		['user', 'its status', WORKFLOW.identity, users, byStatus(users)],
		['user', 'the block list', WORKFLOW.identity, users, byList('b10c0009')],
		['business', 'its status', WORKFLOW.company, firms, byStatus(firms)],
		['business', 'the block list', WORKFLOW.company, firms, byList('b10c0010')],
	] as const)(
		'a %s by %s counts for sessions, monitoring and transactions alike',
		async (_kind, _how, workflow_id, records, block) => {
			await records('POST', 'create/', {
				vendor_data: 'x-1',
				[records === users ? 'full_name' : 'legal_name']: 'Nora Sample',
			});
			const consequences = async (transaction_id: string) => {
				const { status } = await session(workflow_id);
				const { body: job } = await records('POST', 'aml-monitoring/', {
					is_enabled: true,
					vendor_data_list: ['x-1'],
				});
				const { body: payment } = await v3(sandbox(), 'POST', '/v3/transactions/', {
					transaction_id,
					transaction_category: 'finance',
					transaction_details: { direction: 'outbound', amount: '5', currency: 'EUR' },
					subject: { vendor_data: 'x-1', full_name: 'Nora Sample' },
				});
				return [status, job.results[0].outcome as string, payment.status as string];
			};
			expect(await consequences('t-1')).toEqual([201, 'screened_and_enabled', 'APPROVED']);
			expect((await block()).status).toBeLessThan(300);
			expect(await consequences('t-2')).toEqual([400, 'skipped_blocked', 'DECLINED']);
		},
	);
});

describe('deleting users', () => {
	async function three(): Promise<string[]> {
		for (const vendor_data of ['a', 'b', 'c']) await create(sandbox(), { vendor_data });
		await create(sandbox(), { vendor_data: 'a', workflow_id: WORKFLOW.company });
		return left();
	}
	const left = () =>
		sandbox().vendorRecords.map(({ kind, vendor_data }) => `${kind} ${vendor_data}`);

	it('by vendor data or id counts those that were there, and leaves their sessions', async () => {
		await three();
		const {
			body: { didit_internal_id },
		} = await users('GET', 'b/');
		const { status, body } = await users('POST', 'delete/', {
			vendor_data_list: ['a', 'nobody'],
			didit_internal_id_list: [didit_internal_id],
		});
		expect([status, body, responseErrors('v3', 'user.batchDelete', status, body)]).toEqual([
			200,
			{ deleted: 2 },
			[],
		]);
		expect(left()).toEqual(['user c', 'business a']);
		expect(sandbox().sessions).toHaveLength(4);
		expect((await users('POST', 'delete/', { vendor_data_list: ['a'] })).body).toEqual({
			deleted: 0,
		});
	});

	it('takes everybody, whatever the lists say', async () => {
		await three();
		expect(
			(await users('POST', 'delete/', { delete_all: true, vendor_data_list: ['a'] })).body,
		).toEqual({ deleted: 3 });
		expect(left()).toEqual(['business a']);
	});

	it.each([[{}], [{ vendor_data_list: [] }], [{ delete_all: false }]])(
		'is refused with a bare list for %j',
		async (body) => {
			const before = await three();
			expect(await users('POST', 'delete/', body)).toMatchObject({
				status: 400,
				body: ['Provide vendor_data_list or set delete_all=true.'],
			});
			expect(left()).toEqual(before);
		},
	);

	it('is refused with a filter of the console, so that it cannot become everybody', async () => {
		const before = await three();
		expect(
			await users('POST', 'delete/', { delete_all: true, filter_status: 'ACTIVE' }),
		).toMatchObject({ status: 400, body: { filter_status: ['Unknown field.'] } });
		expect(left()).toEqual(before);
	});

	it('works for businesses, where everybody and a list cannot be combined', async () => {
		await three();
		expect(
			(await firms('POST', 'delete/', { delete_all: true, vendor_data_list: ['a'] })).status,
		).toBe(400);
		expect(await firms('POST', 'delete/', { vendor_data_list: ['a'] })).toMatchObject({
			status: 200,
			body: { deleted: 1 },
		});
		expect(left()).toEqual(['user a', 'user b', 'user c']);
	});
});

describe('the PDF of a user', () => {
	it('holds the newest twenty finished sessions, oldest first', async () => {
		const numbers: number[] = [];
		for (let made = 0; made < 22; made++) {
			const { session_id, session_number } = await create(sandbox(), { vendor_data: 'user-42' });
			sandbox().setStatus(session_id, made === 5 ? 'Abandoned' : 'Approved');
			if (made > 0 && made !== 5) numbers.push(session_number);
		}
		const response = await fetch(`${sandbox().url}/v3/users/user-42/generate-pdf/`, {
			headers: { 'x-api-key': sandbox().apiKey },
		});
		const { status, headers } = response;
		const pages = await pagesOf(Buffer.from(await response.arrayBuffer()));
		const {
			body: { didit_internal_id },
		} = await users('GET', 'user-42/');
		expect([status, headers.get('content-type'), headers.get('content-disposition')]).toEqual([
			200,
			'application/pdf',
			`attachment; filename=user_${didit_internal_id}.pdf`,
		]);
		const text = pages.join('\n');
		expect([...text.matchAll(/^Number {5}(\d+)$/gm)].map(([, number]) => Number(number))).toEqual(
			numbers,
		);
		expect(pages.length).toBeGreaterThan(1);
	});

	it.each([
		['nobody', 'nobody/generate-pdf/', 404, { detail: 'User not found.' }],
		[
			'a user without a finished session',
			'user-42/generate-pdf/',
			403,
			{
				detail: 'This user has no sessions in review, declined, approved or kyc expired to report.',
			},
		],
		[
			'vendor data with a slash, which no address of it can hold',
			'a%2Fb/generate-pdf/',
			404,
			expect.stringContaining('<h1>Not Found</h1>'),
		],
	])('is refused for %s', async (_what, path, status, body) => {
		for (const vendor_data of ['user-42', 'a/b']) await create(sandbox(), { vendor_data });
		expect(await users('GET', path)).toMatchObject({ status, body });
	});
});

describe('a business', () => {
	it('is made by a session of a company workflow, changed, and told about', async () => {
		await create(sandbox(), { vendor_data: 'company-7', workflow_id: WORKFLOW.company });
		await subscribe();
		const { status, body } = await firms('PATCH', 'company-7/', {
			legal_name: 'Invented Widgets Ltd',
			country_code: 'IE',
			registration_number: '00000000',
		});
		expect(responseErrors('v3', 'business.update', status, body)).toEqual([]);
		expect(body).toMatchObject({
			vendor_data: 'company-7',
			legal_name: 'Invented Widgets Ltd',
			effective_name: 'Invented Widgets Ltd',
			session_count: 1,
			status: 'ACTIVE',
		});
		expect((await firms('PATCH', 'company-7/update-status/', { status: 'FLAGGED' })).status).toBe(
			200,
		);
		const events = await receiver().arrived(2);
		expect(events.map((event) => event.body.webhook_type as string).sort()).toEqual([
			'business.data.updated',
			'business.status.updated',
		]);
		for (const event of events)
			expect(payloadErrors('v3', event.body.webhook_type as string, event.body)).toEqual([]);
		const list = await firms('GET', '');
		expect(responseErrors('v3', 'business.list', list.status, list.body)).toEqual([]);
		expect(list.body.results).toHaveLength(1);
		expect((await users('GET', '')).body.results).toEqual([]);
	});

	it('needs no vendor data when it is made through the API', async () => {
		const { status, body } = await firms('POST', 'create/', { legal_name: 'Nameless Ltd' });
		expect([
			status,
			body.vendor_data,
			responseErrors('v3', 'business.create', status, body),
		]).toEqual([201, null, []]);
		expect((await firms('POST', 'create/', { legal_name: 'Nameless Ltd' })).status).toBe(201);
		expect((await firms('POST', 'create/', { vendor_data: 'company-7' })).status).toBe(201);
		expect(await firms('POST', 'create/', { vendor_data: 'company-7' })).toMatchObject({
			status: 400,
			body: { vendor_data: ['A business with this vendor_data already exists.'] },
		});
	});
});
