import { requestErrors, responseErrors } from '../../contract/index.mts';
import { create, type Json, v3, WORKFLOW } from './client.mts';
import { withWebhooks } from './webhookClient.mts';

const { sandbox, receiver, subscribe } = withWebhooks();
const correct = async (session_id: string, body: unknown) =>
	await v3(sandbox(), 'PATCH', `/v3/session/${session_id}/update-data/`, body);
const decision = async (session_id: string): Promise<Json> =>
	(await v3(sandbox(), 'GET', `/v3/session/${session_id}/decision/`)).body;

async function session(
	fields: Record<string, unknown> = {},
	status: Parameters<ReturnType<typeof sandbox>['setStatus']>[1] = 'Approved',
): Promise<string> {
	const { session_id } = await create(sandbox(), fields);
	sandbox().setStatus(session_id, status);
	return session_id as string;
}

describe('correcting a document', () => {
	it('answers the whole record, and the decision and the lists say the same afterwards', async () => {
		const session_id = await session({ vendor_data: 'user-42' });
		const change = {
			first_name: 'Carme',
			last_name: 'Inventada',
			date_of_birth: '1980-01-01',
			issuing_state: 'esp',
			document_number: 'XX9999999',
			document_type: 'Passport',
		};
		expect(requestErrors('v3', 'session.updateData', change)).toEqual([]);
		const { status, body } = await correct(session_id, change);
		expect([status, responseErrors('v3', 'session.updateData', status, body)]).toEqual([200, []]);
		expect(body).toMatchObject({
			...change,
			issuing_state: 'ESP',
			document_type: 'P',
			marital_status: 'UNKNOWN',
			gender: expect.any(String),
		});
		const after = await decision(session_id);
		expect(responseErrors('v3', 'session.decision', 200, after)).toEqual([]);
		expect(after.id_verifications[0]).toMatchObject({
			full_name: 'Carme Inventada',
			age: 46,
			issuing_state: 'ESP',
			issuing_state_name: 'Spain',
			document_number: 'XX9999999',
			document_type: 'Passport',
		});
		expect(after.status).toBe('Approved');
		expect((await v3(sandbox(), 'GET', '/v3/sessions/?search=carme')).body.results).toHaveLength(1);
		expect((await v3(sandbox(), 'GET', '/v3/users/user-42/')).body.full_name).toBe(
			'Carme Inventada',
		);
	});

	it('wins over what the scenario shows', async () => {
		const session_id = await session({ sandbox_scenario: 'decline_document_expired' }, 'Declined');
		expect((await decision(session_id)).id_verifications[0].expiration_date).toBe('2020-01-31');
		expect(
			(await correct(session_id, { expiration_date: '2030-01-31' })).body.expiration_date,
		).toBe('2030-01-31');
		expect((await decision(session_id)).id_verifications[0].expiration_date).toBe('2030-01-31');
	});

	it('merges extra fields and the address key by key', async () => {
		const session_id = await session();
		await correct(session_id, {
			extra_fields: { blood_group: 'O+', note: 'x' },
			parsed_address: {
				street_1: 'Calle Nueva 1',
				city: 'Toledo',
				postal_code: '45001',
				country: 'es',
			},
		});
		const { body } = await correct(session_id, {
			extra_fields: { note: null },
			parsed_address: { postal_code: null },
		});
		expect(body.extra_fields).toEqual({ blood_group: 'O+' });
		expect(body.parsed_address).toEqual({
			street_1: 'Calle Nueva 1',
			city: 'Toledo',
			country: 'ES',
			formatted_address: 'Calle Nueva 1, Toledo, ES',
		});
		expect(
			(await correct(session_id, { extra_fields: null, parsed_address: null })).body,
		).toMatchObject({ extra_fields: {}, parsed_address: null });
	});

	it('clears a field with null', async () => {
		const session_id = await session();
		expect(
			(await correct(session_id, { last_name: null, date_of_birth: null })).body,
		).toMatchObject({ last_name: null, date_of_birth: null });
		const after = await decision(session_id);
		expect(responseErrors('v3', 'session.decision', 200, after)).toEqual([]);
		expect(after.id_verifications[0]).toMatchObject({ last_name: null, age: null });
	});

	it('tells the webhooks and notes what changed; the same again is told and not noted; nothing is neither', async () => {
		const session_id = await session({ expected_details: { first_name: 'Ana' } });
		await subscribe();
		await correct(session_id, { first_name: 'Anna' });
		const [{ body: event }] = await receiver().arrived(1);
		expect(event).toMatchObject({
			webhook_type: 'data.updated',
			session_id,
			status: 'Approved',
			decision: { id_verifications: [{ first_name: 'Anna' }] },
		});
		await correct(session_id, { first_name: 'Anna' });
		await receiver().arrived(2);
		await correct(session_id, {});
		expect(sandbox().deliveries).toHaveLength(2);
		expect(sandbox().sessions[0].reviews).toEqual([
			expect.objectContaining({
				activity_type: 'KYC_DATA_UPDATED',
				changed_fields: ['first_name'],
				previous_value: { first_name: 'Ana' },
				new_value: { first_name: 'Anna' },
			}),
		]);
	});

	it.each([
		['a session that is not finished', {}, 'In Progress', 'No Session matches the given query.'],
		['a session that was left', {}, 'Abandoned', 'No Session matches the given query.'],
		[
			'a company',
			{ workflow_id: WORKFLOW.company },
			'Approved',
			'No Session matches the given query.',
		],
		[
			'a session that reads no document',
			{ workflow_id: 'c0000004-0000-4000-8000-000000000001' },
			'Approved',
			'The session does not have a KYC.',
		],
	] as const)('is a 404 for %s', async (_what, fields, status, detail) => {
		expect(await correct(await session(fields, status), { first_name: 'Ana' })).toMatchObject({
			status: 404,
			body: { detail },
		});
	});

	it('is a 404 for a session that nobody knows', async () => {
		expect(await correct('dddddddd-0000-4000-8000-000000000000', {})).toMatchObject({
			status: 404,
			body: { detail: 'Not found.' },
		});
	});

	it.each([
		[{ gender: 'X' }, { gender: ['"X" is not a valid choice.'] }],
		[
			{ issuing_state: 'ES' },
			{ issuing_state: ['Invalid ISO 3166-1 alpha-3 country code for issuing_state.'] },
		],
		[
			{ date_of_birth: '1.1.1980' },
			{ date_of_birth: ['Date has wrong format. Use one of these formats instead: YYYY-MM-DD.'] },
		],
		[
			{ parsed_address: { country: 'ESP' } },
			{ parsed_address: { country: ['Invalid ISO 3166-1 alpha-2 country code.'] } },
		],
		[{ parsed_address: { zipcode: '1' } }, { parsed_address: { zipcode: ['Unknown field.'] } }],
		[{ extra_fields: 'x' }, { extra_fields: ['This field must be a JSON object.'] }],
		[{ full_name: 'Ana' }, { full_name: ['Unknown field.'] }],
	])('is refused with %j', async (body, expected) => {
		const { status, body: answer } = await correct(await session(), body);
		expect([status, answer]).toEqual([400, expected]);
	});

	it('can be done ten times a minute', async () => {
		const session_id = await session();
		for (let done = 0; done < 10; done++) expect((await correct(session_id, {})).status).toBe(200);
		expect(await correct(session_id, {})).toMatchObject({
			status: 429,
			body: {
				detail:
					'Session KYC data update rate limit exceeded. You can make up to 10 requests per minute.',
			},
		});
	});
});

