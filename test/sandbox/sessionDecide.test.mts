import { requestErrors, responseErrors } from '../../contract/index.mts';
import { call, create, type Json, v1, v3, WORKFLOW } from './client.mts';
import { withWebhooks } from './webhookClient.mts';

const { sandbox, receiver, subscribe } = withWebhooks();
const decide = async (session_id: string, body: unknown) =>
	await v3(sandbox(), 'PATCH', `/v3/session/${session_id}/update-status/`, body);
const decision = async (session_id: string): Promise<Json> =>
	(await v3(sandbox(), 'GET', `/v3/session/${session_id}/decision/`)).body;

async function session(
	status: Parameters<ReturnType<typeof sandbox>['setStatus']>[1],
	fields: Record<string, unknown> = {},
): Promise<Json> {
	const made = await create(sandbox(), { workflow_id: WORKFLOW.aml, ...fields });
	sandbox().setStatus(made.session_id, status);
	return made;
}

describe('deciding by hand', () => {
	it.each([
		['Approved', 'In Review'],
		['Declined', 'In Review'],
		['Declined', 'Approved'],
		['Approved', 'Declined'],
		['Approved', 'Kyc Expired'],
		['Declined', 'Abandoned'],
		['Approved', 'Resubmitted'],
	] as const)(
		'makes it %s from %s, keeps the comment and answers the id alone',
		async (new_status, from) => {
			const { session_id } = await session(from);
			const body = { new_status, comment: 'Looked at it' };
			expect(requestErrors('v3', 'session.updateStatus', body)).toEqual([]);
			expect(await decide(session_id, body)).toMatchObject({ status: 200, body: { session_id } });
			const { status, reviews } = await decision(session_id);
			expect([status, reviews]).toEqual([
				new_status,
				[expect.objectContaining({ user: 'API Client', new_status, comment: 'Looked at it' })],
			]);
		},
	);

	it('says which status the checks had found, until the checks have run again', async () => {
		const { session_id } = await session('In Review');
		expect((await decision(session_id)).status_override).toBeNull();
		await decide(session_id, { new_status: 'Declined' });
		await decide(session_id, { new_status: 'Approved' });
		expect((await decision(session_id)).status_override).toEqual({
			automatic_status: 'In Review',
			overridden_at: expect.any(String) as string,
		});
		await decide(session_id, {
			new_status: 'Resubmitted',
			nodes_to_resubmit: [{ node_id: 'feature_ocr_1', feature: 'OCR' }],
		});
		expect((await decision(session_id)).status_override).toBeNull();
	});

	it.each(['Not Started', 'In Progress', 'Awaiting User', 'Expired'] as const)(
		'is refused while the session is %s, whatever the body says',
		async (status) => {
			const { session_id } = await session(status);
			const text = `Only sessions with status Approved, Declined, In Review, Kyc Expired, Abandoned, Resubmitted can be updated. Current status: ${status}`;
			for (const body of [{ new_status: 'Approved' }, { new_status: 'Bogus' }])
				expect(await decide(session_id, body)).toMatchObject({
					status: 400,
					body: { detail: text },
				});
		},
	);

	it.each([
		['no status', {}, { new_status: ['This field is required.'] }],
		[
			'a status that nobody can set',
			{ new_status: 'In Review' },
			{
				new_status: ["You can only update the status to 'Approved', 'Declined', or 'Resubmitted'."],
			},
		],
		[
			'an invented status',
			{ new_status: 'Bogus' },
			{ new_status: ['"Bogus" is not a valid choice.'] },
		],
		[
			'a mail to nobody',
			{ new_status: 'Approved', send_email: true },
			{ email_address: ['Email address is required when send_email is true.'] },
		],
		[
			'a step that follows from others',
			{ new_status: 'Resubmitted', nodes_to_resubmit: [{ node_id: 'x', feature: 'KYB_REGISTRY' }] },
			{
				nodes_to_resubmit: expect.stringContaining(
					'The following features cannot be resubmitted directly: KYB_REGISTRY.',
				),
			},
		],
		[
			'an invented step',
			{ new_status: 'Resubmitted', nodes_to_resubmit: [{ node_id: 'x', feature: 'BOGUS' }] },
			{ nodes_to_resubmit: ['"BOGUS" is not a valid choice.'] },
		],
		[
			'names of steps instead of nodes',
			{ new_status: 'Resubmitted', nodes_to_resubmit: ['OCR'] },
			{ nodes_to_resubmit: ['This value must be object.'] },
		],
		[
			'a node of another workflow',
			{
				new_status: 'Resubmitted',
				nodes_to_resubmit: [{ node_id: 'feature_nfc_1', feature: 'NFC' }],
			},
			{ nodes_to_resubmit: 'The workflow of this session has no node feature_nfc_1.' },
		],
	])('is refused with %s', async (_what, body, expected) => {
		const { session_id } = await session('In Review');
		const { status, body: answer } = await decide(session_id, body);
		expect([status, answer]).toEqual([400, expected]);
		expect((await decision(session_id)).status).toBe('In Review');
	});

	it.each(['Approved', 'Declined', 'Resubmitted'] as const)(
		'refuses %s a second time with a bare list',
		async (status) => {
			const { session_id } = await session(status);
			expect(await decide(session_id, { new_status: status })).toMatchObject({
				status: 400,
				body: ['The new status is the same as the current status.'],
			});
		},
	);

	it('passes over a repeated approval when so set, but never a repeated request to repeat', async () => {
		sandbox().set({ repeatedDecision: 'ignored' });
		const { session_id } = await session('Approved');
		expect(await decide(session_id, { new_status: 'Approved', comment: 'again' })).toMatchObject({
			status: 200,
			body: { session_id },
		});
		expect((await decision(session_id)).reviews).toEqual([]);
		sandbox().setStatus(session_id, 'Resubmitted');
		expect((await decide(session_id, { new_status: 'Resubmitted' })).status).toBe(400);
	});

	it('tells the webhooks, with the comment in the decision', async () => {
		const { session_id } = await session('In Review');
		await subscribe();
		await decide(session_id, { new_status: 'Declined', comment: 'Photo of a screen' });
		const [{ body }] = await receiver().arrived(1);
		expect(body).toMatchObject({
			webhook_type: 'status.updated',
			session_id,
			status: 'Declined',
			decision: { reviews: [{ comment: 'Photo of a screen' }] },
		});
	});

	it('of an unknown session is a 404 even for a bad key, and of a known one a 403', async () => {
		const { session_id } = await session('In Review');
		const headers = { 'x-api-key': 'wrong' };
		const of = async (id: string) =>
			await call(sandbox(), 'PATCH', `/v3/session/${id}/update-status/`, {
				headers,
				body: { new_status: 'Approved' },
			});
		expect(await of('dddddddd-0000-4000-8000-000000000000')).toMatchObject({
			status: 404,
			body: { detail: 'Not found.' },
		});
		expect(await of(session_id)).toMatchObject({
			status: 403,
			body: { detail: 'Authentication credentials were not provided or are invalid.' },
		});
	});
});

