import { createHmac } from 'node:crypto';
import { payloadErrors, payloadHeaderErrors, responseErrors, webhookEvents } from '../../contract/index.mts';
import { STATUSES } from '../../sandbox/state.mts';
import { call, create, type Json, v1, v3, withSandbox, WORKFLOW } from './client.mts';
import { type Received, type Receiver, startReceiver, until } from './receiver.mts';

const sandbox = withSandbox({ webhooks: { retrySeconds: [0, 0] }, rateLimits: { create: null, get: null, write: null } });
let receiver: Receiver;
beforeEach(async () => { receiver = await startReceiver(); });
afterEach(() => receiver.close());

async function subscribe(fields: Record<string, unknown> = {}): Promise<Json> {
	const { status, body } = await v3(sandbox(), 'POST', '/v3/webhook/destinations/', { label: 'Test', url: receiver.url, webhook_version: 'v3', subscribed_events: [...webhookEvents()], ...fields });
	expect(status).toBe(201);
	return body;
}
const press = async (url: string, result: string) => await call(sandbox(), 'POST', url, { raw: `result=${result}`, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
const mac = (secret: string, text: Buffer | string) => createHmac('sha256', secret).update(text).digest('hex');
const settled = async () => await until(() => sandbox().deliveries.every(({ state }) => state !== 'pending'), 'every delivery is finished');
const statuses = (received: Received[]): string[] => received.map(({ body }) => body.status as string);

describe('an event', () => {
	it('tells of every step of a session: created, opened, finished', async () => {
		const { secret_shared_key } = await subscribe();
		const { url, session_id } = await create(sandbox(), { vendor_data: 'user-42', metadata: { plan: 'pro' } });
		await receiver.arrived(1);
		await call(sandbox(), 'GET', url as string);
		await receiver.arrived(2);
		await press(url as string, 'approve');
		const received = await receiver.arrived(3);
		expect(statuses(received)).toEqual(['Not Started', 'In Progress', 'Approved']);
		expect(received.map(({ body }) => 'decision' in body)).toEqual([false, false, true]);
		for (const { body, headers, raw } of received) {
			expect(body).toMatchObject({ webhook_type: 'status.updated', session_id, vendor_data: 'user-42', metadata: { plan: 'pro' }, environment: 'sandbox', workflow_id: WORKFLOW.identity, workflow_version: 2 });
			expect(headers['x-signature']).toBe(mac(secret_shared_key as string, raw));
			expect(headers).toMatchObject({ 'user-agent': 'DiditWebhook/2.0 +https://didit.me', 'content-type': 'application/json' });
			expect(Math.abs(Number(headers['x-timestamp']) - Date.now() / 1000)).toBeLessThan(10);
			expect(headers).not.toHaveProperty('x-didit-test-webhook');
		}
		expect(new Set(received.map(({ body }) => body.event_id as string)).size).toBe(3);
	});

	it.each(['v1', 'v2', 'v3'] as const)('keeps the contract in version %s, whatever the status and the workflow', async (version) => {
		await subscribe({ webhook_version: version });
		let expected = 0;
		for (const workflow_id of [WORKFLOW.full, WORKFLOW.company]) {
			const { session_id } = await create(sandbox(), { workflow_id, vendor_data: 'user-ñ', metadata: { rate: 5e-5 } });
			for (const status of STATUSES) sandbox().setStatus(session_id, status);
			expected += 1 + STATUSES.length;
		}
		const { body: { session_id: old } } = await v1(sandbox(), 'POST', '/v1/session/', { features: 'OCR + NFC + FACE + AML' });
		for (const status of STATUSES) sandbox().setStatus(old, status);
		expected += 1 + STATUSES.length;
		for (const { body, headers } of await receiver.arrived(expected)) {
			const type = (body.webhook_type ?? '') as string;
			expect(payloadErrors(version, type, body)).toEqual([]);
			expect(payloadHeaderErrors(version, type, headers)).toEqual([]);
			expect('decision' in body).toBe(['Approved', 'Declined', 'In Review', 'Abandoned'].includes(body.status as string));
		}
		await settled();
		expect(sandbox().deliveries.filter(({ state }) => state !== 'delivered')).toEqual([]);
	});

	it.each([
		['v1', ['x-signature', 'x-timestamp'], 'kyc'],
		['v2', ['x-signature', 'x-signature-simple', 'x-signature-v2', 'x-timestamp'], 'id_verification'],
		['v3', ['x-signature', 'x-signature-simple', 'x-signature-v2', 'x-timestamp'], 'id_verifications'],
	])('of version %s has its own headers and its own decision', async (webhook_version, headers, decision) => {
		await subscribe({ webhook_version });
		const { url } = await create(sandbox());
		await press(url as string, 'decline');
		const received = await receiver.arrived(2);
		const declined = received.find(({ body }) => body.status === 'Declined')!;
		expect(Object.keys(declined.headers).filter((name) => /^x-(sig|time)/.test(name)).sort()).toEqual(headers);
		expect(declined.body.decision[decision]).not.toBeUndefined();
		expect('webhook_type' in declined.body).toBe(webhook_version !== 'v1');
		expect('event_id' in declined.body).toBe(webhook_version !== 'v1');
	});

	it('says which steps a resubmitted session has to repeat, and which company it is about', async () => {
		await subscribe();
		const { session_id } = await create(sandbox(), { workflow_id: WORKFLOW.company, vendor_data: 'company-7' });
		sandbox().setStatus(session_id, 'Resubmitted');
		const received = await receiver.arrived(2);
		expect(received.find(({ body }) => body.status === 'Resubmitted')!.body).toMatchObject({
			resubmit_info: { nodes_to_resubmit: [{ node_id: expect.any(String), feature: 'KYB_DOCUMENTS' }] }, session_kind: 'business', business_session_id: session_id, vendor_business_id: 'company-7',
		});
	});

	it('carries the metadata as it was written, also after the session was answered again', async () => {
		await subscribe();
		const post = async (metadata: string) => await call(sandbox(), 'POST', '/v3/session/', { raw: `{"workflow_id":"${WORKFLOW.identity}","vendor_data":"u","metadata":${metadata}}`, headers: { 'x-api-key': sandbox().apiKey, 'content-type': 'application/json' } });
		const { body: { session_id } } = await post('{"big":12345678901234567890,"whole":98.0}');
		await post('{"big":98765432109876543210,"tiny":1e-7}');
		sandbox().setStatus(session_id, 'Approved');
		const received = await receiver.arrived(2);
		const text = (status: string) => received.find(({ body }) => body.status === status)!.raw.toString();
		expect(text('Not Started')).toContain('"metadata":{"big":12345678901234567890,"whole":98.0}');
		expect(text('Approved').split('"metadata":{"big":98765432109876543210,"tiny":1e-07}')).toHaveLength(3);
	});

	it('goes only to those who are switched on and have subscribed to it', async () => {
		const other = await startReceiver();
		try {
			await subscribe({ subscribed_events: ['data.updated'] });
			await subscribe({ url: other.url, subscribed_events: ['status.updated'] });
			await subscribe({ url: `${other.url}/off`, enabled: false });
			const { session_id } = await create(sandbox());
			await other.arrived(1);
			sandbox().webhooks.emit('data.updated', { session_id });
			const [updated] = await receiver.arrived(1);
			await settled();
			expect(updated.body).toMatchObject({ webhook_type: 'data.updated', status: 'Not Started', session_id });
			expect([receiver.received.length, other.received.length]).toEqual([1, 1]);
		} finally {
			await other.close();
		}
	});

	it('goes to the application\'s own address only while no destination is switched on, and only if it is about a session', async () => {
		const { body: { secret_shared_key } } = await v3(sandbox(), 'PATCH', '/v3/webhook/', { webhook_url: receiver.url });
		await create(sandbox());
		const [first] = await receiver.arrived(1);
		expect(first.headers['x-signature']).toBe(mac(secret_shared_key as string, first.raw));
		expect(sandbox().webhooks.emit('user.status.updated')).toEqual([]);
		await v3(sandbox(), 'POST', '/v3/webhook/destinations/', { label: 'x', url: `${receiver.url}/other`, subscribed_events: ['data.updated'] });
		await create(sandbox());
		await settled();
		expect(receiver.received).toHaveLength(1);
	});

	it.each(webhookEvents().filter((type) => !/^(status|data)\./.test(type)))('of the kind %s can be caused, and keeps the contract', async (type) => {
		for (const webhook_version of ['v1', 'v2', 'v3']) await subscribe({ webhook_version, url: `${receiver.url}/${webhook_version}` });
		const { status } = await call(sandbox(), 'POST', '/sandbox/webhooks/events', { body: { webhook_type: type, fields: { vendor_data: 'user-77' } } });
		expect(status).toBe(202);
		await receiver.arrived(3);
		await settled();
		expect(sandbox().deliveries.map(({ state }) => state)).toEqual(['delivered', 'delivered', 'delivered']);
		for (const { body } of receiver.received) {
			expect(body).toMatchObject({ webhook_type: type, vendor_data: 'user-77' });
			expect(body).not.toHaveProperty('session_id');
		}
	});
});

describe('a delivery', () => {
	it.each([
		['any 2xx', [204], 1, 'delivered'], ['a redirect', [302], 1, 'failed'], ['a 400', [400], 1, 'failed'], ['a 401', [401], 1, 'failed'],
		['a 404 that stays', [404, 404, 404, 404], 3, 'failed'], ['a 404 that goes', [404], 2, 'delivered'], ['a 500 that stays', [500, 500, 500, 500], 3, 'failed'],
		['a 503 that goes', [503, 503], 3, 'delivered'], ['a 500 and then a 401', [500, 401], 2, 'failed'],
	])('is finished or tried again after %s', async (_what, answers, attempts, state) => {
		receiver.answers.push(...answers);
		await subscribe();
		await create(sandbox());
		await settled();
		expect(sandbox().deliveries).toEqual([expect.objectContaining({ state })]);
		expect([sandbox().deliveries[0].attempts.length, receiver.received.length]).toEqual([attempts, attempts]);
		expect(new Set(receiver.received.map(({ raw }) => raw.toString())).size).toBe(1);
	});

	it('is tried again when nobody answers in time, and when nobody is there', async () => {
		sandbox().set({ webhooks: { timeoutSeconds: 0.1 } });
		receiver.answers.push(0, 0);
		await subscribe();
		await create(sandbox());
		await settled();
		expect(sandbox().deliveries[0]).toMatchObject({ state: 'delivered', attempts: [{ status: null, error: 'no answer in 0.1 seconds' }, { status: null }, { status: 200, answer: 'seen' }] });
		await receiver.close();
		await create(sandbox());
		await settled();
		expect(sandbox().deliveries[1]).toMatchObject({ state: 'failed', attempts: [{ status: null, error: expect.stringContaining('ECONNREFUSED') }, {}, {}] });
	});

	it('waits one and four minutes by default, and is forgotten on reset', async () => {
		sandbox().set({ webhooks: { retrySeconds: [60, 240], timeoutSeconds: 5 } });
		receiver.answers.push(500);
		await subscribe();
		await create(sandbox());
		await until(() => sandbox().deliveries[0]?.attempts.length === 1, 'the first attempt is made');
		expect(sandbox().deliveries[0].state).toBe('pending');
		sandbox().reset();
		expect([sandbox().deliveries, sandbox().destinations]).toEqual([[], []]);
	});

	it('can be sent again, with the same event', async () => {
		const { uuid } = await subscribe();
		receiver.answers.push(401);
		await create(sandbox());
		await settled();
		const [first] = sandbox().deliveries;
		const { status, body } = await v3(sandbox(), 'POST', `/v3/webhook/destinations/${uuid}/deliveries/${first.uuid}/resend/`);
		expect(status).toBe(200);
		await settled();
		expect(sandbox().deliveries[1]).toMatchObject({ uuid: body.uuid, resend_of: first.uuid, event_id: first.event_id, state: 'delivered' });
		expect(receiver.received[1].raw).toEqual(receiver.received[0].raw);
		await call(sandbox(), 'POST', `/sandbox/deliveries/${first.uuid}/resend`);
		await receiver.arrived(3);
		expect(await v3(sandbox(), 'POST', `/v3/webhook/destinations/${uuid}/deliveries/${uuid}/resend/`)).toMatchObject({ status: 404 });
	});

	it('is described by the calls for a session\'s webhooks, so that a signature can be looked into', async () => {
		await subscribe();
		const { session_id } = await create(sandbox());
		await settled();
		const list = await v3(sandbox(), 'GET', `/v3/session/${session_id}/webhooks/`);
		expect([list.status, responseErrors('v3', 'session.webhooks.list', 200, list.body)]).toEqual([200, []]);
		expect(list.body).toEqual([expect.objectContaining({ webhook_type: 'status.updated', response_status: 200 })]);
		const { status, body } = await v3(sandbox(), 'GET', `/v3/session/${session_id}/webhook/${list.body[0].uuid}`);
		expect([status, responseErrors('v3', 'session.webhooks.get', status, body)]).toEqual([200, []]);
		expect(body.request_body).toBe(receiver.received[0].raw.toString());
		expect(JSON.parse(body.request_header as string)).toMatchObject({ 'X-Signature': receiver.received[0].headers['x-signature'] });
		const { body: other } = await v3(sandbox(), 'POST', '/v3/session/', { workflow_id: WORKFLOW.aml });
		expect((await v3(sandbox(), 'GET', `/v3/session/${other.session_id}/webhook/${list.body[0].uuid}`)).status).toBe(404);
	});

	it('shows in the figures of its destination and on the dashboard, without secret and body', async () => {
		receiver.answers.push(401);
		const { uuid, secret_shared_key } = await subscribe({ label: 'My n8n <b>' });
		const { url } = await create(sandbox(), { metadata: { note: 'private note' } });
		await press(url as string, 'approve');
		await settled();
		expect((await v3(sandbox(), 'GET', `/v3/webhook/destinations/${uuid}/`)).body.summary).toMatchObject({ total_deliveries: 2, failed_deliveries: 1, error_rate_percentage: 50 });
		expect((await v3(sandbox(), 'GET', '/v3/webhook/destinations/')).body[0]).toMatchObject({ deliveries_count: 2, health_status: 'degraded' });
		const { text } = await call(sandbox(), 'GET', '/');
		for (const part of ['My n8n &lt;b', receiver.url, 'status.updated: Approved', '401', 'delivered', 'failed']) expect(text).toContain(part);
		const { text: api } = await call(sandbox(), 'GET', '/sandbox/deliveries');
		for (const secret of [secret_shared_key as string, 'private note']) expect(text + api).not.toContain(secret);
	});
});

describe('trying a destination from the console', () => {
	const send = async (wanted: Record<string, unknown>) => await call(sandbox(), 'POST', '/sandbox/webhooks/test', { body: wanted });

	it.each(webhookEvents())('sends an example of %s that is marked as a test', async (webhook_type) => {
		const { uuid: destination } = await subscribe({ subscribed_events: ['status.updated'] });
		expect((await send({ destination, webhook_type })).status).toBe(202);
		const [{ headers, body }] = await receiver.arrived(1);
		expect(headers['x-didit-test-webhook']).toBe('true');
		expect(payloadErrors('v3', webhook_type, body)).toEqual([]);
	});

	it('sends a person with a name beyond ASCII on request, in any status, to nobody else', async () => {
		const { uuid: destination, secret_shared_key } = await subscribe();
		await subscribe({ url: `${receiver.url}/other` });
		await send({ destination, unicode: true, status: 'Declined' });
		const [{ body, raw, headers }] = await receiver.arrived(1);
		await settled();
		expect(receiver.received).toHaveLength(1);
		expect(body).toMatchObject({ status: 'Declined', vendor_data: 'usuario-ñ-42', decision: { id_verifications: [{ first_name: 'José 🙂' }] } });
		expect(headers['x-signature']).toBe(mac(secret_shared_key as string, raw));
		expect(raw.toString('utf8')).toMatch(/^[\x20-\x7e]+$/);
		expect(sandbox().sessions).toEqual([]);
	});

	it('needs a destination that exists and an event that exists', async () => {
		expect((await send({ destination: 'none' })).status).toBe(404);
		const { uuid: destination } = await subscribe();
		expect((await send({ destination, webhook_type: 'foo.bar' })).status).toBe(400);
		expect((await call(sandbox(), 'POST', '/sandbox/webhooks/events', { body: { webhook_type: 'data.updated' } })).status).toBe(400);
	});
});

describe('a rotated secret', () => {
	it('signs beside the old one for a day', async () => {
		const { uuid, secret_shared_key: old } = await subscribe();
		const { body: rotated } = await call(sandbox(), 'POST', `/sandbox/webhooks/destinations/${uuid}/rotate`);
		expect(rotated.secret_shared_key).not.toBe(old);
		await create(sandbox());
		const [{ headers, raw }] = await receiver.arrived(1);
		expect(headers['x-signature']).toBe(mac(rotated.secret_shared_key as string, raw));
		expect(headers['x-signature-previous']).toBe(mac(old as string, raw));
		expect(headers).toMatchObject({ 'x-signature-v2-previous': expect.any(String), 'x-signature-simple-previous': expect.any(String) });
		sandbox().advanceClock(86_401);
		await create(sandbox());
		const received = await receiver.arrived(2);
		expect(Object.keys(received[1].headers).filter((name) => name.endsWith('-previous'))).toEqual([]);
	});
});
