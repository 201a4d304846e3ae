// User and Business: Update Status. Blocking also puts the ID on Didit's block list, so that no new session can be created.
import { choice } from '../common/fieldKinds';
import type { Operation } from '../common/operation';
import { simplify, toOutputRow } from '../common/simplify';
import { parseRecord, readRecordId } from './vendorRecord';
import type { VendorRecord } from './vendorRecord';

const status = choice({
	label: 'New Status',
	name: 'status',
	diditName: 'status',
	required: true,
	ask: 'Choose the new status',
	options: [
		{ name: 'Active', value: 'ACTIVE' },
		{ name: 'Blocked', value: 'BLOCKED', description: 'No new session can be created' },
		{ name: 'Flagged', value: 'FLAGGED', description: 'For your team to look at' },
	],
});

export const updateStatus = (record: VendorRecord): Operation => ({
	option: {
		name: 'Update Status',
		value: 'updateStatus',
		action: `Update status of ${record.one}`,
	},
	about: `BLOCKED: no new session can be created. Returns a ${record.one} record.`,
	effect: 'decides',
	fields: [record.idField, status, simplify],
	needs: 'apiKey',
	async execute(call) {
		const { recordPath } = readRecordId(call, record);
		const answer = await call.request({
			method: 'PATCH',
			path: `${recordPath}update-status/`,
			body: call.body(status),
		});
		return [{ json: toOutputRow(call, parseRecord(answer.body), record.simpleFields) }];
	},
});
