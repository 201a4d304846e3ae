// What an operation of the node can send, under Didit's names.
import type { FieldSpec } from '../../../nodes/Didit/actions/common/fieldSpecs.ts';
import { findOperation } from '../../../nodes/Didit/actions/resources.ts';

/** A group without a name of its own holds fields of the request itself. */
const namesOf = (spec: FieldSpec): string[] =>
	spec.diditName === undefined ? spec.inner.flatMap(namesOf) : [spec.diditName];

/** Names of parts of the address, and of what is looked for in a response: the request has no such field. */
const NO_FIELDS = ['vendor_data_list'];
const OF_THE_ADDRESS: Record<string, string> = {
	'workflow get': 'workflow_id',
	'list getEntries': 'reference_session_id',
};

/** @param within the group of fields to look at, where the operation makes several calls */
export function fieldsOfNode(resource: string, operation: string, within?: string): string[] {
	const { fields, options = [] } = findOperation(resource, operation);
	const looked = within ? fields.filter(({ name }) => name === within) : fields;
	const names = new Set([...looked, ...options].flatMap(namesOf));
	for (const name of [...NO_FIELDS, OF_THE_ADDRESS[`${resource} ${operation}`]]) names.delete(name);
	return [...names].sort();
}
