/**
 * Reads the payload of a webhook delivery, whatever version or kind of event it is, into the few facts that filters, the
 * search for duplicates and the output need. Verify the signature first: nothing here can be trusted before.
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from './canonicalJson';
import { fields, firstText, integer, isFields, text, type Fields } from '../json/read';
import { TEST_METADATA } from '../json/reservedMetadata';
import type { SessionKind } from '../decision/types';
import { readKind } from '../decision/verdict';

/** What an event is about. `other` is everything that is neither a session nor a record of a person or company. */
type EventSubject = 'session' | 'user' | 'business' | 'transaction' | 'other';

/** The events a destination can subscribe to (docs.didit.me, management-api/webhook/update-destination). */
export const EVENTS: Record<string, EventSubject> = {
	'status.updated': 'session',
	'data.updated': 'session',
	'user.status.updated': 'user',
	'user.data.updated': 'user',
	'business.status.updated': 'business',
	'business.data.updated': 'business',
	'transaction.created': 'transaction',
	'transaction.status.updated': 'transaction',
	'travel_rule.status.updated': 'transaction',
	'activity.created': 'other',
	'workflow.compliance_changed': 'other',
	'transaction_rule_suggestions.created': 'other',
};

/** False for an event that Didit adds later, and for none. */
export function isKnownEvent(type: string | null): type is string {
	return (Object.keys(EVENTS) as Array<string | null>).includes(type);
}

export interface DiditEvent {
	/** Didit's name of the event, also when it is not in `EVENTS`; `null` when the payload has none. */
	type: string | null;
	subject: EventSubject;
	sessionId: string | null;
	/** Of the session, or of the person's, company's or transaction's record (`ACTIVE`, `BLOCKED`, …). */
	status: string | null;
	/** A person's or a company's event; `null` for events about neither. */
	kind: SessionKind | null;
	environment: 'live' | 'sandbox' | null;
	workflowId: string | null;
	/** When Didit made the event, in seconds since 1970. Unlike the X-Timestamp header it is signed. */
	timestamp: number | null;
	/** Sent by the Didit console's "Try webhook", about a session that does not exist. */
	isTest: boolean;
	decision: Fields | null;
	/** The same for every delivery of one event: Didit's `event_id`, else `contentKey`. */
	key: string;
	/**
	 * A second key, for the case that a repeated delivery has a new `event_id`: made of session, type, timestamp and
	 * status, or of the whole payload where there is no session.
	 */
	contentKey: string;
}

/** How old an event may be, in seconds: Didit repeats a delivery for about five minutes. */
export const MAX_EVENT_AGE_SECONDS = 60 * 60;

/**
 * The body as text; `undefined` when it isn't UTF-8. Decoding replaces broken bytes, so two people could become the same one,
 * and a changed byte could read as the same text.
 */
export function textOf(rawBody: Buffer): string | undefined {
	const decoded = rawBody.toString('utf8');
	return Buffer.from(decoded, 'utf8').equals(rawBody) ? decoded : undefined;
}

/** The body as JSON; `undefined` when it is none. Use it rather than n8n's parsed body: this is what was signed. */
export function parseBody(rawBody: Buffer): unknown {
	try {
		return JSON.parse(textOf(rawBody) ?? '');
	} catch {
		return undefined;
	}
}

/**
 * Accepts anything and never throws. A payload that is no object reads as an event without facts.
 *
 * @param isTest whether the delivery came with the console's mark of a test, the header `X-Didit-Test-Webhook`
 */
export function readEvent(payload: unknown, { isTest = false } = {}): DiditEvent {
	const event = fields(payload);
	const decision = isFields(event.decision) ? event.decision : null;
	const type = readType(event);
	const subject = readSubject(type, event);
	const status = firstText(event.status, decision?.status);
	const sessionId = text(event.session_id);
	const contentKey = hash(
		sessionId !== null
			? [sessionId, type, event.timestamp, status]
			: { ...event, event_id: undefined },
	);
	return {
		type,
		subject,
		sessionId,
		status,
		kind: readEventKind(subject, decision ?? {}, event),
		environment: readEnvironment(event.environment) ?? readEnvironment(decision?.environment),
		workflowId: firstText(event.workflow_id, decision?.workflow_id),
		timestamp: integer(event.timestamp),
		// The console marks its tests twice. The header is not signed, and the metadata of a real session can come from a visitor.
		isTest: isTest && fields(event.metadata)[TEST_METADATA] === true,
		decision,
		key: text(event.event_id) ?? contentKey,
		contentKey,
	};
}

/**
 * Tells a genuine delivery that someone recorded and sent again with a new X-Timestamp header, which no signature
 * covers. Didit's own "resend" puts a fresh timestamp into the body (management-api/webhook/resend-delivery).
 *
 * @param now milliseconds since 1970: `Date.now()`
 */
export function isTooOld(
	event: DiditEvent,
	now: number,
	maxAgeSeconds = MAX_EVENT_AGE_SECONDS,
): boolean {
	return event.timestamp !== null && now / 1000 - event.timestamp > maxAgeSeconds;
}

/** Version 1 names no type: it only ever reports that a session's status changed. */
function readType(event: Fields): string | null {
	const named = firstText(event.webhook_type, event.event_type);
	if (named !== null) return named;
	return text(event.session_id) !== null && text(event.status) !== null ? 'status.updated' : null;
}

function readSubject(type: string | null, event: Fields): EventSubject {
	if (isKnownEvent(type)) return EVENTS[type];
	return text(event.session_id) !== null ? 'session' : 'other';
}

function readEventKind(subject: EventSubject, decision: Fields, event: Fields): SessionKind | null {
	if (subject === 'user' || subject === 'business') return subject;
	return subject === 'session' ? readKind(decision, event) : null;
}

function readEnvironment(value: unknown): 'live' | 'sandbox' | null {
	return value === 'live' || value === 'sandbox' ? value : null;
}

function hash(value: unknown): string {
	return createHash('sha256').update(print(value)).digest('hex');
}

/** With sorted keys: X-Signature-V2 holds for a body whose keys come in another order. */
function print(value: unknown): string {
	try {
		return canonicalJson(JSON.stringify(value));
	} catch {
		// Nested deeper than JavaScript can print. Such a payload gets a key, if not one of its own.
		return '';
	}
}
