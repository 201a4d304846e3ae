import { payloadErrors, payloadHeaderErrors, webhookEvents } from '../../contract/index.mts';
import { STATUSES } from '../../sandbox/model/records.mts';
import { call, create, v1, v3, WORKFLOW } from './client.mts';
import { type Received, startReceiver } from './receiver.mts';
import { mac, withWebhooks } from './webhookClient.mts';

const { sandbox, receiver, subscribe, press, settled } = withWebhooks();
const statuses = (received: Received[]): string[] =>
	received.map(({ body }) => body.status as string);

describe('an event', () => {
	it('tells of every step of a session: created, opened, finished', async () => {
		const { secret_shared_key } = await subscribe();
		const { url, session_id } = await create(sandbox(), {
			vendor_data: 'user-42',
			metadata: { plan: 'pro' },
		});
		await receiver().arrived(1);
		await call(sandbox(), 'GET', url as string);
		await receiver().arrived(2);
		await press(url as string, 'approve');
		const received = await receiver().arrived(3);
		expect(statuses(received)).toEqual(['Not Started', 'In Progress', 'Approved']);
		expect(received.map(({ body }) => 'decision' in body)).toEqual([false, false, true]);
		for (const { body, headers, raw } of received) {
			expect(body).toMatchObject({
				webhook_type: 'status.updated',
				session_id,
				vendor_data: 'user-42',
				metadata: { plan: 'pro' },
				environment: 'sandbox',
				session_kind: 'user',
				sandbox_scenario: null,
				workflow_id: WORKFLOW.identity,
				workflow_version: 2,
			});
			expect(headers['x-signature']).toBe(mac(secret_shared_key as string, raw));
			expect(headers).toMatchObject({
				'user-agent': 'DiditWebhook/2.0 +https://didit.me',
				'content-type': 'application/json',
			});
			expect(Math.abs(Number(headers['x-timestamp']) - Date.now() / 1000)).toBeLessThan(10);
			expect(headers['x-timestamp']).toBe(String(body.timestamp));
			expect(headers).not.toHaveProperty('x-didit-test-webhook');
		}
		expect(new Set(received.map(({ body }) => body.event_id as string)).size).toBe(3);
	});

	it.each(['v1', 'v2', 'v3'] as const)(
		'keeps the contract in version %s, whatever the status and the workflow',
		async (version) => {
			await subscribe({ webhook_version: version });
			let expected = 0;
			for (const workflow_id of [WORKFLOW.full, WORKFLOW.company]) {
				const { session_id } = await create(sandbox(), {
					workflow_id,
					vendor_data: 'user-ñ',
					metadata: { rate: 5e-5 },
				});
				for (const status of STATUSES) sandbox().setStatus(session_id, status);
				expected += 1 + STATUSES.length;
			}
			const {
				body: { session_id: old },
			} = await v1(sandbox(), 'POST', '/v1/session/', { features: 'OCR + NFC + FACE + AML' });
			for (const status of STATUSES) sandbox().setStatus(old, status);
			expected += 1 + STATUSES.length;
			for (const { body, headers } of await receiver().arrived(expected)) {
				const type = (body.webhook_type ?? '') as string;
				expect(payloadErrors(version, type, body)).toEqual([]);
				expect(payloadHeaderErrors(version, type, headers)).toEqual([]);
				expect('decision' in body).toBe(
					['Approved', 'Declined', 'In Review', 'Abandoned'].includes(body.status as string),
				);
			}
			await settled();
			expect(sandbox().deliveries.filter(({ state }) => state !== 'delivered')).toEqual([]);
		},
	);

	it.each([
		['v1', ['x-signature', 'x-timestamp'], 'kyc'],
		[
			'v2',
			['x-signature', 'x-signature-simple', 'x-signature-v2', 'x-timestamp'],
			'id_verification',
		],
		[
			'v3',
			['x-signature', 'x-signature-simple', 'x-signature-v2', 'x-timestamp'],
			'id_verifications',
		],
	])(
		'of version %s has its own headers and its own decision',
		async (webhook_version, headers, decision) => {
			await subscribe({ webhook_version });
			const { url } = await create(sandbox());
			await press(url as string, 'decline');
			const received = await receiver().arrived(2);
			const declined = received.find(({ body }) => body.status === 'Declined')!;
			expect(
				Object.keys(declined.headers)
					.filter((name) => /^x-(sig|time)/.test(name))
					.sort(),
			).toEqual(headers);
			expect(declined.body.decision[decision]).not.toBeUndefined();
			expect('webhook_type' in declined.body).toBe(webhook_version !== 'v1');
			expect('event_id' in declined.body).toBe(webhook_version !== 'v1');
		},
	);

	it('of version 1 can have all signatures, as the code of the sender makes them', async () => {
		sandbox().set({ webhooks: { v1Signatures: 'three' } });
		await subscribe({ webhook_version: 'v1' });
		await create(sandbox());
		const [{ headers }] = await receiver().arrived(1);
		expect(
			Object.keys(headers)
				.filter((name) => name.startsWith('x-signature'))
				.sort(),
		).toEqual(['x-signature', 'x-signature-simple', 'x-signature-v2']);
	});

	it('never has a whole number with a point, nor a text beyond ASCII', async () => {
		await subscribe();
		const { session_id } = await create(sandbox(), { workflow_id: WORKFLOW.full });
		sandbox().setStatus(session_id, 'Approved');
		const received = await receiver().arrived(2);
		const raw = received.find(({ body }) => body.status === 'Approved')!.raw.toString('utf8');
		expect(raw).toMatch(/^[\x20-\x7e]+$/);
		expect(raw).toContain('"score":98,');
		expect(raw).not.toMatch(/:-?\d+\.0[,}\]]/);
	});

	it('says which steps a resubmitted session has to repeat, and which company it is about', async () => {
		await subscribe();
		const { session_id } = await create(sandbox(), {
			workflow_id: WORKFLOW.company,
			vendor_data: 'company-7',
		});
		sandbox().setStatus(session_id, 'Resubmitted');
		const received = await receiver().arrived(2);
		expect(received.find(({ body }) => body.status === 'Resubmitted')!.body).toMatchObject({
			resubmit_info: {
				nodes_to_resubmit: [{ node_id: expect.any(String), feature: 'KYB_DOCUMENTS' }],
			},
			session_kind: 'business',
			business_session_id: session_id,
			vendor_business_id: 'company-7',
		});
	});

	it('carries the metadata as it was written, also after the session was answered again', async () => {
		await subscribe();
		const post = async (metadata: string) =>
			await call(sandbox(), 'POST', '/v3/session/', {
				raw: `{"workflow_id":"${WORKFLOW.identity}","vendor_data":"u","metadata":${metadata}}`,
				headers: { 'x-api-key': sandbox().apiKey, 'content-type': 'application/json' },
			});
		const {
			body: { session_id },
		} = await post('{"big":12345678901234567890,"whole":98.0}');
		await post('{"big":98765432109876543210,"tiny":1e-7}');
		sandbox().setStatus(session_id, 'Approved');
		const received = await receiver().arrived(2);
		const text = (status: string) =>
			received.find(({ body }) => body.status === status)!.raw.toString();
		expect(text('Not Started')).toContain('"metadata":{"big":12345678901234567890,"whole":98}');
		expect(
			text('Approved').split('"metadata":{"big":98765432109876543210,"tiny":1e-07}'),
		).toHaveLength(3);
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
			const [updated] = await receiver().arrived(1);
			await settled();
			expect(updated.body).toMatchObject({
				webhook_type: 'data.updated',
				status: 'Not Started',
				session_id,
			});
			expect([receiver().received.length, other.received.length]).toEqual([1, 1]);
		} finally {
			await other.close();
		}
	});

	it("goes to the application's own address only while no destination is switched on, and only if it is about a session", async () => {
		const {
			body: { secret_shared_key },
		} = await v3(sandbox(), 'PATCH', '/v3/webhook/', { webhook_url: receiver().url });
		await create(sandbox());
		const [first] = await receiver().arrived(1);
		expect(first.headers['x-signature']).toBe(mac(secret_shared_key as string, first.raw));
		expect(sandbox().webhooks.emit('user.status.updated')).toEqual([]);
		await v3(sandbox(), 'POST', '/v3/webhook/destinations/', {
			label: 'x',
			url: `${receiver().url}/other`,
			subscribed_events: ['data.updated'],
		});
		await create(sandbox());
		await settled();
		expect(receiver().received).toHaveLength(1);
	});

	it.each(webhookEvents().filter((type) => !/^(status|data)\./.test(type)))(
		'of the kind %s can be caused, and keeps the contract',
		async (type) => {
			for (const webhook_version of ['v1', 'v2', 'v3'])
				await subscribe({ webhook_version, url: `${receiver().url}/${webhook_version}` });
			const { status } = await call(sandbox(), 'POST', '/sandbox/webhooks/events', {
				body: { webhook_type: type, fields: { vendor_data: 'user-77' } },
			});
			expect(status).toBe(202);
			await receiver().arrived(3);
			await settled();
			expect(sandbox().deliveries.map(({ state }) => state)).toEqual([
				'delivered',
				'delivered',
				'delivered',
			]);
			for (const { body } of receiver().received) {
				expect(body).toMatchObject({ webhook_type: type, vendor_data: 'user-77' });
				expect(body).not.toHaveProperty('session_id');
			}
		},
	);
});
