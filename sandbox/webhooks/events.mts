/** From a change in the sandbox to its deliveries: who has subscribed, and in which version. */
import { webhookEvents } from '../../contract/index.mts';
import { invalid, notFound } from '../model/errors.mts';
import { type SessionEvent, type SessionRecord } from '../model/records.mts';
import { type State } from '../model/state.mts';
import { consoleTest, type TestDelivery } from './consoleTest.mts';
import { deliver, destinationTarget, startDelivery } from './deliver.mts';
import { otherPayload, isSessionEvent, sessionPayload } from './payloads.mts';
import { type Delivery, type Destination, type Payload, type Target } from './records.mts';
import { SAMPLE_FIELDS } from './samples.mts';
import { emptyWebhooks, type Webhooks } from './state.mts';

/** Every event that a destination can subscribe to. */
export const EVENTS = webhookEvents();

/** The enabled destinations that want the event; without any enabled one, the application's own URL, for session events only. */
function targets(webhooks: Webhooks, type: string): Target[] {
	const { config, destinations } = webhooks;
	const enabled = destinations.filter((destination) => destination.enabled);
	if (enabled.length > 0)
		return enabled
			.filter(({ subscribed_events }) => subscribed_events.includes(type))
			.map((destination) => destinationTarget(webhooks, destination));
	const { webhook_url: url, webhook_version: version } = config;
	if (!url || !isSessionEvent(type)) return [];
	return [
		{
			uuid: null,
			url,
			version,
			secrets: () => ({ secret: config.secret_shared_key, previous: null }),
		},
	];
}

/** Tells everybody who has subscribed that a session has changed. */
function sessionChanged(
	webhooks: Webhooks,
	session: SessionRecord,
	type: SessionEvent,
): Delivery[] {
	const { state } = webhooks;
	const metadataFrom = state.createRequests.get(session.session_id);
	return targets(webhooks, type).map((target) =>
		deliver(webhooks, target, {
			type,
			metadataFrom,
			payload: sessionPayload(state, session, type, target.version),
		}),
	);
}

/** Tells everybody who has subscribed about something other than a session. */
function somethingElseChanged(webhooks: Webhooks, type: string, fields: Payload): Delivery[] {
	const payload = otherPayload(webhooks.state, type, fields);
	return targets(webhooks, type).map((target) => deliver(webhooks, target, { type, payload }));
}

/** Webhooks that tell of every change of the account. */
export function createWebhooks(state: State): Webhooks {
	const webhooks = emptyWebhooks(state);
	state.listeners.push((change) => {
		if (change.about === 'session') sessionChanged(webhooks, change.session, change.type);
		else somethingElseChanged(webhooks, change.type, change.fields);
	});
	return webhooks;
}

/**
 * An event on demand. A session event needs the session; the fields of another event replace those of an example.
 * @throws ApiError 404 for an unknown session, 400 for a session event without one.
 */
export function emit(
	webhooks: Webhooks,
	type: string,
	{ session_id, fields }: { session_id?: string; fields?: Payload },
): Delivery[] {
	if (!isSessionEvent(type))
		return somethingElseChanged(webhooks, type, { ...SAMPLE_FIELDS[type], ...fields });
	if (session_id === undefined) throw invalid({ session_id: ['This event needs a session.'] });
	const session = webhooks.state.sessions.find((candidate) => candidate.session_id === session_id);
	if (!session) throw notFound('Session not found.');
	return sessionChanged(webhooks, session, type);
}

/** What "Try Webhook" of the console does: an invented event for one destination, marked as a test in header and body. */
export function sendTest(
	webhooks: Webhooks,
	destination: Destination,
	{ webhook_type: type = 'status.updated', ...wanted }: TestDelivery,
): Delivery {
	return deliver(webhooks, destinationTarget(webhooks, destination), {
		type,
		payload: consoleTest(webhooks.state, type, wanted),
		test: true,
	});
}

/** The same event once more: same ID, new time and signatures. @throws ApiError 404 for an unknown delivery. */
export function resend(webhooks: Webhooks, uuid: string): Delivery {
	const sent = webhooks.messages.get(uuid);
	if (!sent) throw notFound('Webhook delivery not found.');
	return deliver(webhooks, sent.target, { ...sent.message, resendOf: uuid });
}

/** Sends one attempt of a session's delivery again, and waits for the receiver. @throws ApiError 404 for an unknown one. */
export async function resendAttempt(
	webhooks: Webhooks,
	session_id: string,
	attempt: string,
): Promise<Delivery> {
	const sent = webhooks.deliveries.find(
		(delivery) =>
			delivery.session_id === session_id && delivery.attempts.some(({ uuid }) => uuid === attempt),
	);
	const { target, message } = (sent && webhooks.messages.get(sent.uuid)) ?? {};
	if (!sent || !target || !message) throw notFound();
	const again = startDelivery(webhooks, target, { ...message, resendOf: sent.uuid, once: true });
	await again.finished;
	return again.delivery;
}
