/** `npm run bench`: all benchmarks, one after the other, or those that are named. */
import { check, together, type Part } from '../../harness/check.mts';
import { missingServices } from '../services.mts';
import { inMeasuredN8n, type Bench, type InN8n } from './measured.mts';

/** Name on the command line to what it measures. */
const BENCHES: Record<string, () => Promise<Bench>> = {
	create: async () => (await import('./create.mts')).create,
	limited: async () => (await import('./limited.mts')).limited,
	trigger: async () => (await import('./trigger.mts')).trigger,
	verification: async () => (await import('./verification.mts')).verification,
	reads: async () => (await import('./reads.mts')).reads,
	documents: async () => (await import('./documents.mts')).documents,
	getMany: async () => (await import('./getMany.mts')).getMany,
	paginated: async () => (await import('./paginated.mts')).paginated,
	waiting: async () => (await import('./waiting.mts')).waiting,
	load: async () => (await import('./load.mts')).load,
};

await check(
	{
		name: 'bench',
		command: 'npm run bench',
		description: 'Measures the package beside its alternatives in a real n8n.',
		fewer: 'sizes and rounds',
		parts: { called: 'benchmark', names: Object.keys(BENCHES) },
	},
	async ({ names, short, say, signal }) => {
		// Said now, and not after most of an hour.
		const missing = !short && names.includes('waiting') && missingServices('postgresql');
		if (missing) throw new Error(missing);
		const measureAll = async (inN8n: InN8n) => {
			const parts: Part[] = [];
			for (const name of names) {
				const bench = await BENCHES[name]();
				const told = (text: string) => say(`${name}: ${text}`);
				parts.push([name, await bench({ short, say: told, signal, inN8n })]);
			}
			return together(
				'Everything side by side in one run, in a real n8n that talks to a local server with the given latency. Rounds alternate between the contenders; each figure is the median of the rounds, and ratios are ratios of medians.',
				parts,
			);
		};
		const own: InN8n = async (work, env) => await inMeasuredN8n({ say, signal }, work, env);
		// A short run does with one n8n for all. In a complete one no benchmark finds what another has left in the process.
		return short
			? await own(async (n8n) => await measureAll(async (work) => await work(n8n)))
			: await measureAll(own);
	},
);
