// The trigger's own webhook at Didit: added when the workflow is activated, kept in step, and removed again. It never
// touches another webhook of the application, and does not silence one without being told to.
import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { DiditClients } from '../transport/client';
import { DiditError, InputError } from '../transport/errors';
import { toNodeError } from '../transport/nodeError';
import { diditRequest } from '../transport/request';
import { RequestQueue } from '../transport/requestQueue';
import { readPage } from '../transport/pages';
import type { DiditClient } from '../transport/client';
import type { DiditRequest } from '../transport/types';

const DESTINATIONS = '/v3/webhook/destinations/';
const LIMITS = { timeout: 15_000, maxRetries: 2, maxWait: 10_000 };
/** Didit waits five seconds for the answer to an event. */
const HURRIED = { timeout: 2_000, maxRetries: 0, maxWait: 0 };
const MAX_LABEL = 255;

/** What the workflow remembers. The test URL has a memory, and a webhook at Didit, of its own. */
interface Memory extends IDataObject {
	destinationId?: string;
	secret?: string;
}

interface Destination {
	uuid: string;
	url: string;
	secret: string;
	enabled: boolean;
	version: string;
	events: string[];
}

/** What becomes part of an address must be an ID: a workflow can be imported with a memory that somebody made up. */
const isId = (value: unknown): value is string =>
	typeof value === 'string' && /^[0-9a-f-]{36}$/i.test(value);

const memoryOf = (context: IHookFunctions | IWebhookFunctions) =>
	context.getWorkflowStaticData('node') as Memory;

/** The webhook that this trigger added, if it knows one. */
function ownDestination(context: IHookFunctions | IWebhookFunctions): string | undefined {
	const { destinationId } = memoryOf(context);
	return isId(destinationId) ? destinationId : undefined;
}

async function ask(account: DiditClient, request: DiditRequest, limits = LIMITS): Promise<unknown> {
	return (await diditRequest(account, new RequestQueue(1), request, limits)).body;
}

/** Nothing for a webhook that was deleted in the console. */
async function requestOrNone(
	account: DiditClient,
	request: DiditRequest,
	limits = LIMITS,
): Promise<unknown> {
	return await ask(account, request, limits).catch((error: DiditError) => {
		if (error.status === 404) return undefined;
		throw error;
	});
}

function readDestination(body: unknown): Destination {
	const row = (body ?? {}) as IDataObject;
	const secret = String(row.secret_shared_key ?? '');
	if (!isId(row.uuid) || secret === '') {
		throw new DiditError(
			"Didit's answer has no webhook secret",
			'Give the API key read and write access to webhooks in the Didit console',
		);
	}
	return {
		uuid: row.uuid,
		url: String(row.url),
		secret,
		enabled: row.enabled !== false,
		version: String(row.webhook_version),
		events: (row.subscribed_events ?? []) as string[],
	};
}

async function listDestinations(account: DiditClient, limits = LIMITS): Promise<IDataObject[]> {
	return readPage(await ask(account, { method: 'GET', path: DESTINATIONS }, limits)).rows;
}

/** The webhook with this address: Didit has at most one. */
async function findByUrl(
	account: DiditClient,
	url: string,
	limits = LIMITS,
): Promise<Destination | undefined> {
	const row = (await listDestinations(account, limits)).find(
		(destination) => destination.url === url,
	);
	if (!row || !isId(row.uuid)) return undefined;
	const body = await requestOrNone(
		account,
		{ method: 'GET', path: `${DESTINATIONS}${row.uuid}/` },
		limits,
	);
	return body === undefined ? undefined : readDestination(body);
}

function eventsOf(context: IHookFunctions): string[] {
	const events = context.getNodeParameter('events', []) as string[];
	if (events.length === 0) throw new InputError("'Events' is empty", 'Choose at least one event');
	return [...new Set(events)];
}

async function automaticAccount(context: IHookFunctions | IWebhookFunctions): Promise<DiditClient> {
	const account = await new DiditClients(context).of(0);
	if (account.authentication !== 'apiKey') {
		throw new InputError(
			'Automatic registration needs an API key, and this credential holds a client ID and secret',
			"Set 'Registration' to 'Manual', or choose a Didit credential with an API key",
		);
	}
	return account;
}

