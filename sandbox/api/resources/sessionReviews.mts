/** The activity of a session, and notes in it. Of persons only. */
import { notFound } from '../../model/errors.mts';
import { type Resource } from '../pipeline.mts';
import { page } from '../paging.mts';
import { addReview, reviewRow, shortReview } from '../../model/reviews.mts';
import { findSession } from '../../model/sessions.mts';
import { type SessionRecord, type Status } from '../../model/records.mts';
import { type State } from '../../model/state.mts';

function find(state: State, session_id: string): SessionRecord {
	const session = findSession(state, session_id);
	if (session.session_kind === 'business') throw notFound('Session not found.');
	return session;
}

export const sessionReviews: Resource = {
	version: 'v3',
	handlers: {
		'session.reviews.list': ({ state, params, query }) => {
			const rows = find(state, params.session_id).reviews.map(reviewRow);
			// Newest first, also for an order that does not exist.
			if (query.ordering !== 'created_at') rows.reverse();
			return {
				status: 200,
				body: page(state, `/v3/sessions/${params.session_id}/reviews/`, query, rows),
			};
		},
		'session.reviews.create': ({ state, params, body }) => {
			const { comment = null, new_status = null } = (body ?? {}) as {
				comment?: string | null;
				new_status?: Status | null;
			};
			// A note changes nothing and tells nobody, and Didit does not say who wrote it.
			const note = addReview(state, find(state, params.session_id), {
				activity_type: 'STATUS_UPDATED',
				actor_display: 'Unknown',
				actor_type: 'CONSOLE_USER',
				comment,
				new_status,
			});
			return { status: 201, body: shortReview(note) };
		},
	},
};
