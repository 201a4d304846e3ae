// The life of the trigger's own webhook at Didit: added when the workflow is activated, kept in step, and removed again. It
// never touches another webhook of the application, and does not silence one without being told to.
import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { DiditClients } from '../transport/client';
import type { DiditClient } from '../transport/client';
import { InputError } from '../transport/errors';
import { toNodeError } from '../transport/nodeError';
import { isPublicHost } from '../transport/publicHost';
import {
	addDestination,
	deleteDestination,
	findDestination,
	getDestination,
	updateDestination,
	usesLegacyWebhook,
} from './destinations';
import type { Destination } from './destinations';
import { forgetDestination, rememberDestination, rememberedDestination } from './memory';

const MAX_LABEL = 255;

function eventsOf(context: IHookFunctions): string[] {
	const events = context.getNodeParameter('events', []) as string[];
	if (events.length === 0) throw new InputError("'Events' is empty", 'Choose at least one event');
	return [...new Set(events)];
}

/** @throws InputError if the credential holds no API key */
export async function automaticClient(
	context: IHookFunctions | IWebhookFunctions,
): Promise<DiditClient> {
	const client = await new DiditClients(context).of(0);
	if (client.version === 'v3') return client;
	throw new InputError(
		'Automatic registration needs an API key, and this credential holds a client ID and secret',
		"Set 'Registration' to 'Manual', or choose a Didit credential with an API key",
	);
}

/** Didit refuses these addresses too, without saying what to do. */
function reachableUrl(context: IHookFunctions, client: DiditClient): string {
	const address = String(context.getNodeWebhookUrl('default'));
	if (client.isCustomEnvironment) return address;
	const { protocol, hostname, origin } = new URL(address);
	if (protocol === 'https:' && isPublicHost(hostname)) return address;
	throw new InputError(
		`Didit can't reach this n8n instance at ${origin}`,
		'Didit calls public https addresses only. Set WEBHOOK_URL of n8n to its public address, or use a tunnel, then activate the workflow again',
	);
}

/** The first webhook of the new kind silences the application's old webhook URL. */
async function checkLegacyWebhook(context: IHookFunctions, client: DiditClient): Promise<void> {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	if (options.replaceLegacyWebhook === true || !(await usesLegacyWebhook(client))) return;
	throw new InputError(
		'Your Didit application still uses its old webhook URL, which would get no more events',
		"Turn on 'Replace Old Webhook' in the options if nothing needs it any more. Otherwise add its URL as a webhook in the Didit console first",
	);
}

async function keepInStep(
	context: IHookFunctions,
	client: DiditClient,
	destination: Destination,
	url: string,
): Promise<void> {
	const events = eventsOf(context);
	if (!destination.enabled) await checkLegacyWebhook(context, client);
	rememberDestination(context, await updateDestination(client, destination, url, events));
}

/** Turns errors into n8n's own, with their advice. */
async function asNodeErrors<T>(context: IHookFunctions, work: () => Promise<T>): Promise<T> {
	return await work().catch((error: unknown) => {
		throw toNodeError(context.getNode(), error);
	});
}

/**
 * Whether the webhook is in place; brings it up to date if it is there with another address, other events or another secret.
 * For a manual registration: whether its deliveries could be verified.
 */
export async function checkRegistration(context: IHookFunctions): Promise<boolean> {
	return await asNodeErrors(context, async () => {
		if (context.getNodeParameter('registration') === 'manual') {
			if ((await new DiditClients(context).of(0)).webhookSecret !== '') return true;
			throw new InputError(
				"The Didit credential has no 'Webhook Secret'",
				"Copy the secret that the Didit console shows for the webhook into the credential. Without it, genuine events can't be told apart from forged ones",
			);
		}
		const client = await automaticClient(context);
		const id = rememberedDestination(context);
		const destination = id && (await getDestination(client, id));
		if (!destination) return false;
		await keepInStep(context, client, destination, reachableUrl(context, client));
		return true;
	});
}

/** Adds the webhook. One that has this address already is taken over: it can only be an earlier one of this trigger. */
export async function register(context: IHookFunctions): Promise<boolean> {
	return await asNodeErrors(context, async () => {
		const client = await automaticClient(context);
		const url = reachableUrl(context, client);
		const events = eventsOf(context);
		const existing = await findDestination(client, url);
		if (existing) {
			await keepInStep(context, client, existing, url);
			return true;
		}
		await checkLegacyWebhook(context, client);
		const label = `n8n: ${context.getWorkflow().name ?? 'workflow'}, ${context.getNode().name}`;
		const added = await addDestination(client, label.slice(0, MAX_LABEL), url, events);
		rememberDestination(context, added);
		return true;
	});
}

/** Removes the webhook that this trigger added, and no other. */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	const id = rememberedDestination(context);
	if (context.getNodeParameter('registration') === 'manual' || !id) return true;
	return await asNodeErrors(context, async () => {
		await deleteDestination(await automaticClient(context), id);
		forgetDestination(context);
		return true;
	});
}
