// User and Business: Get Many. Didit has no filters for these lists.
import { listRows, returnAllFields, toItems } from '../common/getMany';
import { mediaLinks } from '../common/privacy';
import { simplify, toOutputRow } from '../common/simplify';
import type { Operation } from '../common/operation';
import type { VendorRecord } from './vendorRecord';

export const getAll = ({ one, many, path, simpleFields }: VendorRecord): Operation => ({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: `Get many ${many}`,
	},
	about: `Returns ${one} records.`,
	effect: 'reads',
	fields: [...returnAllFields, simplify],
	options: [mediaLinks],
	needs: 'apiKey',
	async execute(call) {
		return await toItems(call, listRows(call, { path, id: 'didit_internal_id' }), (row) =>
			toOutputRow(call, row, simpleFields),
		);
	},
});
