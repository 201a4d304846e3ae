/**
 * `npm run test:hosts`: the end-to-end run against every release of n8n in hosts.mts, one after the other, and a table of what
 * works where. `npm run test:hosts -- 2.0.3` tries only the releases that are named, and then keeps the results apart.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { report } from '../../harness/report.mts';
import { ensureInstall } from '../../harness/n8n/install.mts';
import { CLONE, stateFolder } from '../../harness/paths.mts';
import { run } from '../../harness/process.mts';
import { HOSTS, hostOf, type Host } from './hosts.mts';
import { footnotes, judge, table, type HostResult, type JestResults } from './judge.mts';

/** Five minutes are usual. */
const TIME_LIMIT_MS = 40 * 60_000;

const startedAt = Date.now();
const { args } = new Command()
	.description('Runs the end-to-end tests against several releases of n8n')
	.argument('[releases...]', `of ${HOSTS.map(({ n8n }) => n8n).join(', ')}; all of them by default`)
	.parse();
const hosts = args.length > 0 ? args.map((n8n) => hostOf(n8n)) : HOSTS;
const folder = join(CLONE, '.tmp/hosts');
mkdirSync(folder, { recursive: true });

const results: HostResult[] = [];
for (const host of hosts) {
	await ensureInstall((text) => console.log(`n8n ${host.n8n}: ${text}`), undefined, host);
	console.log(`n8n ${host.n8n} on Node.js ${host.node}: running …`);
	const result = judge(host.n8n, await runTests(host));
	results.push(result);
	const passed = result.tests.filter((test) => test.passed).length;
	console.log(`n8n ${host.n8n}: ${passed} of ${result.tests.length} tests passed`);
	for (const name of result.defects) console.log(`  FAILED: ${name}`);
	for (const name of result.stale)
		console.log(`  IN THE LIST OF EXCEPTIONS, BUT NOT FAILING: ${name}`);
}

const notes = footnotes(results);
const total = (count: (result: HostResult) => number) =>
	results.reduce((sum, result) => sum + count(result), 0);
report(
	'hosts',
	'npm run test:hosts',
	{
		about:
			'The end-to-end tests (`test/e2e`: the packed package in a real n8n with its editor, the sandbox, a mailbox and a browser) against earlier and present releases of n8n.',
		versions: hosts.map(({ n8n, node }) => `n8n ${n8n} on Node.js ${node}`).join(', '),
		tables: [
			{
				title: 'What works where',
				note: 'In brackets: tests passed. A test that an n8n cannot pass stands in `checks/hosts/exceptions.mts` with its reason.',
				columns: ['', ...hosts.map(({ n8n }) => `n8n ${n8n}`)],
				rows: table(results, notes),
			},
			...(notes.length > 0
				? [
						{
							title: 'Notes',
							columns: ['note', 'what is different'],
							rows: notes.map((text, index) => [index + 1, text]),
						},
					]
				: []),
			{
				title: 'The releases',
				columns: ['n8n', 'Node.js', 'why', 'settings that this release needs'],
				rows: hosts.map(({ n8n, node, about, needs }) => [n8n, node, about, needs || 'none']),
			},
		],
		aims: [
			...results.map(({ n8n, defects }) => ({
				text: `n8n ${n8n}: tests that fail without a known reason`,
				measured: defects.length,
				atMost: 0,
			})),
			{
				text: 'Known exceptions that do not fail any more',
				measured: total(({ stale }) => stale.length),
				atMost: 0,
			},
			{
				text: 'Tests that no row of the table covers',
				measured: total(({ uncovered }) => uncovered.length),
				atMost: 0,
			},
		],
	},
	{ short: args.length > 0, startedAt },
);

/** Failed tests make jest fail; what they were is in its JSON, which is missing only when nothing ran. */
async function runTests({ n8n }: Host): Promise<JestResults> {
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
	const env = { ...process.env, E2E_HOST: n8n, E2E_FOLDER: `${stateFolder()}-hosts` };
	const failure = await run(process.execPath, jest, {
		cwd: CLONE,
		log,
		env,
		signal: AbortSignal.timeout(TIME_LIMIT_MS),
	}).catch((error: Error) => error);
	try {
		return JSON.parse(readFileSync(output, 'utf8')) as JestResults;
	} catch {
		throw new Error(`The tests did not run against n8n ${n8n}. Their output is in ${log}`, {
			cause: failure,
		});
	}
}
