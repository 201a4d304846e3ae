/** Faults at random: what is drawn, how often, and what it does to a call. */
import { drawer, type Kind } from '../../sandbox/faults/chaos.mts';
import { call, v1, v3, withSandbox, WORKFLOW } from './client.mts';

const sandbox = withSandbox();
const create = async () =>
	await v3(sandbox(), 'POST', '/v3/session/', { workflow_id: WORKFLOW.identity });
const outcome = async () =>
	await create().then(
		({ status }) => status,
		() => 'dropped',
	);
const outcomes = async (calls: number) => {
	const seen: Array<number | string> = [];
	for (let index = 0; index < calls; index++) seen.push(await outcome());
	return seen;
};
const only = (kind: Kind) => sandbox().faults.add({ chaos: { chances: { [kind]: 1 } }, times: 1 });

describe('faults at random', () => {
	it('come again with the same seed, and differently with another', async () => {
		const run = async (seed: number) => {
			sandbox().reset();
			sandbox().faults.add({
				chaos: { seed, chances: { limited: 0.2, failed: 0.2, droppedBefore: 0.2 } },
			});
			return await outcomes(100);
		};
		const first = await run(7);
		expect(new Set(first)).toEqual(new Set([201, 429, 500, 502, 503, 504, 'dropped']));
		expect(await run(7)).toEqual(first);
		expect(await run(8)).not.toEqual(first);
	});

	it('come as often as their chances say', () => {
		const draw = drawer({
			seed: 3,
			chances: { page: 0.1, revoked: 0.25 },
			slow: { chance: 0.5, most: 80 },
		});
		const drawn = Array.from({ length: 20_000 }, draw);
		const share = (wanted: (one: (typeof drawn)[number]) => boolean) =>
			drawn.filter(wanted).length / drawn.length;
		expect(share(({ kind }) => kind === 'page')).toBeCloseTo(0.1, 1.7);
		expect(share(({ kind }) => kind === 'revoked')).toBeCloseTo(0.25, 1.7);
		expect(share(({ kind }) => kind === undefined)).toBeCloseTo(0.65, 1.7);
		expect(share(({ effect }) => effect.latency !== undefined)).toBeCloseTo(0.5, 1.7);
		const latencies = drawn.flatMap(({ effect }) => effect.latency ?? []);
		expect([Math.min(...latencies), Math.max(...latencies)]).toEqual([1, 80]);
	});

	it.each<[Kind, number | string, number]>([
		['limited', 429, 0],
		['limitedSilently', 429, 0],
		['failed', 50, 0],
		['failedAfter', 50, 1],
		['badGateway', 502, 0],
		['page', 200, 0],
		['truncated', 201, 1],
		['droppedBefore', 'dropped', 0],
		['droppedAfter', 'dropped', 1],
		['droppedMidway', 'dropped', 1],
		['revoked', 201, 1],
	])('of kind %s: answered %s, with %d sessions made', async (kind, answer, sessions) => {
		only(kind);
		const seen = await outcome();
		expect(String(seen)).toContain(String(answer));
		expect(sandbox().sessions).toHaveLength(sessions);
		expect(await outcome()).toBe(201);
	});

	it('tell a limit with and without Retry-After, and send pages as pages', async () => {
		only('limited');
		expect((await create()).headers.get('retry-after')).toBe('1');
		only('limitedSilently');
		expect((await create()).headers.has('retry-after')).toBe(false);
		only('page');
		expect((await create()).headers.get('content-type')).toContain('text/html');
		only('revoked');
		expect((await v1(sandbox(), 'POST', '/v1/session/', {})).status).toBe(201);
		only('truncated');
		const { text } = await create();
		expect(() => JSON.parse(text) as unknown).toThrow();
	});

	it('are counted by kind, and never hit the control address', async () => {
		sandbox().faults.add({ chaos: { chances: { failed: 1 } } });
		await outcomes(3);
		const { status, body } = await call(sandbox(), 'GET', '/sandbox/faults');
		expect(status).toBe(200);
		expect(body.faults).toEqual([
			{ id: 1, chaos: { chances: { failed: 1 } }, seen: 3, applied: 3, drawn: { failed: 3 } },
		]);
	});

	it('make room for a fault that was asked for first', async () => {
		sandbox().faults.add({ respond: { status: 418 }, times: 1 });
		sandbox().faults.add({ chaos: { chances: { failed: 1 } }, times: 1 });
		expect((await outcomes(3)).map((one) => (Number(one) >= 500 ? 'failed' : one))).toEqual([
			418,
			'failed',
			201,
		]);
	});
});
