import { requestErrors, responseErrors } from '../../contract/index.mts';
import { call, create, type Json, v3, withSandbox, WORKFLOW } from './client.mts';

const sandbox = withSandbox({ rateLimits: { create: null, get: null } });
const remove = async (session_id: string, body?: unknown) =>
	await v3(sandbox(), 'DELETE', `/v3/session/${session_id}/delete/`, body);

async function session(
	fields: Record<string, unknown> = {},
	status: 'Approved' | 'Not Started' = 'Approved',
): Promise<Json> {
	const made = await create(sandbox(), fields);
	sandbox().setStatus(made.session_id, status);
	return made;
}

const DAYS = { retain_face_embeddings: true, face_retention_days: 365 };

describe('deleting a session', () => {
	it('answers a report, and the session is gone', async () => {
		const { session_id, session_number } = await session();
		const { status, body } = await remove(session_id);
		expect([status, body, responseErrors('v3', 'session.delete', status, body)]).toEqual([
			200,
			{
				session_id,
				session_number,
				face_retention_outcome: 'deleted',
				biometric_template_uuid: null,
			},
			[],
		]);
		expect(await remove(session_id)).toMatchObject({ status: 404, body: { detail: 'Not found.' } });
		expect((await v3(sandbox(), 'GET', `/v3/session/${session_id}/decision/`)).status).toBe(404);
		expect((await v3(sandbox(), 'GET', '/v3/sessions/')).body.count).toBe(0);
	});

	it.each([
		[
			'keeps the face with the person when asked to',
			{ vendor_data: 'user-42' },
			'Approved',
			DAYS,
			'retained_with_user',
		],
		['cannot keep the face of nobody', {}, 'Approved', DAYS, 'ineligible_no_vendor_user'],
		[
			'has no face to keep before one was shown',
			{ vendor_data: 'user-42' },
			'Not Started',
			DAYS,
			'none',
		],
		[
			'has no face to keep of a company',
			{ vendor_data: 'company-7', workflow_id: WORKFLOW.company },
			'Approved',
			DAYS,
			'none',
		],
		[
			'keeps the face until a moment',
			{ vendor_data: 'user-42' },
			'Approved',
			{ retain_face_embeddings: true, face_retention_deadline: '2099-01-01T00:00:00Z' },
			'retained_with_user',
		],
		[
			'keeps nothing of somebody who wants to be forgotten',
			{ vendor_data: 'user-42' },
			'Approved',
			{ deletion_instruction: 'privacy_erasure', instruction_id: 'request-1' },
			'deleted',
		],
	] as const)('%s', async (_what, fields, status, body, outcome) => {
		const { session_id } = await session(fields, status);
		expect(requestErrors('v3', 'session.delete', body)).toEqual([]);
		const { body: answer } = await remove(session_id, body);
		expect([answer.face_retention_outcome, answer.biometric_template_uuid]).toEqual([
			outcome,
			outcome === 'retained_with_user' ? expect.stringMatching(/^[0-9a-f-]{36}$/) : null,
		]);
	});

	it.each([
		[
			'to forget somebody and keep the face',
			{ deletion_instruction: 'privacy_erasure', retain_face_embeddings: true },
			{ retain_face_embeddings: ['Privacy erasure cannot retain biometric templates.'] },
		],
		[
			'to keep the face for ever',
			{ retain_face_embeddings: true },
			{ detail: 'A finite biometric-template retention duration is required.' },
		],
		[
			'to keep the face until yesterday',
			{ retain_face_embeddings: true, face_retention_deadline: '2020-01-01T00:00:00Z' },
			{ face_retention_deadline: [expect.any(String)] },
		],
		[
			'to keep the face for 0 days',
			{ retain_face_embeddings: true, face_retention_days: 0 },
			{ face_retention_days: [expect.any(String)] },
		],
		['with an invented field', { reason: 'x' }, { reason: ['Unknown field.'] }],
	])('is refused %s, and deletes nothing', async (_what, body, expected) => {
		const { session_id } = await session({ vendor_data: 'user-42' });
		expect(await remove(session_id, body)).toMatchObject({ status: 400, body: expected });
		expect(sandbox().sessions).toHaveLength(1);
	});

	it('follows the policy of the application, unless the call says otherwise', async () => {
		await v3(sandbox(), 'PATCH', '/v3/webhook/', {
			face_retention_policy: 'retain_until_user_deleted',
			face_retention_days: 30,
		});
		const of = async (body?: unknown) =>
			(await remove((await session({ vendor_data: 'user-42' })).session_id, body)).body
				.face_retention_outcome as string;
		expect([
			await of(),
			await of({ retain_face_embeddings: false }),
			await of({ deletion_instruction: 'privacy_erasure' }),
		]).toEqual(['retained_with_user', 'deleted', 'deleted']);
	});

	it('answers nothing when set to the behaviour before August 2026', async () => {
		sandbox().set({ deleteStatus: 204 });
		const { session_id } = await session();
		expect(await remove(session_id)).toMatchObject({ status: 204, text: '' });
		expect((await remove(session_id)).status).toBe(404);
	});

	it('of an unknown session is a 404 even for a bad key, and of a known one a 403', async () => {
		const { session_id } = await session();
		const of = async (id: string) =>
			(
				await call(sandbox(), 'DELETE', `/v3/session/${id}/delete/`, {
					headers: { 'x-api-key': 'wrong' },
				})
			).status;
		expect([await of('dddddddd-0000-4000-8000-000000000000'), await of(session_id)]).toEqual([
			404, 403,
		]);
	});

	it('is left undone by a fault that says to try again', async () => {
		const { session_id } = await session();
		sandbox().faults.add({
			method: 'DELETE',
			times: 1,
			respond: { status: 503, body: { detail: 'The operation is retryable.' } },
		});
		expect([(await remove(session_id)).status, (await remove(session_id)).status]).toEqual([
			503, 200,
		]);
	});
});

