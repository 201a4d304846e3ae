// How many tasks run at once.
import { RequestQueue } from '../../../nodes/Didit/transport/requestQueue.ts';

const turn = async () => await new Promise((resolve) => setImmediate(resolve));

/** Adds tasks that last until they are let go, and tells how many are running. */
function fill(flow: RequestQueue, count: number) {
	const finish: Array<() => void> = [];
	const done = Array.from(
		{ length: count },
		async () =>
			await flow.run(async () => await new Promise<void>((resolve) => finish.push(resolve))),
	);
	let ended = 0;
	return {
		running: () => finish.length - ended,
		end: (number: number) => finish.slice(ended, (ended += number)).forEach((resolve) => resolve()),
		all: Promise.all(done),
	};
}

it('starts with as many tasks as allowed', async () => {
	const tasks = fill(new RequestQueue(50), 60);
	await turn();
	expect(tasks.running()).toBe(50);
});

it('lets one more run for every good answer after a rate limit, up to the most allowed', async () => {
	const flow = new RequestQueue(12);
	flow.rateLimited(Date.now(), 0);
	const tasks = fill(flow, 60);
	await turn();
	expect(tasks.running()).toBe(6);
	flow.succeeded();
	await turn();
	expect(tasks.running()).toBe(7);
	for (let good = 0; good < 20; good++) flow.succeeded();
	await turn();
	expect(tasks.running()).toBe(12);
});

it('halves at a rate limit, once for a burst that was refused together, and again for a later one', async () => {
	const flow = new RequestQueue(8);
	const sentTogether = Date.now();
	flow.rateLimited(sentTogether, 0);
	await new Promise((resolve) => setTimeout(resolve, 5));
	flow.rateLimited(sentTogether - 1, 0);
	const tasks = fill(flow, 20);
	await turn();
	expect(tasks.running()).toBe(4);
	flow.rateLimited(Date.now(), 0);
	tasks.end(4);
	await turn();
	expect(tasks.running()).toBe(2);
});

it('lets refused tasks go on as there is room again, before tasks that have not started', async () => {
	const flow = new RequestQueue(4);
	const order: string[] = [];
	const end: Array<() => void> = [];
	const work = async (name: string) => {
		order.push(name);
		await new Promise<void>((resolve) => end.push(resolve));
	};
	const refused = [0, 1, 2, 3].map(
		async (task) =>
			await flow.run(async () => {
				// All four are under way when the first one is refused.
				await turn();
				flow.rateLimited(0, 0);
				await flow.requeue();
				await work(`refused ${task}`);
			}),
	);
	const later = flow.run(async () => await work('later'));
	await turn();
	await turn();
	expect(order).toEqual(['refused 0', 'refused 1']);
	end[0]();
	await turn();
	expect(order).toEqual(['refused 0', 'refused 1', 'refused 2']);
	for (let ended = 1; ended < 5; ended++) {
		end[ended]();
		await turn();
	}
	expect(order).toEqual(['refused 0', 'refused 1', 'refused 2', 'refused 3', 'later']);
	await Promise.all([...refused, later]);
});

it('never falls below one', async () => {
	const flow = new RequestQueue(2);
	for (let limit = 0; limit < 5; limit++) flow.rateLimited(Date.now() + limit, 0);
	const tasks = fill(flow, 5);
	await turn();
	expect(tasks.running()).toBe(1);
});

it('halves for a request that was sent in the moment of the last halving', async () => {
	const now = jest.spyOn(Date, 'now').mockReturnValue(1_790_000_000_000);
	const flow = new RequestQueue(8);
	flow.rateLimited(Date.now(), 0);
	flow.rateLimited(Date.now(), 0);
	flow.rateLimited(Date.now() - 1, 0);
	now.mockRestore();
	const tasks = fill(flow, 8);
	await turn();
	expect(tasks.running()).toBe(2);
});

it('starts one more task for each that has ended, and none too many', async () => {
	const flow = new RequestQueue(2);
	const tasks = fill(flow, 5);
	for (const left of [2, 2, 2, 2, 1, 0]) {
		await turn();
		expect(tasks.running()).toBe(left);
		tasks.end(1);
	}
	await tasks.all;
});

it('waits for the longest of several pauses, and in a cancelled execution for none', async () => {
	let now = 1_790_000_000_000;
	const clock = jest.spyOn(Date, 'now').mockImplementation(() => now);
	class Passing extends RequestQueue {
		readonly slept: number[] = [];

		override sleepFor = async (pause: number) => {
			this.slept.push(pause);
			// A timer can end early.
			now += Math.max(1, pause - 10);
			await Promise.resolve();
		};
	}
	try {
		const flow = new Passing(1);
		flow.rateLimited(now, 100);
		flow.rateLimited(now, 50);
		await flow.waitWhilePaused();
		expect(flow.slept.slice(0, 2)).toEqual([100, 10]);
		expect(now - 1_790_000_000_000).toBe(100);
		const cancelled = new Passing(1, AbortSignal.abort());
		cancelled.rateLimited(now, 100);
		await cancelled.waitWhilePaused();
		expect([cancelled.slept, cancelled.cancelled, flow.cancelled]).toEqual([[], true, false]);
	} finally {
		clock.mockRestore();
	}
});

it('has stopped waiting until a request succeeds', () => {
	const flow = new RequestQueue(2);
	expect(flow.hasStoppedWaiting).toBe(false);
	flow.stopWaiting();
	expect(flow.hasStoppedWaiting).toBe(true);
	flow.succeeded();
	expect(flow.hasStoppedWaiting).toBe(false);
});

it('makes everything wait while a pause is in force', async () => {
	const flow = new RequestQueue(5);
	const started = Date.now();
	flow.rateLimited(started, 200);
	await Promise.all([flow.waitWhilePaused(), flow.waitWhilePaused()]);
	expect(Date.now() - started).toBeGreaterThanOrEqual(195);
});

it('frees the place of a task that failed', async () => {
	const flow = new RequestQueue(1);
	await expect(flow.run(async () => await Promise.reject(new Error('made-up')))).rejects.toThrow(
		'made-up',
	);
	await expect(flow.run(async () => await Promise.resolve('next'))).resolves.toBe('next');
});
