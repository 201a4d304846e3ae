// The IDs that tests use, and whether what comes out of an operation has the shape that the editor was promised.
import { existsSync, readFileSync } from 'node:fs';
import type { INodeExecutionData } from 'n8n-workflow';

export const ID = '11111111-2222-4333-8444-555555555555';
export const id = (number: number) => `11111111-2222-4333-8444-${String(number).padStart(12, '0')}`;
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

interface Schema {
	type: string;
	properties?: Record<string, Schema>;
	items?: Schema;
}

const typeOf = (value: unknown) =>
	Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;

function compare(schema: Schema | undefined, value: unknown, where: string): string[] {
	if (value === null || value === undefined) return [];
	if (!schema) return [`${where} is not in the schema`];
	const type = typeOf(value);
	if (type !== schema.type && !(type === 'integer' && schema.type === 'number'))
		return [`${where} is ${type}, not ${schema.type}`];
	if (Array.isArray(value))
		return value.flatMap((entry) => compare(schema.items, entry, `${where}[]`));
	if (type !== 'object' || !schema.properties) return [];
	return Object.entries(value as object).flatMap(([name, inner]) =>
		compare(schema.properties?.[name], inner, `${where}.${name}`),
	);
}

export const schemaFile = (resource: string, operation: string) =>
	`nodes/Didit/__schema__/v1.0.0/${resource}/${operation}.json`;

/** What of an output is not in the operation's schema. Null fits anything. */
export function schemaProblems(
	resource: string,
	operation: string,
	items: INodeExecutionData[],
): string[] {
	const file = schemaFile(resource, operation);
	if (!existsSync(file)) return [`${file} does not exist`];
	const schema = JSON.parse(readFileSync(file, 'utf8')) as Schema;
	return items.flatMap(({ json }) => compare(schema, json, 'json'));
}
