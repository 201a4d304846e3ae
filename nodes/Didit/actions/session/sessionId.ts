// The field with the session that an operation is about. The same for all operations, so that its value survives a change.
import type { INodeProperties } from 'n8n-workflow';

export const sessionIdField: INodeProperties = {
	displayName: 'Session',
	name: 'sessionId',
	type: 'resourceLocator',
	default: { mode: 'id', value: '={{ $json.session_id }}' },
	required: true,
	description: 'The session, as Create passed it on',
	modes: [
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 11111111-2222-4333-8444-555555555555',
		},
	],
};
