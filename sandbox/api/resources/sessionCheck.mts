/** What reviewers decide about parts of a session: AML hits, and the status of one step. */
import { notFound } from '../../model/errors.mts';
import { addReview } from '../../model/reviews.mts';
import { decisionV3 } from '../../model/decision/v3.mts';
import { overrideStep } from '../../model/stepOverride.mts';
import { type SessionRecord } from '../../model/records.mts';
import { findSession } from '../../model/sessions.mts';
import { type State, tell } from '../../model/state.mts';
import { type Call, type Resource } from '../pipeline.mts';

interface HitUpdate {
	hit_id: string;
	review_status: string;
}

interface Screening {
	node_id: string;
	hits: Array<{ id: string; review_status: string }>;
}

const find = (state: State, { sessionId }: Record<string, string>) => findSession(state, sessionId);

/** All of them or none. The step and the session keep their status. @throws ApiError 404 for a hit that is not there. */
function reviewHits({ state, params, body, query }: Call, updates: HitUpdate[]): void {
	const session: SessionRecord = find(state, params);
	const node = (body as { node_id?: string }).node_id ?? query.node_id;
	const screenings = (decisionV3(state, session, false).aml_screenings ?? []) as Screening[];
	const hits = screenings
		.filter(({ node_id }) => node === undefined || node_id === node)
		.flatMap((screening) => screening.hits);
	const before = updates.map(({ hit_id }) => hits.find(({ id }) => id === hit_id)?.review_status);
	if (before.includes(undefined)) throw notFound('AML hit not found.');
	for (const { hit_id, review_status } of updates) session.hit_reviews[hit_id] = review_status;
	const asMap = (status: (index: number) => unknown) =>
		Object.fromEntries(updates.map(({ hit_id }, index) => [hit_id, status(index)]));
	addReview(state, session, {
		activity_type: 'AML_HIT_STATUS_UPDATED',
		changed_fields: ['review_status'],
		previous_value: asMap((index) => before[index]),
		new_value: asMap((index) => updates[index].review_status),
	});
	tell(state, { about: 'session', session, type: 'data.updated' });
}

export const sessionCheck: Resource = {
	version: 'v3',
	handlers: {
		'session.reviewAmlHit': (call) => {
			const { hit_id, review_status } = call.body as HitUpdate;
			reviewHits(call, [{ hit_id, review_status }]);
			const message = 'Hit status updated successfully';
			return { status: 200, body: { message, hit_id, review_status } };
		},
		'session.reviewAmlHits': (call) => {
			reviewHits(call, (call.body as { hit_updates: HitUpdate[] }).hit_updates);
			return { status: 200, body: { message: 'Hit statuses updated successfully' } };
		},
		'session.overrideCheck': ({ state, params, body }) => {
			const session = find(state, params);
			const { new_status, comment } = body as Parameters<typeof overrideStep>[3];
			const feature_type = overrideStep(state, session, params.nodeId, { new_status, comment });
			const { session_id } = session;
			return {
				status: 200,
				body: { session_id, node_id: params.nodeId, feature_type, new_status },
			};
		},
	},
};
