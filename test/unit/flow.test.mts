// How many tasks run at once.
import { Flow } from '../../nodes/Didit/transport/flow.ts';

const turn = async () => await new Promise((resolve) => setImmediate(resolve));

/** Adds tasks that last until they are let go, and tells how many are running. */
function fill(flow: Flow, count: number) {
	const finish: Array<() => void> = [];
	const done = Array.from({ length: count }, async () => await flow.run(async () => await new Promise<void>((resolve) => finish.push(resolve))));
	let ended = 0;
	return {
		running: () => finish.length - ended,
		end: (number: number) => finish.slice(ended, (ended += number)).forEach((resolve) => resolve()),
		all: Promise.all(done),
	};
}

it('starts with ten tasks, or fewer if fewer are allowed', async () => {
	const wide = fill(new Flow(50), 60);
	const narrow = fill(new Flow(3), 60);
	await turn();
	expect(wide.running()).toBe(10);
	expect(narrow.running()).toBe(3);
});

it('lets one more run for every good answer, up to the most allowed', async () => {
	const flow = new Flow(12);
	const tasks = fill(flow, 60);
	flow.good();
	await turn();
	expect(tasks.running()).toBe(11);
	for (let good = 0; good < 20; good++) flow.good();
	await turn();
	expect(tasks.running()).toBe(12);
});

it('halves at a rate limit, once for a burst that was refused together, and again for a later one', async () => {
	const flow = new Flow(8);
	const sentTogether = Date.now();
	flow.limited(sentTogether, 0);
	await new Promise((resolve) => setTimeout(resolve, 5));
	flow.limited(sentTogether - 1, 0);
	const tasks = fill(flow, 20);
	await turn();
	expect(tasks.running()).toBe(4);
	flow.limited(Date.now(), 0);
	tasks.end(4);
	await turn();
	expect(tasks.running()).toBe(2);
});

it('never falls below one', async () => {
	const flow = new Flow(2);
	for (let limit = 0; limit < 5; limit++) flow.limited(Date.now() + limit, 0);
	const tasks = fill(flow, 5);
	await turn();
	expect(tasks.running()).toBe(1);
});

it('makes everything wait while a pause is in force', async () => {
	const flow = new Flow(5);
	const started = Date.now();
	flow.limited(started, 200);
	await Promise.all([flow.clear(), flow.clear()]);
	expect(Date.now() - started).toBeGreaterThanOrEqual(195);
});

it('frees the place of a task that failed', async () => {
	const flow = new Flow(1);
	await expect(flow.run(async () => await Promise.reject(new Error('made-up')))).rejects.toThrow('made-up');
	await expect(flow.run(async () => await Promise.resolve('next'))).resolves.toBe('next');
});
