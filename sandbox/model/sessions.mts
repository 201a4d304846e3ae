/** The life of a session: created or taken again, opened, finished, expired. Both versions of the API share it. */
import { randomBytes, randomUUID } from 'node:crypto';
import { nodeId, stepsOf } from './decision/outcome.mts';
import { ensureVendorRecord } from './vendorRecords.mts';
import { notFound } from './errors.mts';
import { type SessionRecord, type Status, UNFINISHED } from './records.mts';
import { iso, now, type State, tell } from './state.mts';
import { SESSION_LIFETIME } from './workflows.mts';

type Given = Partial<SessionRecord> & Pick<SessionRecord, 'version' | 'features'>;

/** @param request text of the request, from which events take the metadata as it was written. */
export function createSession(state: State, given: Given, request?: string): SessionRecord {
	// Twelve characters, as Didit's tokens have.
	const session_token = randomBytes(9).toString('base64url');
	const language = given.language ? `/${given.language}` : '';
	const session: SessionRecord = {
		session_kind: 'user',
		vendor_data: null,
		callback: null,
		callback_method: 'initiator',
		metadata: null,
		language: null,
		contact_details: null,
		expected_details: null,
		sandbox_scenario: null,
		workflow_id: null,
		workflow_version: null,
		workflow_label: null,
		resubmit_info: null,
		rechecked_at: null,
		corrections: null,
		poa_corrections: null,
		hit_reviews: {},
		step_overrides: {},
		status_override: null,
		shared_from: null,
		person: state.nextSessionNumber,
		...given,
		session_id: randomUUID(),
		session_number: state.nextSessionNumber++,
		session_token,
		url: `${state.publicUrl}${language}/session/${session_token}`,
		status: 'Not Started',
		history: [],
		reviews: [],
		created_at: iso(now(state)),
		expires_at: iso(now(state) + SESSION_LIFETIME * 1000),
	};
	state.sessions.push(session);
	ensureVendorRecord(state, session.session_kind, session.vendor_data);
	if (request !== undefined) state.createRequests.set(session.session_id, request);
	moveTo(state, session, given.status ?? 'Not Started', 'created');
	return session;
}

/** The steps to repeat when nobody named any: the first one. */
function firstStep(session: SessionRecord): SessionRecord['resubmit_info'] {
	const step = session.session_kind === 'business' ? 'KYB_DOCUMENTS' : stepsOf(session)[0];
	return { nodes_to_resubmit: [{ node_id: nodeId(step), feature: step }], reasons: {} };
}

/**
 * Gives a session a status and tells whoever listens.
 * @param by what caused it, for the history: "visitor", "reviewer", "time", …
 */
export function moveTo(
	state: State,
	session: SessionRecord,
	status: Status,
	by: string,
	resubmit: SessionRecord['resubmit_info'] = null,
): void {
	// Only a decision of a reviewer overrides; whatever comes of a new attempt is automatic again.
	session.status_override =
		by === 'reviewer' && status !== 'Resubmitted'
			? {
					automatic_status: session.status_override?.automatic_status ?? session.status,
					overridden_at: iso(now(state)),
				}
			: null;
	session.status = status;
	session.resubmit_info = status === 'Resubmitted' ? (resubmit ?? firstStep(session)) : null;
	// A step that is repeated is checked anew.
	for (const { node_id } of session.resubmit_info?.nodes_to_resubmit ?? [])
		delete session.step_overrides[node_id];
	session.history.push({ status, at: iso(now(state)), by });
	tell(state, { about: 'session', session, type: 'status.updated' });
}

/** Expiry is noticed when somebody looks, so that no timer is needed. */
function expireIfDue(state: State, session: SessionRecord): SessionRecord {
	if (UNFINISHED.includes(session.status) && Date.parse(session.expires_at) <= now(state))
		moveTo(state, session, 'Expired', 'time');
	return session;
}

/** All sessions, oldest first, each with the status it has now. */
export function allSessions(state: State): SessionRecord[] {
	for (const session of state.sessions) expireIfDue(state, session);
	return state.sessions;
}

/** @throws ApiError 404 with the text; Didit's calls have two. */
export function findSession(
	state: State,
	session_id: string,
	text = 'Session not found.',
): SessionRecord {
	const session = state.sessions.find((candidate) => candidate.session_id === session_id);
	if (!session) throw notFound(text);
	return expireIfDue(state, session);
}

/** Forgets the session. Deliveries under way still arrive, and no event tells of it. */
export function removeSession(state: State, session: SessionRecord): void {
	state.sessions.splice(state.sessions.indexOf(session), 1);
	state.createRequests.delete(session.session_id);
}

export function findByToken(state: State, token: string): SessionRecord | undefined {
	const session = state.sessions.find((candidate) => candidate.session_token === token);
	return session && expireIfDue(state, session);
}

/**
 * The session that a create with this vendor_data answers again: unfinished, of the same workflow and version. Without
 * vendor_data there is none. (docs.didit.me/sessions-api/create-session)
 */
export function reusable(
	state: State,
	vendor_data: string | null,
	workflow_id: string,
	version: number,
): SessionRecord | undefined {
	if (!vendor_data) return undefined;
	return allSessions(state).findLast(
		(session) =>
			session.vendor_data === vendor_data &&
			session.workflow_id === workflow_id &&
			session.workflow_version === version &&
			UNFINISHED.includes(session.status),
	);
}
