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
	},
	about: `By your own ID. Fails if Didit has no such ${record.one}: one exists from the first session with this vendor_data, or from Create. Returns a ${record.one} record.`,
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
