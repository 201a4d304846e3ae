// User and Business: Get.
import { mediaLinks } from '../common/privacy';
import { simplify, toOutputRow } from '../common/simplify';
import type { Operation } from '../common/operation';
import { readRecordId, parseRecord } from './vendorRecord';
import type { VendorRecord } from './vendorRecord';

export const get = (record: VendorRecord): Operation => ({
	option: {
		name: 'Get',
		value: 'get',
		action: `Get ${record.one}`,
		description: `Get a ${record.one}'s status and session outcomes by your own ID`,
	},
	effect: 'reads',
	fields: [record.idField, simplify],
	options: [mediaLinks],
	needs: 'apiKey',
	async execute(call) {
		const { body } = await call.request({
			method: 'GET',
			path: readRecordId(call, record).recordPath,
		});
		return [{ json: toOutputRow(call, parseRecord(body), record.simpleFields) }];
	},
});
