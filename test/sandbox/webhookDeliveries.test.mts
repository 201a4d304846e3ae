import { payloadErrors, responseErrors, webhookEvents } from '../../contract/index.mts';
import { call, create, v3, WORKFLOW } from './client.mts';
import { until } from './receiver.mts';
import { mac, withWebhooks } from './webhookClient.mts';

const { sandbox, receiver, subscribe, press, settled } = withWebhooks();

describe('a delivery', () => {
	it.each([
		['any 2xx', [204], 1, 'delivered'],
		['a redirect', [302], 1, 'failed'],
		['a 400', [400], 1, 'failed'],
		['a 401', [401], 1, 'failed'],
		['a 404 that stays', [404, 404, 404, 404], 3, 'failed'],
		['a 404 that goes', [404], 2, 'delivered'],
		['a 500 that stays', [500, 500, 500, 500], 3, 'failed'],
		['a 503 that goes', [503, 503], 3, 'delivered'],
		['a 500 and then a 401', [500, 401], 2, 'failed'],
	])('is finished or tried again after %s', async (_what, answers, attempts, state) => {
		receiver().answers.push(...answers);
		await subscribe();
		await create(sandbox());
		await settled();
		expect(sandbox().deliveries).toEqual([expect.objectContaining({ state })]);
		expect([sandbox().deliveries[0].attempts.length, receiver().received.length]).toEqual([
			attempts,
			attempts,
		]);
		expect(new Set(receiver().received.map(({ body }) => body.event_id as string)).size).toBe(1);
	});

	it('is tried again when nobody answers in time, and when nobody is there', async () => {
		sandbox().set({ webhooks: { timeoutSeconds: 0.1 } });
		receiver().answers.push(0, 0);
		await subscribe();
		await create(sandbox());
		await settled();
		expect(sandbox().deliveries[0]).toMatchObject({
			state: 'delivered',
			attempts: [
				{ status: null, error: 'no answer in 0.1 seconds' },
				{ status: null },
				{ status: 200, answer: 'seen' },
			],
		});
		await receiver().close();
		await create(sandbox());
		await settled();
		expect(sandbox().deliveries[1]).toMatchObject({
			state: 'failed',
			attempts: [{ status: null, error: expect.stringContaining('ECONNREFUSED') }, {}, {}],
		});
	});

	it.each([
		['a new time in header and body', 'new', [0, 61]],
		['the time of the first attempt', 'old', [0, 0]],
	] as const)('is repeated with %s', async (_what, repeatedTimestamp, expected) => {
		sandbox().set({ webhooks: { repeatedTimestamp, retrySeconds: [0.2] } });
		receiver().answers.push(500);
		const { secret_shared_key } = await subscribe();
		await create(sandbox());
		const [first] = await receiver().arrived(1);
		sandbox().advanceClock(61);
		await receiver().arrived(2);
		const times = receiver().received.map(({ headers, body, raw }) => {
			expect(headers['x-timestamp']).toBe(String(body.timestamp));
			expect(headers['x-signature']).toBe(mac(secret_shared_key as string, raw));
			expect(body.event_id).toBe(first.body.event_id);
			return Number(body.timestamp) - Number(first.body.timestamp);
		});
		expect(times[0]).toBe(expected[0]);
		expect(Math.abs(times[1] - expected[1])).toBeLessThanOrEqual(1);
	});

	it('waits one and four minutes by default, and is forgotten on reset', async () => {
		sandbox().set({ webhooks: { retrySeconds: [60, 240], timeoutSeconds: 5 } });
		receiver().answers.push(500);
		await subscribe();
		await create(sandbox());
		await until(() => sandbox().deliveries[0]?.attempts.length === 1, 'the first attempt is made');
		expect(sandbox().deliveries[0].state).toBe('pending');
		sandbox().reset();
		expect([sandbox().deliveries, sandbox().destinations]).toEqual([[], []]);
	});

	it('can be sent again, with the same event', async () => {
		const { uuid } = await subscribe();
		receiver().answers.push(401);
		await create(sandbox());
		await settled();
		const [first] = sandbox().deliveries;
		const { status, body } = await v3(
			sandbox(),
			'POST',
			`/v3/webhook/destinations/${uuid}/deliveries/${first.uuid}/resend/`,
		);
		expect(status).toBe(200);
		await settled();
		expect(sandbox().deliveries[1]).toMatchObject({
			uuid: body.uuid,
			resend_of: first.uuid,
			event_id: first.event_id,
			state: 'delivered',
		});
		const [sent, again] = receiver().received.map(({ body }) => ({ ...body, timestamp: 0 }));
		expect(again).toEqual(sent);
		await call(sandbox(), 'POST', `/sandbox/deliveries/${first.uuid}/resend`);
		await receiver().arrived(3);
		expect(
			await v3(sandbox(), 'POST', `/v3/webhook/destinations/${uuid}/deliveries/${uuid}/resend/`),
		).toMatchObject({ status: 404 });
	});

	it("is described by the calls for a session's webhooks, an entry for each attempt", async () => {
		receiver().answers.push(500);
		await subscribe();
		const { session_id } = await create(sandbox());
		await settled();
		const path = `/v3/session/${session_id}/webhooks/`;
		const list = await v3(sandbox(), 'GET', path);
		expect([list.status, responseErrors('v3', 'session.webhooks.list', 200, list.body)]).toEqual([
			200,
			[],
		]);
		const common = {
			session_id,
			status: 'Not Started',
			webhook_type: 'status.updated',
			request_url: receiver().url,
		};
		expect(list.body).toEqual([
			expect.objectContaining({ ...common, response_status: 200 }),
			expect.objectContaining({ ...common, response_status: 500 }),
		]);
		const { status, body } = await v3(
			sandbox(),
			'GET',
			`/v3/session/${session_id}/webhook/${list.body[1].uuid}`,
		);
		expect([status, responseErrors('v3', 'session.webhooks.get', status, body)]).toEqual([200, []]);
		expect(body.request_body).toBe(receiver().received[0].raw.toString());
		expect(JSON.parse(body.request_header as string)).toMatchObject({
			'X-Signature': receiver().received[0].headers['x-signature'],
		});
		const { body: other } = await v3(sandbox(), 'POST', '/v3/session/', {
			workflow_id: WORKFLOW.aml,
		});
		expect(
			(await v3(sandbox(), 'GET', `/v3/session/${other.session_id}/webhook/${list.body[0].uuid}`))
				.status,
		).toBe(404);

		sandbox().set({ deliveryList: 'wrapped' });
		const wrapped = await v3(sandbox(), 'GET', path);
		expect(responseErrors('v3', 'session.webhooks.list', 200, wrapped.body)).toEqual([]);
		expect(wrapped.body).toEqual({ count: 2, next: null, previous: null, results: list.body });
	});

	it('is listed without links to media for a key that may not see any', async () => {
		await subscribe();
		const { session_id } = await create(sandbox());
		sandbox().setStatus(session_id, 'Approved');
		await receiver().arrived(2);
		await settled();
		const path = `/v3/session/${session_id}/webhooks/`;
		const list = async (key: string) =>
			JSON.stringify((await call(sandbox(), 'GET', path, { headers: { 'x-api-key': key } })).body);
		expect(await list(sandbox().apiKey)).toContain('/media/');
		expect(await list(sandbox().limitedKey)).not.toContain('/media/');
	});

	it('of a session can be sent again by its attempt: once, at the same time answered, as a new entry', async () => {
		receiver().answers.push(401, 503);
		await subscribe();
		const { session_id } = await create(sandbox());
		await settled();
		const attempts = async () =>
			(await v3(sandbox(), 'GET', `/v3/session/${session_id}/webhooks/`)).body as unknown as Array<{
				uuid: string;
				response_status: number;
			}>;
		const [{ uuid }] = await attempts();
		const path = `/v3/session/${session_id}/webhook/${uuid}/resend`;
		const again = await v3(sandbox(), 'POST', path);
		expect(responseErrors('v3', 'session.webhooks.resend', again.status, again.body)).toEqual([]);
		expect([again.status, again.body.response_status]).toEqual([200, 503]);
		expect((await v3(sandbox(), 'POST', path)).body.response_status).toBe(200);
		expect((await attempts()).map(({ response_status }) => response_status)).toEqual([
			200, 503, 401,
		]);
		const ids = receiver().received.map(({ body }) => body.event_id as string);
		expect(new Set(ids).size).toBe(1);
		expect((await v3(sandbox(), 'POST', path.replace(uuid, session_id))).status).toBe(404);
	});

	it('shows in the figures of its destination and on the dashboard, without secret and body', async () => {
		receiver().answers.push(401);
		const { uuid, secret_shared_key } = await subscribe({ label: 'My n8n <b>' });
		const { url } = await create(sandbox(), { metadata: { note: 'private note' } });
		await press(url as string, 'approve');
		await settled();
		expect(
			(await v3(sandbox(), 'GET', `/v3/webhook/destinations/${uuid}/`)).body.summary,
		).toMatchObject({ total_deliveries: 2, failed_deliveries: 1, error_rate_percentage: 50 });
		expect((await v3(sandbox(), 'GET', '/v3/webhook/destinations/')).body[0]).toMatchObject({
			deliveries_count: 2,
			health_status: 'degraded',
		});
		const { text } = await call(sandbox(), 'GET', '/');
		for (const part of [
			'My n8n &lt;b',
			receiver().url,
			'status.updated: Approved',
			'401',
			'delivered',
			'failed',
		])
			expect(text).toContain(part);
		const { text: api, body } = await call(sandbox(), 'GET', '/sandbox/deliveries');
		const [{ session_id, attempts }] = body.deliveries;
		const attempt = `/v3/session/${session_id}/webhook/${attempts[0].uuid}`;
		expect((await v3(sandbox(), 'GET', attempt)).body.request_header).toContain('X-Timestamp');
		for (const secret of [secret_shared_key as string, 'private note'])
			expect(text + api).not.toContain(secret);
	});
});

