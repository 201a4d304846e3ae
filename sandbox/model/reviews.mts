/** The activity of a session: what was decided, noted or corrected through the API, in the forms that Didit's calls have. */
import { randomUUID } from 'node:crypto';
import { type Review, type SessionRecord } from './records.mts';
import { iso, now, type State } from './state.mts';

/** Adds an entry and returns it. */
export function addReview(
	state: State,
	session: SessionRecord,
	entry: Partial<Review> & Pick<Review, 'activity_type'>,
): Review {
	const review: Review = {
		previous_status: null,
		new_status: null,
		comment: null,
		changed_fields: [],
		previous_value: null,
		new_value: null,
		actor_display: 'API Client',
		actor_type: 'API_KEY',
		...entry,
		uuid: randomUUID(),
		created_at: iso(now(state)),
	};
	session.reviews.push(review);
	return review;
}

/** An entry as the list of a session's activity answers it. */
export function reviewRow(review: Review): Record<string, unknown> {
	return { ...review, actor_email: null, mentioned_emails: [], metadata: null };
}

/** An entry as decisions show it, and as creating a note answers it. */
export function shortReview({
	actor_display,
	new_status,
	comment,
	created_at,
}: Review): Record<string, unknown> {
	return { user: actor_display, new_status, comment, created_at };
}
