// Session: Delete, Update Data, Add Review Note, Get Review Notes, Share and Import Shared.
import nock from 'nock';
import type { INodeParameters } from 'n8n-workflow';
import approved from '../fixtures/v3_decision_approved_200.json';
import deleted from '../fixtures/v3_delete_200.json';
import { didit, endDidit, paged } from '../support/didit.mts';
import { ID, byId, id, runner, schemaProblems } from '../support/run.mts';

const ON_SESSION = { sessionId: byId(ID) };
const APPLICATION = 'bbbbbbbb-0000-4000-8000-000000000002';
const WORKFLOW = 'cccccccc-0000-4000-8000-000000000003';

beforeAll(() => nock.disableNetConnect());
afterEach(endDidit);
afterAll(() => nock.enableNetConnect());

describe('Delete', () => {
	const remove = runner('session', 'delete', { ...ON_SESSION, dryRun: false });

	it('deletes with one request, and gives a receipt', async () => {
		const { calls } = didit({ 'session.delete': { body: deleted } });
		const { items } = await remove();
		expect(calls.map(({ params, body }) => [params.sessionId, body])).toEqual([[ID, undefined]]);
		expect(items).toEqual([
			{ json: { deleted: true, dry_run: false, ...deleted }, pairedItem: { item: 0 } },
		]);
		expect(schemaProblems('session', 'delete', items)).toEqual([]);
	});

	it('only shows the session as long as it is a dry run, which a new node is', async () => {
		const { calls } = didit({ 'session.decision': { body: approved } });
		const { items, error } = await runner('session', 'delete')(ON_SESSION);
		expect(error).toBeUndefined();
		expect(calls.map((call) => call.id)).toEqual(['session.decision']);
		expect(items[0].json).toEqual({
			deleted: false,
			dry_run: true,
			session_id: ID,
			session_number: approved.session_number,
			session_kind: 'user',
			status: 'Approved',
			vendor_data: approved.vendor_data,
			created_at: approved.created_at,
		});
		expect(schemaProblems('session', 'delete', items)).toEqual([]);
	});

	it.each([{}, { storedFace: '' }])(
		'leaves the face to the console with the options %j',
		async (options) => {
			const { calls } = didit({ 'session.delete': { body: deleted } });
			expect((await remove({ options })).error).toBeUndefined();
			expect(calls[0].body).toBeUndefined();
		},
	);

	it('takes the 204 of earlier times for a success', async () => {
		didit({ 'session.delete': { status: 204 } });
		expect((await remove()).items[0].json).toEqual({
			deleted: true,
			dry_run: false,
			session_id: ID,
		});
	});

	it('tells a session that is gone already apart', async () => {
		didit({ 'session.delete': { status: 404, body: { detail: 'Not found.' } } });
		const { items } = await remove({}, { onError: 'continueRegularOutput' });
		expect(items[0].json).toMatchObject({
			error: 'Not found.',
			details: {
				status: 404,
				advice: expect.stringContaining('it may have been deleted') as string,
			},
		});
	});

	it('sends what is to become of the face', async () => {
		const { calls } = didit({ 'session.delete': { body: deleted } });
		await remove({
			options: { storedFace: 'keep', faceRetentionDays: 30, instructionId: 'ticket 1042' },
		});
		await remove({
			deletionInstruction: 'privacy_erasure',
			options: { storedFace: 'delete' },
		});
		await remove({
			options: { storedFace: 'keep', faceRetentionDeadline: '2030-01-31T12:00:00.000+01:00' },
		});
		expect(calls.map(({ body }) => body)).toEqual([
			{ retain_face_embeddings: true, face_retention_days: 30, instruction_id: 'ticket 1042' },
			{ deletion_instruction: 'privacy_erasure', retain_face_embeddings: false },
			{ retain_face_embeddings: true, face_retention_deadline: '2030-01-31T11:00:00.000Z' },
		]);
	});

	it.each<[string, INodeParameters, string]>([
		[
			'to keep the face of a person who wants to be forgotten',
			{ deletionInstruction: 'privacy_erasure', options: { storedFace: 'keep' } },
			"A privacy request deletes the face too, so 'Stored Face' can't be 'Keep'",
		],
		[
			'two ends of the retention',
			{ options: { faceRetentionDays: 3, faceRetentionDeadline: '2030-01-31' } },
			"'Face Retention Days' and 'Face Retention Deadline' can't be used together",
		],
		[
			'a retention of no days',
			{ options: { faceRetentionDays: 0 } },
			"'Face Retention Days' is not valid",
		],
		[
			'a deadline that is no date',
			{ options: { faceRetentionDeadline: 'soon' } },
			"'Face Retention Deadline' is not valid",
		],
		[
			'a reference that is too long',
			{ options: { instructionId: 'x'.repeat(256) } },
			"'Reference' is not valid",
		],
	])('refuses %s before any request', async (_, parameters, message) => {
		const { calls } = didit({ 'session.delete': { body: deleted } });
		const { error } = await remove(parameters);
		expect(error?.message).toBe(message);
		expect(calls).toEqual([]);
	});
});

