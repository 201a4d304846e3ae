// What a language model that builds workflows reads of the node, beside its fields. n8n shows it in the type definition and in
// the search for nodes; in the panel it shows nowhere.
import type { IBuilderHint } from 'n8n-workflow';
import { SESSION_RESULT, STATUS_MEANING } from '../decision/about';
import type { Resource } from './common/operation';

/** The fields that come out of several operations, once for the whole node. */
export const SHAPES = {
	'session result': SESSION_RESULT,
	'user record':
		'vendor_data, didit_internal_id, status (ACTIVE, FLAGGED, BLOCKED), effective_name, full_name, date_of_birth, session_count, approved_count, declined_count, in_review_count, last_session_at, created_at',
	'business record':
		'vendor_data, didit_internal_id, status (ACTIVE, FLAGGED, BLOCKED), effective_name, legal_name, registration_number, country_code, session_count, approved_count, declined_count, in_review_count, last_session_at, created_at',
	'check result':
		'request_id, status, verified (status is Approved), warnings[{feature, risk, text, effect (Declined, In Review, None), rule}], vendor_data, created_at',
	'list row':
		'uuid, name, description, list_type, entry_type, is_system (a blocklist of Didit), entry_count, last_entry_added_at, created_at',
	'list entry':
		'uuid, value, display_label, comment, added_by, reference_session_id, reference_session_number, created_at',
	monitoring: 'vendor_data, monitored, outcome (skipped_…: nothing changed), job_id, job_status',
	transaction:
		'uuid, txn_id (your ID), status (APPROVED, IN_REVIEW, DECLINED, AWAITING_USER), score, severity, decision_reason_code, decision_reason_label, direction, amount (text), currency, transaction_type, action_type, payment_details, txn_date, vendor_data, amount_in_default_currency, default_currency_code, action_required',
	workflow:
		'workflow_id, uuid, workflow_label, workflow_type, status, version, is_default, is_archived, features, total_price, session_expiration_time, updated_at',
} as const;

const PATTERNS = `<patterns>
Onboarding with a wait: Webhook or Form Trigger -> Didit session/create (afterVerification: 'resume', vendorData: your user ID) -> Send Email with {{ $json.url }} -> Didit session/waitForResult (leave sessionId empty) -> If {{ $json.verified }}.
Result in another workflow: Didit session/create -> Send Email; and Didit Trigger -> Switch on {{ $json.status }}.
</patterns>`;

/** With Simplify on, which is the default. */
const shapes = Object.entries(SHAPES).map(([name, content]) => `A ${name}: ${content}.`);

/** @param resources all of the node */
export function builderHint(resources: Resource[]): IBuilderHint {
	return {
		searchHint:
			'Identity verification (KYC, KYB, AML). session/create makes the link to send, session/waitForResult pauses the workflow until the person is done. Without a session: check/aml screens for sanctions, check/sendPhoneCode and checkPhoneCode confirm a number, other checks read images; list is for blocklists, transaction for monitoring. To start a workflow with each result, use diditTrigger.',
		relatedNodes: [
			{
				nodeType: 'n8n-nodes-didit.diditTrigger',
				relationHint: 'Starts a workflow when a verification has a result',
			},
		],
		extraTypeDefContent: [
			{ content: [...shapes, STATUS_MEANING, PATTERNS].join('\n') },
			...resources.flatMap(({ option, operations }) =>
				operations.map((operation) => ({
					content: operation.about,
					displayOptions: {
						show: {
							resource: [String(option.value)],
							operation: [String(operation.option.value)],
						},
					},
				})),
			),
		],
	};
}