/** Didit refuses these addresses too, without saying what to do. */
function checkReachable(url: string, account: DiditClient): void {
	if (account.isCustomEnvironment) return;
	const { protocol, hostname } = new URL(url);
	const isPrivate =
		/^(localhost|127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|0\.0\.0\.0|\[)|\.(local|internal|localhost)$/.test(
			hostname,
		);
	if (protocol === 'https:' && !isPrivate && hostname.includes('.')) return;
	throw new InputError(
		`Didit cannot reach this n8n at ${new URL(url).origin}`,
		'Didit calls public https addresses only. Set WEBHOOK_URL of n8n to its public address, or use a tunnel, then activate the workflow again',
	);
}

/** The first webhook of the new kind silences the application's old webhook URL. */
async function checkLegacyWebhook(context: IHookFunctions, account: DiditClient): Promise<void> {
	if ((context.getNodeParameter('options', {}) as IDataObject).replaceLegacyWebhook === true)
		return;
	const config = (await ask(account, { method: 'GET', path: '/v3/webhook/' })) as
		| IDataObject
		| undefined;
	if (!config?.webhook_url) return;
	if ((await listDestinations(account)).some(({ enabled }) => enabled !== false)) return;
	throw new InputError(
		'Your Didit application still uses its old webhook URL, which would get no more events',
		"Turn on 'Replace Old Webhook' in the options if nothing needs it any more. Otherwise add its URL as a webhook in the Didit console first",
	);
}

async function update(
	context: IHookFunctions,
	account: DiditClient,
	destination: Destination,
	url: string,
	events: string[],
): Promise<Destination> {
	if (!destination.enabled) await checkLegacyWebhook(context, account);
	const same =
		destination.url === url &&
		destination.enabled &&
		destination.version === 'v3' &&
		[...destination.events].sort().join() === [...events].sort().join();
	if (same) return destination;
	const body = { url, enabled: true, webhook_version: 'v3', subscribed_events: events };
	return readDestination(
		await ask(account, {
			method: 'PATCH',
			path: `${DESTINATIONS}${destination.uuid}/`,
			body,
			repeatable: true,
		}),
	);
}

function remember(context: IHookFunctions, destination: Destination): void {
	Object.assign(memoryOf(context), { destinationId: destination.uuid, secret: destination.secret });
}

/** Turns errors into n8n's own, with their advice. */
async function shown<T>(context: IHookFunctions, work: () => Promise<T>): Promise<T> {
	return await work().catch((error: unknown) => {
		throw toNodeError(context.getNode(), error);
	});
}

/**
 * Whether the webhook is in place; brings it up to date if it is there with another address, other events or another secret.
 * For a manual registration: whether its deliveries could be verified.
 */
export async function checkRegistration(context: IHookFunctions): Promise<boolean> {
	return await shown(context, async () => {
		if (context.getNodeParameter('registration') === 'manual') {
			if ((await new DiditClients(context).of(0)).webhookSecret !== '') return true;
			throw new InputError(
				"The Didit credential has no 'Webhook Secret'",
				'Copy the secret that the Didit console shows for the webhook into the credential. Without it nobody could tell real events from forged ones',
			);
		}
		const account = await automaticAccount(context);
		const destinationId = ownDestination(context);
		if (!destinationId) return false;
		const body = await requestOrNone(account, {
			method: 'GET',
			path: `${DESTINATIONS}${destinationId}/`,
		});
		if (body === undefined) return false;
		const url = String(context.getNodeWebhookUrl('default'));
		checkReachable(url, account);
		remember(
			context,
			await update(context, account, readDestination(body), url, eventsOf(context)),
		);
		return true;
	});
}

/** Adds the webhook. One that has this address already is taken over: it can only be an earlier one of this trigger. */
export async function register(context: IHookFunctions): Promise<boolean> {
	return await shown(context, async () => {
		const account = await automaticAccount(context);
		const url = String(context.getNodeWebhookUrl('default'));
		checkReachable(url, account);
		const events = eventsOf(context);
		const existing = await findByUrl(account, url);
		if (existing) {
			remember(context, await update(context, account, existing, url, events));
			return true;
		}
		await checkLegacyWebhook(context, account);
		const label =
			`n8n: ${context.getWorkflow().name ?? 'workflow'}, ${context.getNode().name}`.slice(
				0,
				MAX_LABEL,
			);
		const body = { label, url, enabled: true, webhook_version: 'v3', subscribed_events: events };
		remember(
			context,
			readDestination(await ask(account, { method: 'POST', path: DESTINATIONS, body })),
		);
		return true;
	});
}

/** Removes the webhook that this trigger added, and no other. */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	const memory = memoryOf(context);
	const destinationId = ownDestination(context);
	if (context.getNodeParameter('registration') === 'manual' || !destinationId) return true;
	return await shown(context, async () => {
		await requestOrNone(await automaticAccount(context), {
			method: 'DELETE',
			path: `${DESTINATIONS}${destinationId}/`,
			repeatable: true,
		});
		delete memory.destinationId;
		delete memory.secret;
		return true;
	});
}

/** The secret that the workflow remembers. */
export function rememberedSecret(context: IWebhookFunctions): string | undefined {
	return memoryOf(context).secret;
}

/** n8n keeps this because the trigger answers its calls itself. */
export function rememberSecret(context: IWebhookFunctions, secret: string | undefined): void {
	memoryOf(context).secret = secret;
}

/** The secret as Didit has it now, for a workflow that forgot it or after a rotation. */
export async function currentSecret(context: IWebhookFunctions): Promise<string | undefined> {
	const account = await automaticAccount(context);
	const destinationId = ownDestination(context);
	if (destinationId) {
		const body = await requestOrNone(
			account,
			{ method: 'GET', path: `${DESTINATIONS}${destinationId}/` },
			HURRIED,
		);
		if (body !== undefined) return readDestination(body).secret;
	}
	// The address that was called, which older versions of n8n do not tell.
	const url = context.getWebhookResourceUrl?.('default') ?? context.getNodeWebhookUrl('default');
	return (await findByUrl(account, String(url), HURRIED))?.secret;
}
