// Session: Share. Makes a token with which another Didit application can take over a finished session.
import type { IDataObject } from 'n8n-workflow';
import { uuid, wholeNumber } from '../common/checks';
import type { Operation } from '../common/operation';
import { sessionIdField, sessionIdOf } from './sessionId';

export const share: Operation = {
	option: {
		name: 'Share',
		value: 'share',
		action: 'Share session',
		description: 'Make a token with which another Didit application can import a finished session',
	},
	fields: [
		sessionIdField,
		{
			displayName: 'For Application ID',
			name: 'forApplicationId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 11111111-2222-4333-8444-555555555555',
			description:
				'The Didit application that may import the session. The receiver finds the ID in the Didit console.',
		},
	],
	options: [
		{
			displayName: 'Token Lifetime (Seconds)',
			name: 'tokenLifetime',
			type: 'number',
			typeOptions: { minValue: 60, maxValue: 86400 },
			default: 3600,
			description: 'How long the token can be used: from a minute to a day',
		},
	],
	needs: 'apiKey',
	agent: 'ifAllowed',
	async execute(call) {
		const id = sessionIdOf(call);
		const { tokenLifetime } = call.collection('options');
		const body: IDataObject = {
			for_application_id: uuid(call.text('forApplicationId'), 'For Application ID'),
		};
		if (tokenLifetime !== undefined)
			body.ttl_in_seconds = wholeNumber(tokenLifetime, 'Token Lifetime (Seconds)', 60, 86_400);
		const answer = await call.request({ method: 'POST', path: `/v3/session/${id}/share/`, body });
		return [{ json: { session_id: id, ...(answer.body as IDataObject) } }];
	},
};
