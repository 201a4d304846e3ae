// The page of operations and the short table of the README list what the node has, and say which credential is needed.
import { readFileSync } from 'node:fs';
import type { INodePropertyOptions } from 'n8n-workflow';
import { findOperation, nodeProperties } from '../../nodes/Didit/actions/resources.ts';

const page = readFileSync('docs/guide/operations.md', 'utf8');
const readme = readFileSync('README.md', 'utf8');

const options = (name: string, resource?: string) =>
	nodeProperties()
		.filter(
			(field) =>
				field.name === name &&
				(!resource || field.displayOptions?.show?.resource?.includes(resource)),
		)
		.flatMap((field) => field.options as INodePropertyOptions[]);

const resources = options('resource').map(({ name, value }) => ({
	name,
	operations: options('operation', String(value)).map((operation) => ({
		name: `${name}: ${operation.name}`,
		short: operation.name,
		needs: findOperation(String(value), String(operation.value)).needs,
	})),
}));
const operations = resources.flatMap((resource) => resource.operations);

it.each(operations)('the table of operations has $name', ({ name, needs }) => {
	const row = page.split('\n').find((line) => new RegExp(`^\\| ${name} +\\|`).test(line));
	expect(row).toBeDefined();
	expect(/\| – +\|$/.test(row!)).toBe(needs === 'apiKey');
});

it('the table of operations has no other', () => {
	const row = new RegExp(
		`^\\| ((?:${resources.map(({ name }) => name).join('|')}): [^|]+?) +\\|`,
		'gm',
	);
	const rows = [...page.matchAll(row)].map(([, name]) => name);
	expect(rows.sort()).toEqual(operations.map(({ name }) => name).sort());
});

it.each(resources)('the README lists the operations of $name', ({ name, operations }) => {
	const [, listed] = new RegExp(`^\\| ${name} +\\| (.+?) +\\|$`, 'm').exec(readme) ?? [];
	expect(listed?.split(', ').sort()).toEqual(operations.map(({ short }) => short).sort());
});
