// The README is short, has n8n's headings, shows every example, and its badges are true.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import manifest from '../../package.json';
import { OPERATIONS } from '../support/operations.mts';
import { DiditTrigger } from '../../nodes/Didit/DiditTrigger.node.ts';

const readme = readFileSync('README.md', 'utf8');
const hosts = JSON.parse(readFileSync('docs/measurements/hosts.json', 'utf8')) as {
	versions: string;
	date: string;
};

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
	const tested = hosts.versions
		.split(', ')
		.map((host) => /^n8n \S+ on Node\.js \d+/.exec(host)![0]);
	expect(rows.sort()).toEqual(tested.sort());
	expect(readme).toContain(`last in full on ${hosts.date}`);
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
