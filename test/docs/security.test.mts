// docs/security.md cannot rot: every test that it names exists, every threat has one, and no security test is left out.
import { existsSync, readFileSync, readdirSync } from 'node:fs';

const page = readFileSync('docs/security.md', 'utf8');
const section = (title: string) => page.split(/^## /m).find((text) => text.startsWith(title)) ?? '';

interface Row {
	threat: string;
	tests: Array<[file: string, name: string]>;
}

/** A row's last cell: a file in backticks, a colon, the names of its tests in quotes; the next file after a semicolon. */
function rowsOf(text: string): Row[] {
	const rows = text.split('\n').filter((line) => /^\| (?!threat|---)/.test(line));
	return rows.map((line) => {
		const cells = line.split(/(?<!\\) ?\| ?/).slice(1, -1);
		const tests = cells[cells.length - 1].split(/; (?=`)/).flatMap((part) => {
			const [, file, names] = /^`([^`]+)`: (.+)$/.exec(part) ?? ['', '', ''];
			return [...names.matchAll(/"([^"]+)"/g)].map(([, name]): [string, string] => [file, name]);
		});
		return { threat: cells[0], tests };
	});
}

const rows = rowsOf(section('Threats'));
const named = rows.flatMap(({ tests }) => tests);

/** The names of tests are texts in the file: of `it`, or of a row of `it.each`. */
function texts(file: string): string[] {
	return [
		...readFileSync(file, 'utf8').matchAll(/'((?:[^'\\\n]|\\.)+)'|"((?:[^"\\\n]|\\.)+)"/g),
	].map(([, single, double]) => (single ?? double).replace(/\\(.)/g, '$1'));
}

it('lists the threats', () => expect(rows.length).toBeGreaterThan(30));

it.each(rows)('has a test for: $threat', ({ tests }) => expect(tests.length).toBeGreaterThan(0));

it.each(named)('%s has the test "%s"', (file, name) => {
	expect(existsSync(file)).toBe(true);
	expect(texts(file)).toContain(name);
});

it.each([...new Set(named.map(([file]) => file))])('%s skips nothing', (file) => {
	expect(readFileSync(file, 'utf8')).not.toMatch(
		/\b(it|describe|test)\.(skip|only|todo|failing)\b|\bx(it|describe|test)\(/,
	);
});

it.each(readdirSync('test/security').map((file) => `test/security/${file}`))(
	'names every test of %s',
	(file) => {
		const lines = readFileSync(file, 'utf8')
			.split('\n')
			.filter((line) => !line.startsWith('describe'));
		const own = lines.flatMap((line) => /\('([^']+)', (?:async )?\(/.exec(line)?.[1] ?? []);
		expect(own.length).toBeGreaterThan(0);
		expect(named.filter(([where]) => where === file).map(([, name]) => name)).toEqual(
			expect.arrayContaining(own),
		);
	},
);
