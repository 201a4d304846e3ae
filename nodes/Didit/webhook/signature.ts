/**
 * Decides whether a webhook delivery really comes from Didit. It fails closed: whatever is missing, malformed or stale is
 * refused, and no input makes it throw.
 *
 * Facts (docs.didit.me, integration/webhooks and management-api/webhook/get-destination): every signature is the
 * lower-case hex HMAC-SHA256 with the destination's secret as UTF-8 text; none covers the X-Timestamp header. For 24
 * hours after a rotation each delivery also carries the signatures made with the previous secret.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { canonicalJson } from './canonicalJson';

export const DEFAULT_TOLERANCE_SECONDS = 300;

/** Why a delivery was refused, in words that give nothing away about secret, body or person. */
export const REFUSALS = {
	missing_secret: 'No webhook secret is set',
	missing_body: 'The request has no body',
	missing_timestamp: 'The header X-Timestamp is missing or not a time in seconds',
	stale_timestamp: 'The header X-Timestamp is too far from the current time',
	missing_signature: 'Neither X-Signature nor X-Signature-V2 is present',
	wrong_signature: 'The signature does not match',
} as const;

export type SignatureResult = { ok: true } | { ok: false; reason: keyof typeof REFUSALS };

interface Delivery {
	/** The bytes as they came in. A re-written body is not what was signed. */
	rawBody: Buffer | undefined;
	/** With lower-case names, as Node and n8n give them. */
	headers: Record<string, unknown>;
	/** The destination's secret, if it is known. */
	secret: string | undefined;
	/** Milliseconds since 1970: `Date.now()`. */
	now: number;
	/** How far X-Timestamp may be from `now`, in either direction. 300 when left out. */
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

/**
 * The body was not changed and the sender knows a secret when this says `ok`. What it cannot see is a genuine delivery
 * sent again with a new X-Timestamp: compare the `timestamp` inside the body and the event's key for that.
 */
export function verifySignature(delivery: Delivery): SignatureResult {
	try {
		return verify(delivery);
	} catch {
		// Nothing above is known to throw; if something does, the delivery was not verified.
		return { ok: false, reason: 'wrong_signature' };
	}
}

function verify({ rawBody, headers, secret, now, toleranceSeconds }: Delivery): SignatureResult {
	if (typeof secret !== 'string' || secret === '') return { ok: false, reason: 'missing_secret' };
	if (!Buffer.isBuffer(rawBody) || rawBody.length === 0)
		return { ok: false, reason: 'missing_body' };

	const timestamp = headers['x-timestamp'];
	if (typeof timestamp !== 'string' || !/^\d{1,15}$/.test(timestamp)) {
		return { ok: false, reason: 'missing_timestamp' };
	}
	const distance = Math.abs(now / 1000 - Number(timestamp));
	// Written so that a `now` that is no number is refused.
	if (!(distance <= readTolerance(toleranceSeconds)))
		return { ok: false, reason: 'stale_timestamp' };

	const present = SIGNATURES.filter(
		({ header }) => headers[header] !== undefined && headers[header] !== '',
	);
	if (present.length === 0) return { ok: false, reason: 'missing_signature' };

	const messages = { raw: () => rawBody, canonical: once(() => canonicalMessage(rawBody)) };
	const isGenuine = present.some(({ header, message }) => {
		const bytes = messages[message]();
		return bytes !== null && matches(headers[header], secret, bytes);
	});
	return isGenuine ? { ok: true } : { ok: false, reason: 'wrong_signature' };
}

function readTolerance(seconds: number | undefined): number {
	return typeof seconds === 'number' && seconds >= 0 ? seconds : DEFAULT_TOLERANCE_SECONDS;
}

/** Reading a hostile body of some megabytes takes seconds. X-Signature, which costs little, has no such limit. */
const MAX_CANONICAL_BYTES = 512 * 1024;

/** The bytes that X-Signature-V2 signs; `null` when the body is not JSON in UTF-8, which Didit never signs. */
function canonicalMessage(rawBody: Buffer): Buffer | null {
	if (rawBody.length > MAX_CANONICAL_BYTES) return null;
	const text = rawBody.toString('utf8');
	// Decoding replaces broken bytes; without this check a changed byte could read as the same text.
	if (!Buffer.from(text, 'utf8').equals(rawBody)) return null;
	try {
		return Buffer.from(canonicalJson(text), 'utf8');
	} catch {
		return null;
	}
}

function matches(signature: unknown, secret: string, message: Buffer): boolean {
	if (typeof signature !== 'string') return false;
	const expected = Buffer.from(createHmac('sha256', secret).update(message).digest('hex'));
	const actual = Buffer.from(signature);
	// The length of a right signature is no secret; timingSafeEqual throws on unequal ones.
	return actual.length === expected.length && timingSafeEqual(actual, expected);
}

function once<T>(make: () => T): () => T {
	let made: { value: T } | undefined;
	return () => (made ??= { value: make() }).value;
}
