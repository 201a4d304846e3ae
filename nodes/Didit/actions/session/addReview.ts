// Session: Add Review Note. Writes a note into the activity of a session. It changes nothing else.
import type { IDataObject } from 'n8n-workflow';
import { text } from '../common/fieldKinds';
import type { Operation } from '../common/operation';
import { rawOutput } from '../common/privacy';
import { sessionId } from './sessionId';

const comment = text({
	label: 'Comment',
	name: 'comment',
	diditName: 'comment',
	required: true,
	ask: 'Enter the note',
	typeOptions: { rows: 3 },
	example: 'Called the person, address confirmed',
	description: 'The note. The status of the session stays the same.',
});

export const addReview: Operation = {
	option: {
		name: 'Add Review Note',
		value: 'addReview',
		action: 'Add review note to session',
	},
	about: 'Returns session_id, user, new_status, comment, created_at.',
	effect: 'changes',
	fields: [sessionId, comment],
	needs: 'apiKey',
	async execute(call) {
		const id = call.need(sessionId);
		const { body } = await call.request({
			method: 'POST',
			path: `/v3/sessions/${id}/reviews/`,
			body: call.body(comment),
		});
		return [{ json: { session_id: id, ...rawOutput(call, body as IDataObject) } }];
	},
};
