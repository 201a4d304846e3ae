// A working day against the sandbox over real HTTP: what one operation writes, the next one reads. test/e2e/operations runs them all.
import nock from 'nock';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox/index.mts';
import { apiKey, clientCredentials, runDidit } from '../support/n8n.mts';
import { byId, schemaProblems } from '../support/run.mts';

const WORKFLOW = 'c0000003-0000-4000-8000-000000000001';
const COMPANY_CHECK = 'c0000005-0000-4000-8000-000000000001';
const PERSON = 'user/42 ñ';

let sandbox: Sandbox;

async function run(
	resource: string,
	operation: string,
	parameters: INodeParameters = {},
	v1 = false,
) {
	const credentials = v1
		? clientCredentials(sandbox.url, {
				clientId: sandbox.clientId,
				clientSecret: sandbox.clientSecret,
			})
		: apiKey(sandbox.url, { apiKey: sandbox.apiKey });
	const { items, error } = await runDidit({ resource, operation, ...parameters }, { credentials });
	if (error) throw new Error(`${error.message} | ${String(error.description)}`);
	expect(schemaProblems(resource, operation, items)).toEqual([]);
	return { items, json: items[0]?.json ?? {}, binary: items[0]?.binary ?? {} };
}

const bytesOf = (file: { data: string }) => Buffer.from(file.data, 'base64');
const on = (session: IDataObject) => ({ sessionId: byId(session.session_id as string) });

async function approved(vendorData: string, workflowId = WORKFLOW): Promise<IDataObject> {
	const { json } = await run('session', 'create', {
		workflowId: byId(workflowId),
		vendorData,
	});
	sandbox.setStatus(json.session_id as string, 'Approved');
	return json;
}

