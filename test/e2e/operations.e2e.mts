/** Every operation once in the real n8n, on one item through a webhook, and the lists that its editor asks for. */
import { OPERATIONS, expectAll } from '../support/operations.mts';
import { PARAMETERS, SESSION, WORKFLOW, runner, type Runner } from './support/everyOperation.mts';
import { decide, didit, eventually, n8n, sandbox, world } from './support/world.mts';

const TESTED = OPERATIONS.filter(
	({ resource, name }) => resource !== 'check' && name !== 'session waitForResult',
);

const run: Record<string, Runner> = {};

beforeAll(async () => {
	await sandbox.reset();
	for (const { name } of TESTED) run[name] = await runner(name);
});

it('has parameters for every operation', () => {
	expectAll(Object.keys(PARAMETERS), 'PARAMETERS');
});

it('runs the operations of a session', async () => {
	const item = await run['session create']({ vendor_data: 'user-42' });
	await decide(String(item.session_id), 'In Review');
	expect(await run['session get'](item)).toMatchObject({
		session_id: item.session_id,
		review_needed: true,
	});
	expect(await run['session getAll'](item)).toMatchObject({
		session_id: item.session_id,
		status: 'In Review',
	});
	expect(await run['session reviewAmlHits'](item)).toMatchObject({
		hit_ids: [expect.any(String), expect.any(String)],
		unreviewed_hits: 0,
	});
	expect(await run['session overrideCheck'](item)).toMatchObject({
		node_id: 'feature_aml_1',
		new_status: 'Approved',
	});
	expect(await run['session addReview'](item)).toMatchObject({ comment: 'Called the person' });
	expect(await run['session updateData'](item)).toMatchObject({ first_name: 'Nora' });
	expect(await run['session updateStatus']({ ...item, status: 'Approved' })).toEqual({
		session_id: item.session_id,
		new_status: 'Approved',
	});
	expect(await run['session block'](item)).toMatchObject({ blocked: ['document', 'face'] });
	expect(await run['session unblock'](item)).toMatchObject({ unblocked: ['face'] });
	expect(await run['session getReviews'](item)).toMatchObject({ session_id: item.session_id });
	expect(await run['session downloadPdf'](item)).toMatchObject({
		verified: true,
		file_name: expect.stringMatching(/_user-42_approved_[0-9a-f]{8}\.pdf$/) as string,
	});
	expect(await run['session downloadMedia'](item)).toMatchObject({
		files: [{ field: 'document_front' }, { field: 'selfie' }],
		missing: [],
	});
	const { share_token } = await run['session share'](item);
	expect(await run['session importShared']({ share_token })).toMatchObject({
		shared_from_session: item.session_id,
		verified: false,
	});
	// Nothing has subscribed here, so nothing was sent.
	expect(await run['session getWebhooks'](item)).toEqual(undefined);
	expect(await run['session delete'](item)).toMatchObject({
		deleted: true,
		session_id: item.session_id,
	});
});

it('corrects a proof of address', async () => {
	const correct = await runner(
		'session updateData',
		{ ...SESSION, dataOf: 'proofOfAddress', proofFields: { issuer: 'Example Power' } },
		'session updateData proof',
	);
	const item = await run['session create']({ vendor_data: 'user-43' });
	await decide(String(item.session_id), 'In Review');
	expect(await correct(item)).toMatchObject({ issuer: 'Example Power' });
});

it('shows the webhooks of a session, and has one sent again', async () => {
	const { uuid } = await didit<{ uuid: string }>('POST', '/v3/webhook/destinations/', {
		label: 'Elsewhere',
		url: `${world.n8n.url}/webhook/elsewhere`,
		subscribed_events: ['status.updated'],
	});
	const { session_id } = await run['session create']({ vendor_data: 'user-44' });
	const sent = await eventually(
		'a delivery',
		async () => await run['session getWebhooks']({ session_id }),
	);
	// Nothing answers at that address.
	expect(sent).toMatchObject({ session_id, webhook_type: 'status.updated', delivered: false });
	const again = await run['session resendWebhook'](sent);
	expect(again).toMatchObject({ session_id, event_id: sent.event_id });
	expect(again.uuid).not.toBe(sent.uuid);
	await didit('DELETE', `/v3/webhook/destinations/${uuid}/`);
});

