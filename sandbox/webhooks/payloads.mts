/** The bodies of events, in the three versions that a destination can ask for. Each gets its `timestamp` when it is sent. */
import { randomUUID } from 'node:crypto';
import { decisionV1, statusV1 } from '../model/decision/v1.mts';
import { decisionV2 } from '../model/decision/v2.mts';
import { decisionV3 } from '../model/decision/v3.mts';
import { type SessionEvent, type SessionRecord, type Status } from '../model/records.mts';
import { now, type State } from '../model/state.mts';
import { type Payload, type Version } from './records.mts';

/** Didit sends the decision with these statuses. */
const WITH_DECISION: readonly Status[] = ['Approved', 'Declined', 'In Review', 'Abandoned'];
const DECISIONS = { v1: decisionV1, v2: decisionV2, v3: decisionV3 };

const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000);

/** What every event of version 2 and 3 begins with. */
export function envelope(state: State, webhook_type: string): Payload {
	return {
		event_id: randomUUID(),
		webhook_type,
		created_at: seconds(now(state)),
		application_id: state.applicationId,
		environment: 'sandbox',
	};
}

/** `status.updated` or `data.updated` of a session as it is now. Version 1 carries neither a type nor an event id. */
export function sessionPayload(
	state: State,
	session: SessionRecord,
	webhook_type: string,
	version: Version,
): Payload {
	const { session_id, status, vendor_data, metadata, workflow_id, workflow_version } = session;
	const created_at = seconds(Date.parse(session.created_at));
	const decision = WITH_DECISION.includes(status)
		? { decision: DECISIONS[version](state, session, true) }
		: {};
	if (version === 'v1')
		return {
			session_id,
			status: statusV1(status),
			created_at,
			vendor_data,
			...decision,
		};
	const business =
		session.session_kind === 'business'
			? {
					business_session_id: session_id,
					vendor_business_id: vendor_data,
				}
			: {};
	const resubmit = status === 'Resubmitted' ? { resubmit_info: session.resubmit_info } : {};
	return {
		...envelope(state, webhook_type),
		created_at,
		session_id,
		session_kind: session.session_kind,
		sandbox_scenario: session.sandbox_scenario,
		status,
		workflow_id,
		workflow_version,
		vendor_data,
		metadata,
		...business,
		...resubmit,
		...decision,
	};
}

export const isSessionEvent = (type: string): type is SessionEvent =>
	type === 'status.updated' || type === 'data.updated';

/** An event without a session. */
export function otherPayload(state: State, webhook_type: string, fields: Payload): Payload {
	return { ...envelope(state, webhook_type), ...fields };
}
