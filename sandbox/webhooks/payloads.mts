/** The bodies of events, in the three versions that a destination can ask for. */
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
	const timestamp = seconds(now(state));
	return {
		event_id: randomUUID(),
		webhook_type,
		timestamp,
		created_at: timestamp,
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
			timestamp: seconds(now(state)),
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

const TRANSACTION = {
	transaction_id: '70000000-0000-4000-8000-000000000001',
	txn_id: 'order-1042',
	status: 'APPROVED',
	previous_status: 'IN_REVIEW',
	score: 12,
	direction: 'INBOUND',
	amount: '25.50',
	currency: 'EUR',
	amount_in_default_currency: '27.80',
	default_currency_code: 'USD',
	applicant_vendor_data: 'user-42',
	counterparty_vendor_data: null,
	rules_matched_count: 1,
	reason: null,
	actor: 'API Client',
	changed_at: '2026-09-21T14:13:20.000000Z',
};

/** Fields of the events that belong to no session. The last ones are not documented, so they are few. */
const SAMPLE_FIELDS: Record<string, Payload> = {
	'user.status.updated': { vendor_data: 'user-42', status: 'BLOCKED', previous_status: 'ACTIVE' },
	'business.status.updated': {
		vendor_data: 'company-7',
		status: 'FLAGGED',
		previous_status: 'ACTIVE',
	},
	'user.data.updated': {
		vendor_data: 'user-42',
		changed_fields: ['full_name'],
		changes: { full_name: { previous: 'Nuria Exemple', current: 'Núria Exemple' } },
	},
	'business.data.updated': {
		vendor_data: 'company-7',
		changed_fields: ['legal_name'],
		changes: { legal_name: { previous: 'Invented Ltd', current: 'Invented Widgets Ltd' } },
	},
	'transaction.created': { ...TRANSACTION, status: 'IN_REVIEW', previous_status: null },
	'transaction.status.updated': TRANSACTION,
	'travel_rule.status.updated': {
		transaction_id: '70000000-0000-4000-8000-000000000001',
		status: 'COMPLETED',
	},
	'activity.created': { vendor_data: 'user-42', activity: 'login' },
	'workflow.compliance_changed': { workflow_id: 'c0000001-0000-4000-8000-000000000001' },
	'transaction_rule_suggestions.created': { suggestions: 1 },
};

export const isSessionEvent = (type: string): type is SessionEvent =>
	type === 'status.updated' || type === 'data.updated';

/** An event without a session; `fields` replace those of the example. */
export function otherPayload(state: State, webhook_type: string, fields: Payload = {}): Payload {
	return { ...envelope(state, webhook_type), ...SAMPLE_FIELDS[webhook_type], ...fields };
}
