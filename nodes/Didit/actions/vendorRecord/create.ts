// User and Business: Create. A record without a session, for example before the first verification.
import { group } from '../common/fieldKinds';
import type { Operation } from '../common/operation';
import { simplify, toOutputRow } from '../common/simplify';
import { vendorDataField } from '../common/vendorData';
import { parseRecord } from './vendorRecord';
import type { VendorRecord } from './vendorRecord';

export function create(record: VendorRecord): Operation {
	const { one, idLabel, exampleId, path, fields, simpleFields } = record;
	const vendorData = vendorDataField({
		label: idLabel,
		required: true,
		ask: `Enter your own ID for the ${one}`,
		example: exampleId,
		description: 'Your own ID for this record, used to link sessions and updates to it',
	});
	const additionalFields = group({
		label: 'Additional Fields',
		name: 'additionalFields',
		fields,
	});
	return {
		option: {
			name: 'Create',
			value: 'create',
			action: `Create ${one}`,
		},
		about: `Makes a record of your own ID, without a session. Sessions with this vendor_data then belong to it. Returns a ${one} record.`,
		effect: 'creates',
		fields: [vendorData, additionalFields, simplify],
		needs: 'apiKey',
		async execute(call) {
			const body = { ...call.body(vendorData), ...call.read(additionalFields) };
			const answer = await call.request({ method: 'POST', path: `${path}create/`, body });
			return [{ json: toOutputRow(call, parseRecord(answer.body), simpleFields) }];
		},
	};
}
