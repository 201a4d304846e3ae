// The field with the session that an operation is about. The same for all operations, so that its value survives a change.
import type { INodeProperties } from 'n8n-workflow';
import { InputError } from '../../transport/errors';
import { uuid } from '../common/checks';
import type { ItemCall } from '../common/itemCall';

export const sessionIdField: INodeProperties = {
	displayName: 'Session',
	name: 'sessionId',
	type: 'resourceLocator',
	default: { mode: 'id', value: '={{ $json.session_id }}' },
	required: true,
	description:
		'The session, as Create passed it on. The list finds sessions by name, number, ID or vendor data.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchSessions', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 11111111-2222-4333-8444-555555555555',
		},
	],
};

/** @throws InputError unless it is an ID */
export function sessionIdOf(call: ItemCall): string {
	const id = call.id('sessionId');
	if (id === '')
		throw new InputError("'Session' is empty", 'Choose a session from the list, or enter its ID');
	return uuid(id, 'Session');
}
