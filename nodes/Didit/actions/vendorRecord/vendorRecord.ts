// Users and businesses are the same thing to Didit's API: a record of your own ID, with the sessions under it. What differs is here.
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { DiditError } from '../../transport/errors';
import { pathPart } from '../common/checks';
import type { Row } from '../common/fieldSpecs';
import type { ItemCall } from '../common/itemCall';

export interface VendorRecord {
	/** As a sentence names one and many. */
	one: string;
	many: string;
	/** Its list at Didit. */
	path: string;
	sessionKind: 'user' | 'business';
	/** The field in which one is readRecordId. */
	idField: INodeProperties;
	/** What can be filled in at Create and changed at Update. */
	rows: Row[];
	/** The fields of a simplified answer. */
	simpleFields: string[];
}

/** The field in which one is readRecordId: from a list, or by the ID that the builder gave it. */
export function recordIdField(
	displayName: string,
	name: string,
	searchListMethod: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description: 'Chosen by your own ID, which Didit calls vendor data',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod, searchable: true },
			},
			{ displayName: 'By Vendor Data', name: 'id', type: 'string', placeholder: 'e.g. user-42' },
		],
	};
}

/** The ID that was readRecordId, and the address of its record, in which it is encoded. */
export function readRecordId(
	call: ItemCall,
	{ idField, path }: VendorRecord,
): { vendorData: string; recordPath: string } {
	const vendorData = call.id(idField.name);
	return { vendorData, recordPath: `${path}${pathPart(vendorData, idField.displayName)}/` };
}

/** @throws DiditError if Didit's answer is not a record */
export function parseRecord(body: unknown): IDataObject {
	const record = (typeof body === 'object' && body !== null ? body : {}) as IDataObject;
	if (typeof record.didit_internal_id === 'string') return record;
	throw new DiditError("Didit's answer is not what was asked for", 'Try again in a few minutes');
}
