// Session: Block. Several things of a session in one call; List: Add Entry takes one of any kind.
import type { Operation } from '../common/operation';
import { blockFields, changeBlocklists } from './blockedItems';

export const block: Operation = {
	option: {
		name: 'Block',
		value: 'block',
		action: 'Block session',
		description: 'Put their face, document, phone or email on blocklists',
	},
	about: 'Returns session_id, blocked.',
	effect: 'decides',
	fields: blockFields,
	needs: 'apiKey',
	async execute(call) {
		return await changeBlocklists(call, 'add', 'blocklist');
	},
};
