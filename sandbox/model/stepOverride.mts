/**
 * A reviewer sets the status of one step (docs.didit.me/sessions-api/update-feature-status). A session with a decision keeps
 * it. One without moves on: once nothing is left to do, it is decided as its steps say.
 */
import { nodeId, stepsOf } from './decision/outcome.mts';
import { notFound } from './errors.mts';
import { type SessionRecord, UNFINISHED } from './records.mts';
import { addReview } from './reviews.mts';
import { moveTo } from './sessions.mts';
import { type State, tell } from './state.mts';
import { STEPS } from './decision/steps.mts';

type StepDecision = 'Approved' | 'Declined' | 'In Review';

/** What Didit calls the kinds of steps in the response. Those that are not documented have the name of the step. */
const TYPES: Record<string, string> = {
	ID_VERIFICATION: 'KYC',
	LIVENESS: 'Face',
	FACE_MATCH: 'FaceMatch',
};

const SEVERITY: StepDecision[] = ['Declined', 'In Review', 'Approved'];

/** Whether the person has nothing left to do, because reviewers have decided the rest. */
function isComplete(session: SessionRecord): boolean {
	const open =
		session.resubmit_info?.nodes_to_resubmit.map(({ node_id }) => node_id) ??
		stepsOf(session).map(nodeId);
	return open.every((node) => node in session.step_overrides);
}

/** @returns what Didit calls the kind of step. @throws ApiError 404 for a node that the workflow does not have. */
export function overrideStep(
	state: State,
	session: SessionRecord,
	node: string,
	{ new_status, comment = null }: { new_status: StepDecision; comment?: string | null },
): string {
	const steps = stepsOf(session);
	const step =
		node === 'default' && steps.length === 1
			? steps[0]
			: steps.find((candidate) => nodeId(candidate) === node);
	if (!step) throw notFound('Feature not found.');
	session.step_overrides[nodeId(step)] = new_status;
	const { feature } = STEPS[step];
	addReview(state, session, {
		activity_type: 'FEATURE_STATUS_UPDATED',
		comment,
		changed_fields: [nodeId(step)],
		new_value: { [nodeId(step)]: new_status },
	});
	tell(state, { about: 'session', session, type: 'data.updated' });
	if (UNFINISHED.includes(session.status) && isComplete(session)) {
		const found = SEVERITY.find((status) => Object.values(session.step_overrides).includes(status));
		moveTo(state, session, found ?? 'Approved', 'the checks');
	}
	return TYPES[feature] ?? feature;
}
