// List: Get Many.
import { listRows, returnAllFields, toItems } from '../common/getMany';
import { choice, group } from '../common/fieldKinds';
import type { Operation } from '../common/operation';
import { simplify, toOutputRow } from '../common/simplify';
import { LISTS, LIST_FIELDS, entryType } from './list';

const filters = group({
	label: 'Filters',
	name: 'filters',
	placeholder: 'Add filter',
	fields: [
		entryType,
		choice({
			label: 'List Type',
			name: 'listType',
			diditName: 'list_type',
			options: [
				{ name: 'Allowlist', value: 'allowlist' },
				{ name: 'Blocklist', value: 'blocklist' },
				{ name: 'Custom', value: 'custom' },
			],
		}),
	],
});

export const getAll: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many lists',
	},
	about: 'Returns each list row.',
	effect: 'reads',
	fields: [...returnAllFields, filters, simplify],
	needs: 'apiKey',
	async execute(call) {
		const list = { ...LISTS, filters: call.read(filters) };
		return await toItems(call, listRows(call, list), (row) => toOutputRow(call, row, LIST_FIELDS));
	},
};
