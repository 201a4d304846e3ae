// How results of the end-to-end tests become the table of what works in which n8n.
import { readdirSync } from 'node:fs';
import { ADAPTATIONS, EXCEPTIONS } from '../../checks/hosts/exceptions.mts';
import { FEATURES } from '../../checks/hosts/features.mts';
import { HOSTS, hostOf } from '../../checks/hosts/hosts.mts';
import { footnotes, judge, table } from '../../checks/hosts/judge.mts';
import type { JestResults } from '../../checks/hosts/kept.mts';

const run = (
	file: string,
	tests: Record<string, string>,
	group?: string,
): JestResults['testResults'][number] => ({
	name: `/somewhere/test/e2e/${file}.e2e.mts`,
	status: 'passed',
	assertionResults: Object.entries(tests).map(([title, status]) => ({
		ancestorTitles: group ? [group] : [],
		title,
		fullName: [group, title].filter(Boolean).join(' '),
		status,
	})),
});
const exception = {
	test: 'Wait for Result keeps a secret',
	hosts: ['1.0.0'],
	reason: 'There are no secrets.',
};

it('tells a known difference from a defect', () => {
	const results = {
		testResults: [
			run('results', { 'keeps a secret': 'failed', 'goes on': 'passed' }, 'Wait for Result'),
			run('token', { 'is one': 'failed' }),
		],
	};
	const old = judge('1.0.0', results, [exception]);
	expect(old).toMatchObject({ defects: ['is one'], stale: [], uncovered: [] });
	const notes = footnotes([old]);
	expect(notes).toEqual(['There are no secrets.']);
	const cells = Object.fromEntries(table([old], notes));
	expect(cells['Wait for Result']).toBe('works, see 1 (1 of 2)');
	expect(cells['One token for all items and executions']).toBe('**fails** (0 of 1)');
	expect(judge('2.0.0', results, [exception]).defects).toEqual([
		'Wait for Result keeps a secret',
		'is one',
	]);
});

it('reports a known difference that is none any more, and one whose test is gone', () => {
	for (const tests of [{ 'keeps a secret': 'passed' }, { 'goes on': 'passed' }] as Array<
		Record<string, string>
	>) {
		expect(
			judge('1.0.0', { testResults: [run('results', tests, 'Wait for Result')] }, [exception])
				.stale,
		).toEqual([exception.test]);
	}
});

it('takes a whole group for a known difference, until all of it works', () => {
	const group = { ...exception, test: "n8n's MCP server" };
	const tried = (first: string) =>
		judge(
			'1.0.0',
			{ testResults: [run('asking', { builds: first, finds: 'passed' }, "n8n's MCP server")] },
			[group],
		);
	expect(tried('failed')).toMatchObject({ defects: [], stale: [] });
	expect(tried('passed').stale).toEqual([group.test]);
});

it('has a row for every file of end-to-end tests', () => {
	for (const file of readdirSync('test/e2e').filter((name) => name.endsWith('.e2e.mts')))
		expect([file, FEATURES.some((feature) => file.startsWith(feature.file))]).toEqual([file, true]);
});

it('takes a test that was skipped, and a file that could not run, for a defect', () => {
	const testResults = [
		run('token', { 'is one': 'pending' }),
		{ ...run('signup', {}), status: 'failed' },
	];
	expect(judge('1.0.0', { testResults }, []).defects).toEqual([
		'is one',
		'signup.e2e.mts (could not run)',
	]);
});

it('reports tests that no row of the table has', () => {
	expect(judge('1.0.0', { testResults: [run('new', { works: 'passed' })] }, []).uncovered).toEqual([
		'works',
	]);
});

it('knows the releases and rows that exceptions are about', () => {
	const releases = HOSTS.map(({ n8n }) => n8n);
	for (const { hosts } of [...EXCEPTIONS, ...ADAPTATIONS])
		expect(releases).toEqual(expect.arrayContaining(hosts));
	for (const { features } of ADAPTATIONS)
		expect(FEATURES.map(({ title }) => title)).toEqual(expect.arrayContaining(features));
	expect(() => hostOf('0.1.0')).toThrow('Choose from');
});
