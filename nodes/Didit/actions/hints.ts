// What a language model that builds workflows reads of the node, beside its fields. n8n shows it in the type definition and in
// the search for nodes; in the panel it shows nowhere.
import type { IBuilderHint } from 'n8n-workflow';
import { SESSION_RESULT, STATUS_MEANING } from '../decision/about';
import { business } from './business/business';
import type { Resource } from './common/operation';
import { ENTRY_FIELDS, LIST_FIELDS } from './list/list';
import { TRANSACTION_FIELDS } from './transaction/transaction';
import { user } from './user/user';
import { SIMPLE_FIELDS } from './workflow/list';

/** The names with what they mean beside those that need a word. */
const listed = (names: readonly string[], notes: Record<string, string> = {}) =>
	names.map((name) => (name in notes ? `${name} (${notes[name]})` : name)).join(', ');

const RECORD_NOTES = { status: 'ACTIVE, FLAGGED, BLOCKED' };

/** The fields that come out of several operations, once for the whole node. */
export const SHAPES = {
	'session result': SESSION_RESULT,
	'user record': listed(user.simpleFields, RECORD_NOTES),
	'business record': listed(business.simpleFields, RECORD_NOTES),
	'check result':
		'request_id, status, verified (status is Approved), warnings[{feature, risk, text, effect (Declined, In Review, None), rule}], vendor_data, created_at',
	'list row': listed(LIST_FIELDS, { is_system: 'a blocklist of Didit' }),
	'list entry': listed(ENTRY_FIELDS),
	monitoring: 'vendor_data, monitored, outcome (skipped_…: nothing changed), job_id, job_status',
	transaction: listed(TRANSACTION_FIELDS, {
		txn_id: 'your ID',
		status: 'APPROVED, IN_REVIEW, DECLINED, AWAITING_USER',
		amount: 'text',
	}),
	workflow: listed(SIMPLE_FIELDS),
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
