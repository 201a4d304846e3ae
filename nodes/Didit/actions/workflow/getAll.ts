// Workflow: Get Many.
import { listRows, returnAllFields, toItems } from '../list';
import { shownRow, simplifyField } from '../simplify';
import type { Operation } from '../types';
import { SIMPLE_FIELDS, WORKFLOWS } from './list';

export const getAll: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many workflows',
		description: 'Get many workflows of the Didit console, each version on its own',
	},
	fields: [...returnAllFields, simplifyField],
	needs: 'apiKey',
	async execute(call) {
		return await toItems(call, listRows(call, WORKFLOWS), (row) =>
			shownRow(call, row, SIMPLE_FIELDS),
		);
	},
};
