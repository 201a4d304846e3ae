// Transaction: Get Many. Didit has no filters for this list.
import { listRows, returnAllFields, toItems } from '../common/getMany';
import type { Operation } from '../common/operation';
import { simplify, toOutputRow } from '../common/simplify';
import { ROW_FIELDS, TRANSACTIONS } from './transaction';

export const getAll: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many transactions',
	},
	about: `The newest first. Returns ${ROW_FIELDS.join(', ')}.`,
	effect: 'reads',
	fields: [...returnAllFields, simplify],
	needs: 'apiKey',
	async execute(call) {
		return await toItems(call, listRows(call, TRANSACTIONS), (row) =>
			toOutputRow(call, row, ROW_FIELDS),
		);
	},
};
