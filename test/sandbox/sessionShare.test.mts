import { requestErrors, responseErrors } from '../../contract/index.mts';
import { type Status } from '../../sandbox/index.mts';
import { call, create, type Json, v3, withSandbox, WORKFLOW } from './client.mts';

const sandbox = withSandbox();
const PARTNER = 'a5f3bca2-0000-4000-8000-000000000001';

async function session(
	status: Status = 'Approved',
	fields: Record<string, unknown> = {},
): Promise<string> {
	const { session_id } = await create(sandbox(), fields);
	sandbox().setStatus(session_id, status);
	return session_id as string;
}

const share = async (session_id: string, body: unknown = { for_application_id: PARTNER }) =>
	await v3(sandbox(), 'POST', `/v3/session/${session_id}/share/`, body);
const take = async (share_token: string, fields: Record<string, unknown> = {}) =>
	await v3(sandbox(), 'POST', '/v3/session/import-shared/', {
		share_token,
		trust_review: true,
		workflow_id: WORKFLOW.identity,
		...fields,
	});
const token = async (session_id: string, fields: Record<string, unknown> = {}): Promise<string> =>
	(await share(session_id, { for_application_id: PARTNER, ...fields })).body.share_token as string;

describe('sharing a session', () => {
	it.each(['Approved', 'Declined', 'In Review'] as const)(
		'gives a token while it is %s',
		async (status) => {
			const { status: code, body } = await share(await session(status));
			expect([code, responseErrors('v3', 'session.share', code, body)]).toEqual([200, []]);
			expect(body).toMatchObject({
				for_application_id: PARTNER,
				session_kind: 'user',
				share_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
			});
		},
	);

	it.each(['Not Started', 'In Progress', 'Kyc Expired', 'Abandoned', 'Resubmitted'] as const)(
		'is refused with a list as detail while it is %s',
		async (status) => {
			expect(await share(await session(status))).toMatchObject({
				status: 400,
				body: { detail: [expect.stringContaining('Only finished sessions')] },
			});
		},
	);

	it.each([
		['nobody', {}, 'for_application_id'],
		[
			'its own application',
			{ for_application_id: 'b0000000-0000-4000-8000-00000000a991' },
			'for_application_id',
		],
		['half a minute', { for_application_id: PARTNER, ttl_in_seconds: 30 }, 'ttl_in_seconds'],
	])('with %s is refused', async (_what, body, field) => {
		expect(await share(await session(), body)).toMatchObject({
			status: 400,
			body: { [field]: [expect.any(String)] },
		});
	});

	it('is refused with 401 to a bad key, unlike elsewhere', async () => {
		const path = `/v3/session/${await session()}/share/`;
		for (const headers of [{}, { 'x-api-key': 'wrong' }] as Array<Record<string, string>>)
			expect(
				(await call(sandbox(), 'POST', path, { headers, body: { for_application_id: PARTNER } }))
					.status,
			).toBe(401);
	});
});

