/** What reviewers decide about parts of a session: AML hits, the status of a step, a corrected proof of address. */
import { requestErrors, responseErrors } from '../../contract/index.mts';
import { create, type Json, v3, WORKFLOW } from './client.mts';
import { withWebhooks } from './webhookClient.mts';

const { sandbox, receiver, subscribe } = withWebhooks();
const decision = async (session_id: string): Promise<Json> =>
	(await v3(sandbox(), 'GET', `/v3/session/${session_id}/decision/`)).body;

/** A PATCH whose body and answer are compared with the contract. */
async function patch(id: string, path: string, body: unknown) {
	expect(requestErrors('v3', id, body)).toEqual([]);
	const answer = await v3(sandbox(), 'PATCH', path, body);
	expect(responseErrors('v3', id, answer.status, answer.body)).toEqual([]);
	return answer;
}

async function inReview(sandbox_scenario = 'review_aml_possible_match'): Promise<string> {
	const { session_id } = await create(sandbox(), { workflow_id: WORKFLOW.full, sandbox_scenario });
	sandbox().setStatus(session_id, 'In Review');
	return session_id as string;
}

describe('AML hits', () => {
	const hitsOf = async (session_id: string) =>
		(await decision(session_id)).aml_screenings[0].hits as Array<{
			id: string;
			review_status: string;
		}>;
	const statuses = async (session_id: string) =>
		(await hitsOf(session_id)).map(({ review_status }) => review_status);

	it('are reviewed one by one, which changes neither the step nor the session', async () => {
		await subscribe({ subscribed_events: ['data.updated', 'status.updated'] });
		const session_id = await inReview();
		await receiver().arrived(2);
		const [{ id: hit_id }] = await hitsOf(session_id);
		const { body } = await patch(
			'session.reviewAmlHit',
			`/v3/session/${session_id}/update-aml-hit-status/`,
			{ hit_id, review_status: 'Confirmed Match' },
		);
		expect(body).toMatchObject({ hit_id, review_status: 'Confirmed Match' });
		expect(await statuses(session_id)).toEqual(['Confirmed Match', 'Unreviewed', 'False Positive']);
		const after = await decision(session_id);
		expect([after.status, after.aml_screenings[0].status]).toEqual(['In Review', 'In Review']);
		const received = await receiver().arrived(3);
		expect(received[2].body.webhook_type).toBe('data.updated');
		const reviews = await v3(sandbox(), 'GET', `/v3/sessions/${session_id}/reviews/`);
		expect(reviews.body.results[0]).toMatchObject({ activity_type: 'AML_HIT_STATUS_UPDATED' });
	});

	it('are reviewed together, all or none', async () => {
		const session_id = await inReview();
		const path = `/v3/session/${session_id}/bulk-update-aml-hit-status/`;
		const [one, two] = await hitsOf(session_id);
		const update = ({ id: hit_id }: { id: string }) => ({
			hit_id,
			review_status: 'False Positive',
		});
		const unknown = await patch('session.reviewAmlHits', path, {
			hit_updates: [update(one), update({ id: 'hit_unknown' })],
		});
		expect(unknown.status).toBe(404);
		expect((await statuses(session_id))[0]).toBe('Unreviewed');
		const elsewhere = await patch('session.reviewAmlHits', path, {
			hit_updates: [update(one)],
			node_id: 'feature_aml_2',
		});
		expect(elsewhere.status).toBe(404);
		const { status } = await patch('session.reviewAmlHits', path, {
			hit_updates: [update(one), update(two)],
			node_id: 'feature_aml_1',
		});
		expect(status).toBe(200);
		expect(await statuses(session_id)).toEqual(Array(3).fill('False Positive'));
	});
});

describe('the status of a step', () => {
	const override = async (session_id: string, node: string, new_status: string) =>
		await patch(
			'session.overrideCheck',
			`/v3/session/${session_id}/features/${node}/update-status/`,
			{ new_status, comment: 'Looked at it' },
		);

	it('changes alone in a session that is decided', async () => {
		const session_id = await inReview();
		const { body } = await override(session_id, 'feature_aml_1', 'Approved');
		expect(body).toEqual({
			session_id,
			node_id: 'feature_aml_1',
			feature_type: 'AML',
			new_status: 'Approved',
		});
		const after = await decision(session_id);
		expect([after.status, after.aml_screenings[0].status]).toEqual(['In Review', 'Approved']);
		await override(session_id, 'feature_liveness_1', 'Declined');
		expect((await decision(session_id)).liveness_checks[0].status).toBe('Declined');
		const { body: reviews } = await v3(sandbox(), 'GET', `/v3/sessions/${session_id}/reviews/`);
		expect(reviews.results[0].comment).toBe('Looked at it');
	});

	it('decides a session that was waiting for exactly this step', async () => {
		const session_id = await inReview();
		await v3(sandbox(), 'PATCH', `/v3/session/${session_id}/update-status/`, {
			new_status: 'Resubmitted',
			nodes_to_resubmit: [{ node_id: 'feature_ocr_1', feature: 'OCR' }],
		});
		expect((await decision(session_id)).status).toBe('Resubmitted');
		await override(session_id, 'feature_ocr_1', 'Approved');
		expect((await decision(session_id)).status).toBe('Approved');
	});

	it('is asked of a step that the session has, with a status that a step can have', async () => {
		const session_id = await inReview();
		expect((await override(session_id, 'feature_unknown_1', 'Approved')).status).toBe(404);
		const path = `/v3/session/${session_id}/features/feature_aml_1/update-status/`;
		expect((await v3(sandbox(), 'PATCH', path, { new_status: 'Resubmitted' })).status).toBe(400);
	});
});

it('a corrected proof of address shows in the decision and is told', async () => {
	await subscribe({ subscribed_events: ['data.updated'] });
	const session_id = await inReview('review_poa_partial_match');
	const { status, body } = await patch(
		'session.updatePoaData',
		`/v3/session/${session_id}/update-poa-data/`,
		{
			document_type: 'BANK_STATEMENT',
			issuer: 'Example Bank',
			poa_parsed_address: { city: 'Exampleton', country: 'es' },
		},
	);
	expect([status, body.issuer]).toEqual([200, 'Example Bank']);
	const [proof] = (await decision(session_id)).poa_verifications as Json[];
	expect(proof).toMatchObject({
		document_type: 'BANK_STATEMENT',
		issuer: 'Example Bank',
		poa_formatted_address: expect.stringContaining('Exampleton, ') as string,
		poa_parsed_address: { country: 'ES' },
	});
	expect((await receiver().arrived(1))[0].body.webhook_type).toBe('data.updated');

	const { session_id: without } = await create(sandbox(), { workflow_id: WORKFLOW.identity });
	sandbox().setStatus(without, 'Approved');
	const missing = await patch('session.updatePoaData', `/v3/session/${without}/update-poa-data/`, {
		issuer: 'x',
	});
	expect(missing.status).toBe(404);
});
