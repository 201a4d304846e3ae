/** `npm run bench`: all benchmarks, one after the other, or those that are named. */
import type { Bench } from './cases.mts';
import { choose } from '../../harness/commandLine.mts';
import { report, type Findings } from '../../harness/report.mts';

/** Name on the command line to what it measures. */
const BENCHES: Record<string, () => Promise<Bench>> = {
	create: async () => (await import('./create.mts')).create,
	limited: async () => (await import('./limited.mts')).limited,
	trigger: async () => (await import('./trigger.mts')).trigger,
	verification: async () => (await import('./verification.mts')).verification,
	getMany: async () => (await import('./getMany.mts')).getMany,
	load: async () => (await import('./load.mts')).load,
};

const { names, short, partial } = choose(
	{
		command: 'npm run bench',
		description: 'Measures the package beside its alternatives in a real n8n.',
		fewer: 'sizes and rounds',
		part: 'benchmark',
	},
	Object.keys(BENCHES),
);
const startedAt = Date.now();
const findings: Findings = {
	about:
		'Everything side by side in one run, in a real n8n that talks to a local server with the given latency. Rounds alternate between the contenders; each figure is the median of the rounds, and ratios are ratios of medians.',
	tables: [],
	aims: [],
};
for (const name of names) {
	const bench = await BENCHES[name]();
	const { tables, aims } = await bench({ short, say: (text) => console.error(`${name}: ${text}`) });
	findings.tables.push(...tables);
	findings.aims.push(...aims);
}
report('bench', 'npm run bench', findings, { short: partial, startedAt });
