// User and Business: Update. It leaves the status alone: only Update Status keeps Didit's block list in step.
import { group } from '../common/fieldKinds';
import type { Operation } from '../common/operation';
import { simplify, toOutputRow } from '../common/simplify';
import { parseRecord, readRecordId } from './vendorRecord';
import type { VendorRecord } from './vendorRecord';

export function update(record: VendorRecord): Operation {
	const updateFields = group({
		label: 'Update Fields',
		name: 'updateFields',
		ask: 'Add the fields to change',
		fields: record.fields,
	});
	return {
		option: {
			name: 'Update',
			value: 'update',
			action: `Update ${record.one}`,
		},
		about: `Lists and metadata are replaced as a whole. Returns a ${record.one} record.`,
		effect: 'changes',
		fields: [record.idField, updateFields, simplify],
		needs: 'apiKey',
		async execute(call) {
			const { recordPath } = readRecordId(call, record);
			const body = call.read(updateFields) ?? {};
			if (Object.keys(body).length === 0) call.refuseEmpty(updateFields);
			const answer = await call.request({ method: 'PATCH', path: recordPath, body });
			return [{ json: toOutputRow(call, parseRecord(answer.body), record.simpleFields) }];
		},
	};
}
