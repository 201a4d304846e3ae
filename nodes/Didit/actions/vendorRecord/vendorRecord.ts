// Users and businesses are the same thing to Didit's API: a record of your own ID, with the sessions under it. What differs is here.
import type { IDataObject } from 'n8n-workflow';
import { isFields } from '../../json/read';
import { DiditError } from '../../transport/errors';
import { locator } from '../common/locator';
import type { FieldSpec } from '../common/fieldSpecs';
import type { ItemCall } from '../common/itemCall';
import { pathPart } from '../common/values';

export interface VendorRecord {
	/** As a sentence names one and many. */
	one: string;
	many: string;
	/** As in "and all their sessions". */
	their: string;
	/** The builder's own ID for one, on the screen. */
	idLabel: string;
	exampleId: string;
	/** Its list at Didit. */
	path: string;
	sessionKind: 'user' | 'business';
	/** The field in which one is chosen. */
	idField: FieldSpec<string | undefined>;
	/** What can be filled in at Create and changed at Update. */
	fields: FieldSpec[];
	/** The fields of a simplified response. */
	simpleFields: string[];
}

/** The field in which one is chosen: from a list, or by the ID that the builder gave it. */
export function recordIdField(
	label: string,
	name: string,
	searchListMethod: string,
	example: string,
) {
	return locator({
		label,
		name,
		diditName: 'vendor_data_list',
		searchListMethod,
		by: 'By Your ID (Vendor Data)',
		example,
		isPerson: true,
		required: true,
		ask: 'Enter the ID exactly as you sent it to Didit',
		description: "Your own ID for the record (Didit's vendor data)",
	});
}

/** The ID that was chosen, and the address of its record, in which it is encoded. */
export function readRecordId(
	call: ItemCall,
	{ idField, path }: VendorRecord,
): { vendorData: string; recordPath: string } {
	const vendorData = call.need(idField);
	return { vendorData, recordPath: `${path}${pathPart(vendorData, idField)}/` };
}

/** @throws DiditError if Didit's response is not a record */
export function parseRecord(body: unknown): IDataObject {
	if (isFields(body) && typeof body.didit_internal_id === 'string') return body as IDataObject;
	throw new DiditError("Didit's response is not what was asked for", 'Try again in a few minutes');
}
