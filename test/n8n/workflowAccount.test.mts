// Workflow: Get, Get Many. DiditClient: Get Balance.
import nock from 'nock';
import { didit, endDidit, paged } from '../support/didit.mts';
import { byId, id, runner, schemaProblems } from '../support/run.mts';

const row = (uuid: string, workflowId: string, version: number, status = 'published') => ({
	uuid,
	workflow_id: workflowId,
	workflow_label: 'KYC basic',
	workflow_type: 'kyc',
	is_default: false,
	is_archived: false,
	features: 'OCR + LIVENESS',
	total_price: 0.15,
	version,
	status,
	session_expiration_time: 604_800,
	updated_at: '2026-09-01T10:00:00Z',
});
/** Of workflow 1 there are three versions, the newest of them a draft. Its own ID is that of its first version. */
const ROWS = [
	row(id(13), id(1), 3, 'draft'),
	row(id(12), id(1), 2),
	row(id(1), id(1), 1),
	row(id(2), id(2), 1, 'draft'),
];

beforeAll(() => nock.disableNetConnect());
afterEach(endDidit);
afterAll(() => nock.enableNetConnect());

describe('Workflow', () => {
	const get = (workflowId: string, parameters = {}) =>
		runner('workflow', 'get', { workflowId: byId(workflowId) })(parameters);
	const answers = () =>
		didit({
			'workflow.list': (call) => paged(ROWS, call),
			'workflow.get': ({ params }) => {
				const found = ROWS.find(({ uuid }) => uuid === params.settings_uuid);
				return found
					? { body: { ...found, callback: 'https://example.com', secret_setting: 1 } }
					: { status: 404, body: { detail: 'Not found.' } };
			},
		});

	it.each([
		['the newest published version of a workflow', id(1), 2],
		['the only version there is, though a draft', id(2), 1],
		['a version by its own ID', id(13), 3],
	])('gets %s', async (_, workflowId, version) => {
		answers();
		const { items } = await get(workflowId);
		expect(items[0].json).toMatchObject({
			version,
			workflow_label: 'KYC basic',
			features: 'OCR + LIVENESS',
		});
		expect(items[0].json).not.toHaveProperty('secret_setting');
		expect(schemaProblems('workflow', 'get', items)).toEqual([]);
	});

	it('gives all of it on request', async () => {
		answers();
		expect((await get(id(1), { simplify: false })).items[0].json).toMatchObject({
			secret_setting: 1,
		});
	});

	it('says that there is no such workflow', async () => {
		answers();
		const { error } = await get(id(99));
		expect(error?.message).toBe('Not found.');
		expect(error?.description).toContain('Check the ID');
	});

	it.each([
		['kyc', 'not a valid ID'],
		['={{ $json.nothing }}', 'empty'],
	])('refuses %s as an ID before any request', async (workflowId, problem) => {
		const { calls } = answers();
		expect((await get(workflowId)).error?.message).toMatch(
			new RegExp(`^'Workflow' is ${problem}$`),
		);
		expect(calls).toEqual([]);
	});

	it('goes on after an ID that fails, in both ways', async () => {
		answers();
		const input = [id(1), id(99), id(2)].map((wanted) => ({ json: { wanted } }));
		const each = runner('workflow', 'get', { workflowId: byId('={{ $json.wanted }}') });
		const regular = await each({}, { input, onError: 'continueRegularOutput' });
		expect(
			regular.items.map(({ json, pairedItem }) => [json.version ?? json.error, pairedItem]),
		).toEqual([
			[2, { item: 0 }],
			['Not found.', { item: 1 }],
			[1, { item: 2 }],
		]);
		const split = await each({}, { input, onError: 'continueErrorOutput' });
		expect([split.items.length, split.errorItems]).toMatchObject([
			2,
			[{ json: { error: 'Not found.' }, pairedItem: { item: 1 } }],
		]);
	});

	it('lists every version, and also takes the bare list of earlier times', async () => {
		answers();
		const { items } = await runner('workflow', 'getAll')();
		expect(items.map(({ json }) => json.uuid)).toEqual(ROWS.map(({ uuid }) => uuid));
		expect(schemaProblems('workflow', 'getAll', items)).toEqual([]);
		nock.cleanAll();
		didit({ 'workflow.list': { body: ROWS } });
		expect((await runner('workflow', 'getAll')({ limit: 2 })).items).toHaveLength(2);
	});
});

describe('Account', () => {
	const getBalance = runner('account', 'getBalance');
	const balance = {
		balance: '12.3400',
		auto_refill_enabled: true,
		auto_refill_amount: '50.00',
		auto_refill_threshold: null,
	};

	it('gives amounts as numbers, so that a workflow can compare them', async () => {
		didit({ 'billing.balance': { body: balance } });
		const { items } = await getBalance();
		expect(items).toEqual([
			{
				json: {
					balance: 12.34,
					auto_refill_enabled: true,
					auto_refill_amount: 50,
					auto_refill_threshold: null,
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(schemaProblems('account', 'getBalance', items)).toEqual([]);
	});

	it('never takes no balance for a balance of zero', async () => {
		nock('http://didit.test').get('/v3/billing/balance/').reply(200, { balance: null });
		expect((await getBalance()).error?.message).toBe("Didit's response has no balance");
	});

	it('says for a limited key what it needs', async () => {
		didit({
			'billing.balance': {
				status: 403,
				body: { detail: 'You do not have permission to perform this action.' },
			},
		});
		expect((await getBalance()).error?.description).toContain(
			'If it is a limited key, give it access',
		);
	});

	it('goes on after an error if the builder wants that', async () => {
		didit({ 'billing.balance': { status: 403, body: { detail: 'No.' } } });
		expect((await getBalance({}, { onError: 'continueRegularOutput' })).items[0]).toMatchObject({
			json: { error: 'No.' },
			pairedItem: { item: 0 },
		});
		expect((await getBalance({}, { onError: 'continueErrorOutput' })).errorItems).toHaveLength(1);
	});
});

it.each([
	['workflow', 'get'],
	['workflow', 'getAll'],
	['account', 'getBalance'],
])('%s %s says that it needs an API key', async (resource, operation) => {
	const { error } = await runner(resource, operation, { workflowId: byId(id(1)) })(
		{},
		{ v1: true },
	);
	expect(error?.message).toMatch(/requires an API key/);
});
