/**
 * Decides whether a webhook delivery really comes from Didit. It fails closed: whatever is missing, malformed or stale is
 * refused, and no input makes it throw.
 *
 * Facts (docs.didit.me, integration/webhooks and management-api/webhook/get-destination): every signature is the
 * lower-case hex HMAC-SHA256 with the destination's secret as UTF-8 text; none covers the X-Timestamp header. For 24
 * hours after a rotation each delivery also carries the signatures made with the previous secret.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { fields, integer } from '../json/read';
import { canonicalJson } from './canonicalJson';
import { parseBody, textOf } from './events';

/**
 * Seconds. Didit tries a failed delivery again after about one and about five minutes, each time waiting five seconds for
 * the response, and doesn't say whether the timestamp is renewed. Ten minutes leave room for the last one and for a clock
 * that is off.
 */
export const DEFAULT_TOLERANCE_SECONDS = 600;

/** Bytes. Didit's events have some dozens of kilobytes. */
const MAX_BODY_BYTES = 2 * 1024 * 1024;

/** Bytes. Canonical JSON costs far more than an HMAC of the bytes as they are, and only V2 needs it. */
const MAX_CANONICAL_BYTES = 256 * 1024;

/** Why a delivery was refused, in words that give nothing away about secret, body or person. */
export const REFUSALS = {
	missing_secret: 'No webhook secret is set',
	missing_body: 'The request has no body',
	missing_timestamp:
		'X-Timestamp is not a time in seconds, or missing without a signed one in the body',
	stale_timestamp: 'The timestamp is too far from the current time',
	missing_signature: 'Neither X-Signature nor X-Signature-V2 is present',
	wrong_signature: 'The signature does not match',
} as const;

type Refusal = keyof typeof REFUSALS;

export type SignatureResult = { ok: true } | { ok: false; reason: Refusal };

/** A delivery as it came in. */
export interface Delivery {
	/** The bytes. A re-written body is not what was signed. */
	rawBody: Buffer | undefined;
	/** With lower-case names, as Node and n8n give them. */
	headers: Record<string, unknown>;
	/** Milliseconds since 1970: `Date.now()`. */
	now: number;
	/** How far the timestamp may be from `now`, in either direction. */
	toleranceSeconds?: number;
}

/**
 * The headers and what they sign, in the order in which they are tried. A proxy that re-writes the body breaks the raw ones,
 * and V2 still holds. `X-Signature-Simple` is not among them: it leaves the decision unprotected.
 */
const SIGNATURES = [
	{ header: 'x-signature', message: 'raw' },
	{ header: 'x-signature-previous', message: 'raw' },
	{ header: 'x-signature-v2', message: 'canonical' },
	{ header: 'x-signature-v2-previous', message: 'canonical' },
] as const;

const isPresent = (value: unknown) => value !== undefined && value !== '';

const isWellFormed = (signature: unknown): signature is string =>
	typeof signature === 'string' && signature.length === 64 && /^[0-9a-f]+$/.test(signature);

/**
 * Why a delivery is refused whatever the secret is, from its form alone: this costs next to nothing, so it comes before any
 * work. Nothing if only a secret can tell.
 */
export function refusedByForm(delivery: Delivery): Refusal | undefined {
	const { rawBody, headers, now, toleranceSeconds } = delivery;
	if (!Buffer.isBuffer(rawBody) || rawBody.length === 0) return 'missing_body';
	const timestamp = headers['x-timestamp'];
	// A header that a proxy has dropped: the timestamp in the body counts, once its signature was verified.
	if (isPresent(timestamp)) {
		if (typeof timestamp !== 'string' || !/^\d{1,15}$/.test(timestamp)) return 'missing_timestamp';
		if (!isTimely(Number(timestamp), now, toleranceSeconds)) return 'stale_timestamp';
	}
	const present = SIGNATURES.filter(({ header }) => isPresent(headers[header]));
	if (present.length === 0) return 'missing_signature';
	const canMatch = present.some(({ header }) => isWellFormed(headers[header]));
	return canMatch && rawBody.length <= MAX_BODY_BYTES ? undefined : 'wrong_signature';
}

/**
 * The body was not changed and the sender knows the secret when this says `ok`. What it cannot see is a genuine delivery
 * sent again with a new X-Timestamp: compare the `timestamp` inside the body and the event's key for that.
 *
 * @param secret the destination's, if it is known
 */
export function verifySignature(delivery: Delivery, secret: string | undefined): SignatureResult {
	try {
		const reason = refusal(delivery, secret);
		return reason === undefined ? { ok: true } : { ok: false, reason };
	} catch {
		// A body that should have been JSON, or something that nobody knows of: the delivery was not verified.
		return { ok: false, reason: 'wrong_signature' };
	}
}

function refusal(delivery: Delivery, secret: string | undefined): Refusal | undefined {
	if (typeof secret !== 'string' || secret === '') return 'missing_secret';
	const reason = refusedByForm(delivery);
	if (reason !== undefined) return reason;
	const { headers, now, toleranceSeconds } = delivery;
	const rawBody = delivery.rawBody as Buffer;

	const messages = { raw: () => rawBody, canonical: once(() => canonicalMessage(rawBody)) };
	const isGenuine = SIGNATURES.some(({ header, message }) => {
		const signature = headers[header];
		const bytes = isWellFormed(signature) ? messages[message]() : null;
		return bytes !== null && matches(signature as string, secret, bytes);
	});
	if (!isGenuine) return 'wrong_signature';
	if (isPresent(headers['x-timestamp'])) return undefined;
	const signedTime = integer(fields(parseBody(rawBody)).timestamp);
	if (signedTime === null) return 'missing_timestamp';
	return isTimely(signedTime, now, toleranceSeconds) ? undefined : 'stale_timestamp';
}

/** Written so that a `now` that is no number is refused. */
function isTimely(seconds: number, now: number, tolerance: number | undefined): boolean {
	const isLength = typeof tolerance === 'number' && tolerance >= 0;
	return Math.abs(now / 1000 - seconds) <= (isLength ? tolerance : DEFAULT_TOLERANCE_SECONDS);
}

/**
 * The bytes that X-Signature-V2 signs; `null` when the body is not UTF-8 or large, which Didit never signs.
 * @throws SyntaxError when it is not JSON
 */
function canonicalMessage(rawBody: Buffer): Buffer | null {
	if (rawBody.length > MAX_CANONICAL_BYTES) return null;
	const text = textOf(rawBody);
	if (text === undefined) return null;
	return Buffer.from(canonicalJson(text));
}

function matches(signature: string, secret: string, message: Buffer): boolean {
	const expected = createHmac('sha256', secret).update(message).digest('hex');
	return timingSafeEqual(Buffer.from(signature), Buffer.from(expected));
}

function once<T>(make: () => T): () => T {
	let made: { value: T } | undefined;
	return () => (made ??= { value: make() }).value;
}
