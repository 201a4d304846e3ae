// Session: Update Status. Approve, decline, ask again: what is sent, and what is refused before.
import nock from 'nock';
import type { INodeParameters } from 'n8n-workflow';
import inReview from '../fixtures/v3_decision_in_review_200.json';
import notStarted from '../fixtures/v3_decision_not_started_200.json';
import errors from '../fixtures/errors.json';
import { didit, endDidit, tokens } from '../support/didit.mts';
import { ID, byId, runner, schemaProblems } from '../support/run.mts';

const updateStatus = runner('session', 'updateStatus', { sessionId: byId(ID) });
const again = (more: INodeParameters = {}) => ({ newStatus: 'Resubmitted', ...more });
const address = {
	status: 'Approved',
	email: 'verified@example.com',
	node_id: 'feature_email_1',
	warnings: [],
};

const answers = (decision: object = inReview) =>
	didit({
		'session.updateStatus': { body: { session_id: ID } },
		'session.decision': { body: decision },
	});

beforeAll(() => nock.disableNetConnect());
afterEach(endDidit);
afterAll(() => nock.enableNetConnect());

it.each(['Approved', 'Declined'])(
	'decides %s, with a comment, in one request',
	async (newStatus) => {
		const { calls } = answers();
		const { items } = await updateStatus({ newStatus, comment: 'Checked by phone' });
		expect(calls.map(({ id, body }) => [id, body])).toEqual([
			['session.updateStatus', { new_status: newStatus, comment: 'Checked by phone' }],
		]);
		expect(items).toEqual([
			{ json: { session_id: ID, new_status: newStatus }, pairedItem: { item: 0 } },
		]);
		expect(schemaProblems('session', 'updateStatus', items)).toEqual([]);
	},
);

it('decides with a client ID and secret', async () => {
	tokens();
	const { calls } = didit({ 'session.updateStatus': { body: { session_id: ID } } }, 'v1');
	const { items } = await updateStatus({ newStatus: 'Declined' }, { v1: true });
	expect(calls[0].body).toEqual({ new_status: 'Declined' });
	expect(items[0].json).toEqual({ session_id: ID, new_status: 'Declined' });
});