describe('deleting sessions by their numbers', () => {
	const batch = async (body: unknown) => await v3(sandbox(), 'POST', '/v3/sessions/delete/', body);

	it('takes digits as text or number, passes over unknown ones, and leaves companies alone', async () => {
		for (const workflow_id of [
			WORKFLOW.identity,
			WORKFLOW.identity,
			WORKFLOW.identity,
			WORKFLOW.company,
		])
			await session({ workflow_id });
		const { status, body } = await batch({ session_numbers: ['1001', 1003, '1004', '9999'] });
		expect(responseErrors('v3', 'sessions.batchDelete', status, body)).toEqual([]);
		expect(body.results.map((row: Json) => row.session_number)).toEqual([1001, 1003]);
		expect(sandbox().sessions.map(({ session_number }) => session_number)).toEqual([1002, 1004]);
	});

	it('deletes all persons when asked to', async () => {
		for (const workflow_id of [WORKFLOW.identity, WORKFLOW.company]) await session({ workflow_id });
		expect((await batch({ delete_all: true })).body.results).toHaveLength(1);
		expect(sandbox().sessions.map(({ session_kind }) => session_kind)).toEqual(['business']);
	});

	it('is refused to keep the faces for ever', async () => {
		await session();
		expect(await batch({ session_numbers: ['1001'], retain_face_embeddings: true })).toMatchObject({
			status: 400,
			body: {
				face_retention_days: ['A finite biometric-template retention duration is required.'],
			},
		});
		expect(sandbox().sessions).toHaveLength(1);
	});

	it.each([
		[{}],
		[{ session_numbers: [] }],
		[{ session_numbers: ['abc'] }],
		[{ delete_all: false }],
	])('is refused with %j', async (body) => {
		await session();
		expect((await batch(body)).status).toBe(400);
		expect(sandbox().sessions).toHaveLength(1);
	});
});
