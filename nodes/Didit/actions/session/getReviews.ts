// Session: Get Review Notes. What people and systems did with a session, the newest first.
import { listRows, returnAllFields, toItems } from '../common/getMany';
import { simplify, toOutputRow } from '../common/simplify';
import type { Operation } from '../common/operation';
import { sessionId } from './sessionId';

/** Without the values before and after a change, which are personal data. */
const SIMPLE_FIELDS = [
	'activity_type',
	'actor_type',
	'actor_display',
	'previous_status',
	'new_status',
	'comment',
	'changed_fields',
	'created_at',
];

export const getReviews: Operation = {
	option: {
		name: 'Get Review Notes',
		value: 'getReviews',
		action: 'Get review notes of session',
	},
	about:
		'Newest first. Returns rows with session_id, activity_type, actor_type, actor_display, previous_status, new_status, comment, changed_fields[], created_at.',
	effect: 'reads',
	fields: [sessionId, ...returnAllFields, simplify],
	needs: 'apiKey',
	async execute(call) {
		const id = call.need(sessionId);
		const rows = listRows(call, { path: `/v3/sessions/${id}/reviews/`, id: 'uuid' });
		return await toItems(call, rows, (row) => ({
			session_id: id,
			...toOutputRow(call, row, SIMPLE_FIELDS),
		}));
	},
};
