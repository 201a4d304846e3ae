// List: Get Many Entries.
import { group, text } from '../common/fieldKinds';
import { listRows, returnAllFields, toItems } from '../common/getMany';
import type { Operation } from '../common/operation';
import { mediaLinks } from '../common/privacy';
import { simplify, toOutputRow } from '../common/simplify';
import { sessionField } from '../session/sessionId';
import { ENTRY_FIELDS, entriesOf, listId } from './list';

const filters = group({
	label: 'Filters',
	name: 'filters',
	placeholder: 'Add filter',
	fields: [
		text({
			label: 'Search',
			name: 'search',
			diditName: 'search',
			example: 'example.com',
			description: 'Part of the value or label',
		}),
		sessionField({
			diditName: 'reference_session_id',
			required: false,
			notEmpty: true,
			description: 'Only entries that come from this session',
		}),
	],
});

export const getEntries: Operation = {
	option: {
		name: 'Get Many Entries',
		value: 'getEntries',
		action: 'Get many entries of list',
	},
	about: 'Returns each list entry.',
	effect: 'reads',
	fields: [listId, ...returnAllFields, filters, simplify],
	options: [mediaLinks],
	needs: 'apiKey',
	async execute(call) {
		const list = { ...entriesOf(call.need(listId)), filters: call.read(filters) };
		return await toItems(call, listRows(call, list), (row) => toOutputRow(call, row, ENTRY_FIELDS));
	},
};
