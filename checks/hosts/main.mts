/**
 * `npm run test:hosts`: the end-to-end tests against every release of n8n in hosts.mts, one after the other, and a table of what
 * works where. `npm run test:hosts -- 2.0.3` tries only the releases that are named, and then keeps the results apart.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '../../harness/check.mts';
import { ensureInstall } from '../../harness/n8n/install.mts';
import { CLONE } from '../../harness/paths.mts';
import { run } from '../../harness/process.mts';
import { HOSTS, hostOf, type Host } from './hosts.mts';
import { findingsOf, judge, type JestResults } from './judge.mts';

/** Five minutes are usual. */
const TIME_LIMIT_MS = 40 * 60_000;

const folder = join(CLONE, '.tmp/hosts');

await check(
	{
		name: 'hosts',
		command: 'npm run test:hosts',
		description: 'Runs the end-to-end tests against several releases of n8n.',
		parts: { called: 'release', names: HOSTS.map(({ n8n }) => n8n) },
	},
	async ({ names, say, signal }) => {
		mkdirSync(folder, { recursive: true });
		const hosts = names.map((n8n) => hostOf(n8n));
		const results = [];
		for (const host of hosts) {
			const { n8n, node } = host;
			await ensureInstall((text) => say(`n8n ${n8n}: ${text}`), signal, host);
			say(`n8n ${n8n} on Node.js ${node}: running`);
			const result = judge(n8n, await runTests(host, signal));
			results.push(result);
			const passed = result.tests.filter((test) => test.passed).length;
			say(`n8n ${n8n}: ${passed} of ${result.tests.length} tests passed`);
			for (const name of result.defects) say(`  FAILED: ${name}`);
			for (const name of result.stale) say(`  IN THE LIST OF EXCEPTIONS, BUT NOT FAILING: ${name}`);
		}
		return findingsOf(hosts, results);
	},
);

/** Failed tests make jest fail; what they were is in its JSON, which is missing only when nothing ran. */
async function runTests({ n8n }: Host, signal: AbortSignal): Promise<JestResults> {
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
