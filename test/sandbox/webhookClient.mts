/** What the tests of webhooks share: a sandbox that retries at once, a receiver, and a destination that leads there. */
import { createHmac } from 'node:crypto';
import { webhookEvents } from '../../contract/index.mts';
import { type Sandbox } from '../../sandbox/index.mts';
import { call, type Json, type Reply, v3, withSandbox } from './client.mts';
import { type Receiver, startReceiver, until } from './receiver.mts';

export interface Webhooks {
	sandbox: () => Sandbox;
	receiver: () => Receiver;
	/** Registers a destination for every event that leads to the receiver; `fields` replace its own. */
	subscribe: (fields?: Record<string, unknown>) => Promise<Json>;
	/** Presses a button of the hosted page. */
	press: (url: string, result: string) => Promise<Reply>;
	/** Waits until no delivery is under way. */
	settled: () => Promise<void>;
}

export function withWebhooks(): Webhooks {
	const sandbox = withSandbox({
		webhooks: { retrySeconds: [0, 0] },
		rateLimits: { create: null, get: null, write: null },
	});
	let receiver: Receiver;
	beforeEach(async () => {
		receiver = await startReceiver();
	});
	afterEach(() => receiver.close());
	return {
		sandbox,
		receiver: () => receiver,
		subscribe: async (fields = {}) => {
			const { status, body } = await v3(sandbox(), 'POST', '/v3/webhook/destinations/', {
				label: 'Test',
				url: receiver.url,
				webhook_version: 'v3',
				subscribed_events: [...webhookEvents()],
				...fields,
			});
			expect(status).toBe(201);
			return body;
		},
		press: async (url, result) =>
			await call(sandbox(), 'POST', url, {
				raw: `result=${result}`,
				headers: { 'content-type': 'application/x-www-form-urlencoded' },
			}),
		settled: async () =>
			await until(
				() => sandbox().deliveries.every(({ state }) => state !== 'pending'),
				'every delivery is finished',
			),
	};
}

export const mac = (secret: string, text: Buffer | string): string =>
	createHmac('sha256', secret).update(text).digest('hex');
