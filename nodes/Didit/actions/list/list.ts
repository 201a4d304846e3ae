// What the operations on lists share: the address, how a list is chosen, which types there are, and the fields of simplified rows.
import type { IDataObject } from 'n8n-workflow';
import { isFields } from '../../json/read';
import { DiditError } from '../../transport/errors';
import type { List } from '../../transport/pages';
import { uuid } from '../common/checks';
import { choice, text } from '../common/fieldKinds';
import { locator } from '../common/locator';

export const LISTS: List = { path: '/v3/lists/', id: 'uuid' };

export const entriesOf = (list: string): List => ({
	path: `${LISTS.path}${list}/entries/`,
	id: 'uuid',
});

export const LIST_FIELDS = [
	'uuid',
	'name',
	'description',
	'list_type',
	'entry_type',
	'is_system',
	'entry_count',
	'last_entry_added_at',
	'created_at',
];

/** Not the metadata, which can hold links to images. */
export const ENTRY_FIELDS = [
	'uuid',
	'value',
	'display_label',
	'comment',
	'added_by',
	'reference_session_id',
	'reference_session_number',
	'created_at',
];

export const listField = (searchListMethod: string) =>
	locator({
		label: 'List',
		name: 'listId',
		searchListMethod,
		by: 'By ID',
		example: '11111111-2222-4333-8444-555555555555',
		required: true,
		ask: 'Choose a list, or enter its ID',
		check: uuid,
	});

export const listId = listField('searchLists');

export const entryType = choice({
	label: 'Entry Type',
	name: 'entryType',
	diditName: 'entry_type',
	options: [
		{ name: 'Bank Account', value: 'bank_account' },
		{ name: 'Business', value: 'business' },
		{ name: 'Country', value: 'country' },
		{ name: 'Device', value: 'device_fingerprint' },
		{ name: 'Document', value: 'document' },
		{ name: 'Email', value: 'email' },
		{ name: 'Face', value: 'face' },
		{ name: 'IP Address', value: 'ip_address' },
		{ name: 'Key', value: 'key' },
		{ name: 'Phone', value: 'phone' },
		{ name: 'User', value: 'user' },
		{ name: 'Wallet Address', value: 'wallet_address' },
	],
});

export const description = text({
	label: 'Description',
	name: 'description',
	diditName: 'description',
	example: 'Reported by support',
});

/** @throws DiditError if Didit's response is not a list or an entry */
export function parseRow(body: unknown): IDataObject {
	if (isFields(body) && typeof body.uuid === 'string') return body as IDataObject;
	throw new DiditError("Didit's response is not what was asked for", 'Try again in a few minutes');
}
