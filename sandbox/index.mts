/** A local Didit: token exchange, verification API, hosted page and dashboard on one loopback address, all in memory. */
import { type AddressInfo } from 'node:net';
import { recorded } from './control.mts';
import { addFault, clearFaults, type FaultSpec } from './faults/faults.mts';
import { createServer } from './server.mts';
import { allSessions, findSession, moveTo } from './model/sessions.mts';
import {
	change,
	type RateLimits,
	type Settings,
	type SettingsChange,
	type WebhookSettings,
} from './model/settings.mts';
import {
	type VendorRecord,
	type Email,
	type RecordedRequest,
	type SessionRecord,
	type Status,
} from './model/records.mts';
import { revokeTokens } from './model/tokens.mts';
import { createParts, reset } from './parts.mts';
import { findDestination, rotateSecret } from './webhooks/destinations.mts';
import { type TestDelivery } from './webhooks/consoleTest.mts';
import { emit, resend, sendTest } from './webhooks/events.mts';
import { type Delivery, type Destination } from './webhooks/records.mts';

export { type FaultSpec as Fault } from './faults/faults.mts';
export { type RateLimits, type Settings } from './model/settings.mts';
export {
	type VendorRecord,
	type Email,
	type RecordedRequest,
	type SessionRecord,
	type Status,
} from './model/records.mts';
export { NO_LIMITS } from './model/settings.mts';
export { type Delivery, type Destination } from './webhooks/records.mts';

export interface SandboxOptions {
	/** 0, the default, takes any free one. */
	port?: number;
	/** Where visitors reach it when that is not the listening address; used in every link it hands out. */
	publicUrl?: string;
	clientId?: string;
	clientSecret?: string;
	apiKey?: string;
	/** Seconds, 86400 by default. */
	tokenLifetime?: number;
	/** Calls per window; `null` switches one off. */
	rateLimits?: Partial<RateLimits>;
	authFailureStatus?: 401 | 403;
	callbackQuery?: '&' | '?';
	repeatedDecision?: 'refused' | 'ignored';
	deleteStatus?: 200 | 204;
	/** The account's credit in US dollars, "100.0000" by default. */
	balance?: string;
	noCreditStatus?: 400 | 403;
	/** Time-out, pauses before the next attempts, and whether local addresses are accepted. */
	webhooks?: Partial<WebhookSettings>;
	/** Writes the server's errors to the console. */
	log?: boolean;
}

export interface Sandbox {
	/** No trailing slash. */
	url: string;
	publicUrl: string;
	clientId: string;
	clientSecret: string;
	apiKey: string;
	/** A key that may work with sessions and nothing else, and sees no pictures. */
	limitedKey: string;
	/** Calls of the API in the order of their arrival. The list is emptied in place by `reset`. */
	requests: RecordedRequest[];
	/** The calls with this method and path; a path in text is compared as a whole, without the query. */
	count(method: string, path: string | RegExp): number;
	/** The highest number of API calls that were under way at once since the last reset. */
	peakInFlight(): number;
	faults: { add(fault: FaultSpec): void; clear(): void };
	/** Every token given out so far stops working. */
	revokeTokens(): void;
	/** For tokens given out from now on. */
	setTokenLifetime(seconds: number): void;
	settings(): Settings;
	set(settings: SettingsChange): void;
	/** Moves the sandbox's clock forward, so that tokens, limits and sessions expire without waiting. */
	advanceClock(seconds: number): void;
	/** Sessions, oldest first. The list is emptied in place by `reset`. */
	sessions: SessionRecord[];
	/** Webhook destinations, oldest first, and everything that was sent to them. Emptied in place by `reset`. */
	destinations: Destination[];
	deliveries: Delivery[];
	/** Users and businesses, oldest first. Emptied in place by `reset`. */
	vendorRecords: VendorRecord[];
	/** Mails that Didit would have sent, oldest first. Emptied in place by `reset`. */
	emails: Email[];
	/** Checks that were charged, oldest first, by the ID of the call in the contract. Emptied in place by `reset`. */
	charged: string[];
	webhooks: {
		/** An invented event for one destination, marked as a test, as the console's "Try Webhook" sends it. */
		test(destination: string, wanted?: TestDelivery): Delivery;
		/** An event on demand for everybody who has subscribed. */
		emit(
			type: string,
			about?: { session_id?: string; fields?: Record<string, unknown> },
		): Delivery[];
		/** A new secret; for a day, deliveries carry the signatures of the old one too. */
		rotate(destination: string): Destination;
		/** The same event once more. */
		resend(delivery: string): Delivery;
	};
	/** Gives a session a status as if a reviewer or time had done it. @throws for an unknown id. */
	setStatus(sessionId: string, status: Status): void;
	/** Forgets sessions, calls, tokens and faults; settings go back to how the sandbox was started. */
	reset(): void;
	close(): Promise<void>;
}

/** @throws the listening error, for example EADDRINUSE. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { port = 0, publicUrl, log = false, clientId, clientSecret, apiKey, ...settings } = options;
	const credentials = {
		clientId: clientId ?? 'sandbox-client-id',
		clientSecret: clientSecret ?? 'sandbox-client-secret',
		apiKey: apiKey ?? 'sandbox-api-key',
		limitedKey: 'sandbox-limited-key',
	};
	const parts = createParts(credentials, settings);
	const { state, webhooks, faults } = parts;
	const server = createServer(parts, log);
	await server.listen({ port, host: '127.0.0.1' });
	state.url = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
	state.publicUrl = (publicUrl ?? state.url).replace(/\/+$/, '');

	return {
		url: state.url,
		publicUrl: state.publicUrl,
		...credentials,
		requests: state.requests,
		count: (method, path) => recorded(state, { method, path }).length,
		peakInFlight: () => state.inFlight.peak,
		faults: {
			add: (fault) => void addFault(faults, fault),
			clear: () => clearFaults(faults),
		},
		revokeTokens: () => void revokeTokens(state),
		setTokenLifetime: (tokenLifetime) => change(state.settings, { tokenLifetime }),
		settings: () => state.settings,
		set: (wanted) => change(state.settings, wanted),
		advanceClock: (seconds) => void (state.clockOffset += seconds),
		get sessions() {
			return allSessions(state);
		},
		destinations: webhooks.destinations,
		deliveries: webhooks.deliveries,
		vendorRecords: state.vendorRecords,
		emails: state.emails,
		charged: state.charged,
		webhooks: {
			test: (destination, wanted = {}) =>
				sendTest(webhooks, findDestination(webhooks, destination), wanted),
			emit: (type, about = {}) => emit(webhooks, type, about),
			rotate: (destination) => rotateSecret(webhooks, destination),
			resend: (delivery) => resend(webhooks, delivery),
		},
		setStatus: (sessionId, status) =>
			moveTo(state, findSession(state, sessionId), status, 'sandbox'),
		reset: () => reset(parts),
		close: () => server.close(),
	};
}
