// User and Business: Get.
import { mediaLinksOption } from '../common/privacy';
import { toOutputRow, simplifyField } from '../common/simplify';
import type { Operation } from '../common/operation';
import { readRecordId, parseRecord } from './vendorRecord';
import type { VendorRecord } from './vendorRecord';

export const get = (entity: VendorRecord): Operation => ({
	option: {
		name: 'Get',
		value: 'get',
		action: `Get ${entity.one}`,
		description: `Get the status of a ${entity.one} and how its sessions ended, by your own ID`,
	},
	fields: [entity.idField, simplifyField],
	options: [mediaLinksOption],
	needs: 'apiKey',
	async execute(call) {
		const { body } = await call.request({
			method: 'GET',
			path: readRecordId(call, entity).recordPath,
		});
		return [{ json: toOutputRow(call, parseRecord(body), entity.simpleFields) }];
	},
});
