// What a page says to type is what CI runs. The sandbox's page has a test of its own, which types it.
import { readFileSync, readdirSync } from 'node:fs';

const read = (path: string) => readFileSync(path, 'utf8');
const pagesIn = (folder: string) =>
	(readdirSync(folder, { recursive: true }) as string[])
		.filter((file) => file.endsWith('.md'))
		.map((file) => `${folder}/${file}`);

const pages = [
	...readdirSync('.').filter((file) => file.endsWith('.md')),
	...['docs', 'examples', 'contract', '.github'].flatMap(pagesIn),
];
const commands = pages.flatMap((page) =>
	[...read(page).matchAll(/^ *```sh\n([^]*?)^ *```/gm)]
		.flatMap(([, block]) => block.split('\n'))
		.map((line) => line.replace(/(^|\s)#.*$/, '').trim())
		.filter(Boolean)
		.map((command) => ({ page, command })),
);

const ci = [
	'.ci/run',
	'checks/demo.mts',
	...readdirSync('.github/workflows').map((file) => `.github/workflows/${file}`),
]
	.map(read)
	.join('\n');
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const isRun = (command: string) =>
	new RegExp(`^(?!\\s*(#|section|- name)).*${escaped(command)}(?![\\w:-])`, 'm').test(ci);

/** What CI doesn't type, and why that's all right. */
const NOT_TYPED: Record<string, string> = {
	'git clone https://github.com/n8n-nodes-didit/n8n-nodes-didit.git': 'CI has the clone',
	'cd n8n-nodes-didit': 'CI is in it',
	'npm test': 'a part of npm cit',
	'npm run test:unit -- -o': 'a part of npm cit: the tests that a change touches',
	'npx jest test/n8n/create': 'a part of npm cit: one of its tests',
	'npx jest test/docs': 'a part of npm cit: some of its tests',
	"npx jest 'test/unit/actions/(resources|contract|hints)' test/docs":
		'a part of npm cit: some of its tests',
	"npx jest 'test/n8n/(agent|repeats)'": 'a part of npm cit: some of its tests',
	'npm run test:e2e -- operations': 'a part of npm run test:e2e',
	'PART=webhook npm run test:mutation': 'not part of the full check: it takes minutes',
};

it('reads the pages', () => {
	expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/guide/testing.md']));
	expect(commands.map(({ command }) => command)).toEqual(
		expect.arrayContaining(['npm cit', 'npm start', 'npm run sandbox']),
	);
});

it.each(commands.filter(({ command }) => !(command in NOT_TYPED)))(
	'CI runs: $command ($page)',
	({ command }) => {
		expect(isRun(command)).toBe(true);
	},
);

it.each(Object.keys(NOT_TYPED))('a page still says: %s', (command) => {
	expect(commands.map((one) => one.command)).toContain(command);
	expect(isRun(command)).toBe(false);
});
