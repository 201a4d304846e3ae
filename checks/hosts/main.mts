/**
 * `npm run test:hosts`: the end-to-end tests against every release of n8n in hosts.mts, one after the other, and a table of what
 * works where. `npm run test:hosts -- 2.0.3 --only waiting,results` tries only these files of tests on this release.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '../../harness/check.mts';
import { ensureInstall } from '../../harness/n8n/install.mts';
import { CLONE } from '../../harness/paths.mts';
import { run } from '../../harness/process.mts';
import { HOSTS, hostOf, type Host } from './hosts.mts';
import { findingsOf, judge } from './judge.mts';
import { keep, readKept, type JestResults } from './kept.mts';

/** Twenty-five minutes are usual. */
const TIME_LIMIT_MS = 60 * 60_000;

const folder = join(CLONE, '.tmp/hosts');

await check<{ only: string[] }>(
	{
		name: 'hosts',
		command: 'npm run test:hosts',
		description: 'Runs the end-to-end tests against several releases of n8n.',
		parts: { called: 'release', names: HOSTS.map(({ n8n }) => n8n), whole: true },
		options: (command) =>
			command.option(
				'--only <files>',
				'only these files of tests, such as waiting,results',
				(files: string) => files.split(','),
				[],
			),
	},
	async ({ names, options, say, signal }) => {
		mkdirSync(folder, { recursive: true });
		for (const name of names) {
			const host = hostOf(name);
			const { n8n, node } = host;
			await ensureInstall((text) => say(`n8n ${n8n}: ${text}`), signal, host);
			say(`n8n ${n8n} on Node.js ${node}: running`);
			const kept = keep(host, await runTests(host, options.only, signal));
			const { tests, defects, stale } = judge(n8n, kept);
			say(
				`n8n ${n8n}: ${tests.filter(({ passed }) => passed).length} of ${tests.length} tests passed`,
			);
			for (const defect of defects) say(`  FAILED: ${defect}`);
			for (const exception of stale)
				say(`  IN THE LIST OF EXCEPTIONS, BUT NOT FAILING: ${exception}`);
		}
		const tried = HOSTS.flatMap((host) => {
			const kept = readKept(host);
			return kept ? [{ host, kept }] : [];
		});
		return findingsOf(
			tried.map(({ host }) => host),
			tried.map(({ kept }) => kept),
		);
	},
);

/** Failed tests make jest fail; what they were is in its JSON, which is missing only when nothing ran. */
async function runTests({ n8n }: Host, only: string[], signal: AbortSignal): Promise<JestResults> {
	const output = join(folder, `${n8n}.json`);
	const log = join(folder, `${n8n}.log`);
	for (const old of [output, log]) rmSync(old, { force: true });
	const jest = [
		'node_modules/jest/bin/jest.js',
		'--config',
		'jest.e2e.config.js',
		'--runInBand',
		'--forceExit',
		'--json',
		'--outputFile',
		output,
		...only.map((file) => `/e2e/${file}.e2e.mts$`),
	];
	const failure = await run(process.execPath, jest, {
		cwd: CLONE,
		log,
		env: { ...process.env, E2E_HOST: n8n },
		signal: AbortSignal.any([signal, AbortSignal.timeout(TIME_LIMIT_MS)]),
	}).catch((error: Error) => error);
	signal.throwIfAborted();
	try {
		return JSON.parse(readFileSync(output, 'utf8')) as JestResults;
	} catch {
		throw new Error(`The tests did not run against n8n ${n8n}. Their output is in ${log}`, {
			cause: failure,
		});
	}
}