describe('Update Data', () => {
	const updateData = runner('session', 'updateData', ON_SESSION);
	const record = {
		document_type: 'Passport',
		document_number: 'XX0000009',
		personal_number: null,
		first_name: 'Nora',
		extra_fields: {},
		parsed_address: null,
	};

	it('sends only what is to be corrected, under the names of Didit', async () => {
		const { calls } = didit({ 'session.updateData': { body: record } });
		const { items, error } = await updateData({
			updateFields: {
				firstName: ' Nora ',
				lastName: '',
				dateOfBirth: '1990-05-31T00:00:00',
				issuingState: 'esp',
				documentType: 'P',
				gender: 'F',
				maritalStatus: 'SINGLE',
				addressParts: { city: 'Exampleton', country: 'es' },
				extraFields: '{"blood_group": "A"}',
			},
		});
		expect(error).toBeUndefined();
		expect(calls[0].body).toEqual({
			first_name: 'Nora',
			date_of_birth: '1990-05-31',
			issuing_state: 'ESP',
			document_type: 'P',
			gender: 'F',
			marital_status: 'SINGLE',
			parsed_address: { city: 'Exampleton', country: 'ES' },
			extra_fields: { blood_group: 'A' },
		});
		expect(items[0].json).toEqual({ session_id: ID, ...record });
		expect(schemaProblems('session', 'updateData', items)).toEqual([]);
	});

	it.each<[string, INodeParameters, string]>([
		['nothing to correct', { firstName: ' ' }, "'Update Fields' is empty"],
		[
			'groups with nothing in them',
			{ addressParts: { city: ' ' }, extraFields: '{}' },
			"'Update Fields' is empty",
		],
		[
			'an object where a text belongs',
			{ firstName: '={{ { first: "Nora" } }}' },
			"'First Name' is not valid",
		],
		[
			'a date that does not exist',
			{ expirationDate: '2031-02-30' },
			"'Expiration Date' is not valid",
		],
		['a country by its name', { addressParts: { country: 'Spain' } }, "'Country' is not valid"],
		[
			'a document type of no kind',
			{ documentType: 'library card' },
			"'Document Type' is not valid",
		],
		['a name that is too long', { lastName: 'x'.repeat(256) }, "'Last Name' is not valid"],
		[
			'extra fields that are no JSON',
			{ extraFields: 'blood_group=A' },
			"'Extra Fields' is not valid",
		],
	])('refuses %s before any request', async (_, updateFields, message) => {
		const { calls } = didit({ 'session.updateData': { body: record } });
		const { error } = await updateData({ updateFields });
		expect(error?.message).toBe(message);
		expect(calls).toEqual([]);
	});
});

describe('review notes', () => {
	const note = {
		user: 'api',
		new_status: null,
		comment: 'Called',
		created_at: '2026-09-21T14:13:20Z',
	};
	const row = (number: number) => ({
		uuid: id(number),
		activity_type: 'KYC_DATA_UPDATED',
		actor_display: 'Reviewer',
		actor_email: 'reviewer@example.com',
		actor_type: 'CONSOLE_USER',
		new_status: null,
		previous_status: null,
		comment: `note ${number}`,
		mentioned_emails: null,
		previous_value: { first_name: 'Nara' },
		new_value: { first_name: 'Nora' },
		changed_fields: ['first_name'],
		metadata: null,
		created_at: '2026-09-21T14:13:20Z',
	});

	it('are added without touching the status', async () => {
		const { calls } = didit({ 'session.reviews.create': { status: 201, body: note } });
		const { items } = await runner('session', 'addReview', ON_SESSION)({ comment: ' Called ' });
		expect(calls[0].body).toEqual({ comment: 'Called' });
		expect(items[0].json).toEqual({ session_id: ID, ...note });
		expect(schemaProblems('session', 'addReview', items)).toEqual([]);
	});

	it('are refused if there is nothing in them', async () => {
		const { calls } = didit({ 'session.reviews.create': { status: 201, body: note } });
		const { error } = await runner(
			'session',
			'addReview',
			ON_SESSION,
		)({ comment: '={{ $json.nothing }}' });
		expect(error?.message).toBe("'Comment' is empty");
		expect(calls).toEqual([]);
	});

	it('are read page by page, without the values that were changed', async () => {
		didit({
			'session.reviews.list': (call) =>
				paged(
					Array.from({ length: 130 }, (_, number) => row(number)),
					call,
				),
		});
		const { items } = await runner('session', 'getReviews', ON_SESSION)({ returnAll: true });
		expect(items).toHaveLength(130);
		expect(items[129].json).toMatchObject({
			session_id: ID,
			comment: 'note 129',
			changed_fields: ['first_name'],
		});
		expect(JSON.stringify(items)).not.toContain('Nara');
		expect(schemaProblems('session', 'getReviews', items)).toEqual([]);
	});

	it('are given as Didit sends them on request', async () => {
		didit({ 'session.reviews.list': (call) => paged([row(1)], call) });
		const { items } = await runner('session', 'getReviews', ON_SESSION)({ simplify: false });
		expect(items[0].json).toEqual({ session_id: ID, ...row(1) });
	});
});

