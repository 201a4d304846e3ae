// Session: Review AML Hits, Override Check, Get Webhook Deliveries, Resend Webhook, and Update Data of a proof of address.
import nock from 'nock';
import inReview from '../fixtures/v3_decision_in_review_200.json';
import { didit, endDidit } from '../support/didit.mts';
import { ID, byId, id, runner, schemaProblems } from '../support/run.mts';

const ON_SESSION = { sessionId: byId(ID) };

beforeAll(() => nock.disableNetConnect());
afterEach(endDidit);
afterAll(() => nock.enableNetConnect());

const screening = (node_id: string | null, ...hits: Array<[id: string, status?: string]>) => ({
	...inReview.aml_screenings[0],
	node_id,
	hits: hits.map(([hit, review_status]) => ({ id: hit, review_status })),
});
const decisionWith = (...aml_screenings: object[]) => ({
	'session.decision': { body: { ...inReview, aml_screenings } },
	'session.reviewAmlHits': { body: { message: 'ok' } },
});

describe('Review AML Hits', () => {
	const review = runner('session', 'reviewAmlHits', {
		...ON_SESSION,
		reviewStatus: 'False Positive',
	});
	const three = () =>
		screening('feature_aml_1', ['a', 'Unreviewed'], ['b', 'Unreviewed'], ['c', 'Confirmed Match']);

	it('marks the hits that were named, in one request, and says how many are left', async () => {
		const { of } = didit(decisionWith(three()));
		const { items, error } = await review({ hitIds: 'a, c' });
		expect(error).toBeUndefined();
		expect(of('session.reviewAmlHits').map(({ body }) => body)).toEqual([
			{
				hit_updates: [
					{ hit_id: 'a', review_status: 'False Positive' },
					{ hit_id: 'c', review_status: 'False Positive' },
				],
			},
		]);
		expect(items[0].json).toEqual({
			session_id: ID,
			review_status: 'False Positive',
			hit_ids: ['a', 'c'],
			unreviewed_hits: 1,
		});
		expect(schemaProblems('session', 'reviewAmlHits', items)).toEqual([]);
	});

	it('marks all that nobody has reviewed, in each of several checks by its node', async () => {
		const { of } = didit(
			decisionWith(three(), screening('feature_aml_2', ['d', undefined], ['e', 'Inconclusive'])),
		);
		const { items } = await review({ hitsToReview: 'unreviewed' });
		const update = (hit_id: string) => ({ hit_id, review_status: 'False Positive' });
		expect(of('session.reviewAmlHits').map(({ body }) => body)).toEqual([
			{ hit_updates: [update('a'), update('b')], node_id: 'feature_aml_1' },
			{ hit_updates: [update('d')], node_id: 'feature_aml_2' },
		]);
		expect(items[0].json).toMatchObject({ hit_ids: ['a', 'b', 'd'], unreviewed_hits: 0 });
	});

	it.each([
		['an expression that found none', { hitIds: '={{ [] }}' }, "'Hit IDs' is empty"],
		[
			'an ID of another session',
			{ hitIds: 'a,z' },
			'This session has no hit with one of these IDs',
		],
		[
			'no review status',
			{ hitIds: 'a', reviewStatus: '={{ $json.nothing }}' },
			"'Review Status' is empty",
		],
		[
			'nothing left to review',
			{ hitsToReview: 'unreviewed' },
			'This session has no unreviewed AML hit',
		],
	])('changes nothing with %s', async (what, parameters, message) => {
		const left =
			what === 'nothing left to review' ? screening('x', ['a', 'Inconclusive']) : three();
		const { of } = didit(decisionWith(left));
		const { error } = await review(parameters);
		expect(error?.message).toBe(message);
		expect(of('session.reviewAmlHits')).toEqual([]);
	});
});

