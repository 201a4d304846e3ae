// User and Business: Get.
import { mediaLinksOption } from '../privacy';
import { shownRow, simplifyField } from '../simplify';
import type { Operation } from '../types';
import { chosen, recordOf } from './entity';
import type { Entity } from './entity';

export const get = (entity: Entity): Operation => ({
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
		const { body } = await call.request({ method: 'GET', path: chosen(call, entity).recordPath });
		return [{ json: shownRow(call, recordOf(body), entity.simpleFields) }];
	},
});
