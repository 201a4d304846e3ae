// Fields of requests: those that an operation of the node can send, and those that a request has.
import type { FieldSpec } from '../../../nodes/Didit/actions/common/fieldSpecs.ts';
import { findOperation } from '../../../nodes/Didit/actions/resources.ts';
import type { OperationCall } from './call.mts';
import type { Exchange } from './recorder.mts';

/** A group without a name of its own holds fields of the request itself. */
const namesOf = (spec: FieldSpec): string[] =>
	spec.diditName === undefined ? spec.inner.flatMap(namesOf) : [spec.diditName];

/** Names of parts of the address, and of what is looked for in a response: the request has no such field. */
const NO_FIELDS = ['vendor_data_list'];
const OF_THE_ADDRESS: Record<string, string> = {
	'workflow get': 'workflow_id',
	'list getEntries': 'reference_session_id',
};

/** Under Didit's names. */
export function fieldsOfNode({ resource, operation, within }: OperationCall): string[] {
	const { fields, options = [] } = findOperation(resource, operation);
	const looked = within ? fields.filter(({ name }) => name === within) : fields;
	const names = new Set([...looked, ...options].flatMap(namesOf));
	for (const name of [...NO_FIELDS, OF_THE_ADDRESS[`${resource} ${operation}`]]) names.delete(name);
	return [...names].sort();
}

export const fieldsSent = ({ query, body }: Exchange): string[] =>
	Object.keys({ ...query, ...(body as object) }).sort();

/** What a request says in its fields. Of a file only the size: the rest is in its part's headers. */
export function saying({ query, body }: Exchange, without: string[]): unknown {
	const clean = (value: unknown): unknown => {
		if (Array.isArray(value)) return value.map(clean);
		if (typeof value !== 'object' || value === null) return value;
		if ('contentType' in value) return { size: (value as unknown as { size: number }).size };
		const kept = Object.entries(value)
			.filter(([name]) => !without.includes(name))
			.map(([name, inner]) => [name, clean(inner)] as const)
			// A group whose fields are all left out is left out.
			.filter(([, inner]) => JSON.stringify(inner) !== '{}');
		return Object.fromEntries(kept);
	};
	return { query: clean(query), body: clean(body) };
}
