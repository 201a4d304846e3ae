// List: Remove Entry. By its ID, or by its value, for which it is looked up first. Only what matches the whole value goes.
import { text as textOf } from '../../json/read';
import { DiditError } from '../../transport/errors';
import { uuid } from '../common/checks';
import { email, phone } from '../common/contactChecks';
import { choice, ownId, text } from '../common/fieldKinds';
import { allRows } from '../common/getMany';
import type { ItemCall } from '../common/itemCall';
import type { Operation } from '../common/operation';
import { LISTS, entriesOf, listId, parseRow } from './list';

const removeBy = choice({
	label: 'Remove By',
	name: 'removeBy',
	options: [
		{ name: 'Entry ID', value: 'id' },
		{ name: 'Value', value: 'value' },
	],
	default: 'value',
});

const value = ownId({
	label: 'Value',
	name: 'value',
	displayOptions: { show: { removeBy: ['value'] } },
	required: true,
	ask: 'Enter the value to remove from the list',
	example: 'name@example.com',
	description: 'The whole value',
});

const entryId = text({
	label: 'Entry ID',
	name: 'entryId',
	displayOptions: { show: { removeBy: ['id'] } },
	check: uuid,
	required: true,
	ask: 'Enter the ID of the entry, as Add Entry and Get Many Entries give it',
	example: '11111111-2222-4333-8444-555555555555',
});

/** How Didit keeps a value, where it isn't how people write it (docs.didit.me, management-api/lists/create-entry). */
const SPELLING: Record<string, typeof email> = { email, phone };

/** The IDs of all entries with this value. @throws DiditError if there is none */
async function find(call: ItemCall, list: string): Promise<string[]> {
	const given = call.need(value);
	const answer = await call.request({ method: 'GET', path: `${LISTS.path}${list}/` });
	const { entry_type: type } = parseRow(answer.body);
	const spell = SPELLING[String(type)];
	const wanted = (spell ? spell(given, value) : given).toLowerCase();
	const found: string[] = [];
	for await (const row of allRows(call, { ...entriesOf(list), filters: { search: wanted } })) {
		if (textOf(row.value)?.toLowerCase() === wanted) found.push(uuid(String(row.uuid), entryId));
	}
	if (found.length > 0) return found;
	throw new DiditError(
		"The list has no entry with this 'Value'",
		"Nothing was removed. Check the value with 'Get Many Entries'",
	);
}

export const removeEntry: Operation = {
	option: {
		name: 'Remove Entry',
		value: 'removeEntry',
		action: 'Remove entry from list',
	},
	about: 'Returns removed, uuid, list_uuid.',
	effect: 'decides',
	fields: [listId, removeBy, value, entryId],
	needs: 'apiKey',
	async execute(call) {
		const list = call.need(listId);
		const byId = call.read(removeBy) === 'id';
		const entries = byId ? [call.need(entryId)] : await find(call, list);
		for (const entry of entries)
			await call.request({ method: 'DELETE', path: `${entriesOf(list).path}${entry}/` });
		return entries.map((entry) => ({ json: { removed: true, uuid: entry, list_uuid: list } }));
	},
};
