/** Everything that the sandbox remembers, in memory: one object, emptied by `reset`. */
import { setMaxListeners } from 'node:events';
import { type Fault } from './faults.mts';
import { change, DEFAULTS, type Settings, type SettingsChange } from './settings.mts';
import { type Message, type Target } from './webhooks/deliver.mts';
import { newSecret } from './webhooks/secret.mts';
import { createSigner, type Signer } from './webhooks/signer.mts';
import { type Delivery, type Destination, type WebhookConfig } from './webhooks/types.mts';
import { type Workflow, WORKFLOWS } from './workflows.mts';

export const STATUSES = [
	'Not Started', 'In Progress', 'Awaiting User', 'In Review', 'Approved', 'Declined', 'Resubmitted', 'Abandoned', 'Expired', 'Kyc Expired',
] as const;
export type Status = (typeof STATUSES)[number];

/** Statuses in which the person still has something to do; Didit answers such a session again for the same vendor_data. */
export const UNFINISHED: readonly Status[] = ['Not Started', 'In Progress', 'Resubmitted', 'Awaiting User'];

/** An entry of a session's activity: a note, a decision by hand, corrected data. */
export interface Review {
	uuid: string;
	activity_type: 'COMMENT' | 'STATUS_UPDATED' | 'KYC_DATA_UPDATED';
	actor_display: string;
	actor_type: 'API_KEY' | 'CONSOLE_USER';
	previous_status: Status | null;
	new_status: Status | null;
	comment: string | null;
	changed_fields: string[] | null;
	previous_value: Record<string, unknown> | null;
	new_value: Record<string, unknown> | null;
	created_at: string;
}

export type EntityKind = 'user' | 'business';
export type EntityStatus = 'ACTIVE' | 'FLAGGED' | 'BLOCKED';

/** A user or a business: what all sessions with one vendor_data have in common. Fields of the other kind stay `null`. */
export interface Entity {
	kind: EntityKind;
	didit_internal_id: string;
	vendor_data: string | null;
	status: EntityStatus;
	/** On the block list, which a status alone does not say. */
	blocked: boolean;
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
export interface Mail {
	to: string;
	session_id: string;
	/** The status that it tells about. */
	status: Status;
	language: string;
	/** The link to repeat steps. */
	link: string | null;
	at: string;
}

/** A session. Names that Didit has are Didit's; times are ISO 8601. */
export interface SessionRecord {
	session_id: string;
	session_number: number;
	session_token: string;
	url: string;
	version: 'v1' | 'v3';
	session_kind: EntityKind;
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
	resubmit_info: { nodes_to_resubmit: Array<{ node_id: string; feature: string }>; reasons: Record<string, unknown> } | null;
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

export interface Credentials {
	clientId: string;
	clientSecret: string;
	apiKey: string;
	limitedKey: string;
}

export interface State {
	readonly credentials: Credentials;
	readonly applicationId: string;
	readonly organizationId: string;
	/** Where the sandbox is reached, without a trailing slash. Known once it listens. */
	url: string;
	publicUrl: string;
	settings: Settings;
	initialSettings: SettingsChange;
	/** Seconds added to the clock, so that a test need not wait for an expiry. */
	clockOffset: number;
	/** Access token to its end, in milliseconds. */
	tokens: Map<string, number>;
	sessions: SessionRecord[];
	workflows: Workflow[];
	requests: RecordedRequest[];
	inFlight: { now: number; peak: number };
	faults: Fault[];
	nextFaultId: number;
	/** Rate limit bucket to the times (milliseconds) of the calls in the window. */
	windows: Map<string, number[]>;
	nextSessionNumber: number;
	/** Oldest first. */
	destinations: Destination[];
	webhookConfig: WebhookConfig;
	deliveries: Delivery[];
	/** What a delivery sent, by its id, to send it again. */
	messages: Map<string, { target: Target; message: Message }>;
	/** Text of the request that created a session, by the session's id. */
	createRequests: Map<string, string>;
	/** Users and businesses, oldest first. */
	entities: Entity[];
	mails: Mail[];
	/** Signs the links to pictures. */
	readonly mediaKey: string;
	/** Ends the deliveries under way and the pauses before the next attempts. */
	stopDeliveries: AbortController;
	readonly signer: Signer;
}

export function createState(credentials: Credentials, initialSettings: SettingsChange): State {
	const state = { credentials, initialSettings, url: '', publicUrl: '', sessions: [], requests: [], faults: [], mails: [], entities: [], destinations: [], deliveries: [], inFlight: { now: 0, peak: 0 }, signer: createSigner(), mediaKey: newSecret() } as unknown as State;
	Object.assign(state, { applicationId: 'b0000000-0000-4000-8000-00000000a991', organizationId: 'e0000000-0000-4000-8000-000000000046' });
	reset(state);
	return state;
}

/** Back to how it started. The lists are emptied in place, because tests hold on to them. */
export function reset(state: State): void {
	state.settings = structuredClone(DEFAULTS);
	change(state.settings, state.initialSettings);
	state.clockOffset = 0;
	state.tokens = new Map();
	state.windows = new Map();
	state.workflows = structuredClone(WORKFLOWS);
	state.inFlight.peak = state.inFlight.now;
	state.stopDeliveries?.abort();
	state.stopDeliveries = new AbortController();
	// Every delivery listens to it, and Node would warn of a leak from the eleventh on.
	setMaxListeners(0, state.stopDeliveries.signal);
	state.messages = new Map();
	state.createRequests = new Map();
	state.webhookConfig = { webhook_url: null, webhook_version: 'v3', secret_shared_key: newSecret(), capture_method: 'both', data_retention_months: null };
	for (const list of [state.sessions, state.requests, state.faults, state.destinations, state.deliveries, state.mails, state.entities]) list.length = 0;
	state.nextFaultId = 1;
	state.nextSessionNumber = 1001;
}

/** The sandbox's time in milliseconds. */
export function now(state: State): number {
	return Date.now() + state.clockOffset * 1000;
}

/** Didit writes microseconds. */
export function iso(milliseconds: number): string {
	return new Date(milliseconds).toISOString().replace('Z', '000Z');
}
