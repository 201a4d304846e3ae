// Transaction: Create, Get, Get Many. Amounts are money: not a digit may change on the way.
import nock from 'nock';
import type { INodeParameters } from 'n8n-workflow';
import { didit, endDidit, paged } from '../support/didit.mts';
import { ID, byId, id, runner, schemaProblems } from '../support/run.mts';
import { json, serve } from '../support/server.mts';
import { amount as checkAmount } from '../../nodes/Didit/actions/common/amount.ts';

const transaction = (more: object = {}) => ({
	uuid: ID,
	environment: 'live',
	txn_id: 'order-1042',
	txn_date: '2026-09-21T14:13:20Z',
	transaction_type: 'finance',
	action_type: null,
	direction: 'OUTBOUND',
	status: 'IN_REVIEW',
	amount: '12500.00',
	currency: 'EUR',
	amount_in_default_currency: '13500.10',
	default_currency_code: 'USD',
	payment_details: null,
	score: 65,
	severity: 'HIGH',
	decision_reason_code: 'LARGE_AMOUNT',
	decision_reason_label: 'Large amount',
	vendor_data: 'user-42',
	parties: [],
	action_required: null,
	...more,
});
const GIVEN = {
	transactionId: 'order-1042',
	amount: '12500.00',
	currency: 'eur',
	vendorData: 'user-42',
	fullName: 'Nora Sample',
};
const create = runner('transaction', 'create', GIVEN);
const created = () => didit({ 'transaction.create': { status: 201, body: transaction() } });
interface Body {
	transaction_details: { amount: unknown };
}

beforeAll(() => nock.disableNetConnect());
afterEach(endDidit);
afterAll(() => nock.enableNetConnect());