describe('the notes of a session', () => {
	const notes = async (session_id: string, query = '') =>
		(await v3(sandbox(), 'GET', `/v3/sessions/${session_id}/reviews/${query}`)).body;
	const note = async (session_id: string, body?: unknown) =>
		await v3(sandbox(), 'POST', `/v3/sessions/${session_id}/reviews/`, body);

	it('are kept without changing the session or telling anybody', async () => {
		const session_id = await session({}, 'In Review');
		await subscribe();
		const { status, body } = await note(session_id, {
			comment: 'Asked the person',
			new_status: 'Approved',
		});
		expect([status, responseErrors('v3', 'session.reviews.create', status, body)]).toEqual([
			201,
			[],
		]);
		expect(body).toMatchObject({
			user: 'Unknown',
			comment: 'Asked the person',
			new_status: 'Approved',
		});
		expect([(await decision(session_id)).status, sandbox().deliveries]).toEqual(['In Review', []]);
	});

	it('are listed with the decisions by hand, newest first or oldest first', async () => {
		const session_id = await session({}, 'In Review');
		await note(session_id);
		await v3(sandbox(), 'PATCH', `/v3/session/${session_id}/update-status/`, {
			new_status: 'Approved',
			comment: 'Fine',
		});
		const body = await notes(session_id);
		expect(responseErrors('v3', 'session.reviews.list', 200, body)).toEqual([]);
		expect(body.results).toMatchObject([
			{
				activity_type: 'STATUS_UPDATED',
				actor_type: 'API_KEY',
				previous_status: 'In Review',
				new_status: 'Approved',
				comment: 'Fine',
				changed_fields: ['status'],
			},
			{
				activity_type: 'STATUS_UPDATED',
				actor_type: 'CONSOLE_USER',
				actor_display: 'Unknown',
				comment: null,
				new_status: null,
			},
		]);
		const comments = (list: Json) => list.results.map((row: Json) => row.comment);
		expect(comments(await notes(session_id, '?ordering=created_at'))).toEqual([null, 'Fine']);
		expect(comments(await notes(session_id, '?ordering=colour'))).toEqual(['Fine', null]);
		const first = await notes(session_id, '?limit=1');
		expect([
			first.count,
			comments(first),
			comments((await v3(sandbox(), 'GET', first.next)).body),
		]).toEqual([2, ['Fine'], [null]]);
	});

	it('cannot be had of a company, nor of a session that nobody knows', async () => {
		const company = await session({ workflow_id: WORKFLOW.company });
		for (const id of [company, 'dddddddd-0000-4000-8000-000000000000']) {
			for (const method of ['GET', 'POST'])
				expect(await v3(sandbox(), method, `/v3/sessions/${id}/reviews/`)).toMatchObject({
					status: 404,
					body: { detail: 'Session not found.' },
				});
		}
	});

	it('are refused with a status that does not exist', async () => {
		expect(await note(await session(), { new_status: 'approved' })).toMatchObject({
			status: 400,
			body: { new_status: ['"approved" is not a valid choice.'] },
		});
	});
});
