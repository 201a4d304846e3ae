import { payloadErrors, responseErrors } from '../../contract/index.mts';
import { call, type Json, v3 } from './client.mts';
import { withWebhooks } from './webhookClient.mts';

const { sandbox, receiver, subscribe } = withWebhooks();
const report = async (transaction_id: string, amount: string, more: object = {}) =>
	await v3(sandbox(), 'POST', '/v3/transactions/', {
		transaction_id,
		transaction_category: 'finance',
		transaction_details: { direction: 'outbound', amount, currency: 'EUR' },
		subject: { vendor_data: 'user-42', full_name: 'Ana Inventada' },
		...more,
	});

it('transactions have a limit of their own, beside that of other writes', async () => {
	sandbox().set({ rateLimits: { ingest: 2, write: 1 } });
	const statuses = [];
	for (const id of ['t-1', 't-2', 't-3']) statuses.push((await report(id, '5')).status);
	expect(statuses).toEqual([201, 201, 429]);
	const user = await v3(sandbox(), 'POST', '/v3/users/create/', { vendor_data: 'user-43' });
	expect(user.status).toBe(201);
});

describe('a transaction', () => {
	it.each([
		['500.00', 'APPROVED'],
		['10000', 'IN_REVIEW'],
		['50000.01', 'DECLINED'],
	])('of %s is %s, and keeps every digit', async (amount, verdict) => {
		const { status, body } = await report('t-1', amount);
		expect(responseErrors('v3', 'transaction.create', status, body)).toEqual([]);
		expect(body).toMatchObject({ status: verdict, amount, direction: 'OUTBOUND' });
		const read = await v3(sandbox(), 'GET', `/v3/transactions/${body.uuid}/`);
		expect(read.body).toEqual(body);
	});

	it('is taken once', async () => {
		await report('t-1', '5');
		const again = await report('t-1', '5');
		expect([again.status, Object.keys(again.body as object)]).toEqual([400, ['transaction_id']]);
		const { body } = await v3(sandbox(), 'GET', '/v3/transactions/');
		expect(responseErrors('v3', 'transaction.list', 200, body)).toEqual([]);
		expect(body.count).toBe(1);
	});

	it('of someone on a block list is declined, and one can ask for any verdict', async () => {
		const list = '/v3/lists/b10c0009-0000-4000-8000-000000000001/entries/';
		const wanted = { custom_properties: { sandbox_status: 'AWAITING_USER' } };
		const { body } = await report('t-1', '5', wanted);
		expect(body).toMatchObject({
			status: 'AWAITING_USER',
			action_required: { url: expect.any(String) as string },
		});
		await v3(sandbox(), 'POST', list, { value: 'user-42' });
		expect((await report('t-2', '5')).body.status).toBe('DECLINED');
	});

	it('tells the webhooks when it is reported and when it is decided', async () => {
		await subscribe({ subscribed_events: ['transaction.created', 'transaction.status.updated'] });
		const { body } = await report('t-1', '12500.00');
		await call(sandbox(), 'PATCH', `/sandbox/transactions/${body.uuid}`, {
			body: { status: 'APPROVED' },
		});
		const events = (await receiver().arrived(2)).map(({ body: event }) => event);
		for (const event of events)
			expect(payloadErrors('v3', event.webhook_type as string, event)).toEqual([]);
		expect(events.map(({ status, previous_status }: Json) => [status, previous_status])).toEqual(
			expect.arrayContaining([
				['IN_REVIEW', null],
				['APPROVED', 'IN_REVIEW'],
			]),
		);
		// Its own time, and not that of the example which is sent on demand.
		for (const { changed_at } of events)
			expect(Math.abs(Date.parse(changed_at as string) - Date.now())).toBeLessThan(60_000);
		sandbox().webhooks.emit('transaction.created');
		const [, , { body: example }] = await receiver().arrived(3);
		expect(events.map(({ changed_at }) => changed_at as string)).not.toContain(example.changed_at);
		expect(Object.keys(example)).toEqual(expect.arrayContaining(Object.keys(events[0])));
	});
});