describe('importing a shared session', () => {
	it('makes a session of its own that says the same, for a user of its own', async () => {
		const source = await session('Declined', {
			expected_details: { first_name: 'Mira', last_name: 'Ausgedacht' },
			sandbox_scenario: 'decline_document_expired',
		});
		const body = {
			share_token: await token(source),
			trust_review: true,
			workflow_id: WORKFLOW.aml,
			vendor_data: 'user-7',
		};
		expect(requestErrors('v3', 'session.importShared', body)).toEqual([]);
		const { status, body: made } = await take(body.share_token, body);
		expect([
			status,
			responseErrors('v3', 'session.importShared', status, made),
			responseErrors('v3', 'session.decision', 200, made),
		]).toEqual([201, [], []]);
		expect(made).toMatchObject({
			shared_from_session: source,
			session_kind: 'user',
			status: 'Declined',
			workflow_id: WORKFLOW.aml,
			vendor_data: 'user-7',
			id_verifications: [
				{ full_name: 'Mira Ausgedacht', warnings: [{ risk: 'DOCUMENT_EXPIRED' }] },
			],
		});
		expect(made.session_id).not.toBe(source);
		expect((await v3(sandbox(), 'GET', '/v3/users/user-7/')).body.session_count).toBe(1);
	});

	it('keeps the invented person, and everything that was corrected', async () => {
		const source = await session();
		await v3(sandbox(), 'PATCH', `/v3/session/${source}/update-data/`, { document_number: 'XX7' });
		const { body: before }: Json = await v3(sandbox(), 'GET', `/v3/session/${source}/decision/`);
		const { body: made } = await take(await token(source));
		expect(made.id_verifications[0]).toMatchObject({
			full_name: before.id_verifications[0].full_name,
			document_number: 'XX7',
		});
	});

	it('ends in review when the other side is not trusted, and tells so once', async () => {
		const { body } = await take(await token(await session()), { trust_review: false });
		expect(body.status).toBe('In Review');
		expect(sandbox().sessions[1].history.map(({ status }) => status)).toEqual(['In Review']);
	});

	it('works once for a token', async () => {
		const share_token = await token(await session());
		expect((await take(share_token)).status).toBe(201);
		expect(await take(share_token)).toMatchObject({
			status: 403,
			body: { detail: expect.stringContaining('already') },
		});
	});

	it.each([
		['an invented token', (text: string) => `${text}x`],
		[
			'a token that says something else',
			(text: string) =>
				text.replace(
					/\.[^.]+\./,
					`.${Buffer.from('{"session_id":"x","exp":9999999999}').toString('base64url')}.`,
				),
		],
		['anything else', () => 'token'],
	])('is refused with %s', async (_what, bend) => {
		expect(await take(bend(await token(await session())))).toMatchObject({
			status: 400,
			body: { share_token: ['Invalid or expired share token.'] },
		});
	});

	it.each([
		[undefined, 3600],
		[60, 60],
	])('is refused when the token is too old: %s', async (ttl_in_seconds, seconds) => {
		const id = await session();
		const [early, late] = [
			await token(id, { ttl_in_seconds }),
			await token(id, { ttl_in_seconds }),
		];
		sandbox().advanceClock(seconds - 20);
		expect((await take(early)).status).toBe(201);
		sandbox().advanceClock(21);
		expect((await take(late)).status).toBe(400);
	});

	it.each([
		[
			'a workflow that nobody knows',
			{ workflow_id: 'dddddddd-0000-4000-8000-000000000000' },
			'workflow_id',
		],
		['a workflow for companies', { workflow_id: WORKFLOW.company }, 'workflow_id'],
		['no word about trust', { trust_review: undefined }, 'trust_review'],
	])('is refused with %s, and the token stays good', async (_what, fields, field) => {
		const share_token = await token(await session());
		expect(await take(share_token, fields)).toMatchObject({
			status: 400,
			body: { [field]: [expect.any(String)] },
		});
		expect((await take(share_token)).status).toBe(201);
	});

	it('is a 404 when the session was deleted in the meantime', async () => {
		const id = await session();
		const share_token = await token(id);
		await v3(sandbox(), 'DELETE', `/v3/session/${id}/delete/`);
		expect((await take(share_token)).status).toBe(404);
	});
});

describe('arming a scenario', () => {
	const arm = async ({ session_id, session_token }: Json, scenario: string) =>
		await call(sandbox(), 'POST', `/v3/session/${session_id}/sandbox/arm/`, {
			headers: { 'session-token': session_token as string },
			body: { scenario },
		});

	it('decides how the session will end, and can be done again', async () => {
		const made = await create(sandbox());
		await arm(made, 'decline_aml_hit');
		const { status, body } = await arm(made, 'decline_document_expired');
		expect([status, body, responseErrors('v3', 'session.sandboxArm', status, body)]).toEqual([
			200,
			{ session_id: made.session_id, scenario: 'decline_document_expired', status: 'Not Started' },
			[],
		]);
		sandbox().setStatus(made.session_id, 'Declined');
		expect(
			(await v3(sandbox(), 'GET', `/v3/session/${made.session_id}/decision/`)).body
				.id_verifications[0].warnings[0].risk,
		).toBe('DOCUMENT_EXPIRED');
	});

	it('is refused for an unknown scenario, and once somebody has begun', async () => {
		const made = await create(sandbox());
		expect(await arm(made, 'make_coffee')).toMatchObject({
			status: 400,
			body: { scenario: ["Unknown sandbox scenario: 'make_coffee'."] },
		});
		sandbox().setStatus(made.session_id, 'In Progress');
		expect(await arm(made, 'approve')).toMatchObject({
			status: 400,
			body: ['Scenario can only be armed before the verification starts.'],
		});
	});

	it('needs the token of this very session', async () => {
		const [made, other] = [await create(sandbox()), await create(sandbox())];
		for (const session_token of [other.session_token, 'unknown'])
			expect(await arm({ ...made, session_token }, 'approve')).toMatchObject({
				status: 404,
				body: { detail: 'Not found.' },
			});
		expect(
			(
				await v3(sandbox(), 'POST', `/v3/session/${made.session_id}/sandbox/arm/`, {
					scenario: 'approve',
				})
			).status,
		).toBe(403);
	});
});
