// Where Didit's own client and this package differ, and which of the two is right. docs/didits-own-client.md shows the same rows,
// and a test compares both with what the client really does.

/** A field that only one of the two can send, by the client's tool. */
export const FIELDS: Array<{ tool: string; side: 'client' | 'node'; field: string; why: string }> =
	[
		...[
			'didit_list_sessions',
			'didit_list_users',
			'didit_list_businesses',
			'didit_list_lists',
			'didit_list_entries',
			'didit_list_transactions',
		].flatMap((tool) =>
			['limit', 'offset'].map((field) => ({
				tool,
				side: 'client' as const,
				field,
				why: 'The node pages by itself, with _Return All_ and _Limit_',
			})),
		),
		...['country', 'document_type', 'session_type', 'warning'].map((field) => ({
			tool: 'didit_list_sessions',
			side: 'node' as const,
			field,
			why: "In Didit's specification; the client leaves it out",
		})),
		{
			tool: 'didit_create_session',
			side: 'node',
			field: 'sandbox_scenario',
			why: "In Didit's specification, for sandbox applications. A live one ignores it",
		},
		{
			tool: 'didit_create_session',
			side: 'node',
			field: 'features',
			why: 'Version 1 only; the client speaks version 3',
		},
		{
			tool: 'didit_add_session_review',
			side: 'client',
			field: 'new_status',
			why: 'Sources disagree whether it decides. _Update Status_ does, for certain',
		},
		...[
			'deletion_instruction',
			'face_retention_days',
			'face_retention_deadline',
			'instruction_id',
			'retain_face_embeddings',
		].map((field) => ({
			tool: 'didit_delete_session',
			side: 'node' as const,
			field,
			why: "In Didit's specification since August 2026; the client is older",
		})),
		...['didit_update_session_data', 'didit_update_session_poa_data'].map((tool) => ({
			tool,
			side: 'node' as const,
			field: 'node_id',
			why: "In Didit's documentation, for sessions with several documents",
		})),
		...[
			'didit_create_user',
			'didit_update_user',
			'didit_create_business',
			'didit_update_business',
		].map((tool) => ({
			tool,
			side: 'client' as const,
			field: 'status',
			why: "Setting it this way doesn't block anybody; _Update Status_ does",
		})),
		{
			tool: 'didit_create_list_entry',
			side: 'node',
			field: 'image',
			why: 'The client has a tool of its own for it, `didit_upload_face_entry`',
		},
		{
			tool: 'didit_aml_screening',
			side: 'client',
			field: 'metadata',
			why: 'Left out: nothing comes back with it',
		},
		...[
			'aml_country_weight',
			'aml_dob_weight',
			'aml_match_score_threshold',
			'aml_name_weight',
			'aml_score_approve_threshold',
			'aml_score_review_threshold',
			'save_api_request',
		].map((field) => ({
			tool: 'didit_aml_screening',
			side: 'node' as const,
			field,
			why: "In Didit's specification; the client leaves it out",
		})),
		...['code_size', 'locale', 'preferred_channel', 'signals', 'vendor_data'].map((field) => ({
			tool: 'didit_phone_send',
			side: 'node' as const,
			field,
			why: "In Didit's specification; the client leaves it out",
		})),
		...[
			'alphanumeric_code',
			'code_size',
			'locale',
			'signals',
			'use_white_label_customization',
			'vendor_data',
		].map((field) => ({
			tool: 'didit_email_send',
			side: 'node' as const,
			field,
			why: "In Didit's specification; the client leaves it out",
		})),
	];

export interface Contradiction {
	tool: string;
	what: string;
	args: (given: { session: string }) => Record<string, unknown>;
	/** What the contract says to it. */
	problem: RegExp;
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
		what: '`partner_client_id` instead of `for_application_id`',
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
			workflow_id: 'c0000003-0000-4000-8000-000000000001',
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
		right: 'Open. The node sends a day, which both accept',
	},
];

/** Tools without a counterpart: nothing here makes their calls. */
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
	{
		tools: [
			'didit_upload_face_entry',
			'didit_id_verification',
			'didit_poa_verification',
			'didit_passive_liveness',
			'didit_face_match',
			'didit_face_search',
			'didit_age_estimation',
		],
		why: "Their images are files on the client's disk; tests of their own compare these calls with the contract",
	},
	{
		tools: ['didit_create_transaction', 'didit_database_validation'],
		why: 'Their fields are free-form, or in other units than ours; the contract describes both',
	},
];

/** The tables of the page, as rows of cells. */
export function rows(): string[][] {
	const bySide = new Map<
		string,
		{ side: string; tools: Set<string>; fields: Set<string>; why: string }
	>();
	for (const { tool, side, field, why } of FIELDS) {
		const key = `${side} ${why} ${side === 'client' ? field : tool}`;
		const row = bySide.get(key) ?? { side, tools: new Set(), fields: new Set(), why };
		row.tools.add(tool);
		row.fields.add(field);
		bySide.set(key, row);
	}
	const code = (names: Iterable<string>) => [...names].map((name) => `\`${name}\``).join(', ');
	return [
		...[...bySide.values()].map(({ side, tools, fields, why }) => [
			code(tools),
			side,
			code(fields),
			why,
		]),
		...CONTRADICTIONS.map(({ tool, what, right }) => [`\`${tool}\``, what, right]),
		...WITHOUT.map(({ tools, why }) => [code(tools), why]),
	];
}
