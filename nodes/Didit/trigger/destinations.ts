// Didit's API for webhooks, which it calls destinations: one address with its own secret and its own choice of events.
import type { IDataObject } from 'n8n-workflow';
import type { DiditClient } from '../transport/client';
import { DiditError } from '../transport/errors';
import { readPage } from '../transport/pages';
import { PATIENCE, requestBody } from '../transport/patience';
import type { DiditRequest } from '../transport/types';

const DESTINATIONS = '/v3/webhook/destinations/';

export interface Destination {
	uuid: string;
	label: string;
	url: string;
	secret: string;
	enabled: boolean;
	version: string;
	events: string[];
}

export const isId = (value: unknown): value is string =>
	typeof value === 'string' && /^[0-9a-f-]{36}$/i.test(value);

const pathOf = (id: string) => `${DESTINATIONS}${id}/`;

/** Nothing for a webhook that was deleted in the console. */
async function requestOrNone(
	client: DiditClient,
	request: DiditRequest,
	limits = PATIENCE.activation,
): Promise<unknown> {
	return await requestBody(client, request, limits).catch((error: DiditError) => {
		if (error.status === 404) return undefined;
		throw error;
	});
}

/** Whoever reads a secret keeps it out of what is shown. */
function readDestination(client: DiditClient, body: unknown): Destination {
	const row = (body ?? {}) as IDataObject;
	const secret = String(row.secret_shared_key ?? '');
	if (!isId(row.uuid) || secret === '') {
		throw new DiditError(
			"Didit's response has no webhook secret",
			'Give the API key read and write access to webhooks in the Didit console',
		);
	}
	client.keepSecret(secret);
	return {
		uuid: row.uuid,
		label: String(row.label ?? ''),
		url: String(row.url),
		secret,
		enabled: row.enabled !== false,
		version: String(row.webhook_version),
		events: (row.subscribed_events ?? []) as string[],
	};
}

async function listDestinations(
	client: DiditClient,
	limits = PATIENCE.activation,
): Promise<IDataObject[]> {
	return readPage(await requestBody(client, { method: 'GET', path: DESTINATIONS }, limits)).rows;
}

export async function getDestination(
	client: DiditClient,
	id: string,
	limits = PATIENCE.activation,
): Promise<Destination | undefined> {
	const body = await requestOrNone(client, { method: 'GET', path: pathOf(id) }, limits);
	return body === undefined ? undefined : readDestination(client, body);
}

/** The webhook with this address: Didit has at most one. */
export async function findDestination(
	client: DiditClient,
	url: string,
	limits = PATIENCE.activation,
): Promise<Destination | undefined> {
	const rows = await listDestinations(client, limits);
	const row = rows.find((destination) => destination.url === url);
	return isId(row?.uuid) ? await getDestination(client, row.uuid, limits) : undefined;
}

const settings = (url: string, events: string[]) => ({
	url,
	enabled: true,
	webhook_version: 'v3',
	subscribed_events: events,
});

export async function addDestination(
	client: DiditClient,
	label: string,
	url: string,
	events: string[],
): Promise<Destination> {
	const body = { label, ...settings(url, events) };
	const request: DiditRequest = { method: 'POST', path: DESTINATIONS, body };
	return readDestination(client, await requestBody(client, request, PATIENCE.activation));
}

/** Sends nothing if the webhook is as it should be. */
export async function updateDestination(
	client: DiditClient,
	destination: Destination,
	url: string,
	events: string[],
): Promise<Destination> {
	const isUpToDate =
		destination.url === url &&
		destination.enabled &&
		destination.version === 'v3' &&
		[...destination.events].sort().join() === [...events].sort().join();
	if (isUpToDate) return destination;
	const path = pathOf(destination.uuid);
	const body = settings(url, events);
	const request: DiditRequest = { method: 'PATCH', path, body, repeatable: true };
	return readDestination(client, await requestBody(client, request, PATIENCE.activation));
}

export async function deleteDestination(client: DiditClient, id: string): Promise<void> {
	await requestOrNone(client, { method: 'DELETE', path: pathOf(id), repeatable: true });
}

/** Whether the application still has its old webhook URL, which Didit serves only while no destination is enabled. */
export async function usesLegacyWebhook(client: DiditClient): Promise<boolean> {
	const request: DiditRequest = { method: 'GET', path: '/v3/webhook/' };
	const config = (await requestBody(client, request, PATIENCE.activation)) as
		| IDataObject
		| undefined;
	if (!config?.webhook_url) return false;
	return (await listDestinations(client)).every(({ enabled }) => enabled === false);
}
