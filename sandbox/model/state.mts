/**
 * What the sandbox remembers of one Didit account: records in memory, emptied by `reset`. It knows nothing of HTTP,
 * webhooks or faults, which keep what they need in their own rooms.
 */
import { randomBytes } from 'node:crypto';
import {
	type Change,
	type Email,
	type RecordedRequest,
	type SentCodes,
	type SessionRecord,
	type VendorRecord,
} from './records.mts';
import { change, DEFAULTS, type Settings, type SettingsChange } from './settings.mts';
import { type ListRecord, systemLists } from './listRecords.mts';
import { type TransactionRecord } from './transactionRecords.mts';
import { type Workflow, WORKFLOWS } from './workflows.mts';

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
	/** Where the sandbox can be reached, without a trailing slash. Known once it listens. */
	url: string;
	publicUrl: string;
	settings: Settings;
	readonly initialSettings: SettingsChange;
	/** Seconds added to the clock, so that a test need not wait for an expiry. */
	clockOffset: number;
	/** Access token to its expiry, in milliseconds. */
	tokens: Map<string, number>;
	/** Oldest first. */
	sessions: SessionRecord[];
	/** Text of the request that created a session, by the session's ID. */
	createRequests: Map<string, string>;
	nextSessionNumber: number;
	/** Users and businesses, oldest first. */
	vendorRecords: VendorRecord[];
	workflows: Workflow[];
	/** Block lists first, then the application's own, oldest first. */
	lists: ListRecord[];
	/** Oldest first. */
	transactions: TransactionRecord[];
	amlJobs: Map<string, object>;
	emails: Email[];
	/** Share tokens that have been used. */
	redeemed: Set<string>;
	requests: RecordedRequest[];
	/** Checks that were charged, by the ID of the call. */
	charged: string[];
	/** One-time codes by the number or address they went to. */
	codes: Map<string, SentCodes>;
	/** Answers by `Idempotency-Key`, with the text of the request. */
	idempotent: Map<string, { text: string; answer: unknown }>;
	inFlight: { now: number; peak: number };
	/** Rate limit bucket to the times (milliseconds) of the calls in the window. */
	windows: Map<string, number[]>;
	/** Signs links to images, and share tokens. */
	readonly mediaKey: string;
	/** Called after every change that Didit sends an event about. */
	readonly listeners: Array<(change: Change) => void>;
}

export function createState(credentials: Credentials, initialSettings: SettingsChange): State {
	const state: State = {
		credentials,
		initialSettings,
		applicationId: 'b0000000-0000-4000-8000-00000000a991',
		organizationId: 'e0000000-0000-4000-8000-000000000046',
		url: '',
		publicUrl: '',
		settings: structuredClone(DEFAULTS),
		clockOffset: 0,
		tokens: new Map(),
		sessions: [],
		createRequests: new Map(),
		nextSessionNumber: 0,
		vendorRecords: [],
		workflows: [],
		lists: [],
		transactions: [],
		amlJobs: new Map(),
		emails: [],
		redeemed: new Set(),
		requests: [],
		charged: [],
		codes: new Map(),
		idempotent: new Map(),
		inFlight: { now: 0, peak: 0 },
		windows: new Map(),
		mediaKey: randomBytes(32).toString('base64url'),
		listeners: [],
	};
	resetState(state);
	return state;
}

/** Back to how it started. The lists are emptied in place, because tests hold on to them. */
export function resetState(state: State): void {
	state.settings = structuredClone(DEFAULTS);
	change(state.settings, state.initialSettings);
	state.clockOffset = 0;
	state.nextSessionNumber = 1001;
	state.workflows = structuredClone(WORKFLOWS);
	state.lists = systemLists();
	state.inFlight.peak = state.inFlight.now;
	for (const list of [
		state.sessions,
		state.transactions,
		state.vendorRecords,
		state.emails,
		state.requests,
		state.charged,
	])
		list.length = 0;
	for (const known of [
		state.tokens,
		state.createRequests,
		state.redeemed,
		state.amlJobs,
		state.codes,
		state.idempotent,
		state.windows,
	])
		known.clear();
}

/** Tells whoever listens, such as the webhooks. */
export function tell(state: State, change: Change): void {
	for (const listener of state.listeners) listener(change);
}

/** The sandbox's time in milliseconds. */
export function now(state: State): number {
	return Date.now() + state.clockOffset * 1000;
}

/** Didit writes microseconds. */
export function iso(milliseconds: number): string {
	return new Date(milliseconds).toISOString().replace('Z', '000Z');
}
