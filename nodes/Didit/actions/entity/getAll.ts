// User and Business: Get Many. Didit has no filters for these lists.
import { listRows, returnAllFields, toItems } from '../list';
import { mediaLinksOption } from '../privacy';
import { shownRow, simplifyField } from '../simplify';
import type { Operation } from '../types';
import type { Entity } from './entity';

export const getAll = ({ many, path, simpleFields }: Entity): Operation => ({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: `Get many ${many}`,
		description: `Get many ${many} of your Didit application`,
	},
	fields: [...returnAllFields, simplifyField],
	options: [mediaLinksOption],
	needs: 'apiKey',
	async execute(call) {
		return await toItems(call, listRows(call, { path, id: 'didit_internal_id' }), (row) =>
			shownRow(call, row, simpleFields),
		);
	},
});
