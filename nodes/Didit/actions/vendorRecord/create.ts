// User and Business: Create. A record without a session, for example before the first verification.
import { InputError } from '../../transport/errors';
import { mediaLinksOption } from '../common/privacy';
import { readRows, toProperties } from '../common/fieldSpecs';
import { toOutputRow, simplifyField } from '../common/simplify';
import type { Operation } from '../common/operation';
import { parseRecord } from './vendorRecord';
import type { VendorRecord } from './vendorRecord';

export const create = ({ one, path, rows, simpleFields }: VendorRecord): Operation => ({
	option: {
		name: 'Create',
		value: 'create',
		action: `Create ${one}`,
		description: `Create a ${one} under your own ID, without a session`,
	},
	fields: [
		{
			displayName: 'Vendor Data',
			name: 'vendorData',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. user-42',
			description: 'Your own ID, under which sessions and later changes find this record',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: toProperties(rows),
		},
		simplifyField,
	],
	options: [mediaLinksOption],
	needs: 'apiKey',
	agent: 'ifAllowed',
	async execute(call) {
		const vendorData = call.text('vendorData');
		if (!vendorData)
			throw new InputError("'Vendor Data' is empty", `Fill in your own ID of the ${one}`);
		const body = {
			vendor_data: vendorData,
			...readRows(call.collection('additionalFields'), rows),
		};
		const answer = await call.request({ method: 'POST', path: `${path}create/`, body });
		return [{ json: toOutputRow(call, parseRecord(answer.body), simpleFields) }];
	},
});