beforeAll(async () => {
	nock.disableNetConnect();
	nock.enableNetConnect('127.0.0.1');
	sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(async () => {
	await sandbox.close();
	nock.enableNetConnect();
});

it('finds, reads and files a session', async () => {
	const session = await approved(PERSON);
	const { items } = await run('session', 'getAll', {
		filters: { vendorData: PERSON, statuses: ['Approved'] },
	});
	expect(items.map(({ json }) => json.session_id)).toEqual([session.session_id]);
	expect((await run('session', 'get', on(session))).json).toMatchObject({
		verified: true,
		vendor_data: PERSON,
	});

	const { json, binary } = await run('session', 'downloadPdf', on(session));
	expect(bytesOf(binary.data).subarray(0, 5).toString()).toBe('%PDF-');
	expect(json).toMatchObject({
		verified: true,
		file_name: expect.stringMatching(/_user-42-ñ_approved_[0-9a-f]{8}\.pdf$/) as string,
	});
	const media = await run('session', 'downloadMedia', {
		...on(session),
		media: ['documentFront', 'documentBack', 'selfie'],
	});
	expect(Object.keys(media.binary).sort()).toEqual(['document_back', 'document_front', 'selfie']);
	expect(media.json.missing).toEqual([]);
});

it('reviews a session: note, decision, correction, history', async () => {
	const session = await approved(PERSON);
	await run('session', 'addReview', { ...on(session), comment: 'Called the person' });
	await run('session', 'updateStatus', {
		...on(session),
		newStatus: 'Declined',
		comment: 'Somebody else answered',
	});
	expect((await run('session', 'get', on(session))).json).toMatchObject({
		status: 'Declined',
		verified: false,
	});
	const corrected = await run('session', 'updateData', {
		...on(session),
		updateFields: { firstName: 'Nora', issuingState: 'esp' },
	});
	expect(corrected.json).toMatchObject({ first_name: 'Nora', issuing_state: 'ESP' });
	const { items } = await run('session', 'getReviews', { ...on(session), returnAll: true });
	expect(items.map(({ json }) => json.comment)).toEqual(
		expect.arrayContaining(['Called the person', 'Somebody else answered']),
	);
});

it('asks a person to repeat a step', async () => {
	const session = await approved(PERSON);
	await run('session', 'updateStatus', {
		...on(session),
		newStatus: 'Resubmitted',
		stepsToRepeat: ['ID_VERIFICATION'],
		sendEmail: true,
		emailAddress: 'nora@example.com',
		emailLanguage: 'es',
	});
	expect((await run('session', 'get', on(session))).json).toMatchObject({
		status: 'Resubmitted',
		verified: false,
		final: false,
	});
});

it('passes a session on to another application', async () => {
	const session = await approved(PERSON);
	const { json } = await run('session', 'share', {
		...on(session),
		forApplicationId: 'bbbbbbbb-0000-4000-8000-000000000002',
		options: { tokenLifetime: 600 },
	});
	const shared = {
		shareToken: json.share_token as string,
		workflowId: byId(WORKFLOW),
		vendorData: 'user/43',
	};
	// Here one application plays both sides.
	const copy = await run('session', 'importShared', shared);
	expect(copy.json).toMatchObject({
		status: 'In Review',
		verified: false,
		vendor_data: 'user/43',
		shared_from_session: session.session_id,
	});
	await expect(run('session', 'importShared', shared)).rejects.toThrow('works once');
});

it('deletes a session, and says so when it is gone', async () => {
	const session = await approved(PERSON);
	const remove = async (dryRun: boolean) =>
		await run('session', 'delete', { ...on(session), dryRun });
	const { session_id } = session;
	expect((await remove(true)).json).toMatchObject({
		deleted: false,
		session_id,
		status: 'Approved',
	});
	expect((await remove(false)).json).toMatchObject({ deleted: true, session_id });
	await expect(remove(false)).rejects.toThrow('it may have been deleted');
	await expect(run('session', 'get', on(session))).rejects.toThrow('it may have been deleted');
});

it('says for a session that is not finished that there is no PDF yet, and nothing to decide', async () => {
	const { json: session } = await run('session', 'create', {
		workflowId: byId(WORKFLOW),
		vendorData: PERSON,
	});
	await expect(run('session', 'downloadPdf', on(session))).rejects.toThrow('Wait for the result');
	await expect(
		run('session', 'updateStatus', { ...on(session), newStatus: 'Approved' }),
	).rejects.toThrow('not done yet');
	await expect(
		run('session', 'share', {
			...on(session),
			forApplicationId: 'bbbbbbbb-0000-4000-8000-000000000002',
		}),
	).rejects.toThrow(/\w/);
});

it('keeps a user: create, change, block, report', async () => {
	// Didit has no report for an ID with a slash.
	const PERSON = 'user 42 ñ';
	const userId = byId(PERSON);
	await run('user', 'create', {
		vendorData: PERSON,
		additionalFields: { fullName: 'Nora Sample', metadata: '{"plan": "pro"}' },
	});
	expect(
		(await run('user', 'update', { userId, updateFields: { displayName: 'Nora' } })).json,
	).toMatchObject({ vendor_data: PERSON });
	expect((await run('user', 'updateStatus', { userId, status: 'BLOCKED' })).json).toMatchObject({
		status: 'BLOCKED',
	});
	await expect(
		run('session', 'create', {
			workflowId: byId(WORKFLOW),
			vendorData: PERSON,
		}),
	).rejects.toThrow('Unblock it');
	await run('user', 'updateStatus', { userId, status: 'ACTIVE' });
	await approved(PERSON);
	expect((await run('user', 'get', { userId })).json).toMatchObject({
		vendor_data: PERSON,
		status: 'ACTIVE',
		session_count: 1,
	});
	expect(
		(await run('user', 'getAll', { returnAll: true })).items.map(({ json }) => json.vendor_data),
	).toContain(PERSON);
	expect(
		bytesOf((await run('user', 'downloadPdf', { userId })).binary.data)
			.subarray(0, 5)
			.toString(),
	).toBe('%PDF-');
});

it('erases a person with all sessions, and nobody else', async () => {
	const own = [await approved(PERSON), await approved(PERSON)];
	const other = await approved('user/43');
	const userId = byId(PERSON);
	const dry = await run('user', 'delete', { userId });
	expect(dry.json).toMatchObject({ dry_run: true, deleted: false, found: true, sessions_found: 2 });
	expect((await run('session', 'getAll')).items).toHaveLength(3);
	const { json } = await run('user', 'delete', {
		userId,
		dryRun: false,
		options: { instructionId: 'ticket 1042' },
	});
	expect(json).toMatchObject({
		deleted: true,
		sessions_found: own.length,
		sessions_deleted: own.length,
		records_deleted: 1,
		reference: 'ticket 1042',
	});
	expect((await run('session', 'getAll')).items.map(({ json: { session_id: id } }) => id)).toEqual([
		other.session_id,
	]);
	expect((await run('user', 'delete', { userId, dryRun: false })).json).toMatchObject({
		found: false,
		deleted: false,
	});
});

it('keeps a business, and erases it', async () => {
	const businessId = byId('company/7');
	await run('business', 'create', {
		vendorData: 'company/7',
		additionalFields: { legalName: 'Example Ltd', countryCode: 'ES' },
	});
	expect(
		(
			await run('business', 'update', {
				businessId,
				updateFields: { registrationNumber: '12345678' },
			})
		).json,
	).toMatchObject({ registration_number: '12345678' });
	expect(
		(await run('business', 'updateStatus', { businessId, status: 'FLAGGED' })).json,
	).toMatchObject({ status: 'FLAGGED' });
	const session = await approved('company/7', COMPANY_CHECK);
	expect(
		(await run('session', 'getAll', { filters: { sessionKind: 'all' } })).items.map(
			({ json }) => json.session_id,
		),
	).toEqual([session.session_id]);
	expect((await run('business', 'get', { businessId })).json).toMatchObject({
		legal_name: 'Example Ltd',
	});
	expect((await run('business', 'getAll')).items).toHaveLength(1);
	expect((await run('business', 'delete', { businessId, dryRun: false })).json).toMatchObject({
		deleted: true,
		sessions_deleted: 1,
		records_deleted: 1,
	});
});

it('reads workflows and the balance', async () => {
	const workflow = await run('workflow', 'get', { workflowId: byId(WORKFLOW) });
	expect(workflow.json).toMatchObject({ workflow_id: WORKFLOW, status: 'published' });
	expect((await run('workflow', 'getAll', { returnAll: true })).items.length).toBeGreaterThan(5);
	expect(typeof (await run('account', 'getBalance')).json.balance).toBe('number');
});

it('does with a client ID and secret what version 1 can', async () => {
	const { json: session } = await run(
		'session',
		'create',
		{ features: 'OCR + FACE', vendorData: PERSON },
		true,
	);
	sandbox.setStatus(session.session_id as string, 'In Review');
	expect((await run('session', 'get', on(session), true)).json).toMatchObject({
		status: 'In Review',
		review_needed: true,
	});
	await run('session', 'updateStatus', { ...on(session), newStatus: 'Approved' }, true);
	expect((await run('session', 'get', on(session), true)).json).toMatchObject({ verified: true });
	expect(
		bytesOf((await run('session', 'downloadPdf', on(session), true)).binary.data)
			.subarray(0, 5)
			.toString(),
	).toBe('%PDF-');
});
