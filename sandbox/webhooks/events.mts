/** From a change in the sandbox to its deliveries: who has subscribed, and in which version. */
import { webhookEvents } from '../../contract/index.mts';
import { invalid, notFound } from '../model/errors.mts';
import { type SessionEvent, type SessionRecord, type Status } from '../model/records.mts';
import { type State } from '../model/state.mts';
import { deliver, destinationTarget } from './deliver.mts';
import { otherPayload, isSessionEvent, sampleSession, sessionPayload } from './payloads.mts';
import { type Delivery, type Destination, type Payload, type Target } from './records.mts';
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
function somethingElseChanged(webhooks: Webhooks, type: string, fields: Payload = {}): Delivery[] {
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
	if (!isSessionEvent(type)) return somethingElseChanged(webhooks, type, fields);
	if (session_id === undefined) throw invalid({ session_id: ['This event needs a session.'] });
	const session = webhooks.state.sessions.find((candidate) => candidate.session_id === session_id);
	if (!session) throw notFound('Session not found.');
	return sessionChanged(webhooks, session, type);
}

export interface TestDelivery {
	webhook_type?: string;
	status?: Status;
	/** A person with a name beyond ASCII. */
	unicode?: boolean;
}

/** What "Try Webhook" of the console does: an invented event for one destination, marked as a test. */
export function sendTest(
	webhooks: Webhooks,
	destination: Destination,
	{ webhook_type: type = 'status.updated', status = 'Approved', unicode = false }: TestDelivery,
): Delivery {
	const { state } = webhooks;
	const target = destinationTarget(webhooks, destination);
	const payload = isSessionEvent(type)
		? sessionPayload(state, sampleSession(state, status, unicode), type, target.version)
		: otherPayload(state, type);
	// The console marks a test in the body too, where the mark is signed.
	const marked = { ...payload, metadata: { test_webhook: true } };
	return deliver(webhooks, target, { type, payload: marked, test: true });
}

/** The same event once more: same id, same body. @throws ApiError 404 for an unknown delivery. */
export function resend(webhooks: Webhooks, uuid: string): Delivery {
	const sent = webhooks.messages.get(uuid);
	if (!sent) throw notFound('Webhook delivery not found.');
	return deliver(webhooks, sent.target, { ...sent.message, resendOf: uuid });
}