describe('Override Check', () => {
	const override = runner('session', 'overrideCheck', { ...ON_SESSION, newStatus: 'Approved' });
	const answers = (...blocks: object[]) => ({
		'session.decision': { body: { ...inReview, liveness_checks: blocks } },
		'session.overrideCheck': ({
			params,
			body,
		}: {
			params: Record<string, string>;
			body: unknown;
		}) => ({
			body: {
				session_id: ID,
				node_id: params.nodeId,
				feature_type: 'Face',
				new_status: (body as { new_status: string }).new_status,
			},
		}),
	});
	const liveness = (node_id: string | null) => ({ ...inReview.liveness_checks[0], node_id });

	it('sets the status of the one step of its kind, with a comment', async () => {
		const { of } = didit(
			answers(liveness('feature_liveness_1'), liveness('feature_age_estimation_1')),
		);
		const { items, error } = await override({ check: 'LIVENESS', comment: ' Seen on video ' });
		expect(error).toBeUndefined();
		const [{ params, body }] = of('session.overrideCheck');
		expect([params.nodeId, body]).toEqual([
			'feature_liveness_1',
			{ new_status: 'Approved', comment: 'Seen on video' },
		]);
		expect(items[0].json).toEqual({
			session_id: ID,
			feature: 'LIVENESS',
			node_id: 'feature_liveness_1',
			new_status: 'Approved',
		});
		expect(schemaProblems('session', 'overrideCheck', items)).toEqual([]);
	});

	it("names the only step of a workflow that isn't a graph as Didit does", async () => {
		const { of } = didit(answers(liveness(null)));
		await override({ check: 'Liveness' });
		expect(of('session.overrideCheck')[0].params.nodeId).toBe('default');
	});

	it('asks which one, where there are several', async () => {
		const { of } = didit(answers(liveness('feature_liveness_1'), liveness('feature_liveness_2')));
		const refused = await override({ check: 'LIVENESS' });
		expect(refused.error?.message).toBe('This session has several of this check');
		expect(of('session.overrideCheck')).toEqual([]);
		await override({ check: 'LIVENESS', options: { nodeId: 'feature_liveness_2' } });
		expect(of('session.overrideCheck')[0].params.nodeId).toBe('feature_liveness_2');
	});

	it.each([
		['a check that the session does not have', { check: 'NFC' }, 'This session has no such check'],
		['no check', { check: '={{ $json.nothing }}' }, "'Check' is empty"],
		[
			'no status',
			{ check: 'LIVENESS', newStatus: '={{ $json.nothing }}' },
			"'New Status' is empty",
		],
		[
			'a status of sessions',
			{ check: 'LIVENESS', newStatus: 'Resubmitted' },
			"'New Status' is not valid",
		],
	])('refuses %s', async (_, parameters, message) => {
		const { of } = didit(answers(liveness('feature_liveness_1')));
		const { error } = await override(parameters);
		expect(error?.message).toBe(message);
		expect(of('session.overrideCheck')).toEqual([]);
	});
});

const attempt = (number: number, more: object = {}) => ({
	uuid: id(number),
	session_id: ID,
	status: 'Approved',
	request_url: 'https://n8n.example/webhook/didit',
	response_status: 500,
	request_header: JSON.stringify({ 'X-Signature': 'f'.repeat(64), 'X-Timestamp': '1790000000' }),
	request_body: JSON.stringify({
		event_id: id(900),
		metadata: { n8n_resume: 'n8n-ticket-secret' },
		decision: {
			id_verifications: [
				{
					document_number: 'XX0000001',
					front_image: 'https://media.example.invalid/front.jpg?X-Amz-Signature=x',
				},
			],
		},
	}),
	webhook_type: 'status.updated',
	created_at: '2026-09-21T14:13:20.000000Z',
	...more,
});
const SHOWN = {
	session_id: ID,
	uuid: id(1),
	event_id: id(900),
	webhook_type: 'status.updated',
	status: 'Approved',
	request_url: 'https://n8n.example/webhook/didit',
	response_status: 500,
	delivered: false,
	created_at: '2026-09-21T14:13:20.000000Z',
};

