/**
 * Many executions that wait for a result at once, and go on when its signed event comes in: whether one is lost, how soon the
 * last one goes on, and whether n8n holds any of them in memory.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import autocannon from 'autocannon';
import { eventually } from '../../harness/eventually.mts';
import { keyCredential } from '../../harness/n8n/credentials.mts';
import type { N8nClient } from '../../harness/n8n/client.mts';
import { node as nodeOf, publish, webhook } from '../../harness/n8n/workflow.mts';
import { ask } from '../../harness/sandbox.mts';
import type { Plot } from '../../harness/plot.mts';
import type { Aim, Table } from '../../harness/report.mts';
import { startSandbox, type Sandbox } from '../../sandbox/index.mts';
import { postgresSettings, startPostgres } from '../services.mts';
import { UNSAVED, type Bench } from './measured.mts';
import { cpuTime } from './proc.mts';

/** Calls of the signup's address under way at once. */
const SIGNUPS = 16;

/** Events under way at once: the next one is sent as soon as one is answered. */
const EVENTS = 4;

/** How many wait at once in a complete run. */
const MANY = 1_000;

const WITHIN_SECONDS = 600;

/** n8n makes a virtual machine for expressions where there is one to evaluate, which lets a complete run end in minutes. */
const LAZY = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' };

interface Note {
	execution: string;
	session: string;
	verified: boolean;
	/** Milliseconds since 1970, by n8n's clock. */
	at: number;
}

interface Noted {
	notes: Note[];
	heap: number;
	resident: number;
}

interface Wave {
	count: number;
	/** Executions that waited at once. */
	waited: number;
	/** Executions that went on once, with the verdict of their own session. */
	resumed: number;
	ended: number;
	/** Seconds until the last one waited, and from the first event until the last one went on. */
	startSeconds: number;
	resumeSeconds: number;
	/** Milliseconds of CPU time of n8n for each execution. */
	startCpu: number;
	resumeCpu: number;
	/** Seconds after the first event at which each one went on. */
	times: number[];
	/** Events that n8n answered too late for Didit, which sends them again. */
	late: number;
	before: Noted;
	after: Noted;
}

export const waiting: Bench = async ({ short, say, inN8n }) => {
	const closers: Array<() => unknown> = [];
	const sandbox = await startSandbox({ webhooks: { retrySeconds: [5, 20] } });
	closers.push(async () => await sandbox.close());
	try {
		const database = short
			? {}
			: postgresSettings((await startPostgres({ atEnd: (close) => closers.push(close) })).port);
		return await inN8n(
			async ({ client, n8n }) => {
				const world = await prepare(client, sandbox, n8n.pid);
				const sizes = short ? [5, 25] : [50, MANY];
				const waves: Wave[] = [];
				for (const count of sizes) {
					say(`${count} executions`);
					waves.push(await wave(world, count, say));
				}
				return { tables: [tableOf(waves)], plots: [plotOf(waves)], aims: aimsOf(waves) };
			},
			{ ...LAZY, ...database },
		);
	} finally {
		for (const close of closers.reverse()) await close();
	}
};

function aimsOf(waves: Wave[]): Aim[] {
	const sum = (read: (one: Wave) => number) => waves.reduce((total, one) => total + read(one), 0);
	const [first, ...others] = waves;
	const most = Math.max(...waves.map(({ waited }) => waited));
	return [
		{
			text: 'Waiting: executions that waited at once',
			measured: most,
			atLeast: Math.max(...waves.map(({ count }) => count)),
		},
		{
			text: 'Waiting: executions that did not go on once, with the result of their own session',
			measured: sum(({ count, resumed }) => count - resumed),
			atMost: 0,
		},
		{
			text: 'Waiting: executions that did not end well',
			measured: sum(({ count, ended }) => count - ended),
			atMost: 0,
		},
		{
			text: `Waiting: heap of n8n after ${sum(({ count }) => count) - first.count} executions ÷ before, garbage aside`,
			measured: others[others.length - 1].after.heap / first.after.heap,
			atMost: 1.1,
			timing: true,
		},
	];
}

