// What the README says to type is what CI runs, and what it shows exists.
import { existsSync, readFileSync } from 'node:fs';
import type { INodePropertyOptions } from 'n8n-workflow';
import { nodeProperties } from '../../nodes/Didit/actions/resources.ts';

const read = (path: string) => readFileSync(path, 'utf8');
const readme = read('README.md');
const ci = ['.ci/run', 'checks/demo.mts'].map(read).join('\n');

const commands = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)]
	.flatMap(([, block]) => block.split('\n'))
	.map((line) => line.replace(/#.*$/, '').trim())
	.filter(Boolean);

it('names the two commands', () => {
	expect(commands).toEqual(expect.arrayContaining(['npm cit', 'npm start']));
});

it.each([...new Set(commands)])('CI runs %s', (command) => {
	expect(ci).toMatch(new RegExp(`^(?!\\s*(#|section)).*${command}`, 'm'));
});

it.each([...readme.matchAll(/\]\((?!https?:|#)([^)#]+)(#[^)]*)?\)/g)].map(([, path]) => path))(
	'%s is there',
	(path) => {
		expect(existsSync(path)).toBe(true);
	},
);

it.each([...readme.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor))(
	'has the section #%s',
	(anchor) => {
		const anchors = [...readme.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
			title
				.toLowerCase()
				.replace(/[^\w\s-]/g, '')
				.replace(/\s/g, '-'),
		);
		expect(anchors).toContain(anchor);
	},
);

const options = (name: string, resource?: string) =>
	nodeProperties()
		.filter(
			(field) =>
				field.name === name &&
				(!resource || field.displayOptions?.show?.resource?.includes(resource)),
		)
		.flatMap((field) => field.options as INodePropertyOptions[]);

const operations = options('resource').flatMap((resource) =>
	options('operation', String(resource.value)).map(({ name }) => `${resource.name}: ${name}`),
);

it.each(operations)('the table of operations has %s', (operation) => {
	expect(readme).toMatch(new RegExp(`^\\| ${operation} +\\|`, 'm'));
});

it('the table of operations has no other', () => {
	const resources = options('resource').map(({ name }) => name);
	const row = new RegExp(`^\\| ((?:${resources.join('|')}): [^|]+?) +\\|`, 'gm');
	const rows = [...readme.matchAll(row)].map(([, name]) => name);
	expect(rows.sort()).toEqual([...operations].sort());
});