describe('Get Webhook Deliveries', () => {
	const getWebhooks = runner('session', 'getWebhooks', ON_SESSION);

	it.each([
		['a plain list', (rows: object[]) => rows],
		['an envelope', (rows: object[]) => ({ count: rows.length, next: null, results: rows })],
	])('gives an item for each attempt, from %s', async (_, wrapped) => {
		didit({
			'session.webhooks.list': {
				body: wrapped([
					attempt(2, { response_status: 204 }),
					attempt(1),
					attempt(3, { response_status: null }),
				]),
			},
		});
		const { items } = await getWebhooks();
		expect(items.map(({ json }) => json)).toEqual([
			{ ...SHOWN, uuid: id(2), response_status: 204, delivered: true },
			SHOWN,
			{ ...SHOWN, uuid: id(3), response_status: null },
		]);
		expect(schemaProblems('session', 'getWebhooks', items)).toEqual([]);
	});

	it("gives Didit's own rows on request, without signatures, links to media and what resumes an execution", async () => {
		didit({ 'session.webhooks.list': { body: [attempt(1), attempt(2, { request_body: '{' })] } });
		const { items } = await getWebhooks({
			simplify: false,
			options: { maskDocumentNumbers: true },
		});
		expect(items[0].json).toMatchObject({
			request_header: { 'X-Timestamp': '1790000000' },
			request_body: {
				event_id: id(900),
				decision: { id_verifications: [{ document_number: '*****0001', front_image: null }] },
			},
		});
		expect(items[1].json.request_body).toBeNull();
		expect(JSON.stringify(items)).not.toMatch(/ffff|media\.example|n8n-ticket/);
	});
});

describe('Resend Webhook', () => {
	const resend = runner('session', 'resendWebhook', ON_SESSION);

	it('has Didit send the event again, and says what the receiver responded', async () => {
		const { calls } = didit({
			'session.webhooks.resend': { body: attempt(7, { response_status: 200 }) },
		});
		const { items } = await resend({ deliveryId: id(1).toUpperCase() });
		expect([calls[0].params, calls[0].body]).toEqual([
			{ sessionId: ID, webhookUuid: id(1) },
			undefined,
		]);
		expect(items[0].json).toEqual({
			...SHOWN,
			uuid: id(7),
			response_status: 200,
			delivered: true,
		});
		expect(schemaProblems('session', 'resendWebhook', items)).toEqual([]);
	});

	it('never sends twice after a lost response', async () => {
		const { calls } = didit({
			'session.webhooks.resend': { status: 503, body: 'gone', odd: true },
		});
		const { error } = await resend({ deliveryId: id(1) });
		expect(error).toBeDefined();
		expect(calls).toHaveLength(1);
	});

	it('refuses what is no delivery', async () => {
		const { calls } = didit({ 'session.webhooks.resend': { body: attempt(7) } });
		expect((await resend({ deliveryId: 'first' })).error?.message).toBe(
			"'Delivery ID' is not a valid ID",
		);
		expect(calls).toEqual([]);
	});
});

it('Update Data corrects a proof of address, of the one that was named', async () => {
	const updateData = runner('session', 'updateData', ON_SESSION);
	const record = { issuer: 'Example Bank', document_type: 'BANK_STATEMENT', extra_fields: {} };
	const { calls } = didit({ 'session.updatePoaData': { body: record } });
	const { items, error } = await updateData({
		dataOf: 'proofOfAddress',
		proofFields: {
			issuer: ' Example Bank ',
			documentType: 'BANK_STATEMENT',
			issueDate: '2026-08-01T00:00:00',
			issuingState: 'esp',
			addressParts: { city: 'Exampleton', country: 'es' },
		},
		// Left over from before the other kind was chosen.
		updateFields: { firstName: 'Nora' },
		options: { nodeId: 'feature_proof_of_address_2' },
	});
	expect(error).toBeUndefined();
	expect(calls[0].body).toEqual({
		issuer: 'Example Bank',
		document_type: 'BANK_STATEMENT',
		issue_date: '2026-08-01',
		issuing_state: 'ESP',
		poa_parsed_address: { city: 'Exampleton', country: 'ES' },
		node_id: 'feature_proof_of_address_2',
	});
	expect(items[0].json).toEqual({ session_id: ID, ...record });
	expect(schemaProblems('session', 'updateData', items)).toEqual([]);
	const nothing = await updateData({ dataOf: 'proofOfAddress' });
	expect(nothing.error?.message).toBe("'Update Fields' is empty");
});