const tableOf = (waves: Wave[]): Table => ({
	title: 'Executions that wait for a result',
	note: `A workflow that creates a session and waits for its result, started ${SIGNUPS} at a time. When all of them wait, every session gets its result, and a published workflow with a Didit Trigger resumes them: ${EVENTS} events at a time, the next one as soon as one is answered. The sandbox sends again what isn't answered in five seconds, as Didit does, after 5 and 20 seconds instead of one and four minutes. n8n runs with N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true in a complete run, which only saves time. n8n keeps its data in PostgreSQL in a complete run: with SQLite, the results of 1,000 executions within minutes make n8n wait for its own lock on the database until it gives up ("Timeout waiting for lock SqliteWriteConnectionMutex"). The first row is there to load what stays loaded. Heap in MB, garbage collected, when nothing runs.`,
	columns: [
		'executions',
		'waited at once',
		'resumed',
		'until all waited, s',
		'until all had gone on, s',
		'events sent again',
		'CPU of a start, ms',
		'CPU of a result, ms',
		'heap before',
		'heap after',
		'resident after',
	],
	rows: waves.map((one) => [
		one.count,
		one.waited,
		one.resumed,
		one.startSeconds,
		one.resumeSeconds,
		one.late,
		one.startCpu,
		one.resumeCpu,
		one.before.heap / 1e6,
		one.after.heap / 1e6,
		one.after.resident / 1e6,
	]),
});

const POINTS = 40;

/** How many have gone on, by time. */
const plotOf = (waves: Wave[]): Plot => ({
	name: 'bench-waiting',
	title: 'Wait for Result: executions that have gone on, by time since the first result',
	x: 's',
	y: 'executions',
	points: waves.slice(1).flatMap(({ count, times }, index) => {
		const sorted = [...times].sort((a, b) => a - b);
		const step = Math.max(1, Math.floor(sorted.length / POINTS));
		return sorted
			.map((x, done) => ({ x, y: done + 1, line: `wave ${index + 1}: ${count} waited at once` }))
			.filter(({ y }) => y === 1 || y % step === 0 || y === sorted.length);
	}),
});

interface Waiting {
	client: N8nClient;
	sandbox: Sandbox;
	pid: number;
	/** Of the workflow that waits. */
	workflowId: string;
	signup: string;
	noted: () => Promise<Noted>;
}

/** A workflow that waits, one with the trigger that resumes it, and one that tells what has come in. */
async function prepare(client: N8nClient, sandbox: Sandbox, pid: number): Promise<Waiting> {
	const diditApi = await client.saveCredential('diditApi', 'Waiting', keyCredential(sandbox));
	const didit = (name: string, parameters: object) =>
		nodeOf(name, 'n8n-nodes-didit.didit', 1, parameters, { diditApi });
	const workflows = await ask<{
		results: Array<{ uuid: string; is_default: boolean; workflow_id: string }>;
	}>(sandbox.url, 'GET', '/v3/workflows/', undefined, { 'x-api-key': sandbox.apiKey });
	const id = randomUUID();
	const path = `signup-${id}`;
	const { id: workflowId } = await publish(client, {
		name: 'Waiting',
		nodes: [
			webhook(path, { httpMethod: 'POST' }),
			didit('Create', {
				workflowId: {
					__rl: true,
					mode: 'id',
					value: workflows.results.find((one) => one.is_default)?.workflow_id,
				},
				afterVerification: 'resume',
			}),
			didit('Wait for Result', { operation: 'waitForResult' }),
			nodeOf('Note', 'n8n-nodes-bench.note', 1),
		],
	});
	// It starts nothing of its own: what comes in is for those who wait.
	await publish(client, {
		name: 'Results',
		nodes: [
			{
				...nodeOf(
					'Didit Trigger',
					'n8n-nodes-didit.diditTrigger',
					1.1,
					{ filters: { statuses: ['Declined'] } },
					{ diditApi },
				),
				webhookId: `results-${id}`,
			},
			nodeOf('End', 'n8n-nodes-base.noOp', 1),
		],
	});
	const noted = `noted-${id}`;
	await publish(client, {
		name: 'Noted',
		nodes: [
			webhook(noted, { responseMode: 'lastNode' }),
			nodeOf('Noted', 'n8n-nodes-bench.noted', 1),
		],
		settings: UNSAVED,
	});
	return {
		client,
		sandbox,
		pid,
		workflowId,
		signup: `${client.url}/webhook/${path}`,
		noted: async () => (await (await fetch(`${client.url}/webhook/${noted}`)).json()) as Noted,
	};
}

