/** What happened in a session, step by step, before any version of the API gives it its shape. */
import { mediaLink } from '../mediaLinks.mts';
import { type SessionRecord, type Status } from '../records.mts';
import { type State } from '../state.mts';
import { type Person, personOf } from './people.mts';
import { reasonFor, type Scenario, type Step } from './scenarios.mts';

export type StepStatus =
	| 'Not Finished'
	| 'Approved'
	| 'Declined'
	| 'In Review'
	| 'Resub Requested'
	| 'Expired';

export interface StepResult {
	step: Step;
	node_id: string;
	status: StepStatus;
	/** Why the step is not approved. */
	reason: Scenario | null;
}

export interface Outcome {
	person: Person;
	/** The document's fields after somebody corrected them. */
	corrections: SessionRecord['corrections'];
	/** The same of the proof of address. */
	poaCorrections: SessionRecord['poa_corrections'];
	/** What reviewers made of AML hits. */
	hitReviews: SessionRecord['hit_reviews'];
	/** The steps that ran; empty while the person has not finished anything. */
	ran: StepResult[];
	/** A short-lived link to a picture or video, `null` for a caller that may not see media. */
	media: (file: string) => string | null;
}

const FINISHED: readonly Status[] = [
	'Approved',
	'Declined',
	'In Review',
	'Resubmitted',
	'Kyc Expired',
];

/** The steps that the session checks. Version 1 says FACE for a liveness check and a face match together. */
export function stepsOf(session: SessionRecord): Step[] {
	return session.features
		.split(' + ')
		.flatMap((name) => (name === 'FACE' ? ['LIVENESS', 'FACE_MATCH'] : [name])) as Step[];
}

/** The node of a step in its workflow, as Didit numbers them. */
export const nodeId = (step: string) => `feature_${step.toLowerCase()}_1`;

function statusOf(
	session: SessionRecord,
	reason: Scenario | undefined,
	step: Step,
	deciding: Step,
): StepStatus {
	const overridden = session.step_overrides[nodeId(step)];
	if (overridden) return overridden;
	if (session.status === 'Kyc Expired' && step === 'OCR') return 'Expired';
	if (session.resubmit_info?.nodes_to_resubmit.some(({ node_id }) => node_id === nodeId(step)))
		return 'Resub Requested';
	return reason && step === deciding ? (session.status as StepStatus) : 'Approved';
}

export function outcomeOf(state: State, session: SessionRecord, seesMedia: boolean): Outcome {
	const steps = stepsOf(session);
	const reason = reasonFor(session.status, session.sandbox_scenario, steps);
	const deciding = reason?.step && steps.includes(reason.step) ? reason.step : steps[0];
	// Somebody who left half-way has done the first step.
	const reached = FINISHED.includes(session.status)
		? steps
		: session.status === 'Abandoned'
			? steps.slice(0, 1)
			: steps.filter((step) => nodeId(step) in session.step_overrides);
	const ran = reached.map((step): StepResult => {
		const status = statusOf(session, reason, step, deciding);
		return {
			step,
			node_id: nodeId(step),
			status,
			reason: status === 'Approved' || status === 'Expired' ? null : (reason ?? null),
		};
	});
	const media = (file: string) => (seesMedia ? mediaLink(state, session.session_id, file) : null);
	const { corrections, poa_corrections: poaCorrections, hit_reviews: hitReviews } = session;
	return { person: personOf(session), corrections, poaCorrections, hitReviews, ran, media };
}