describe('Create', () => {
	it("reports a payment with both parties, and gives Didit's verdict", async () => {
		const { calls } = created();
		const { items } = await create({
			direction: 'outbound',
			subject: { entityType: 'Individual', address: { country: 'ESP', postalCode: '00001' } },
			counterparty: {
				vendorData: 'shop-7',
				fullName: 'Example Ltd',
				paymentMethod: { methodType: 'bank_account', accountId: 'ES00' },
				institution: { name: 'Example Bank' },
			},
			paymentDetails: { actionType: 'withdrawal', currencyKind: 'fiat', reference: 'ref-1' },
			additionalFields: {
				time: '2026-09-21T16:13:20+02:00',
				customProperties: '{"order": 1042}',
				travelRule: '{"status": "PENDING"}',
			},
		});
		expect(calls[0].body).toEqual({
			transaction_id: 'order-1042',
			transaction_category: 'finance',
			transaction_details: {
				direction: 'outbound',
				amount: '12500.00',
				currency: 'EUR',
				action_type: 'withdrawal',
				currency_kind: 'fiat',
				payment_reference_id: 'ref-1',
			},
			subject: {
				vendor_data: 'user-42',
				full_name: 'Nora Sample',
				entity_type: 'individual',
				address: { country: 'ESP', post_code: '00001' },
			},
			counterparty: {
				vendor_data: 'shop-7',
				full_name: 'Example Ltd',
				payment_method: { method_type: 'bank_account', account_id: 'ES00' },
				institution_details: { name: 'Example Bank' },
			},
			transaction_at: '2026-09-21T14:13:20.000Z',
			custom_properties: { order: 1042 },
			travel_rule_details: { status: 'PENDING' },
		});
		expect(items[0].json).toMatchObject({ status: 'IN_REVIEW', amount: '12500.00', score: 65 });
		expect(items[0].json).not.toHaveProperty('parties');
		expect(schemaProblems('transaction', 'create', items)).toEqual([]);
	});

	it.each([
		['1500.50', '1500.50'],
		['99999999999999999999.123456789012345678', '99999999999999999999.123456789012345678'],
		['0', '0'],
		['={{ 1500.5 }}', '1500.5'],
		['={{ 0.0000001 }}', '0.0000001'],
		['={{ 1.25e-9 }}', '0.00000000125'],
		['={{ 999999999999999 }}', '999999999999999'],
		['={{ "0.30000000000000004" }}', '0.30000000000000004'],
	])('sends the amount %s digit for digit', async (amount, sent) => {
		const { calls } = created();
		expect((await create({ amount })).error).toBeUndefined();
		expect((calls[0].body as Body).transaction_details.amount).toBe(sent);
	});

	it.each([
		['a number that JavaScript has rounded', '={{ 0.1 + 0.2 }}'],
		['more digits than a number has', '={{ 12345678901234567890 }}'],
		['a comma', '1500,50'],
		['separators', '1,500.50'],
		['a currency sign', '€1500'],
		['a sign', '-5'],
		['more than 18 places', '0.1234567890123456789'],
		['no number', '={{ 0 / 0 }}'],
		['nothing', '={{ $json.nothing }}'],
	])('refuses an amount with %s before any request', async (_, amount) => {
		const { calls } = created();
		const { error } = await create({ amount });
		expect(error?.message).toMatch(/^'Amount' is (not valid|empty)$/);
		expect(error?.description).not.toContain('two IDs');
		expect(calls).toEqual([]);
	});

	it('never loses a digit of any number that it takes', () => {
		for (let step = 0; step < 2000; step++) {
			const number = Math.round(Math.random() * 1e15) / 10 ** (step % 16);
			expect(Number(checkAmount(String(number), { label: 'Amount' }))).toBe(number);
		}
	});

	it.each<[string, INodeParameters, string]>([
		['no ID', { transactionId: '={{ $json.nothing }}' }, "'Transaction ID' is empty"],
		['an ID with a hole', { transactionId: 'order-undefined' }, "'Transaction ID' is not valid"],
		['a long ID', { transactionId: 'x'.repeat(129) }, "'Transaction ID' is not valid"],
		['no currency', { currency: 'Euro €' }, "'Currency' is not valid"],
		[
			'no customer',
			{ vendorData: '={{ $json.nothing }}' },
			"'Your User ID (Vendor Data)' is empty",
		],
		['a JSON without a status', { additionalFields: { travelRule: '{}' } }, 'has no status'],
	])('refuses %s before any request', async (_, parameters, message) => {
		const { calls } = created();
		expect((await create(parameters)).error?.message).toContain(message);
		expect(calls).toEqual([]);
	});

	it('names the field that Didit refuses as the screen does', async () => {
		const transaction_id = ['A transaction with this transaction_id already exists.'];
		didit({ 'transaction.create': { status: 400, body: { transaction_id } } });
		expect((await create()).error?.message).toMatch(/^Transaction ID: A transaction/);
	});

	it('sends a payment again after a lost response, because Didit takes its ID only once', async () => {
		nock.enableNetConnect('127.0.0.1');
		let asked = 0;
		const server = await serve((request, response) => {
			if (++asked === 1) return void request.socket.destroy();
			json(response, 201, transaction());
		});
		const { items } = await create({}, { url: server.url });
		server.stop();
		nock.disableNetConnect();
		expect([asked, items[0].json.status]).toEqual([2, 'IN_REVIEW']);
	});
});

describe('Get and Get Many', () => {
	it('reads one by the uuid of Create, and all of it on request', async () => {
		const { calls } = didit({ 'transaction.get': { body: transaction() } });
		const get = runner('transaction', 'get', { transactionUuid: byId('={{ $json.uuid }}') });
		const input = [{ json: { uuid: ID } }];
		const { items } = await get({}, { input });
		expect(calls[0].params).toEqual({ transaction_id: ID });
		expect(schemaProblems('transaction', 'get', items)).toEqual([]);
		expect((await get({ simplify: false }, { input })).items[0].json).toEqual(transaction());
		expect((await get({ transactionUuid: byId('order-1042') })).error?.message).toBe(
			"'Transaction' is not a valid ID",
		);
	});

	it('lists all of them, whatever the count says', async () => {
		const rows = Array.from({ length: 230 }, (_, number) => ({
			...transaction({ uuid: id(number) }),
			subject_name: 'Nora Sample',
			created_at: '2026-09-21T14:13:20Z',
		}));
		didit({ 'transaction.list': (call) => paged(rows, call, 100) });
		const { items } = await runner('transaction', 'getAll', { returnAll: true })();
		expect(items.map(({ json: row }) => row.uuid)).toEqual(rows.map(({ uuid }) => uuid));
		expect(schemaProblems('transaction', 'getAll', items)).toEqual([]);
	});
});

it.each(['create', 'get', 'getAll'])('%s says that it needs an API key', async (operation) => {
	const run = runner('transaction', operation, { ...GIVEN, transactionUuid: byId(ID) });
	expect((await run({}, { v1: true })).error?.message).toMatch(/requires an API key/);
});
