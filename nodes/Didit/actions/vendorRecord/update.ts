// User and Business: Update. It leaves the status alone: only Update Status keeps Didit's block list in step.
import { InputError } from '../../transport/errors';
import { mediaLinksOption } from '../common/privacy';
import { readRows, toProperties } from '../common/fieldSpecs';
import { toOutputRow, simplifyField } from '../common/simplify';
import type { Operation } from '../common/operation';
import { readRecordId, parseRecord } from './vendorRecord';
import type { VendorRecord } from './vendorRecord';

export const update = (entity: VendorRecord): Operation => ({
	option: {
		name: 'Update',
		value: 'update',
		action: `Update ${entity.one}`,
		description: `Change the data of a ${entity.one}. Lists and metadata are replaced as a whole.`,
	},
	fields: [
		entity.idField,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: toProperties(entity.rows),
		},
		simplifyField,
	],
	options: [mediaLinksOption],
	needs: 'apiKey',
	agent: 'ifAllowed',
	async execute(call) {
		const { recordPath } = readRecordId(call, entity);
		const body = readRows(call.collection('updateFields'), entity.rows);
		if (Object.keys(body).length === 0)
			throw new InputError("'Update Fields' is empty", 'Add the fields to change');
		const answer = await call.request({ method: 'PATCH', path: recordPath, body });
		return [{ json: toOutputRow(call, parseRecord(answer.body), entity.simpleFields) }];
	},
});
