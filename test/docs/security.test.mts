// docs/security.md cannot rot: every threat names tests by their IDs, and each ID stands in the name of one test that runs.
import { readFileSync, readdirSync } from 'node:fs';

const page = readFileSync('docs/security.md', 'utf8');
const section = (title: string) => page.split(/^## /m).find((text) => text.startsWith(title)) ?? '';

const rows = section('Threats')
	.split('\n')
	.filter((line) => /^\| (?!threat|-)/.test(line))
	.map((line) => {
		const cells = line.split(/(?<!\\) *\| */).slice(1, -1);
		return { threat: cells[0], ids: cells[cells.length - 1].split(/, */) };
	});
const listed = [...new Set(rows.flatMap(({ ids }) => ids))];

const sources = (readdirSync('test', { recursive: true }) as string[])
	.filter((file) => /\.(test|e2e)\.mts$/.test(file))
	.map((file) => ({ file: `test/${file}`, text: readFileSync(`test/${file}`, 'utf8') }));
/** An ID ends the name of a test: a text of `it`, or of a row of `it.each`. */
const tagged = sources.flatMap(({ file, text }) =>
	[...text.matchAll(/ \[(T\d+)\]['"]/g)].map(([, id]) => ({ file, id })),
);

it('lists the threats', () => expect(rows.length).toBeGreaterThan(30));

it.each(rows)('has a test for: $threat', ({ ids }) => {
	expect(ids.length).toBeGreaterThan(0);
	for (const id of ids) expect(id).toMatch(/^T\d+$/);
});

it.each(listed)('%s is one test', (id) => {
	expect(tagged.filter((test) => test.id === id)).toHaveLength(1);
});

it('lists every test that has an ID', () => {
	expect(listed).toEqual(expect.arrayContaining(tagged.map(({ id }) => id)));
});

it.each([...new Set(tagged.map(({ file }) => file))])('%s skips nothing', (file) => {
	expect(readFileSync(file, 'utf8')).not.toMatch(
		/\b(it|describe|test)\.(skip|only|todo|failing)\b|\bx(it|describe|test)\(/,
	);
});

const aboutSecurity = ['n8n/deliveries', 'n8n/requestHosts', 'docs/package'];

it.each(aboutSecurity)('every test of %s has an ID', (file) => {
	const text = readFileSync(`test/${file}.test.mts`, 'utf8').replace(/^\s*describe.*/gm, '');
	const names = [...text.matchAll(/\(\s*'([^']+)',\s*(?:async )?\(/g)].map(([, name]) => name);
	expect(names.length).toBeGreaterThan(3);
	for (const name of names) expect(name).toMatch(/ \[T\d+\]$/);
});
