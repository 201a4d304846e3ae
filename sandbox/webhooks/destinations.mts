/** Webhook destinations, and what every change of them does to the application's older webhook URL. */
import { randomUUID } from 'node:crypto';
import { invalid, notFound } from '../model/errors.mts';
import { iso, now, type State } from '../model/state.mts';
import { type Delivery, type Destination } from './records.mts';
import { newSecret } from './secret.mts';
import { type Webhooks } from './state.mts';

/** How long deliveries carry the signatures of the old secret too, in hours. */
const ROTATION_HOURS = 24;

type Fields = Pick<Destination, 'label' | 'url' | 'subscribed_events'> &
	Partial<Pick<Destination, 'enabled' | 'webhook_version'>>;

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/i;
const PRIVATE =
	/^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01]))\.|\.(local|internal|localhost)$|^\[(fc|fd|fe80|::)/i;

/** An address on this machine, in plain HTTP or not: refused by Didit, and what makes the sandbox useful. */
export function isLocal(state: State, url: unknown): boolean {
	if (!state.settings.webhooks.allowLoopback || typeof url !== 'string' || !URL.canParse(url))
		return false;
	const { protocol, hostname } = new URL(url);
	return /^https?:$/.test(protocol) && LOOPBACK.test(hostname);
}

/** @throws ApiError 400 for an address that Didit cannot reach. */
export function checkReachable(state: State, url: string, field = 'url'): void {
	if (isLocal(state, url)) return;
	const { hostname } = new URL(url);
	if (LOOPBACK.test(hostname) || PRIVATE.test(hostname))
		throw invalid({
			[field]: [
				'The URL must be reachable from the internet; local and private addresses are not allowed.',
			],
		});
}

function checkUnique({ destinations }: Webhooks, url: string, except?: string): void {
	const taken = destinations.some(
		(destination) => destination.url === url && destination.uuid !== except,
	);
	if (taken)
		throw invalid({ url: ['This webhook destination already exists for the application.'] });
}

/** The trap of the legacy settings: every change of a destination writes the oldest enabled one into them, or nothing. */
function rewriteLegacy({ config, destinations }: Webhooks): void {
	config.webhook_url = destinations.find(({ enabled }) => enabled)?.url ?? null;
}

/** @throws ApiError 404 in Didit's words. */
export function findDestination({ destinations }: Webhooks, uuid: string): Destination {
	const found = destinations.find((destination) => destination.uuid === uuid);
	if (!found) throw notFound('Webhook destination not found.');
	return found;
}

export function createDestination(webhooks: Webhooks, fields: Fields): Destination {
	const { state, destinations } = webhooks;
	checkReachable(state, fields.url);
	checkUnique(webhooks, fields.url);
	const at = iso(now(state));
	const destination: Destination = {
		enabled: true,
		webhook_version: 'v3',
		...fields,
		uuid: randomUUID(),
		secret_shared_key: newSecret(),
		previous: null,
		created_at: at,
		updated_at: at,
	};
	destinations.push(destination);
	rewriteLegacy(webhooks);
	return destination;
}

export function updateDestination(
	webhooks: Webhooks,
	uuid: string,
	fields: Partial<Fields>,
): Destination {
	const { state } = webhooks;
	const destination = findDestination(webhooks, uuid);
	if (fields.url !== undefined) {
		checkReachable(state, fields.url);
		checkUnique(webhooks, fields.url, uuid);
	}
	Object.assign(destination, fields, { updated_at: iso(now(state)) });
	rewriteLegacy(webhooks);
	return destination;
}

export function deleteDestination(webhooks: Webhooks, uuid: string): void {
	const { destinations } = webhooks;
	destinations.splice(destinations.indexOf(findDestination(webhooks, uuid)), 1);
	rewriteLegacy(webhooks);
}

/** A new secret, as the console gives it; the old one goes on signing beside it for a day. */
export function rotateSecret(webhooks: Webhooks, uuid: string): Destination {
	const destination = findDestination(webhooks, uuid);
	destination.previous = {
		secret: destination.secret_shared_key,
		until: now(webhooks.state) + ROTATION_HOURS * 3_600_000,
	};
	destination.secret_shared_key = newSecret();
	return destination;
}

function figures(webhooks: Webhooks, { uuid }: Destination) {
	const deliveries = webhooks.deliveries.filter(({ destination }) => destination === uuid);
	const failed = deliveries.filter((delivery: Delivery) => delivery.state === 'failed').length;
	const times = deliveries.flatMap(({ attempts }) =>
		attempts.map(({ milliseconds }) => milliseconds),
	);
	const total = deliveries.length;
	return {
		total,
		failed,
		rate: total ? Math.round((100 * failed) / total) : 0,
		min: times.length ? Math.min(...times) : null,
		max: times.length ? Math.max(...times) : null,
		average: times.length
			? Math.round(times.reduce((sum, time) => sum + time, 0) / times.length)
			: null,
		last: deliveries.at(-1)?.created_at ?? null,
	};
}

/** A destination with its secret, as reading, creating and changing one answers it. */
export function destinationDetail(
	webhooks: Webhooks,
	destination: Destination,
): Record<string, unknown> {
	const {
		uuid,
		label,
		url,
		enabled,
		webhook_version,
		secret_shared_key,
		subscribed_events,
		created_at,
		updated_at,
	} = destination;
	const { total, failed, rate, min, average, max, last } = figures(webhooks, destination);
	return {
		uuid,
		label,
		url,
		enabled,
		webhook_version,
		secret_shared_key,
		subscribed_events,
		created_at,
		updated_at,
		summary: {
			total_deliveries: total,
			failed_deliveries: failed,
			error_rate_percentage: total ? rate : null,
			min_response_time_ms: min,
			avg_response_time_ms: average,
			max_response_time_ms: max,
			last_delivery_at: last,
		},
	};
}

/** A destination without its secret, as the list answers it. */
export function destinationRow(
	webhooks: Webhooks,
	destination: Destination,
): Record<string, unknown> {
	const {
		uuid,
		label,
		url,
		enabled,
		webhook_version,
		secret_shared_key,
		subscribed_events,
		created_at,
		updated_at,
	} = destination;
	const { total, failed, rate, average, last } = figures(webhooks, destination);
	return {
		uuid,
		label,
		url,
		enabled,
		webhook_version,
		subscribed_events,
		created_at,
		updated_at,
		subscribed_events_count: subscribed_events.length,
		deliveries_count: total,
		failed_deliveries_count: failed,
		average_response_time_ms: average,
		error_rate_percentage: rate,
		last_delivery_at: last,
		secret_last4: secret_shared_key.slice(-4),
		health_status: total === 0 ? 'unknown' : rate === 0 ? 'healthy' : 'degraded',
	};
}
