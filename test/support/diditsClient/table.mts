// Where Didit's own client and this package differ, and which of the two is right. docs/didits-own-client.md shows the same rows,
// and a test compares both with what the client really does.

import type { SettingsChange } from '../../../sandbox/model/settings.mts';
import { WORKFLOW } from './given.mts';
import type { Exchange } from './recorder.mts';

/** Fields that only one of the two sends, by the client's tool. */
type Side = 'client' | 'node';
type Row = [tools: string | string[], side: Side, fields: string | string[], why: string];

const IN_SPECIFICATION = "In Didit's specification; the client leaves it out";
const PAGES = 'The node pages by itself, with _Return All_ and _Limit_';
const NOTHING_BACK = 'Left out: nothing comes back with it';

const ROWS: Row[] = [
	[
		[
			'didit_list_sessions',
			'didit_list_users',
			'didit_list_businesses',
			'didit_list_lists',
			'didit_list_entries',
			'didit_list_transactions',
		],
		'client',
		'offset',
		`${PAGES}, and sends it from the second page on`,
	],
	[['didit_list_session_reviews', 'didit_list_workflows'], 'node', 'limit', PAGES],
	[
		'didit_list_sessions',
		'node',
		['country', 'document_type', 'session_type', 'warning'],
		IN_SPECIFICATION,
	],
	[
		'didit_create_session',
		'node',
		'sandbox_scenario',
		"In Didit's specification, for sandbox applications. A live one ignores it",
	],
	['didit_create_session', 'node', 'features', 'Version 1 only; the client speaks version 3'],
	[
		'didit_add_session_review',
		'client',
		'new_status',
		'Sources disagree whether it decides. _Update Status_ does, for certain',
	],
	[
		'didit_delete_session',
		'node',
		[
			'deletion_instruction',
			'face_retention_days',
			'face_retention_deadline',
			'instruction_id',
			'retain_face_embeddings',
		],
		"In Didit's specification since August 2026; the client is older",
	],
	[
		['didit_update_session_data', 'didit_update_session_poa_data'],
		'node',
		'node_id',
		"In Didit's documentation, for sessions with several documents",
	],
	[
		'didit_share_session',
		'client',
		'partner_client_id',
		"Open, see below. Didit's specification has `for_application_id`",
	],
	['didit_share_session', 'node', ['for_application_id', 'ttl_in_seconds'], IN_SPECIFICATION],
	[
		'didit_import_shared_session',
		'node',
		['trust_review', 'vendor_data', 'workflow_id'],
		IN_SPECIFICATION,
	],
	[
		['didit_create_user', 'didit_update_user', 'didit_create_business', 'didit_update_business'],
		'client',
		'status',
		"Setting it this way doesn't block anybody; _Update Status_ does",
	],
	[
		['didit_delete_users', 'didit_delete_businesses'],
		'client',
		'delete_all',
		'The node never deletes everybody',
	],
	[
		'didit_delete_businesses',
		'client',
		'didit_internal_id_list',
		'The node deletes one record, by your own ID',
	],
	[
		'didit_update_webhook_destination',
		'client',
		'label',
		'The trigger names its webhook once and leaves the name to you',
	],
	[
		'didit_create_list_entry',
		'node',
		'image',
		'The client has a tool of its own for it, `didit_upload_face_entry`',
	],
	[['didit_aml_screening', 'didit_database_validation'], 'client', 'metadata', NOTHING_BACK],
	[
		'didit_aml_screening',
		'node',
		[
			'aml_country_weight',
			'aml_dob_weight',
			'aml_match_score_threshold',
			'aml_name_weight',
			'aml_score_approve_threshold',
			'aml_score_review_threshold',
			'save_api_request',
		],
		IN_SPECIFICATION,
	],
	[
		'didit_database_validation',
		'node',
		['consent', 'identification_number', 'save_api_request'],
		IN_SPECIFICATION,
	],
	[
		'didit_id_verification',
		'client',
		'minimum_age',
		'Left out: the result has the age, and an IF node compares it',
	],
	[
		'didit_id_verification',
		'node',
		[
			'back_image_password',
			'critical_field_occlusion_action',
			'document_or_personal_number_format_mismatch_action',
			'expiration_date_not_detected_action',
			'front_image_password',
			'inconsistent_data_action',
			'invalid_mrz_action',
			'save_api_request',
		],
		IN_SPECIFICATION,
	],
	[
		'didit_poa_verification',
		'node',
		[
			'document_password',
			'poa_address_mismatch_action',
			'poa_document_authenticity_action',
			'poa_document_issues_action',
			'poa_issuer_not_identified_action',
			'poa_name_mismatch_action',
			'poa_unsupported_language_action',
			'save_api_request',
		],
		IN_SPECIFICATION,
	],
	[
		'didit_face_match',
		'node',
		['face_match_score_decline_threshold', 'rotate_image', 'save_api_request'],
		IN_SPECIFICATION,
	],
	[
		'didit_passive_liveness',
		'node',
		['face_liveness_score_decline_threshold', 'rotate_image', 'save_api_request'],
		IN_SPECIFICATION,
	],
	[
		'didit_age_estimation',
		'node',
		[
			'age_estimation_decline_threshold',
			'face_liveness_score_decline_threshold',
			'rotate_image',
			'save_api_request',
		],
		IN_SPECIFICATION,
	],
	[
		'didit_face_search',
		'node',
		['rotate_image', 'save_api_request', 'search_type'],
		IN_SPECIFICATION,
	],
	[
		'didit_phone_send',
		'node',
		['code_size', 'locale', 'options', 'preferred_channel', 'signals', 'vendor_data'],
		IN_SPECIFICATION,
	],
	[
		'didit_email_send',
		'node',
		[
			'alphanumeric_code',
			'code_size',
			'locale',
			'options',
			'signals',
			'use_white_label_customization',
			'vendor_data',
		],
		IN_SPECIFICATION,
	],
];

