// How a list is chosen that may be changed. Didit keeps its blocklists, so they are refused before anything is changed.
import type { IDataObject } from 'n8n-workflow';
import { InputError } from '../../transport/errors';
import type { ItemCall } from '../common/itemCall';
import { LISTS, listField, parseRow } from './list';

/** Offers no list of Didit's. */
export const ownListId = listField('searchOwnLists');

/** @throws InputError for a list of Didit's */
export async function readOwnList(call: ItemCall): Promise<{ path: string; row: IDataObject }> {
	const path = `${LISTS.path}${call.need(ownListId)}/`;
	const row = parseRow((await call.request({ method: 'GET', path })).body);
	if (row.is_system === true || row.list_type === 'blocklist') {
		throw new InputError(
			`'${ownListId.label}' is one of Didit's blocklists, which can't be changed or deleted`,
			"Choose a list of your own, or use 'Add Entry' and 'Remove Entry'",
		);
	}
	return { path, row };
}
