/**
 * Deliveries with Didit's rules: any 2xx is delivered, no answer in 5 seconds, a 404 and a 5xx are tried twice more,
 * everything else is final and redirects are not followed (docs.didit.me/integration/webhooks). An address that refuses
 * the connection is not mentioned there and is treated as one that does not answer.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { payloadErrors, payloadHeaderErrors } from '../../contract/index.mts';
import { iso, now } from '../model/state.mts';
import { isSessionEvent } from './payloads.mts';
import {
	type Attempt,
	type Delivery,
	type Destination,
	type Message,
	type Target,
} from './records.mts';
import { type Webhooks } from './state.mts';

const ANSWER_LENGTH = 200;

export function destinationTarget({ state }: Webhooks, destination: Destination): Target {
	const { uuid, url, webhook_version: version } = destination;
	const secrets = () => {
		const { secret_shared_key: secret, previous } = destination;
		return { secret, previous: previous && previous.until > now(state) ? previous.secret : null };
	};
	return { uuid, url, version, secrets };
}

interface Outgoing {
	body: string;
	headers: Record<string, string>;
}

/**
 * Signs the message as it is at this attempt. Its time stands in the header and, signed, in the body: Didit sets both to the
 * same value, and receivers refuse a pair that differs.
 * @throws Error when it would break the contract.
 */
async function prepare(
	{ state, signer }: Webhooks,
	target: Target,
	{ type, payload, metadataFrom, test }: Message,
	timestamp: number,
): Promise<Outgoing> {
	const { body, headers: all } = await signer.sign({
		...target.secrets(),
		payload: { ...payload, timestamp },
		metadata_from: metadataFrom,
	});
	// Version 1 documents one signature only; events without a session have no version 1 form and come as in version 3.
	const single =
		target.version === 'v1' &&
		isSessionEvent(type) &&
		state.settings.webhooks.v1Signatures === 'one';
	const signatures = Object.entries(all).filter(
		([name]) => !single || /^X-Signature(-Previous)?$/.test(name),
	);
	const headers: Record<string, string> = {
		'Content-Type': 'application/json',
		'User-Agent': 'DiditWebhook/2.0 +https://didit.me',
		'X-Timestamp': String(timestamp),
		...Object.fromEntries(signatures),
		...(test ? { 'X-Didit-Test-Webhook': 'true' } : {}),
	};
	const lower = Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
	);
	const problems = [
		...payloadErrors(test ? 'test' : target.version, type, JSON.parse(body)),
		...payloadHeaderErrors(test ? 'test' : target.version, type, lower),
	];
	if (problems.length > 0) throw new Error(`The event breaks the contract: ${problems.join('; ')}`);
	return { body, headers };
}

async function post(
	{ state, stop }: Webhooks,
	url: string,
	{ body, headers }: Outgoing,
): Promise<Attempt> {
	const { timeoutSeconds } = state.settings.webhooks;
	const limit = AbortSignal.timeout(timeoutSeconds * 1000);
	const started = performance.now();
	const attempt = (rest: Pick<Attempt, 'status' | 'error' | 'answer'>): Attempt => ({
		uuid: randomUUID(),
		request_header: JSON.stringify(headers),
		request_body: body,
		at: iso(now(state)),
		milliseconds: Math.round(performance.now() - started),
		...rest,
	});
	try {
		const response = await fetch(url, {
			method: 'POST',
			body,
			headers,
			redirect: 'manual',
			signal: AbortSignal.any([limit, stop.signal]),
		});
		return attempt({
			status: response.status,
			error: null,
			answer: (await response.text()).slice(0, ANSWER_LENGTH),
		});
	} catch (error) {
		const { message, cause } = error as Error & { cause?: Error };
		return attempt({
			status: null,
			error: limit.aborted ? `no answer in ${timeoutSeconds} seconds` : (cause?.message ?? message),
			answer: '',
		});
	}
}

const delivered = ({ status }: Attempt) => status !== null && status >= 200 && status < 300;
const worthRetrying = ({ status }: Attempt) => status === null || status === 404 || status >= 500;

async function run(
	webhooks: Webhooks,
	target: Target,
	message: Message,
	delivery: Delivery,
): Promise<void> {
	const { signal } = webhooks.stop;
	const { retrySeconds, repeatedTimestamp } = webhooks.state.settings.webhooks;
	const pauses = message.once ? [] : [...retrySeconds];
	const seconds = () => Math.floor(now(webhooks.state) / 1000);
	const first = seconds();
	for (;;) {
		const timestamp = repeatedTimestamp === 'old' ? first : seconds();
		const outgoing = await prepare(webhooks, target, message, timestamp);
		const attempt = await post(webhooks, target.url, outgoing);
		if (signal.aborted) return;
		delivery.attempts.push(attempt);
		const pause = pauses.shift();
		if (delivered(attempt) || !worthRetrying(attempt) || pause === undefined) {
			delivery.state = delivered(attempt) ? 'delivered' : 'failed';
			return;
		}
		await sleep(pause * 1000, undefined, { signal, ref: false });
	}
}

/** Starts a delivery: its record, which is completed while it goes on, and when it is finished. */
export function startDelivery(
	webhooks: Webhooks,
	target: Target,
	message: Message,
): { delivery: Delivery; finished: Promise<void> } {
	const { state } = webhooks;
	const { payload, type, test = false, resendOf = null } = message;
	const text = (value: unknown) => (typeof value === 'string' ? value : null);
	const delivery: Delivery = {
		uuid: randomUUID(),
		destination: target.uuid,
		url: target.url,
		webhook_version: target.version,
		webhook_type: type,
		event_id: text(payload.event_id),
		session_id: text(payload.session_id),
		status: text(payload.status),
		test,
		resend_of: resendOf,
		state: 'pending',
		attempts: [],
		created_at: iso(now(state)),
	};
	webhooks.deliveries.push(delivery);
	webhooks.messages.set(delivery.uuid, { target, message });
	const finished = run(webhooks, target, message, delivery).catch((error: Error) => {
		if (error.name === 'AbortError') return;
		delivery.state = 'failed';
		delivery.attempts.push({
			uuid: randomUUID(),
			request_header: '{}',
			request_body: '{}',
			at: iso(now(state)),
			status: null,
			error: error.message,
			milliseconds: 0,
			answer: '',
		});
	});
	return { delivery, finished };
}

export const deliver = (webhooks: Webhooks, target: Target, message: Message): Delivery =>
	startDelivery(webhooks, target, message).delivery;
