// The README is short, has n8n's headings, shows every example, and its badges are true.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { HOSTS } from '../../checks/hosts/hosts.mts';
import { readKept } from '../../checks/hosts/kept.mts';
import manifest from '../../package.json';
import { OPERATIONS } from '../support/operations.mts';
import { DiditTrigger } from '../../nodes/Didit/DiditTrigger.node.ts';

const readme = readFileSync('README.md', 'utf8');

it('has at most 130 lines', () => {
	expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(130);
});

// https://github.com/n8n-io/n8n-nodes-starter/blob/master/README_TEMPLATE.md
it.each([
	'Installation',
	'Operations',
	'Credentials',
	'Compatibility',
	'Usage',
	'Resources',
	'Version history',
])("has the heading of n8n's template: %s", (heading) => {
	expect(readme).toMatch(new RegExp(`^## ${heading}$`, 'm'));
});

it.each(readdirSync('examples').filter((file) => file.endsWith('.json')))('shows %s', (file) => {
	expect(readme).toContain(`](examples/${file})`);
});

it('counts operations and events', () => {
	expect(readme).toContain(`${OPERATIONS.length} operations, and a trigger with twelve [events]`);
	const { properties } = new DiditTrigger().description;
	expect(properties.find(({ name }) => name === 'events')?.options).toHaveLength(12);
});

it('lists the releases of n8n that are tested', () => {
	const rows = [...readme.matchAll(/^\| (\d+\.\d+\.\d+) +\| (\d+) +\|/gm)].map(
		([, n8n, node]) => `n8n ${n8n} on Node.js ${node}`,
	);
	const tried = HOSTS.map((host) => readKept(host)!);
	const tested = tried.map(({ n8n, node }) => `n8n ${n8n} on Node.js ${parseInt(node)}`);
	expect(rows.sort()).toEqual(tested.sort());
	// Every file of tests, on every release.
	const files = readdirSync('test/e2e').filter((name) => name.endsWith('.e2e.mts'));
	for (const { n8n, testResults } of tried)
		expect([n8n, testResults.map(({ name }) => name)]).toEqual([n8n, files.sort()]);
	const days = tried.flatMap(({ testResults }) => testResults.map(({ date }) => date));
	expect(readme).toContain(`last in full on ${days.sort()[0]}`);
	const [, badge] = /!\[n8n ([^\]]+)\]/.exec(readme)!;
	expect(badge.split(/, | and /).sort()).toEqual(
		rows.map((row) => /^n8n (\d+\.\d+)/.exec(row)![1]).sort(),
	);
});

it('has badges that are true', () => {
	const badges = [...readme.matchAll(/\[!\[[^\]]*\]\(([^)]+)\)\]/g)].map(([, image]) => image);
	expect(badges).toHaveLength(3);
	expect(badges[0]).toContain(`license-${manifest.license}-`);
	expect(readFileSync('LICENSE', 'utf8')).toContain(`${manifest.license} License`);
	const [, workflow] = /\/actions\/workflows\/([^/]+)\/badge\.svg/.exec(badges[1])!;
	expect(existsSync(`.github/workflows/${workflow}`)).toBe(true);
});

it.each([
	'credentials/DiditApi.credentials.ts',
	'nodes/Didit/Didit.node.json',
	'nodes/Didit/DiditTrigger.node.json',
])('has the sections that the editor links to in %s', (file) => {
	const anchors = [
		...readFileSync(file, 'utf8').matchAll(/n8n-nodes-didit\/n8n-nodes-didit#([\w-]+)/g),
	].map(([, anchor]) => anchor);
	const sections = [...readme.matchAll(/^## (.+)$/gm)].map(([, title]) =>
		title.toLowerCase().replaceAll(' ', '-'),
	);
	expect(anchors.length).toBeGreaterThan(0);
	for (const anchor of anchors) expect(['readme', ...sections]).toContain(anchor);
});