describe('asking to repeat steps', () => {
	it('names the steps in the order of the workflow, opens the link again and tells the webhooks', async () => {
		const { session_id, url } = await session('Declined');
		sandbox().advanceClock(600_000);
		await subscribe();
		const nodes = [
			{ node_id: 'feature_liveness_1', feature: 'LIVENESS' },
			{ node_id: 'feature_ocr_1', feature: 'ID_VERIFICATION' },
		];
		expect(
			(await decide(session_id, { new_status: 'Resubmitted', nodes_to_resubmit: nodes })).status,
		).toBe(200);
		const body = await decision(session_id);
		expect(responseErrors('v3', 'session.decision', 200, body)).toEqual([]);
		expect([
			body.status,
			body.id_verifications[0].status,
			body.liveness_checks[0].status,
			body.aml_screenings[0].status,
		]).toEqual(['Resubmitted', 'Resub Requested', 'Resub Requested', 'Approved']);
		const [event] = await receiver().arrived(1);
		expect(event.body.resubmit_info.nodes_to_resubmit).toEqual([nodes[1], nodes[0]]);
		// The link has seven days again, although the first seven are nearly over.
		sandbox().advanceClock(86_400);
		expect((await call(sandbox(), 'GET', url)).text).toContain('Choose how this session ends');
	});

	it('takes the steps that are not approved when none are named', async () => {
		const { session_id } = await session('Declined');
		await decide(session_id, { new_status: 'Resubmitted' });
		expect(sandbox().sessions[0].resubmit_info).toEqual({
			nodes_to_resubmit: [{ node_id: 'feature_liveness_1', feature: 'LIVENESS' }],
			reasons: {},
		});
	});

	it('is refused when no step needs it', async () => {
		const { session_id } = await session('Approved');
		expect(await decide(session_id, { new_status: 'Resubmitted' })).toMatchObject({
			status: 400,
			body: {
				nodes_to_resubmit:
					'No features found that need resubmission. All features are already approved.',
			},
		});
	});

	it('is over at once for checks without the person, and refused for 30 seconds after', async () => {
		const { session_id } = await session('In Review');
		const nodes_to_resubmit = [{ node_id: 'feature_aml_1', feature: 'AML' }];
		const again = async () =>
			await decide(session_id, { new_status: 'Resubmitted', nodes_to_resubmit });
		expect((await again()).status).toBe(200);
		expect(
			sandbox()
				.sessions[0].history.slice(-2)
				.map(({ status }) => status),
		).toEqual(['Resubmitted', 'In Review']);
		sandbox().advanceClock(12);
		const { status, headers, body } = await again();
		expect([status, body.detail]).toEqual([
			429,
			expect.stringContaining('within the last 30 seconds'),
		]);
		expect(Number(headers.get('retry-after'))).toBeGreaterThan(10);
		expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(18);
		sandbox().advanceClock(18);
		expect((await again()).status).toBe(200);
	});

	it.each([
		['de', 'de'],
		['tlh', 'en'],
		[undefined, 'en'],
	])('writes to the person: asked for %s, in %s', async (email_language, language) => {
		const { session_id, url } = await session('Declined');
		await decide(session_id, {
			new_status: 'Resubmitted',
			send_email: true,
			email_address: 'ana@example.com',
			email_language,
		});
		expect(sandbox().emails).toEqual([
			expect.objectContaining({
				to: 'ana@example.com',
				session_id,
				status: 'Resubmitted',
				language,
				link: url,
			}),
		]);
	});

	it('writes to nobody unless asked to', async () => {
		const { session_id } = await session('Declined');
		await decide(session_id, { new_status: 'Approved', email_address: 'ana@example.com' });
		expect(sandbox().emails).toEqual([]);
	});
});

describe('deciding by hand in version 1', () => {
	it('approves and declines, with the refusals of version 3', async () => {
		const {
			body: { session_id },
		} = await v1(sandbox(), 'POST', '/v1/session/', { features: 'OCR + FACE' });
		const patch = async (body: unknown) =>
			await v1(sandbox(), 'PATCH', `/v1/session/${session_id}/update-status/`, body);
		expect(await patch({ new_status: 'Approved' })).toMatchObject({
			status: 400,
			body: { detail: expect.stringContaining('Current status: Not Started') },
		});
		sandbox().setStatus(session_id, 'In Review');
		expect(await patch({ new_status: 'Resubmitted' })).toMatchObject({
			status: 400,
			body: { new_status: [expect.any(String)] },
		});
		const { status, body } = await patch({ new_status: 'Approved', comment: 'Fine' });
		expect([status, body, responseErrors('v1', 'session.updateStatus', status, body)]).toEqual([
			200,
			{ session_id },
			[],
		]);
		const { body: after } = await v1(sandbox(), 'GET', `/v1/session/${session_id}/decision/`);
		expect(after).toMatchObject({
			status: 'Approved',
			reviews: [{ user: 'API Client', new_status: 'Approved', comment: 'Fine' }],
		});
	});
});