it('runs the operations of a user', async () => {
	const item = { vendor_data: 'user 43 ñ' };
	expect(await run['user create'](item)).toMatchObject({ ...item, status: 'ACTIVE' });
	expect(await run['user update'](item)).toMatchObject({ effective_name: 'Nora' });
	expect(await run['user updateStatus'](item)).toMatchObject({ status: 'FLAGGED' });
	const { session_id } = await run['session create'](item);
	await decide(String(session_id), 'Approved');
	expect(await run['user get'](item)).toMatchObject({ ...item, session_count: 1 });
	expect(await run['user getAll']()).toHaveProperty('vendor_data');
	expect(await run['user downloadPdf'](item)).toMatchObject({
		file_name: expect.stringContaining('user-43-ñ_all-sessions.pdf') as string,
	});
	expect(await run['user monitorAml'](item)).toMatchObject({ outcome: 'skipped_no_identity_data' });
	expect(await run['user stopMonitoringAml'](item)).toMatchObject({ monitored: false });
	expect(await run['user delete'](item)).toMatchObject({
		deleted: true,
		sessions_deleted: 1,
		records_deleted: 1,
	});
});

it('runs the operations of a business, workflows and the account', async () => {
	const item = { vendor_data: 'company/7' };
	expect(await run['business create'](item)).toMatchObject(item);
	expect(await run['business update'](item)).toMatchObject({ legal_name: 'Example Ltd' });
	expect(await run['business updateStatus'](item)).toMatchObject({ status: 'FLAGGED' });
	expect(await run['business get'](item)).toMatchObject(item);
	expect(await run['business getAll']()).toMatchObject(item);
	expect(await run['business monitorAml'](item)).toMatchObject({ monitored: true });
	expect(await run['business stopMonitoringAml'](item)).toMatchObject({ monitored: false });
	expect(await run['business delete'](item)).toMatchObject({ deleted: true, records_deleted: 1 });
	expect(await run['workflow get']()).toMatchObject({ workflow_id: WORKFLOW, status: 'published' });
	expect(await run['workflow getAll']()).toHaveProperty('workflow_label');
	expect(typeof (await run['account getBalance']()).balance).toBe('number');
});

it('runs the operations of a transaction', async () => {
	const amount = '12500.000000000000000001';
	const item = await run['transaction create']({ txn: 'order-1042', amount });
	expect(item).toMatchObject({ status: 'IN_REVIEW', amount, txn_id: 'order-1042' });
	expect(await run['transaction get'](item)).toMatchObject({ uuid: item.uuid, amount });
	expect(await run['transaction getAll']()).toMatchObject({ uuid: item.uuid, amount });
});

it('runs the operations of a list', async () => {
	const list = await run['list getAll']();
	expect(list).toMatchObject({ name: 'Email Blocklist', entry_type: 'email', is_system: true });
	const entry = await run['list addEntry'](list);
	expect(entry).toMatchObject({ value: 'name@example.com' });
	const item = { ...entry, list: list.uuid };
	expect(await run['list getEntries'](item)).toMatchObject({ uuid: entry.uuid });
	expect(await run['list removeEntry'](item)).toMatchObject({ removed: true, uuid: entry.uuid });
	const own = await run['list create']();
	expect(await run['list update'](own)).toMatchObject({ description: 'Offices' });
	expect(await run['list delete'](own)).toMatchObject({ deleted: true, name: 'Trusted IPs' });
});

it.each([
	['searchSessions', 'sessionId', 'session'],
	['searchLists', 'listId', 'list'],
	['searchTransactions', 'transactionUuid', 'transaction'],
	['searchUsers', 'userId', 'user'],
	['searchWorkflows', 'workflowId', 'workflow'],
])('gives the editor the list of %s', async (methodName, field, resource) => {
	await run['session create']({ vendor_data: 'user-listed' });
	const { results } = await eventually(
		`the list of ${methodName}`,
		async () =>
			await n8n.post<{ results: Array<{ name: string; value: string }> }>(
				'/rest/dynamic-node-parameters/resource-locator-results',
				{
					path: `parameters.${field}`,
					methodName,
					nodeTypeAndVersion: { name: 'n8n-nodes-didit.didit', version: 1 },
					currentNodeParameters: {
						resource,
						operation: 'get',
						[field]: { __rl: true, mode: 'list', value: '' },
					},
					credentials: { diditApi: world.credentials.key },
				},
			),
	);
	expect(results.length).toBeGreaterThan(0);
	for (const { name, value } of results)
		expect([name, value].every((text) => text.length > 3)).toBe(true);
});
