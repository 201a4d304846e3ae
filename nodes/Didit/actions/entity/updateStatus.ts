// User and Business: Update Status. Blocking also puts the ID on Didit's block list, so that no new session can be created.
import { oneOf } from '../input';
import { mediaLinksOption } from '../privacy';
import { shownRow, simplifyField } from '../simplify';
import type { Operation } from '../types';
import { chosen, recordOf } from './entity';
import type { Entity } from './entity';

export const updateStatus = (entity: Entity): Operation => ({
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
		const { recordPath } = chosen(call, entity);
		const status = oneOf(['ACTIVE', 'FLAGGED', 'BLOCKED'])(call.text('status'), 'Status');
		const answer = await call.request({
			method: 'PATCH',
			path: `${recordPath}update-status/`,
			body: { status },
		});
		return [{ json: shownRow(call, recordOf(answer.body), entity.simpleFields) }];
	},
});
