// Session: Get, for every state and every shape of a decision.
import nock from 'nock';
import approved from '../fixtures/v3_decision_approved_200.json';
import inReview from '../fixtures/v3_decision_in_review_200.json';
import notStarted from '../fixtures/v3_decision_not_started_200.json';
import approvedV1 from '../fixtures/v1_decision_approved_200.json';
import { DIDIT, didit, endDidit, tokens } from '../support/didit.mts';
import { ID, byId, runner, schemaProblems } from '../support/run.mts';

const get = runner('session', 'get', { sessionId: byId(ID) });
const read = (body: object) => didit({ 'session.decision': { body } });

beforeAll(() => nock.disableNetConnect());
afterEach(endDidit);
afterAll(() => nock.enableNetConnect());

it.each([
	['approved', approved, { status: 'Approved', verified: true, final: true }],
	['in review', inReview, { status: 'In Review', verified: false, review_needed: true }],
	[
		'not started',
		notStarted,
		{ status: 'Not Started', verified: false, final: false, full_name: null },
	],
])('gives the flat verdict of a session that is %s', async (_, decision, wanted) => {
	const { calls } = read(decision);
	const { items, error } = await get();
	expect(error).toBeUndefined();
	expect(items).toHaveLength(1);
	expect(items[0]).toMatchObject({
		json: { session_id: decision.session_id, ...wanted },
		pairedItem: { item: 0 },
	});
	expect(calls[0].params).toEqual({ sessionId: ID });
	expect(JSON.stringify(items)).not.toContain('media.example.invalid');
	expect(schemaProblems('session', 'get', items)).toEqual([]);
});

it('says what decided, which rule it was, and that a person changed the status', async () => {
	const rule = {
		field: 'kyc.age',
		operator: 'less_than',
		rule_value: 21,
		actual_value: 19,
		target_status: 'Declined',
		score: null,
	};
	const warning = (risk: string, log_type: string, additional_data: object | null) => ({
		feature: 'ID_VERIFICATION',
		risk,
		log_type,
		additional_data,
		short_description: risk,
	});
	read({
		...approved,
		status_override: { automatic_status: 'Declined', overridden_at: '2026-09-21T15:00:00Z' },
		id_verifications: [
			{
				...approved.id_verifications[0],
				warnings: [
					warning('POSSIBLE_DUPLICATED_USER', 'information', null),
					warning('CUSTOM_STATUS_RULE_TRIGGERED', 'error', rule),
				],
			},
		],
	});
	const { items } = await get();
	expect(items[0].json).toMatchObject({
		verified: true,
		status_override: { automatic_status: 'Declined', overridden_at: '2026-09-21T15:00:00Z' },
		warnings: [
			{
				effect: 'Declined',
				rule: { field: 'kyc.age', operator: 'less_than', rule_value: '21', actual_value: '19' },
			},
			{ risk: 'POSSIBLE_DUPLICATED_USER', effect: 'None', rule: null },
		],
	});
	expect(schemaProblems('session', 'get', items)).toEqual([]);
});

it('reads version 1 with a client ID and secret', async () => {
	tokens();
	const { calls } = didit({ 'session.decision': { body: approvedV1 } }, 'v1');
	const { items } = await get({}, { v1: true });
	expect(items[0].json).toMatchObject({
		status: 'Approved',
		verified: true,
		document_number: approvedV1.kyc.document_number,
	});
	expect(calls).toHaveLength(1);
});

it("gives Didit's own answer on request, without the links to pictures", async () => {
	read(approved);
	const { items } = await get({ simplify: false });
	const [document] = items[0].json.id_verifications as Array<Record<string, unknown>>;
	expect(document).toMatchObject({
		document_number: approved.id_verifications[0].document_number,
		front_image: null,
		portrait_image: null,
	});
	expect(items[0].json.session_url).toBe(approved.session_url);
	expect(JSON.stringify(items)).not.toContain('media.example.invalid');
});

it('keeps the links of a raw answer if the builder asks for them', async () => {
	read(approved);
	const { items } = await get({ simplify: false, options: { includeMediaLinks: true } });
	expect(items[0].json).toEqual(approved);
});

it.each([true, false])('masks document numbers on request (simplified: %s)', async (simplify) => {
	read(approved);
	const { items } = await get({ simplify, options: { maskDocumentNumbers: true } });
	const text = JSON.stringify(items);
	expect(text).not.toContain(approved.id_verifications[0].document_number);
	expect(text).toContain('*****0001');
});

it('takes an ID in capitals, which Didit would not find', async () => {
	const { calls } = read(approved);
	await get({ sessionId: byId(` ${ID.toUpperCase()} `) });
	expect(calls[0].params).toEqual({ sessionId: ID });
});

it.each([
	['no ID', '={{ $json.nothing }}', "'Session' is empty"],
	['a number', '1201', "'Session' is not a valid ID"],
	['a way to another call', `${ID}/delete`, "'Session' is not a valid ID"],
	['a link', `https://verify.didit.me/session/${ID}`, "'Session' is not a valid ID"],
])('refuses %s before any request', async (_, value, message) => {
	const { calls } = read(approved);
	const { error } = await get({ sessionId: byId(value) });
	expect(error?.message).toBe(message);
	expect(calls).toEqual([]);
});

it('never takes something else for a session', async () => {
	nock(DIDIT)
		.get(/decision/)
		.reply(200, '<html>Sign in</html>');
	const { error, items } = await get({ options: { requestSettings: { maxRetries: 0 } } });
	expect(error?.message).toBe("Didit's response is not a session");
	expect(items).toEqual([]);
});

it('says for an unknown ID that the key can be the reason too', async () => {
	didit({ 'session.decision': { status: 404, body: { detail: 'Not found.' } } });
	const { error } = await get();
	expect(error?.message).toBe('Not found.');
	expect(error?.description).toContain('wrong API key');
});

describe('with several items', () => {
	const input = [
		{ json: { session_id: ID } },
		{ json: { session_id: 'nonsense' } },
		{ json: { session_id: ID } },
	];
	const parameters = { sessionId: byId('={{ $json.session_id }}') };

	it('goes on after one that fails', async () => {
		read(approved);
		const { items } = await get(parameters, { input, onError: 'continueRegularOutput' });
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(items[1].json).toMatchObject({
			error: "'Session' is not a valid ID",
			details: { item: 1 },
		});
	});

	it('sends one that fails to the error output', async () => {
		read(approved);
		const { items, errorItems } = await get(parameters, { input, onError: 'continueErrorOutput' });
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(errorItems).toMatchObject([
			{ json: { error: "'Session' is not a valid ID" }, pairedItem: { item: 1 } },
		]);
	});
});