async function wave(world: Waiting, count: number, say: (text: string) => void): Promise<Wave> {
	const { client, sandbox, pid, workflowId, signup, noted } = world;
	// What never happens is counted as lost, and doesn't end the other benchmarks.
	const inTime = async (what: string, ask: () => boolean | Promise<boolean>) =>
		await eventually(what, ask, WITHIN_SECONDS).catch(({ message }: Error) => say(message));
	const ended = await number(client, workflowId, ['success', 'error', 'crashed', 'canceled']);
	const known = new Set(sandbox.sessions.map(({ session_id: id }) => id));
	const [events, cpuBefore, started] = [sandbox.deliveries.length, cpuTime(pid) ?? NaN, Date.now()];
	const before = await noted();
	await autocannon({
		url: signup,
		method: 'POST',
		connections: Math.min(SIGNUPS, count),
		amount: count,
		timeout: 60,
	});
	let waited = 0;
	await inTime('the executions to wait', async () => {
		waited = await number(client, workflowId, ['waiting']);
		return waited >= count;
	});
	say(`${waited} wait`);
	const [cpuThen, resumed] = [cpuTime(pid) ?? NaN, Date.now()];
	const sessions = sandbox.sessions.map(({ session_id: id }) => id).filter((id) => !known.has(id));
	const queue = [...sessions];
	await Promise.all(
		Array.from({ length: EVENTS }, async () => {
			for (let id = queue.pop(); id !== undefined; id = queue.pop()) await decide(sandbox, id);
		}),
	);
	say('all have their result');
	await inTime(
		'the executions to end',
		async () => (await number(client, workflowId, ['waiting', 'running', 'new'])) === 0,
	);
	say('they have ended');
	const cpuAfter = cpuTime(pid) ?? NaN;
	// What is sent again meets executions that have ended, which changes nothing.
	await inTime('the deliveries to end', () =>
		sandbox.deliveries.every(({ state }) => state !== 'pending'),
	);
	const deliveries = sandbox.deliveries.slice(events);
	const after = await noted();
	const own = after.notes.filter(({ verified, session }) => verified && sessions.includes(session));
	return {
		count,
		waited,
		resumed: new Set(own.map(({ session }) => session)).size,
		ended: (await number(client, workflowId, ['success'])) - ended,
		startSeconds: (resumed - started) / 1000,
		resumeSeconds: (Math.max(...own.map(({ at }) => at)) - resumed) / 1000,
		startCpu: (cpuThen - cpuBefore) / count,
		resumeCpu: (cpuAfter - cpuThen) / count,
		times: own.map(({ at }) => (at - resumed) / 1000),
		late: deliveries.filter(({ attempts }) => attempts.some(({ status }) => status === null))
			.length,
		before,
		after,
	};
}

/** The session gets its result. Resolves when the event has been answered, or once more is to be sent. */
async function decide(sandbox: Sandbox, session: string): Promise<void> {
	const first = sandbox.deliveries.length;
	sandbox.setStatus(session, 'Approved');
	const own = sandbox.deliveries.slice(first);
	while (own.some(({ attempts }) => attempts.length === 0)) await sleep(5);
}

/** Executions of the workflow in these states. An n8n that is busy answers 503 for a while, to whatever it is asked. */
async function number(client: N8nClient, workflowId: string, status: string[]): Promise<number> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId, status }));
	return await eventually('n8n to count', async () =>
		client.get<{ count: number }>(`/rest/executions?filter=${filter}&limit=1`).then(
			({ count }) => ({ count }),
			() => undefined,
		),
	).then(({ count }) => count);
}