describe('trying a destination from the console', () => {
	const send = async (wanted: Record<string, unknown>) =>
		await call(sandbox(), 'POST', '/sandbox/webhooks/test', { body: wanted });

	it.each(webhookEvents())(
		'sends an example of %s that is marked as a test',
		async (webhook_type) => {
			const { uuid: destination } = await subscribe({ subscribed_events: ['status.updated'] });
			expect((await send({ destination, webhook_type })).status).toBe(202);
			const [{ headers, body }] = await receiver().arrived(1);
			expect(headers['x-didit-test-webhook']).toBe('true');
			expect(payloadErrors('test', webhook_type, body)).toEqual([]);
			expect(headers['x-timestamp']).toBe(String(body.timestamp));
		},
	);

	it('sends a person with a name beyond ASCII on request, in any status, to nobody else', async () => {
		const { uuid: destination, secret_shared_key } = await subscribe();
		await subscribe({ url: `${receiver().url}/other` });
		await send({ destination, unicode: true, status: 'Declined' });
		const [{ body, raw, headers }] = await receiver().arrived(1);
		await settled();
		expect(receiver().received).toHaveLength(1);
		expect(body).toMatchObject({
			status: 'Declined',
			vendor_data: 'test-vendor-data-123',
			decision: { id_verifications: [{ first_name: 'José 🙂' }] },
		});
		expect(headers['x-signature']).toBe(mac(secret_shared_key as string, raw));
		expect(raw.toString('utf8')).toMatch(/^[\x20-\x7e]+$/);
		expect(sandbox().sessions).toEqual([]);
	});

	it('needs a destination that exists and an event that exists', async () => {
		expect((await send({ destination: 'none' })).status).toBe(404);
		const { uuid: destination } = await subscribe();
		expect((await send({ destination, webhook_type: 'foo.bar' })).status).toBe(400);
		expect(
			(
				await call(sandbox(), 'POST', '/sandbox/webhooks/events', {
					body: { webhook_type: 'data.updated' },
				})
			).status,
		).toBe(400);
	});
});

describe('a rotated secret', () => {
	it('signs beside the old one for a day', async () => {
		const { uuid, secret_shared_key: old } = await subscribe();
		const { body: rotated } = await call(
			sandbox(),
			'POST',
			`/sandbox/webhooks/destinations/${uuid}/rotate`,
		);
		expect(rotated.secret_shared_key).not.toBe(old);
		await create(sandbox());
		const [{ headers, raw }] = await receiver().arrived(1);
		expect(headers['x-signature']).toBe(mac(rotated.secret_shared_key as string, raw));
		expect(headers['x-signature-previous']).toBe(mac(old as string, raw));
		expect(headers).toMatchObject({
			'x-signature-v2-previous': expect.any(String),
			'x-signature-simple-previous': expect.any(String),
		});
		sandbox().advanceClock(86_401);
		await create(sandbox());
		const received = await receiver().arrived(2);
		expect(Object.keys(received[1].headers).filter((name) => name.endsWith('-previous'))).toEqual(
			[],
		);
	});
});
