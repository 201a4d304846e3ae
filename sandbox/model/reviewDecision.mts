/**
 * A reviewer's decision: approved, declined, or steps to repeat, with Didit's refusals
 * (docs.didit.me/sessions-api/update-status and the specification behind it).
 */
import { nodeId, outcomeOf, stepsOf } from './decision/outcome.mts';
import { type Step } from './decision/scenarios.mts';
import { ApiError, detail, refused } from './errors.mts';
import { addReview } from './reviews.mts';
import { moveTo } from './sessions.mts';
import { type SessionRecord, type Status } from './records.mts';
import { iso, now, type State } from './state.mts';
import { SESSION_LIFETIME } from './workflows.mts';

export interface Node {
	node_id: string;
	feature: string;
}

export interface Decision {
	new_status: 'Approved' | 'Declined' | 'Resubmitted';
	comment?: string;
	nodes_to_resubmit?: Node[];
	send_email?: boolean;
	email_address?: string;
	email_language?: string;
}

const DECIDABLE: readonly Status[] = [
	'Approved',
	'Declined',
	'In Review',
	'Kyc Expired',
	'Abandoned',
	'Resubmitted',
];
/** Steps that run without the person, so that the session is decided again at once. */
const BACKEND_ONLY: readonly string[] = ['AML', 'DATABASE_VALIDATION', 'IP_ANALYSIS'];
/** Steps that are chosen when the request names none. */
const CHOSEN: readonly Step[] = [
	'OCR',
	'LIVENESS',
	'FACE_MATCH',
	'PROOF_OF_ADDRESS',
	'PHONE_VERIFICATION',
	'EMAIL_VERIFICATION',
	'AML',
	'DATABASE_VALIDATION',
	'QUESTIONNAIRE',
];
const COOLDOWN_SECONDS = 30;
const EMAIL_LANGUAGES = [
	'en ar bg bn bs ca cnr cs da de el es et fa fi fr he hi hr hu hy id it ja ka kk ko',
	'ky lt lv mk mn ms nl no pl pt-BR pt ro ru sk sl so sq sr sv th tr uk uz vi zh-CN zh-TW zh',
]
	.join(' ')
	.split(' ');

/** Checked before the body is read. @throws ApiError 400 while the session cannot be decided. */
export function checkDecidable({ status }: SessionRecord): void {
	if (!DECIDABLE.includes(status))
		throw detail(
			400,
			`Only sessions with status ${DECIDABLE.join(', ')} can be updated. Current status: ${status}`,
		);
}

/** The steps that are not approved, in the order of the workflow. */
function unfinishedSteps(state: State, session: SessionRecord): Node[] {
	return outcomeOf(state, session, false)
		.ran.filter(({ step, status }) => status !== 'Approved' && CHOSEN.includes(step))
		.map(({ step, node_id }) => ({ node_id, feature: step }));
}

/** @throws ApiError 400 for a node that the session's workflow does not have, or when there is nothing to repeat. */
function nodesOf(state: State, session: SessionRecord, named: Node[] = []): Node[] {
	const known = stepsOf(session).map(nodeId);
	const unknown = named.filter(({ node_id }) => !known.includes(node_id));
	if (unknown.length > 0)
		throw refused(
			'nodes_to_resubmit',
			`The workflow of this session has no node ${unknown.map(({ node_id }) => node_id).join(', ')}.`,
		);
	const nodes = named.length > 0 ? named : unfinishedSteps(state, session);
	if (nodes.length === 0)
		throw refused(
			'nodes_to_resubmit',
			'No features found that need resubmission. All features are already approved.',
		);
	return nodes.sort((a, b) => known.indexOf(a.node_id) - known.indexOf(b.node_id));
}

/** @throws ApiError 429 when checks without the person are repeated again at once. */
function checkCooldown(state: State, { rechecked_at }: SessionRecord): void {
	const left = rechecked_at === null ? 0 : rechecked_at + COOLDOWN_SECONDS * 1000 - now(state);
	if (left <= 0) return;
	const text = [
		'This session was already resubmitted for backend-only features within the last 30 seconds;',
		'repeating it cannot change the outcome. Wait before resubmitting again.',
	].join(' ');
	throw detail(429, text, { 'retry-after': String(Math.ceil(left / 1000)) });
}

function sendEmail(
	state: State,
	session: SessionRecord,
	{ new_status, send_email, email_address, email_language = 'en' }: Decision,
): void {
	if (!send_email || email_address === undefined) return;
	// Unknown languages silently fall back to English.
	const language = EMAIL_LANGUAGES.includes(email_language) ? email_language : 'en';
	state.emails.push({
		to: email_address,
		session_id: session.session_id,
		status: new_status,
		language,
		link: new_status === 'Resubmitted' ? session.url : null,
		at: iso(now(state)),
	});
}

/** @throws ApiError 400 or 429 in Didit's words. */
export function decide(state: State, session: SessionRecord, decision: Decision): void {
	checkDecidable(session);
	const { new_status, comment = null } = decision;
	const { status: previous_status } = session;
	if (new_status === previous_status) {
		if (new_status !== 'Resubmitted' && state.settings.repeatedDecision === 'ignored') return;
		throw new ApiError(400, ['The new status is the same as the current status.']);
	}
	const nodes =
		new_status === 'Resubmitted' ? nodesOf(state, session, decision.nodes_to_resubmit) : [];
	const alone = nodes.length > 0 && nodes.every(({ feature }) => BACKEND_ONLY.includes(feature));
	if (alone) checkCooldown(state, session);

	addReview(state, session, {
		activity_type: 'STATUS_UPDATED',
		previous_status,
		new_status,
		comment,
		changed_fields: ['status'],
		previous_value: { status: previous_status },
		new_value: { status: new_status },
	});
	if (new_status === 'Resubmitted') session.expires_at = iso(now(state) + SESSION_LIFETIME * 1000);
	moveTo(
		state,
		session,
		new_status,
		'reviewer',
		nodes.length > 0 ? { nodes_to_resubmit: nodes, reasons: {} } : null,
	);
	sendEmail(state, session, decision);
	if (!alone) return;
	// Nothing has changed in the meantime, so the checks come to the same result.
	session.rechecked_at = now(state);
	moveTo(state, session, previous_status, 'the checks');
}
