// The Simplify field, which is the same everywhere, and how a row is cut down to its telling fields.
import type { IDataObject } from 'n8n-workflow';
import { withoutResumeLinks } from '../../decision/resumeLinks';
import { pick } from '../../json/read';
import { toggle } from './fieldKinds';
import type { ItemCall } from './itemCall';
import { rawOutput } from './privacy';

export const simplify = toggle({
	label: 'Simplify',
	name: 'simplify',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
});

/**
 * What comes out for one row.
 * @param fields the fields that a simplified row has, null where Didit sends none
 */
export function toOutputRow(
	call: ItemCall,
	row: IDataObject,
	fields: readonly string[],
): IDataObject {
	if (!call.isOn(simplify)) return rawOutput(call, row);
	return withoutResumeLinks(pick(row, fields) as IDataObject);
}
