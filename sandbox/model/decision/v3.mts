/** The decision as version 3 answers it: one list for each kind of step, `null` until that step ran. */
import { type SessionRecord } from '../records.mts';
import { type State } from '../state.mts';
import { reviewRow, shortReview } from '../reviews.mts';
import { BUSINESS_STEPS, PERSON_STEPS, STEPS } from './steps.mts';
import { nodeId, outcomeOf, stepsOf } from './outcome.mts';

function common(session: SessionRecord): Record<string, unknown> {
	const {
		session_id,
		session_number,
		status,
		workflow_id,
		vendor_data,
		metadata,
		expected_details,
		contact_details,
		callback,
		created_at,
		expires_at,
		status_override,
		sandbox_scenario,
		shared_from,
	} = session;
	return {
		session_id,
		session_number,
		session_url: session.url,
		status,
		environment: 'sandbox',
		workflow_id,
		vendor_data,
		metadata,
		expected_details,
		contact_details,
		callback,
		reviews: session.reviews.map(shortReview),
		created_at,
		expires_at,
		status_override,
		sandbox_scenario,
		shared_from_session: shared_from,
	};
}

function lists(state: State, session: SessionRecord, seesMedia: boolean): Record<string, unknown> {
	const outcome = outcomeOf(state, session, seesMedia);
	const kinds = session.session_kind === 'business' ? BUSINESS_STEPS : PERSON_STEPS;
	const result: Record<string, unknown> = Object.fromEntries(kinds.map((list) => [list, null]));
	for (const ran of outcome.ran) {
		const { list, build } = STEPS[ran.step];
		result[list] = [build(outcome, ran)];
	}
	return result;
}

export function decisionV3(
	state: State,
	session: SessionRecord,
	seesMedia: boolean,
): Record<string, unknown> {
	const features = [...new Set(stepsOf(session).map((step) => STEPS[step].feature))];
	return {
		...common(session),
		session_kind: session.session_kind,
		features,
		...lists(state, session, seesMedia),
		...(session.session_kind === 'user' ? { nfc_skip_reason: null } : {}),
	};
}

/** `include=events`: features become objects, the kind is left out, and history and costs are added. */
export function decisionWithEvents(
	state: State,
	session: SessionRecord,
	seesMedia: boolean,
): Record<string, unknown> {
	const features = stepsOf(session).map((step) => ({
		feature: STEPS[step].feature,
		node_id: nodeId(step),
	}));
	const events = session.history.map(({ status, at }) => ({
		type: 'STATUS_UPDATED',
		status,
		created_at: at,
	}));
	return {
		...common(session),
		features,
		...lists(state, session, seesMedia),
		nfc_skip_reason: null,
		events,
		activity_reviews: session.reviews.map(reviewRow),
		blocklisted: false,
		cost_breakdown: {},
		session_type: 'HOSTED',
		workflow_version: session.workflow_version,
	};
}
