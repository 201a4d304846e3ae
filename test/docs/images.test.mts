// The pictures on the pages: there, small enough, and one for each example.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const KB = 1024;
const FOLDER = 'docs/images';
const images = readdirSync(FOLDER);
const PAGES = [
	'README.md',
	'examples/README.md',
	'sandbox/README.md',
	...['docs', 'docs/guide'].flatMap((folder) =>
		readdirSync(folder)
			.filter((file) => file.endsWith('.md'))
			.map((file) => join(folder, file)),
	),
];

/** Paths from the top of the repository, of Markdown's images and HTML's. */
function shownOn(page: string): string[] {
	const text = readFileSync(page, 'utf8');
	return [...text.matchAll(/!\[[^\]]*\]\(([^)]+)\)|(?:src|srcset)="([^"]+)"/g)]
		.map(([, markdown, html]) => markdown ?? html)
		.filter((path) => !path.startsWith('http'))
		.map((path) => join(dirname(page), path));
}

const shown = PAGES.flatMap((page) => shownOn(page).map((path) => ({ page, path })));

it('are there, on every page that shows one', () => {
	expect(shown.filter(({ path }) => !existsSync(path))).toEqual([]);
	expect(shown.length).toBeGreaterThan(10);
});

it('are each shown somewhere', () => {
	const used = new Set(shown.map(({ path }) => path));
	expect(images.filter((file) => !used.has(join(FOLDER, file)))).toEqual([]);
});

it.each(images)('%s is small', (file) => {
	const most = file.endsWith('.webp') ? 1024 * KB : 150 * KB;
	expect(statSync(join(FOLDER, file)).size).toBeLessThanOrEqual(most);
});

it('show the canvas of each example, light and dark', () => {
	const examples = readdirSync('examples').filter((file) => file.endsWith('.json'));
	for (const file of examples)
		for (const look of ['', '-dark'])
			expect(images).toContain(`example-${file.replace('.json', '')}${look}.jpg`);
});
