// Workflow: Get Many.
import { listRows, returnAllFields, toItems } from '../common/getMany';
import { simplify, toOutputRow } from '../common/simplify';
import type { Operation } from '../common/operation';
import { SIMPLE_FIELDS, WORKFLOWS } from './list';

export const getAll: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many workflows',
	},
	about: 'Returns workflows, each version as a row.',
	effect: 'reads',
	fields: [...returnAllFields, simplify],
	needs: 'apiKey',
	async execute(call) {
		return await toItems(call, listRows(call, WORKFLOWS), (row) =>
			toOutputRow(call, row, SIMPLE_FIELDS),
		);
	},
};
