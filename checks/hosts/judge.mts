/** From jest's results to the table of what works where. */
import { basename } from 'node:path';
import { ADAPTATIONS, EXCEPTIONS, type Exception } from './exceptions.mts';
import type { Findings } from '../../harness/report.mts';
import { FEATURES, type Feature } from './features.mts';
import type { Host } from './hosts.mts';
import type { JestResults, Kept } from './kept.mts';

interface Test {
	file: string;
	group: string;
	name: string;
	passed: boolean;
	exception?: Exception;
}

export interface HostResult {
	n8n: string;
	tests: Test[];
	/** Tests that failed, or did not run, without standing in the list. */
	defects: string[];
	/** Entries of the list whose test passed or does not exist. */
	stale: string[];
	/** Files of tests that no row of the table covers. */
	uncovered: string[];
}

const belongs = ({ file, group }: Feature, test: Test): boolean =>
	test.file.startsWith(file) && (group === undefined || test.group === group);

const featureOf = (test: Test): Feature | undefined =>
	FEATURES.find((feature) => belongs(feature, test));

/** A file that could not run at all counts as one failed test. */
export function judge(
	n8n: string,
	{ testResults }: JestResults,
	exceptions = EXCEPTIONS,
): HostResult {
	const known = exceptions.filter(({ hosts }) => hosts.includes(n8n));
	const tests = testResults.flatMap(({ name, status, assertionResults }): Test[] => {
		const file = basename(name);
		if (assertionResults.length === 0)
			return [{ file, group: '', name: `${file} (could not run)`, passed: status === 'passed' }];
		return assertionResults.map(({ ancestorTitles, fullName, status: outcome }) => ({
			file,
			group: ancestorTitles[0] ?? '',
			name: fullName,
			passed: outcome === 'passed',
			exception: known.find(({ test }) => test === fullName || test === ancestorTitles[0]),
		}));
	});
	return {
		n8n,
		tests,
		defects: tests.filter(({ passed, exception }) => !passed && !exception).map(({ name }) => name),
		stale: known
			.map(({ test }) => test)
			.filter((wanted) =>
				tests
					.filter(({ name, group }) => name === wanted || group === wanted)
					.every(({ passed }) => passed),
			),
		uncovered: tests.filter((test) => !featureOf(test)).map(({ name }) => name),
	};
}

/** What is to be said about a feature on a host: what had to be done differently, and what failed for a known reason. */
function reasons(feature: Feature, { n8n, tests }: HostResult): string[] {
	const adapted = ADAPTATIONS.filter(
		({ features, hosts }) => features.includes(feature.title) && hosts.includes(n8n),
	);
	const failed = tests.filter(
		(test) => featureOf(test) === feature && !test.passed && test.exception,
	);
	return [
		...new Set([
			...adapted.map(({ reason }) => reason),
			...failed.map(({ exception }) => exception?.reason ?? ''),
		]),
	];
}

/** All reasons once, in the order in which they first appear in the table. */
export function footnotes(results: HostResult[]): string[] {
	return [
		...new Set(
			FEATURES.flatMap((feature) => results.flatMap((result) => reasons(feature, result))),
		),
	];
}

export function table(results: HostResult[], notes: string[]): string[][] {
	return FEATURES.map((feature) => [
		feature.title,
		...results.map((result) => cell(feature, result, notes)),
	]);
}

function cell(feature: Feature, result: HostResult, notes: string[]): string {
	const tests = result.tests.filter((test) => featureOf(test) === feature);
	const passed = tests.filter((test) => test.passed).length;
	const count = `${passed} of ${tests.length}`;
	if (tests.length === 0) return 'not tried';
	if (tests.some((test) => !test.passed && !test.exception)) return `**fails** (${count})`;
	const numbers = reasons(feature, result).map((reason) => notes.indexOf(reason) + 1);
	if (numbers.length === 0) return `works (${count})`;
	return `${passed === 0 ? 'not available' : 'works'}, see ${numbers.sort((a, b) => a - b).join(', ')} (${count})`;
}

/** The days and commits of its files. */
const lastTried = ({ testResults }: Kept): string =>
	[...new Set(testResults.map(({ date, commit }) => `${date} (${commit})`))].sort().join(', ');

/** What the tests last did on these releases, for the page. */
export function findingsOf(hosts: Host[], kept: Kept[]): Findings {
	const results = kept.map((one) => judge(one.n8n, one));
	const notes = footnotes(results);
	const total = (count: (result: HostResult) => number) =>
		results.reduce((sum, result) => sum + count(result), 0);
	return {
		about:
			'The end-to-end tests (`test/e2e`: the packed package in a real n8n with its editor, the sandbox, a mailbox and a browser) against earlier and present releases of n8n. Each release, and each file of tests, can be tried again by itself; its last result counts.',
		versions: hosts.map(({ n8n, node }) => `n8n ${n8n} on Node.js ${node}`).join(', '),
		tables: [
			{
				title: 'What works where',
				onPage: true,
				note: 'In brackets: tests passed. A test that an n8n cannot pass stands in `checks/hosts/exceptions.mts` with its reason.',
				columns: ['', ...hosts.map(({ n8n }) => `n8n ${n8n}`)],
				rows: table(results, notes),
			},
			...(notes.length > 0
				? [
						{
							title: 'Notes',
							onPage: true,
							columns: ['note', 'what is different'],
							rows: notes.map((text, index) => [index + 1, text]),
						},
					]
				: []),
			{
				title: 'The releases',
				onPage: true,
				columns: ['n8n', 'Node.js', 'why', 'settings that this release needs', 'last tried'],
				rows: hosts.map(({ n8n, node, about, needs }, index) => [
					n8n,
					node,
					about,
					needs || 'none',
					lastTried(kept[index]),
				]),
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
	};
}
