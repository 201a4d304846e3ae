/** `npm run test:queue`: n8n's queue mode for real, with everything that can go wrong in it. */
import { choose } from '../../harness/commandLine.mts';
import { report, type Findings } from '../../harness/report.mts';
import { missingServices } from './services.mts';
import { inWorld, type Scenario } from './world.mts';

/** In this order: the first one needs workers that have no token yet. */
const SCENARIOS: Record<string, () => Promise<Scenario>> = {
	signups: async () => (await import('./scenarios/signups.mts')).signups,
	tokens: async () => (await import('./scenarios/tokens.mts')).tokens,
	results: async () => (await import('./scenarios/results.mts')).results,
	'worker-killed': async () => (await import('./scenarios/worker-killed.mts')).workerKilled,
	restarts: async () => (await import('./scenarios/restarts.mts')).restarts,
	duplicates: async () => (await import('./scenarios/duplicates.mts')).duplicates,
};

const { names, short, partial } = choose(
	{
		command: 'npm run test:queue',
		description:
			'Starts n8n in queue mode with Redis, PostgreSQL, two workers and a webhook process, and proves that nothing is lost or done twice.',
		fewer: 'signups and rounds',
		part: 'scenario',
	},
	Object.keys(SCENARIOS),
);
const missing = missingServices();
if (missing) {
	console.error(missing);
	process.exit(1);
}

const startedAt = Date.now();
const say = (text: string) =>
	console.error(`[${Math.round((Date.now() - startedAt) / 1000)} s] ${text}`);
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
	process.on(signal, () => stopping.abort(new Error('Stopped.')));

const findings: Findings = {
	about:
		'n8n in queue mode on one machine: a main process, two workers and a webhook process, each with a folder of its own, with Redis and PostgreSQL, the package installed in each. A sender posts webhooks as a shop would: what is not answered with 2xx within a minute is sent again.',
	tables: [],
	aims: [],
};
try {
	await inWorld({ short, say, signal: stopping.signal }, async (world) => {
		for (const name of names) {
			say(name);
			const scenario = await SCENARIOS[name]();
			const { tables, aims } = await untilStopped(scenario(world));
			findings.tables.push(...tables);
			findings.aims.push(...aims);
		}
	});
	report('queue', 'npm run test:queue', findings, { short: partial, startedAt });
} catch (error) {
	console.error(stopping.signal.aborted ? 'Stopped.' : error);
	process.exitCode = 1;
}
// A request of a scenario that was left may still wait for its answer.
process.exit();

async function untilStopped<T>(work: Promise<T>): Promise<T> {
	const stopped = new Promise<never>((_, reject) => {
		stopping.signal.addEventListener('abort', () => reject(stopping.signal.reason as Error), {
			once: true,
		});
	});
	stopped.catch(() => undefined);
	work.catch(() => undefined);
	stopping.signal.throwIfAborted();
	return await Promise.race([work, stopped]);
}
