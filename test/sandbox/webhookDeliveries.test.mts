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
		expect(new Set(receiver().received.map(({ raw }) => raw.toString())).size).toBe(1);
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
		expect(receiver().received[1].raw).toEqual(receiver().received[0].raw);
		await call(sandbox(), 'POST', `/sandbox/deliveries/${first.uuid}/resend`);
		await receiver().arrived(3);
		expect(
			await v3(sandbox(), 'POST', `/v3/webhook/destinations/${uuid}/deliveries/${uuid}/resend/`),
		).toMatchObject({ status: 404 });
	});

	it("is described by the calls for a session's webhooks, so that a signature can be looked into", async () => {
		await subscribe();
		const { session_id } = await create(sandbox());
		await settled();
		const list = await v3(sandbox(), 'GET', `/v3/session/${session_id}/webhooks/`);
		expect([list.status, responseErrors('v3', 'session.webhooks.list', 200, list.body)]).toEqual([
			200,
			[],
		]);
		expect(list.body).toEqual([
			expect.objectContaining({ webhook_type: 'status.updated', response_status: 200 }),
		]);
		const { status, body } = await v3(
			sandbox(),
			'GET',
			`/v3/session/${session_id}/webhook/${list.body[0].uuid}`,
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
		const { text: api } = await call(sandbox(), 'GET', '/sandbox/deliveries');
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
			expect(payloadErrors('v3', webhook_type, body)).toEqual([]);
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
			vendor_data: 'usuario-ñ-42',
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
