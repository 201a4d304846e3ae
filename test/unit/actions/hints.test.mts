// What a language model that builds workflows is told about the node: n8n's own generator writes it from the description.
import { readFileSync } from 'node:fs';
import { generateNodeTypeFile } from '@n8n/workflow-sdk/dist/generate-types/generate-types';
import type { INodeTypeDescription } from 'n8n-workflow';
import { Didit } from '../../../nodes/Didit/Didit.node.ts';
import { DiditTrigger } from '../../../nodes/Didit/DiditTrigger.node.ts';
import { SHAPES } from '../../../nodes/Didit/actions/hints.ts';
import { RESOURCES } from '../../../nodes/Didit/actions/resources.ts';
import { schemaFile } from '../../support/schema.mts';

/** As n8n does for a community node: without what is hidden, under the package's name. */
const definitionOf = (description: INodeTypeDescription) =>
	generateNodeTypeFile({
		...description,
		name: `n8n-nodes-didit.${description.name}`,
		properties: description.properties.filter(({ type }) => type !== 'hidden'),
	} as Parameters<typeof generateNodeTypeFile>[0]);

const definition = definitionOf(new Didit().description);
const OPERATIONS = RESOURCES.flatMap(({ option, operations }) =>
	operations.map((operation) => ({
		resource: String(option.value),
		operation: String(operation.option.value),
		about: operation.about,
		description: operation.option.description,
	})),
);

const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** What the definition says over an operation, and its type. */
function partOf(resource: string, operation: string): { header: string; type: string } {
	const start = definition.indexOf(
		`export type DiditV1${capital(resource)}${capital(operation)}Params = {`,
	);
	const type = definition.slice(start, definition.indexOf('\n};\n', start));
	const before = definition.slice(0, start).trimEnd();
	const comment = before.endsWith('*/') ? before.slice(before.lastIndexOf('/**')) : '';
	// The first operation stands behind the text about the whole node.
	const header = comment.includes('Didit Node Types') ? '' : comment;
	return { header, type };
}

const fieldsOf = (resource: string, operation: string): string[] =>
	Object.keys(
		(JSON.parse(readFileSync(schemaFile(resource, operation), 'utf8')) as { properties: object })
			.properties,
	);

/** The fields that a text names after "Returns", with those of the shapes in it. */
function returned(about: string): string[] {
	const text = about.slice(about.indexOf('Returns'));
	const shapes = Object.entries(SHAPES).filter(([name]) =>
		new RegExp(`\\b${name}s?\\b`).test(text),
	);
	const words = [text, ...shapes.map(([, content]) => content)].join(' ');
	return words.replace(/\[\{[^}]*\}\]|\([^)]*\)/g, '').match(/\b[a-z]+(_[a-z0-9]+)*\b/g) ?? [];
}

describe.each(OPERATIONS)('$resource $operation', ({ resource, operation, about, description }) => {
	it('has its own text over it, or none', () => {
		const { header, type } = partOf(resource, operation);
		expect(header.replace(/^\/\*\* ?| ?\*\/$/g, '')).toBe(description ?? '');
		expect(type).toContain(about.split('\n')[0]);
	});

	it('says which fields come out', () => {
		expect(about).toContain('Returns');
		const words = returned(about);
		for (const field of fieldsOf(resource, operation)) expect(words).toContain(field);
		const named = words.filter((word) => word.includes('_'));
		for (const field of named) expect(fieldsOf(resource, operation)).toContain(field);
	});
});

it('says which fields come out of the trigger', () => {
	const definition = definitionOf(new DiditTrigger().description);
	const schema = JSON.parse(readFileSync('nodes/Didit/__schema__/v1.1.0.json', 'utf8')) as {
		properties: object;
	};
	for (const field of Object.keys(schema.properties))
		expect(definition).toMatch(new RegExp(`\\b${field}\\b`));
});

it('shows the request settings only where many items are run', () => {
	const many = RESOURCES.flatMap(({ operations }) => operations).filter(({ forMany }) => forMany);
	// n8n prints the settings for a model each time. Raise the number only for what builders run for many items.
	expect(many).toHaveLength(7);
});

it('is short', () => {
	// A model reads all of it for any operation. Shorten texts before you raise a bound, and say why in docs/decisions.md.
	expect(definition.length).toBeLessThanOrEqual(95_000);
	expect(definition.length / OPERATIONS.length).toBeLessThanOrEqual(1_600);
	expect(definitionOf(new DiditTrigger().description).length).toBeLessThanOrEqual(6_000);
});
