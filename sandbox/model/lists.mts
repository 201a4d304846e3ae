/** Lists and their entries: made, changed, looked into. Didit's own lists can't be changed, their entries can. */
import { randomUUID } from 'node:crypto';
import { detail, invalid, notFound } from './errors.mts';
import { type EntryType, type ListEntry, type ListRecord } from './listRecords.mts';
import { normalized } from './listValues.mts';
import { iso, now, type State } from './state.mts';

/** @throws ApiError 404 for an unknown list */
export function findList(state: State, uuid: string): ListRecord {
	const found = state.lists.find((list) => list.uuid === uuid);
	if (!found) throw notFound();
	return found;
}

/** A list that may be changed. @throws ApiError 400 for one of Didit's */
export function findOwnList(state: State, uuid: string): ListRecord {
	const found = findList(state, uuid);
	if (found.is_system) throw detail(400, 'System lists cannot be modified or deleted.');
	return found;
}

function checkName(state: State, name: string | undefined, except?: ListRecord): void {
	if (state.lists.some((list) => list !== except && list.name === name))
		throw invalid({ name: ['A list with this name already exists.'] });
}

export function createList(
	state: State,
	fields: Pick<ListRecord, 'name' | 'list_type' | 'entry_type'> & { description?: string },
): ListRecord {
	checkName(state, fields.name);
	const at = iso(now(state));
	const list: ListRecord = {
		uuid: randomUUID(),
		description: '',
		...fields,
		is_system: false,
		entries: [],
		last_entry_added_at: null,
		created_at: at,
		updated_at: at,
	};
	state.lists.push(list);
	return list;
}

export function updateList(
	state: State,
	uuid: string,
	fields: { name?: string; description?: string },
): ListRecord {
	const list = findOwnList(state, uuid);
	checkName(state, fields.name, list);
	return Object.assign(list, fields, { updated_at: iso(now(state)) });
}

export function deleteList(state: State, uuid: string): void {
	state.lists.splice(state.lists.indexOf(findOwnList(state, uuid)), 1);
}

/** @param wanted as the list keeps it. */
export const holds = ({ entries }: ListRecord, wanted: string): boolean =>
	entries.some(({ value }) => value === wanted);

/** @throws ApiError 400 for a value that is there already */
export function addEntry(
	state: State,
	list: ListRecord,
	fields: Pick<ListEntry, 'value'> & Partial<ListEntry>,
): ListEntry {
	if (holds(list, fields.value)) throw invalid({ value: ['This value is already in the list.'] });
	const entry: ListEntry = {
		uuid: randomUUID(),
		display_label: '',
		comment: '',
		added_by: 'api',
		reference_session_id: null,
		reference_session_number: null,
		reference_object_uuid: null,
		metadata: null,
		...fields,
		created_at: iso(now(state)),
	};
	list.entries.push(entry);
	list.last_entry_added_at = entry.created_at;
	return entry;
}

/** @throws ApiError 404 for an unknown entry */
export function removeEntry(list: ListRecord, uuid: string): void {
	const index = list.entries.findIndex((entry) => entry.uuid === uuid);
	if (index < 0) throw notFound();
	list.entries.splice(index, 1);
}

/** Whether one of Didit's block lists holds the value, however it is written. */
export function isBlocked(
	state: State,
	entry_type: EntryType,
	value: string | null | undefined,
): boolean {
	if (!value) return false;
	return state.lists.some(
		(list) =>
			list.is_system &&
			list.entry_type === entry_type &&
			holds(list, normalized(entry_type, value)),
	);
}
