// User and Business: Update Status. Blocking also puts the ID on Didit's block list, so that no new session can be created.
import { oneOf } from '../common/checks';
import { mediaLinksOption } from '../common/privacy';
import { toOutputRow, simplifyField } from '../common/simplify';
import type { Operation } from '../common/operation';
import { readRecordId, parseRecord } from './vendorRecord';
import type { VendorRecord } from './vendorRecord';

export const updateStatus = (entity: VendorRecord): Operation => ({
	option: {
		name: 'Update Status',
		value: 'updateStatus',
		action: `Update status of ${entity.one}`,
		description: `Activate, flag or block a ${entity.one}`,
	},
	fields: [
		entity.idField,
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'Active', value: 'ACTIVE' },
				{ name: 'Blocked', value: 'BLOCKED', description: 'No new session can be created' },
				{ name: 'Flagged', value: 'FLAGGED', description: 'For your team to look at' },
			],
			default: 'ACTIVE',
		},
		simplifyField,
	],
	options: [mediaLinksOption],
	needs: 'apiKey',
	agent: 'ifAllowed',
	async execute(call) {
		const { recordPath } = readRecordId(call, entity);
		const status = oneOf(['ACTIVE', 'FLAGGED', 'BLOCKED'])(call.text('status'), 'Status');
		const answer = await call.request({
			method: 'PATCH',
			path: `${recordPath}update-status/`,
			body: { status },
		});
		return [{ json: toOutputRow(call, parseRecord(answer.body), entity.simpleFields) }];
	},
});
