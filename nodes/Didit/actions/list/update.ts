// List: Update. Name and description of a list of one's own.
import { group, text } from '../common/fieldKinds';
import type { Operation } from '../common/operation';
import { simplify, toOutputRow } from '../common/simplify';
import { LIST_FIELDS, description, parseRow } from './list';
import { ownListId, readOwnList } from './ownList';

const updateFields = group({
	label: 'Update Fields',
	name: 'updateFields',
	ask: 'Add the fields to change',
	fields: [
		text({ label: 'Name', name: 'name', diditName: 'name', example: 'Trusted IPs' }),
		description,
	],
});

export const update: Operation = {
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update list',
	},
	about: 'Only your own lists. Returns the list row.',
	effect: 'changes',
	fields: [ownListId, updateFields, simplify],
	needs: 'apiKey',
	async execute(call) {
		const body = call.read(updateFields) ?? {};
		if (Object.keys(body).length === 0) call.refuseEmpty(updateFields);
		const { path } = await readOwnList(call);
		const answer = await call.request({ method: 'PATCH', path, body });
		return [{ json: toOutputRow(call, parseRow(answer.body), LIST_FIELDS) }];
	},
};
