// List: Delete. A list of one's own with all that is in it.
import type { Operation } from '../common/operation';
import { ownListId, readOwnList } from './ownList';

export const deleteList: Operation = {
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete list',
	},
	about: 'Only your own lists. Returns deleted, uuid, name, entry_count.',
	effect: 'deletes',
	fields: [ownListId],
	needs: 'apiKey',
	async execute(call) {
		const { path, row } = await readOwnList(call);
		await call.request({ method: 'DELETE', path });
		const { uuid, name = null, entry_count = null } = row;
		return [{ json: { deleted: true, uuid, name, entry_count } }];
	},
};
