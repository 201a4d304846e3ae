/** What the sandbox keeps about sessions, users and businesses, mails and the calls it received. Names that Didit has are Didit's; times are ISO 8601. */

export const STATUSES = [
	'Not Started',
	'In Progress',
	'Awaiting User',
	'In Review',
	'Approved',
	'Declined',
	'Resubmitted',
	'Abandoned',
	'Expired',
	'Kyc Expired',
] as const;
export type Status = (typeof STATUSES)[number];

/** Statuses in which the person still has something to do; Didit answers such a session again for the same vendor_data. */
export const UNFINISHED: readonly Status[] = [
	'Not Started',
	'In Progress',
	'Resubmitted',
	'Awaiting User',
];

/** An entry of a session's activity: a note, a decision by hand, corrected data. */
export interface Review {
	uuid: string;
	activity_type:
		| 'COMMENT'
		| 'STATUS_UPDATED'
		| 'KYC_DATA_UPDATED'
		| 'POA_DATA_UPDATED'
		| 'AML_HIT_STATUS_UPDATED'
		| 'FEATURE_STATUS_UPDATED';
	actor_display: string;
	actor_type: 'API_KEY' | 'CONSOLE_USER';
	previous_status: Status | null;
	new_status: Status | null;
	comment: string | null;
	changed_fields: string[];
	previous_value: Record<string, unknown> | null;
	new_value: Record<string, unknown> | null;
	created_at: string;
}

export type VendorKind = 'user' | 'business';
export type VendorStatus = 'ACTIVE' | 'FLAGGED' | 'BLOCKED';

/** A user or a business: what all sessions with one vendor_data have in common. Fields of the other kind stay `null`. */
export interface VendorRecord {
	kind: VendorKind;
	didit_internal_id: string;
	vendor_data: string | null;
	status: VendorStatus;
	/** On the block list, which a status alone does not say. */
	blocked: boolean;
	/** Screened again and again. */
	monitored: boolean;
	display_name: string | null;
	full_name: string | null;
	date_of_birth: string | null;
	legal_name: string | null;
	registration_number: string | null;
	country_code: string | null;
	metadata: Record<string, unknown> | null;
	approved_emails: string[];
	approved_phones: string[];
	issuing_states: string[];
	comments: Array<Record<string, unknown>>;
	created_at: string;
	updated_at: string;
}

/** A mail that Didit would have sent. The sandbox sends none. */
export interface Email {
	to: string;
	session_id: string;
	/** The status that it tells about. */
	status: Status;
	language: string;
	/** The link to repeat steps. */
	link: string | null;
	at: string;
}

/** A session. */
export interface SessionRecord {
	session_id: string;
	session_number: number;
	session_token: string;
	url: string;
	version: 'v1' | 'v3';
	session_kind: VendorKind;
	status: Status;
	history: Array<{ status: Status; at: string; by: string }>;
	vendor_data: string | null;
	callback: string | null;
	callback_method: string;
	metadata: unknown;
	language: string | null;
	contact_details: Record<string, unknown> | null;
	expected_details: Record<string, unknown> | null;
	sandbox_scenario: string | null;
	/** Version 1: one of the eight combinations. Version 3: the steps of the workflow, in the same notation. */
	features: string;
	workflow_id: string | null;
	workflow_version: number | null;
	workflow_label: string | null;
	/** What a Resubmitted session has to repeat. */
	resubmit_info: {
		nodes_to_resubmit: Array<{ node_id: string; feature: string }>;
		reasons: Record<string, unknown>;
	} | null;
	/** Which of the invented people its document shows. */
	person: number;
	/** The document's fields after somebody corrected them; `null` until then. */
	corrections: Record<string, unknown> | null;
	/** The same of its proof of address. */
	poa_corrections: Record<string, unknown> | null;
	/** What reviewers made of AML hits, by the hit's ID. */
	hit_reviews: Record<string, string>;
	/** The statuses that reviewers gave to steps, by the step's node. */
	step_overrides: Record<string, 'Approved' | 'Declined' | 'In Review'>;
	/** The status that a person changed, and when; `null` while it is the one that the checks found. */
	status_override: { automatic_status: Status; overridden_at: string } | null;
	/** The session that this one was imported from. */
	shared_from: string | null;
	/** Oldest first. */
	reviews: Review[];
	/** When (milliseconds) checks without the person were last repeated. */
	rechecked_at: number | null;
	created_at: string;
	expires_at: string;
}

/** A call of the API. The credential is masked and bodies are never kept. */
export interface RecordedRequest {
	time: string;
	method: string;
	/** Without the query. */
	path: string;
	/** Without the `?`; empty when there is none. */
	query: string;
	/** `null` until it is answered, and for a connection that was dropped. */
	status: number | null;
	authorizationKind: 'none' | 'basic' | 'bearer' | 'api key' | 'session token' | 'both';
	credential: string | null;
	/** The operation of the contract, or `null` for an address that it does not have. */
	operation: string | null;
	/** The id of the fault that was applied. */
	fault: number | null;
	dropped: boolean;
}

export type SessionEvent = 'status.updated' | 'data.updated';

/** A change that Didit sends an event about. */
export type Change =
	| { about: 'session'; session: SessionRecord; type: SessionEvent }
	| { about: 'vendorRecord' | 'transaction'; type: string; fields: Record<string, unknown> };

/** A recipient's codes: when they were sent, and how often the last one was tried. */
export interface SentCodes {
	sent: number[];
	attempts: number;
	open: boolean;
}
