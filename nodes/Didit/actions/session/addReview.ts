// Session: Add Review Note. Writes a note into the activity of a session. It changes nothing else.
import type { IDataObject } from 'n8n-workflow';
import { InputError } from '../../transport/errors';
import type { Operation } from '../common/operation';
import { sessionIdField, sessionIdOf } from './sessionId';

export const addReview: Operation = {
	option: {
		name: 'Add Review Note',
		value: 'addReview',
		action: 'Add review note to session',
		description: "Add a note to a person's session, which your team sees in the Didit console",
	},
	fields: [
		sessionIdField,
		{
			displayName: 'Comment',
			name: 'comment',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			required: true,
			placeholder: 'e.g. Called the person, address confirmed',
			description: 'The note. The status of the session stays as it is.',
		},
	],
	needs: 'apiKey',
	async execute(call) {
		const id = sessionIdOf(call);
		const comment = call.text('comment');
		if (!comment) throw new InputError("'Comment' is empty", 'Fill in the note');
		const { body } = await call.request({
			method: 'POST',
			path: `/v3/sessions/${id}/reviews/`,
			body: { comment },
		});
		return [{ json: { session_id: id, ...(body as IDataObject) } }];
	},
};