export const FIELDS: Array<{ tool: string; side: Side; field: string }> = ROWS.flatMap(
	([tools, side, fields]) =>
		[tools].flat().flatMap((tool) => [fields].flat().map((field) => ({ tool, side, field }))),
);

/** Written by Node.js's HTTP clients on their own, differently in each of them. */
export const OF_HTTP = [
	'accept-encoding',
	'accept-language',
	'connection',
	'content-length',
	'host',
	'sec-fetch-mode',
	'transfer-encoding',
	'user-agent',
];

/** What a request says beside its fields, where the two say it differently. */
export interface HeaderRow {
	header: string;
	/** Of which calls, in words and as a rule. */
	calls: string;
	of: (request: Exchange) => boolean;
	/** Empty for a side that doesn't send it. */
	client: string;
	node: string;
	right: string;
}

const isPdf = ({ path }: Exchange) => path.includes('generate-pdf');
const isForm = ({ headers }: Exchange) => /^multipart/.test(headers['content-type'] ?? '');

export const HEADERS: HeaderRow[] = [
	{
		header: 'accept',
		calls: 'all but PDFs',
		of: (request) => !isPdf(request),
		client: '*/*',
		node: 'application/json',
		right: 'Both: Didit sends JSON. The node reads nothing else, and says so',
	},
	{
		header: 'accept',
		calls: 'PDFs',
		of: isPdf,
		client: '*/*',
		node: 'application/json, text/plain, */*',
		right: "Both. The node's is what n8n's HTTP client sends for files",
	},
	{
		header: 'content-type',
		calls: 'GET and DELETE',
		of: ({ method }) => method === 'GET' || method === 'DELETE',
		client: 'application/json',
		node: '',
		right:
			'The node: there is no body, and a strict server refuses an empty one that is called JSON',
	},
	{
		header: 'idempotency-key',
		calls: '`didit_aml_screening`',
		of: ({ path }) => path === '/v3/aml/',
		client: '',
		node: 'a UUID',
		right: "The node: in Didit's documentation, and a repeat is charged once",
	},
	{
		header: 'name of a file',
		calls: 'forms',
		of: isForm,
		client: 'as on its disk',
		node: "the field's name",
		right: 'Both: Didit names endings alone. The name on a disk is often the name of the person',
	},
	{
		header: 'type of a file',
		calls: 'forms',
		of: isForm,
		client: 'application/octet-stream',
		node: "the file's own",
		right: 'Both: Didit documents none. The node says what the bytes are',
	},
];

export interface Contradiction {
	tool: string;
	what: string;
	args: (given: { session: string }) => Record<string, unknown>;
	/** What the contract says to it, or the sandbox where the contract takes any text. */
	problem: RegExp;
	/** 400 unless another one is named. */
	status?: number;
	/** With these settings the sandbox takes it. */
	taken?: SettingsChange;
	right: string;
}

