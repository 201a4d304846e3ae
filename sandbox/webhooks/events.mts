/** From a change in the sandbox to its deliveries: who has subscribed, and in which version. */
import { webhookEvents } from '../../contract/index.mts';
import { invalid, notFound } from '../model/errors.mts';
import { type SessionRecord, type State, type Status } from '../model/state.mts';
import { deliver, destinationTarget, type Target } from './deliver.mts';
import {
	entityPayload,
	isSessionEvent,
	type Payload,
	sampleSession,
	sessionPayload,
} from './payloads.mts';
import { type Delivery, type Destination } from './records.mts';

/** Every event that a destination can subscribe to. */
export const EVENTS = webhookEvents();

/** The enabled destinations that want the event; without any enabled one, the application's own URL, for session events only. */
function targets(state: State, type: string): Target[] {
	const enabled = state.destinations.filter((destination) => destination.enabled);
	if (enabled.length > 0)
		return enabled
			.filter(({ subscribed_events }) => subscribed_events.includes(type))
			.map((destination) => destinationTarget(state, destination));
	const { webhook_url: url, webhook_version: version } = state.webhookConfig;
	if (!url || !isSessionEvent(type)) return [];
	return [
		{
			uuid: null,
			url,
			version,
			secrets: () => ({ secret: state.webhookConfig.secret_shared_key, previous: null }),
		},
	];
}

/** Tells everybody who has subscribed that a session has changed. */
export function sessionChanged(
	state: State,
	session: SessionRecord,
	type: 'status.updated' | 'data.updated' = 'status.updated',
): Delivery[] {
	const metadataFrom = state.createRequests.get(session.session_id);
	return targets(state, type).map((target) =>
		deliver(state, target, {
			type,
			metadataFrom,
			payload: sessionPayload(state, session, type, target.version),
		}),
	);
}

/** Tells everybody who has subscribed about something other than a session. */
export function entityChanged(state: State, type: string, fields: Payload = {}): Delivery[] {
	const payload = entityPayload(state, type, fields);
	return targets(state, type).map((target) => deliver(state, target, { type, payload }));
}

/**
 * An event on demand. A session event needs the session; the fields of another event replace those of an example.
 * @throws ApiError 404 for an unknown session, 400 for a session event without one.
 */
export function emit(
	state: State,
	type: string,
	{ session_id, fields }: { session_id?: string; fields?: Payload },
): Delivery[] {
	if (!isSessionEvent(type)) return entityChanged(state, type, fields);
	if (session_id === undefined) throw invalid({ session_id: ['This event needs a session.'] });
	const session = state.sessions.find((candidate) => candidate.session_id === session_id);
	if (!session) throw notFound('Session not found.');
	return sessionChanged(state, session, type);
}

export interface TestDelivery {
	webhook_type?: string;
	status?: Status;
	/** A person with a name beyond ASCII. */
	unicode?: boolean;
}

/** What "Try Webhook" of the console does: an invented event for one destination, marked as a test. */
export function sendTest(
	state: State,
	destination: Destination,
	{ webhook_type: type = 'status.updated', status = 'Approved', unicode = false }: TestDelivery,
): Delivery {
	const target = destinationTarget(state, destination);
	const payload = isSessionEvent(type)
		? sessionPayload(state, sampleSession(state, status, unicode), type, target.version)
		: entityPayload(state, type);
	return deliver(state, target, { type, payload, test: true });
}

/** The same event once more: same id, same body. @throws ApiError 404 for an unknown delivery. */
export function resend(state: State, uuid: string): Delivery {
	const sent = state.messages.get(uuid);
	if (!sent) throw notFound('Webhook delivery not found.');
	return deliver(state, sent.target, { ...sent.message, resendOf: uuid });
}
