import { responseErrors } from '../../contract/index.mts';
import { create, v1, v3, withSandbox, WORKFLOW } from './client.mts';

const sandbox = withSandbox();

describe('the balance', () => {
	const read = async () => await v3(sandbox(), 'GET', '/v3/billing/balance/');

	it('is what was set, as text', async () => {
		const { status, body } = await read();
		expect([status, body, responseErrors('v3', 'billing.balance', status, body)]).toEqual([
			200,
			{
				balance: '100.0000',
				auto_refill_enabled: false,
				auto_refill_amount: null,
				auto_refill_threshold: null,
			},
			[],
		]);
		sandbox().set({ balance: '3.1400', autoRefill: { amount: '500.00', threshold: '100.00' } });
		expect((await read()).body).toEqual({
			balance: '3.1400',
			auto_refill_enabled: true,
			auto_refill_amount: '500.00',
			auto_refill_threshold: '100.00',
		});
	});

	it.each([
		[
			400,
			{
				detail:
					"You don't have enough credits to perform this request. Please top up at https://business.didit.me",
			},
		],
		[403, { detail: expect.any(String), code: 'contract_billing_suspended' }],
	] as const)(
		'that is used up keeps sessions from being made, with %i',
		async (noCreditStatus, expected) => {
			sandbox().set({ balance: '0.0000', noCreditStatus });
			const { status, body } = await v3(sandbox(), 'POST', '/v3/session/', {
				workflow_id: WORKFLOW.identity,
			});
			expect([status, body, responseErrors('v3', 'session.create', status, body)]).toEqual([
				noCreditStatus,
				expected,
				[],
			]);
			expect((await v1(sandbox(), 'POST', '/v1/session/', { features: 'OCR' })).status).toBe(
				noCreditStatus,
			);
			expect(sandbox().sessions).toEqual([]);
		},
	);

	it('that is used up does not keep an unfinished session from being answered again, nor a wrong request from being told', async () => {
		const { session_id } = await create(sandbox(), { vendor_data: 'user-42' });
		sandbox().set({ balance: '-0.5000' });
		expect((await create(sandbox(), { vendor_data: 'user-42' })).session_id).toBe(session_id);
		expect((await v3(sandbox(), 'POST', '/v3/session/', {})).body).toEqual({
			workflow_id: ['This field is required.'],
		});
	});
});

describe('a workflow', () => {
	it('is read by the uuid of its version', async () => {
		for (const [uuid, version] of [
			['c0000001-0000-4000-8000-000000000001', 1],
			['c0000001-0000-4000-8000-000000000002', 2],
			[WORKFLOW.draft, 1],
		] as const) {
			const { status, body } = await v3(sandbox(), 'GET', `/v3/workflows/${uuid}/`);
			expect(responseErrors('v3', 'workflow.get', status, body)).toEqual([]);
			expect(body).toMatchObject({
				uuid,
				version,
				published_at: uuid === WORKFLOW.draft ? null : expect.any(String),
			});
		}
	});

	it('that nobody knows is a 404', async () => {
		expect(
			await v3(sandbox(), 'GET', '/v3/workflows/dddddddd-0000-4000-8000-000000000000/'),
		).toMatchObject({ status: 404, body: { detail: 'Not found.' } });
		expect(
			(await v3(sandbox(), 'GET', '/v3/workflows/basic/')).headers.get('content-type'),
		).toContain('text/html');
	});
});