/** Requests that the client makes and the contract refuses, each with which side the node takes. */
export const CONTRADICTIONS: Contradiction[] = [
	{
		tool: 'didit_update_session_status',
		what: '`nodes_to_resubmit` as a list of names',
		args: ({ session }) => ({
			session_id: session,
			new_status: 'Resubmitted',
			nodes_to_resubmit: ['feature_ocr_1'],
		}),
		problem: /nodes_to_resubmit\.0: must be object/,
		right: "Open. Didit's specification has objects with node and feature, and so has the node",
	},
	{
		tool: 'didit_share_session',
		what: "`partner_client_id` instead of `for_application_id`, and the session's ID once more",
		args: ({ session }) => ({ session_id: session, partner_client_id: 'client-2' }),
		problem: /for_application_id/,
		right: "Open. The node follows Didit's specification",
	},
	{
		tool: 'didit_import_shared_session',
		what: 'no `trust_review` and no `workflow_id`',
		args: () => ({ share_token: 'token' }),
		problem: /trust_review/,
		right: "Open. The node follows Didit's specification",
	},
	{
		tool: 'didit_create_webhook_destination',
		what: 'no `subscribed_events`, to get all of them',
		args: () => ({ label: 'All', url: 'https://n8n.example/webhook/all' }),
		problem: /subscribed_events/,
		right: "Open. Didit's documentation requires them, and the trigger names them",
	},
	{
		tool: 'didit_create_webhook_destination',
		what: 'the event `user.created`',
		args: () => ({
			label: 'Users',
			url: 'https://n8n.example/webhook/users',
			subscribed_events: ['user.created'],
		}),
		problem: /subscribed_events\.0: must be equal to one of the allowed values/,
		right: "Didit's documentation: it isn't among the twelve events",
	},
	{
		tool: 'didit_create_session',
		what: '`expected_details.ip` instead of `ip_address`',
		args: () => ({
			workflow_id: WORKFLOW,
			expected_details: { ip: '192.0.2.1' },
		}),
		problem: /expected_details\.ip: must NOT have additional properties/,
		right: "Didit's specification; the node sends `ip_address`",
	},
	{
		tool: 'didit_list_sessions',
		what: '`date_from` with a time of day',
		args: () => ({ date_from: '2026-01-01T00:00:00Z' }),
		problem: /date_from: must match format "date"/,
		taken: { timesInFilters: true },
		right: 'Open. The node sends a day, which both accept',
	},
	{
		tool: 'didit_create_session',
		what: '`portrait_image` as the address of an image',
		args: () => ({ workflow_id: WORKFLOW, portrait_image: 'https://example.com/portrait.jpg' }),
		problem: /Invalid base64 image/,
		taken: { portraitByAddress: true },
		right: "Open. Didit's specification has Base64, and the node sends the image itself",
	},
	{
		tool: 'didit_database_validation',
		what: '`issuing_state` in two letters',
		args: () => ({ issuing_state: 'ES', first_name: 'Nora' }),
		problem: /issuing_state: must match pattern/,
		right: "Didit's specification has three letters. The node takes both and sends three",
	},
	{
		tool: 'didit_get_transaction',
		what: 'your own ID of the transaction',
		args: () => ({ transaction_id: 'order-1' }),
		problem: /transaction_id: must match pattern/,
		status: 404,
		right: "Didit's specification has its UUID, and the node asks for that",
	},
	{
		tool: 'didit_create_transaction',
		what: '`subject` without `full_name`',
		args: () => ({
			transaction_id: 'order-3',
			transaction_category: 'finance',
			transaction_details: { direction: 'outbound', amount: '5', currency: 'EUR' },
			subject: { vendor_data: 'user-42' },
		}),
		problem: /subject\.full_name: must have required property/,
		right: "Didit's specification requires it, and so does the node",
	},
];

/** Tools without a counterpart: no node makes their calls. Those that the sandbox answers are called all the same. */
export const WITHOUT: Array<{ tools: string[]; why: string }> = [
	{
		tools: [
			'didit_register',
			'didit_verify_email',
			'didit_resend_otp',
			'didit_login',
			'didit_list_organizations',
			'didit_list_applications',
			'didit_get_application',
		],
		why: "They take a person's password, which no workflow should hold",
	},
	{
		tools: ['didit_batch_delete_sessions'],
		why: 'It deletes by number and can delete everything. _User: Delete_ erases one person, _Session: Delete_ one session',
	},
	{
		tools: [
			'didit_create_import',
			'didit_get_import_template',
			'didit_get_import',
			'didit_get_import_errors',
		],
		why: 'Done once, when an account moves to Didit, and off by default there',
	},
	{
		tools: [
			'didit_create_workflow',
			'didit_update_workflow',
			'didit_delete_workflow',
			'didit_list_questionnaires',
			'didit_create_questionnaire',
			'didit_get_questionnaire',
			'didit_update_questionnaire',
			'didit_delete_questionnaire',
			'didit_get_customization',
			'didit_update_customization',
			'didit_top_up',
		],
		why: 'Set up by hand in the Didit console',
	},
	{
		tools: ['didit_kyb_search', 'didit_kyb_select'],
		why: 'A business session looks the company up; the calls answer later, unsigned',
	},
];

const code = (names: Iterable<string>) => [...names].map((name) => `\`${name}\``).join(', ');

/** As it is, unless it says what it is in words. */
const shown = (value: string) => (value.includes('/') ? code([value]) : value || 'none');

/** The tables of the page, as rows of cells. */
export function rows(): string[][] {
	return [
		...ROWS.map(([tools, side, fields, why]) => [
			code([tools].flat()),
			side,
			code([fields].flat()),
			why,
		]),
		...HEADERS.map(({ header, calls, client, node, right }) => [
			`\`${header}\``,
			calls,
			shown(client),
			shown(node),
			right,
		]),
		[
			code(OF_HTTP),
			'all',
			"Node.js's own",
			"n8n's own",
			'Both: HTTP clients write them on their own, and Didit documents none of them',
		],
		...CONTRADICTIONS.map(({ tool, what, right }) => [`\`${tool}\``, what, right]),
		...WITHOUT.map(({ tools, why }) => [code(tools), why]),
	];
}
