/** Everything that the sandbox remembers, in memory: one object, emptied by `reset`. */
import { setMaxListeners } from 'node:events';
import { type Fault } from '../faults/faults.mts';
import { type Entity, type Mail, type RecordedRequest, type SessionRecord } from './records.mts';
import { change, DEFAULTS, type Settings, type SettingsChange } from './settings.mts';
import { type Message, type Target } from '../webhooks/deliver.mts';
import { newSecret } from '../webhooks/secret.mts';
import { createSigner, type Signer } from '../webhooks/signer.mts';
import { type Delivery, type Destination, type WebhookConfig } from '../webhooks/records.mts';
import { type Workflow, WORKFLOWS } from './workflows.mts';

export * from './records.mts';

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
	/** Share tokens that were used. */
	redeemed: Set<string>;
	/** Signs the links to pictures and the share tokens. */
	readonly mediaKey: string;
	/** Ends the deliveries under way and the pauses before the next attempts. */
	stopDeliveries: AbortController;
	readonly signer: Signer;
}

export function createState(credentials: Credentials, initialSettings: SettingsChange): State {
	const state = {
		credentials,
		initialSettings,
		url: '',
		publicUrl: '',
		sessions: [],
		requests: [],
		faults: [],
		mails: [],
		entities: [],
		destinations: [],
		deliveries: [],
		inFlight: { now: 0, peak: 0 },
		signer: createSigner(),
		mediaKey: newSecret(),
	} as unknown as State;
	Object.assign(state, {
		applicationId: 'b0000000-0000-4000-8000-00000000a991',
		organizationId: 'e0000000-0000-4000-8000-000000000046',
	});
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
	state.redeemed = new Set();
	state.webhookConfig = {
		webhook_url: null,
		webhook_version: 'v3',
		secret_shared_key: newSecret(),
		capture_method: 'both',
		data_retention_months: null,
	};
	for (const list of [
		state.sessions,
		state.requests,
		state.faults,
		state.destinations,
		state.deliveries,
		state.mails,
		state.entities,
	])
		list.length = 0;
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