describe('Share', () => {
	const share = runner('session', 'share', { ...ON_SESSION, forApplicationId: APPLICATION });

	it('makes a token for one other application', async () => {
		const { calls } = didit({
			'session.share': { body: { share_token: 'shared-token', for_application_id: APPLICATION } },
		});
		const { items } = await share();
		await share({ options: { tokenLifetime: 60 } });
		expect(calls.map(({ body }) => body)).toEqual([
			{ for_application_id: APPLICATION },
			{ for_application_id: APPLICATION, ttl_in_seconds: 60 },
		]);
		expect(items[0].json).toEqual({
			session_id: ID,
			share_token: 'shared-token',
			for_application_id: APPLICATION,
		});
		expect(schemaProblems('session', 'share', items)).toEqual([]);
	});

	it.each<[string, INodeParameters, string]>([
		[
			'an application that is no ID',
			{ forApplicationId: 'my partner' },
			"'Receiving Application ID' is not a valid ID",
		],
		[
			'a lifetime of more than a day',
			{ options: { tokenLifetime: 86_401 } },
			"'Token Lifetime (Seconds)' is not valid",
		],
	])('refuses %s before any request', async (_, parameters, message) => {
		const { calls } = didit({ 'session.share': { body: { share_token: 'x' } } });
		const { error } = await share(parameters);
		expect(error?.message).toBe(message);
		expect(calls).toEqual([]);
	});

	it("shows Didit's list of reasons as one sentence", async () => {
		didit({
			'session.share': { status: 400, body: { detail: ['Only finished sessions can be shared.'] } },
		});
		expect((await share()).error?.message).toBe('Only finished sessions can be shared.');
	});
});

describe('Import Shared', () => {
	const importShared = runner('session', 'importShared', {
		shareToken: 'shared-token',
		workflowId: byId(WORKFLOW),
	});
	const imported = { ...approved, shared_from_session: id(9) };

	it('gives the verdict of the copy, and leaves the decision to the builder', async () => {
		const { calls } = didit({ 'session.importShared': { status: 201, body: imported } });
		const { items } = await importShared();
		await importShared({ trustReview: true, vendorData: 'user-42' });
		expect(calls.map(({ body }) => body)).toEqual([
			{ share_token: 'shared-token', trust_review: false, workflow_id: WORKFLOW },
			{
				share_token: 'shared-token',
				trust_review: true,
				workflow_id: WORKFLOW,
				vendor_data: 'user-42',
			},
		]);
		expect(items[0].json).toMatchObject({
			session_id: approved.session_id,
			status: 'Approved',
			shared_from_session: id(9),
		});
		expect(schemaProblems('session', 'importShared', items)).toEqual([]);
	});

	it('says that a token works once', async () => {
		didit({
			'session.importShared': {
				status: 403,
				body: { detail: 'This session was already imported.' },
			},
		});
		const { error } = await importShared();
		expect(error?.message).toBe('This session was already imported.');
		expect(error?.description).toContain('works once');
	});

	it('names the field of the screen for a token that is no good', async () => {
		didit({
			'session.importShared': { status: 400, body: { share_token: ['Invalid or expired token.'] } },
		});
		expect((await importShared()).error?.message).toBe('Share Token: Invalid or expired token.');
	});
});

it.each([
	'delete',
	'updateData',
	'addReview',
	'getReviews',
	'share',
	'importShared',
	'downloadMedia',
])('%s says before any request that it needs an API key', async (operation) => {
	const { error } = await runner('session', operation, {
		...ON_SESSION,
		comment: 'x',
		forApplicationId: APPLICATION,
		shareToken: 'x',
		workflowId: byId(WORKFLOW),
	})({}, { v1: true });
	expect(error?.message).toMatch(
		/requires an API key, but this credential uses a client ID and secret$/,
	);
});
