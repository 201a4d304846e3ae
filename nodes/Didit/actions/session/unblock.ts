// Session: Unblock.
import type { Operation } from '../common/operation';
import { blockFields, changeBlocklists } from './blockedItems';

export const unblock: Operation = {
	option: {
		name: 'Unblock',
		value: 'unblock',
		action: 'Unblock session',
	},
	about: 'Returns session_id, unblocked.',
	effect: 'decides',
	fields: blockFields,
	needs: 'apiKey',
	async execute(call) {
		return await changeBlocklists(call, 'remove', 'unblock');
	},
};
