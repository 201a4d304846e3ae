/** `npm run test:queue`: n8n's queue mode for real, with everything that can go wrong in it. */
import { check, together, type Part } from '../../harness/check.mts';
import { inWorld } from '../../harness/world.mts';
import { setUp, type Scenario } from './scenario.mts';
import { missingServices } from '../services.mts';

/** In this order: the first one needs workers that have no token yet. */
const SCENARIOS: Record<string, () => Promise<Scenario>> = {
	signups: async () => (await import('./scenarios/signups.mts')).signups,
	tokens: async () => (await import('./scenarios/tokens.mts')).tokens,
	results: async () => (await import('./scenarios/results.mts')).results,
	'worker-killed': async () => (await import('./scenarios/worker-killed.mts')).workerKilled,
	restarts: async () => (await import('./scenarios/restarts.mts')).restarts,
	duplicates: async () => (await import('./scenarios/duplicates.mts')).duplicates,
};

await check(
	{
		name: 'queue',
		command: 'npm run test:queue',
		description:
			'Starts n8n in queue mode with Redis, PostgreSQL, two workers and a webhook process, and proves that nothing is lost or done twice.',
		fewer: 'signups and rounds',
		parts: { called: 'scenario', names: Object.keys(SCENARIOS) },
	},
	async ({ names, short, say, signal }) => {
		const missing = missingServices('redis-server', 'postgresql');
		if (missing) throw new Error(missing);
		return await inWorld({ name: 'queue', say, signal }, async (world) => {
			const setting = await setUp(world, short);
			const parts: Part[] = [];
			for (const name of names) {
				say(name);
				const scenario = await SCENARIOS[name]();
				parts.push([name, await scenario(setting)]);
			}
			return together(
				"n8n in queue mode on one machine: a main process, two workers and a webhook process, each with its own folder and the package in it, beside Redis and PostgreSQL. A sender posts webhooks as a shop would: whatever isn't answered with 2xx within a minute is sent again.",
				parts,
			);
		});
	},
);
