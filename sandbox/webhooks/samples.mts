/** What an event on demand says that belongs to no session. Real events carry nothing of it. */
import { type Payload } from './records.mts';

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

/** By the type of the event. The last ones are not documented, so they are few. */
export const SAMPLE_FIELDS: Record<string, Payload> = {
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
