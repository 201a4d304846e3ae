/** What the soak counts as wrong, shown with traffic that went wrong. */
import { startSandbox, type Sandbox } from '../../sandbox/index.mts';
import { miscount, type Batch, type Row } from '../../checks/soak/batch.mts';
import { judgeCreates } from '../../checks/soak/creates.mts';
import type { Delivered } from '../../checks/soak/deliveries.mts';
import { judgeReads } from '../../checks/soak/reads.mts';
import { judgeDeliveries } from '../../checks/soak/runs.mts';
import type { Setting } from '../../checks/soak/setting.mts';

const batch = (rows: Row[], operation: Batch['operation'] = 'create-v1'): Batch => ({
	operation,
	items: [{ id: 'a' }, { id: 'b' }],
	rows,
});
const missed = ({ aims }: { aims: Array<{ text: string; measured: number; atMost?: number }> }) =>
	Object.fromEntries(
		aims
			.filter(({ measured, atMost = 0 }) => measured > atMost)
			.map(({ text, measured }) => [text, measured]),
	);
const failed = (item: string, advice: string): Row => ({
	item,
	error: 'No answer',
	details: { advice },
});

describe('the count of items', () => {
	it('is right when each item has one row, be it an error', () => {
		expect(miscount([batch([{ item: 'b', session_id: '1' }, failed('a', '')])])).toEqual({
			none: 0,
			several: 0,
			strays: 0,
			failedRuns: 0,
		});
	});

	it('finds items without a row, with two, and rows of nobody', () => {
		expect(miscount([batch([{ item: 'a' }, failed('a', ''), { item: 'c' }, {}])])).toEqual({
			none: 1,
			several: 1,
			strays: 2,
			failedRuns: 0,
		});
		expect(miscount([{ ...batch([]), failure: '500' }])).toMatchObject({ none: 2, failedRuns: 1 });
	});
});

describe('creates', () => {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox();
	});
	afterEach(() => sandbox.reset());
	afterAll(() => sandbox.close());
	const world = () => ({ sandbox: sandbox.url }) as Setting;
	const create = async (vendor_data: string): Promise<string> => {
		const basic = Buffer.from(`${sandbox.clientId}:${sandbox.clientSecret}`).toString('base64');
		const exchange = await fetch(`${sandbox.url}/auth/v2/token/`, {
			method: 'POST',
			headers: {
				authorization: `Basic ${basic}`,
				'content-type': 'application/x-www-form-urlencoded',
			},
			body: 'grant_type=client_credentials',
		});
		const { access_token } = (await exchange.json()) as { access_token: string };
		const answer = await fetch(`${sandbox.url}/v1/session/`, {
			method: 'POST',
			headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
			body: JSON.stringify({ vendor_data }),
		});
		return ((await answer.json()) as { session_id: string }).session_id;
	};

	it('are right with one session for an item, also a lost one that the builder is told to look for', async () => {
		const session_id = await create('a');
		await create('b');
		expect(
			missed(
				await judgeCreates(world(), [
					batch([
						{ item: 'a', session_id },
						failed('b', 'Look in the Didit console before you run this item again'),
					]),
				]),
			),
		).toEqual({});
	});

	it('are wrong with two sessions for an item, the session of another, one of nobody, and no warning', async () => {
		const [first] = [
			await create('a'),
			await create('a'),
			await create('b'),
			await create('somebody'),
		];
		expect(
			missed(
				await judgeCreates(world(), [
					batch([{ item: 'a', session_id: first }, failed('b', 'Try again')]),
				]),
			),
		).toEqual({
			'Items with more than one session at Didit': 1,
			'Sessions at Didit that belong to no item': 1,
			'Error items that have a session which a second run would double, without advice to look for it': 1,
		});
		expect(
			missed(
				await judgeCreates(world(), [
					batch([{ item: 'b', session_id: first }, failed('a', 'Look in the Didit console')]),
				]),
			),
		).toMatchObject({
			"Output items whose session does not exist or is another item's": 1,
		});
	});
});

it('reads are wrong with the session of another item, and with a row that came twice', () => {
	const asked: Batch = {
		operation: 'get-v1',
		items: [
			{ id: 'a', session_id: '1' },
			{ id: 'b', session_id: '2' },
		],
		rows: [
			{ item: 'a', session_id: '2' },
			{ item: 'b', session_id: '2' },
		],
	};
	const list: Batch = {
		operation: 'list-many',
		items: [{ id: 'l' }],
		rows: [
			{ item: 'l', session_id: '1' },
			{ item: 'l', session_id: '1' },
		],
	};
	expect(missed(judgeReads([asked, list], []))).toEqual({
		'Reads: another session than the one asked for': 1,
		'Get Many: rows that came twice': 1,
	});
});

describe('deliveries', () => {
	const delivery = (what: Delivered['what'], session: string, status: number): Delivered => ({
		what,
		session,
		status,
		attempts: 1,
		target: { name: 'manual', workflow: 'w', url: '', secret: '' },
		again: () => Promise.reject(new Error()),
	});
	const run = (...ran: string[]) => ({ id: '1', workflowId: 'w', status: 'success', ran });

	it('are right with one run for a valid one, none for a repeated, a filtered or a forged one', () => {
		const all = [
			delivery('valid', '1', 200),
			delivery('repeated', '1', 200),
			delivery('of another status', '2', 200),
			delivery('a wrong secret', '3', 401),
			delivery('half of the body', '4', 422),
		];
		expect(missed(judgeDeliveries(all, [run('1'), run()], ['w']))).toEqual({});
	});

	it('are wrong with a lost one, a doubled one, a second run for a repeat, and a forged one that runs', () => {
		const all = [
			delivery('valid', '1', 200),
			delivery('valid', '2', 200),
			delivery('valid', '3', 200),
			delivery('repeated', '3', 200),
			delivery('a wrong secret', '4', 200),
			delivery('valid', '5', 500),
		];
		expect(
			missed(
				judgeDeliveries(
					all,
					[run('2'), run('2'), run('3'), run('3'), run('4'), { ...run(), status: 'error' }],
					['w'],
				),
			),
		).toEqual({
			'Valid deliveries that were not accepted': 1,
			'Accepted deliveries that started no run': 1,
			'Deliveries, sent once, that started more than one run': 1,
			'Deliveries that started another run when they were repeated': 1,
			'Forged deliveries that were not refused': 1,
			'Forged deliveries that started a run': 1,
			'Executions of the triggers beyond one for each accepted delivery': 2,
			'Executions of the triggers that failed': 1,
		});
	});
});