describe('asking again', () => {
	it('leaves the choice of steps to Didit if none is chosen', async () => {
		const { calls } = answers();
		await updateStatus(again());
		expect(calls.map(({ body }) => body)).toEqual([{ new_status: 'Resubmitted' }]);
	});

	it('finds the chosen steps in the session', async () => {
		const { of } = answers();
		await updateStatus(again({ stepsToRepeat: ['ID_VERIFICATION', 'LIVENESS'] }));
		expect(of('session.updateStatus')[0].body).toEqual({
			new_status: 'Resubmitted',
			nodes_to_resubmit: [
				{ node_id: 'feature_ocr_1', feature: 'OCR' },
				{ node_id: 'feature_liveness_1', feature: 'LIVENESS' },
			],
		});
	});

	it('finds those that did not pass, each once', async () => {
		const { of } = answers();
		await updateStatus(again({ stepsToRepeat: ['notPassed', 'AML'] }));
		expect(of('session.updateStatus')[0].body).toMatchObject({
			nodes_to_resubmit: [{ node_id: 'feature_aml_1', feature: 'AML' }],
		});
	});

	it('repeats every node of a step that the workflow has twice', async () => {
		const two = {
			...inReview,
			liveness_checks: ['feature_liveness_1', 'feature_liveness_2'].map((node_id) => ({
				...inReview.liveness_checks[0],
				node_id,
			})),
		};
		const { of } = answers(two);
		await updateStatus(again({ stepsToRepeat: ['LIVENESS'] }));
		expect(of('session.updateStatus')[0].body).toMatchObject({
			nodes_to_resubmit: [{ node_id: 'feature_liveness_1' }, { node_id: 'feature_liveness_2' }],
		});
	});

	it('emails the person in their language', async () => {
		const { calls } = answers();
		await updateStatus(
			again({ sendEmail: true, emailAddress: ' nora@example.com ', emailLanguage: 'pt-BR' }),
		);
		expect(calls.map(({ body }) => body)).toEqual([
			{
				new_status: 'Resubmitted',
				send_email: true,
				email_address: 'nora@example.com',
				email_language: 'pt-BR',
			},
		]);
	});

	it.each([
		[
			'the address that the person has verified',
			{
				...inReview,
				email_verifications: [address],
				contact_details: { email: 'given@example.com' },
			},
			'verified@example.com',
		],
		[
			'the address that the session was created with',
			{ ...inReview, email_verifications: null, contact_details: { email: 'given@example.com' } },
			'given@example.com',
		],
		[
			'no address that was not verified',
			{
				...inReview,
				email_verifications: [{ ...address, status: 'Declined' }],
				contact_details: { email: 'given@example.com' },
			},
			'given@example.com',
		],
	])('writes to %s', async (_, decision, wanted) => {
		const { of } = answers(decision);
		await updateStatus(again({ sendEmail: true }));
		expect(of('session.updateStatus')[0].body).toMatchObject({
			send_email: true,
			email_address: wanted,
			email_language: 'en',
		});
	});

	it.each<[string, INodeParameters, object, string]>([
		[
			'a step that the session does not have',
			{ stepsToRepeat: ['POA'] },
			inReview,
			"This session has no step 'Proof of Address'",
		],
		[
			'a session in which all has passed',
			{ stepsToRepeat: ['notPassed'] },
			{ ...inReview, aml_screenings: null },
			'All steps of this session have passed',
		],
		[
			'a session that has not begun',
			{ stepsToRepeat: ['LIVENESS'] },
			notStarted,
			"This session has no step 'Liveness'",
		],
		[
			'an email without an address',
			{ sendEmail: true },
			{ ...inReview, contact_details: null },
			"'Email Address' is empty",
		],
		[
			'an address that is none',
			{ sendEmail: true, emailAddress: 'nora@' },
			inReview,
			"'Email Address' is not valid",
		],
		[
			'what is no language',
			{ sendEmail: true, emailLanguage: 'x or y' },
			inReview,
			"'Email Language' is not valid",
		],
	])('refuses %s and changes nothing', async (_, parameters, decision, message) => {
		const { of } = answers(decision);
		const { error } = await updateStatus(again(parameters));
		expect(error?.message).toBe(message);
		expect(error?.description).toMatch(/\w/);
		expect(of('session.updateStatus')).toEqual([]);
	});

	it('says which steps the session has', async () => {
		answers();
		const { error } = await updateStatus(again({ stepsToRepeat: ['POA'] }));
		expect(error?.description).toContain(
			'It has: AML Screening, Face Match, Identity Document, Liveness',
		);
	});

	it('needs an API key', async () => {
		const { error } = await updateStatus(again(), { v1: true });
		expect(error?.message).toBe(
			"'Request Resubmission' requires an API key, but this credential uses a client ID and secret",
		);
	});
});

it('refuses a status that this call does not set', async () => {
	const { calls } = answers();
	const { error } = await updateStatus({ newStatus: '=In Review' });
	expect(error?.message).toBe("'New Status' is not valid");
	expect(calls).toEqual([]);
});

it.each([
	['the status that it has already', errors.v3_400_bare_array, 'nothing was changed'],
	['a session that the person has not finished', errors.v3_400_wrong_state, 'not done yet'],
])("passes on Didit's words about %s", async (_, { status, body }, advice) => {
	didit({ 'session.updateStatus': { status, body } });
	const { error } = await updateStatus({ newStatus: 'Approved' });
	expect(error?.message).toBe('detail' in body ? body.detail : (body as unknown as string[])[0]);
	expect(error?.description).toContain(advice);
});
