// The life of the trigger's own webhook at Didit: added when the workflow is activated, kept in step, and removed again. It
// never touches another webhook of the application, and doesn't silence one without being told to. Its own is the one with
// the address that n8n has for it now: an ID that the workflow remembers can have come with a copy.
import { createHmac } from 'node:crypto';
import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { DiditClients } from '../transport/client';
import type { DiditClient } from '../transport/client';
import { InputError } from '../transport/errors';
import { toNodeError } from '../transport/nodeError';
import { isPublicHost } from '../transport/publicHost';
import { leadsToThisTrigger } from './addressCheck';
import { checkChoices } from './checkChoices';
import {
	addDestination,
	deleteDestination,
	findDestination,
	getDestination,
	updateDestination,
	usesLegacyWebhook,
} from './destinations';
import type { Destination } from './destinations';
import { forgetRegistration, rememberRegistration, rememberedRegistration } from './memory';
import type { Registration } from './memory';

const MAX_LABEL = 255;

/** How labels of this package's webhooks begin. */
const LABEL = 'n8n: ';

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
		'Didit calls public https addresses only. Set WEBHOOK_URL of n8n to its public address, or use a tunnel, then publish the workflow again',
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

/** Tells applications apart without giving away their key: one-way, and too short to check a guess by. */
const markOf = (client: DiditClient) =>
	createHmac('sha256', 'application').update(client.identity).digest('hex').slice(0, 8);

async function keepInStep(
	context: IHookFunctions,
	client: DiditClient,
	destination: Destination,
	{ url, madeByHand }: { url: string; madeByHand: boolean },
): Promise<void> {
	const events = eventsOf(context);
	if (!destination.enabled) await checkLegacyWebhook(context, client);
	const updated = await updateDestination(client, destination, url, events);
	rememberRegistration(context, updated, { application: markOf(client), madeByHand });
}

/** One line where the builder looks when events come twice, or not at all. */
function warn(context: IHookFunctions, text: string): void {
	context.logger.warn(`Didit Trigger '${context.getNode().name}': ${text}`);
}

/** What stays when n8n's address changes. The test URL differs in it. */
const endOf = (url: string) => new URL(url).pathname.split('/').slice(-3).join('/');

/**
 * The webhook that the workflow remembers, if it is this trigger's own: it has the address that n8n has for it now. One with
 * another address is left alone: the original of a copied workflow may live there. Only if that address leads to this very
 * trigger has n8n's own address changed, and the webhook moves along.
 */
async function ownDestination(
	context: IHookFunctions,
	client: DiditClient,
	{ id, url, application }: Registration,
): Promise<Destination | 'leftAlone' | undefined> {
	const destination = await getDestination(client, id);
	const ownUrl = String(context.getNodeWebhookUrl('default'));
	if (!destination) {
		if (application !== '' && application !== markOf(client))
			warn(
				context,
				`Its webhook at ${url} belongs to another Didit application, and this credential can't remove it. Delete it in the Didit console of that application`,
			);
		return undefined;
	}
	if (destination.url === ownUrl) return destination;
	const isOldAddress = destination.url === url && endOf(url) === endOf(ownUrl);
	if (isOldAddress && (await leadsToThisTrigger(context, url))) return destination;
	warn(
		context,
		`It remembers a webhook at ${destination.url}, which isn't its address now, and leaves it alone: another copy of this workflow may use it. If none does, delete it in the Didit console`,
	);
	return 'leftAlone';
}

/** Turns errors into n8n's own, with their advice. */
async function asNodeErrors<T>(context: IHookFunctions, work: () => Promise<T>): Promise<T> {
	return await work().catch((error: unknown) => {
		throw toNodeError(context.getNode(), error);
	});
}

/**
 * Whether the webhook is in place; brings it up to date if it is there with other events or another secret. For a manual registration: whether its deliveries could be verified.
 */
export async function checkRegistration(context: IHookFunctions): Promise<boolean> {
	return await asNodeErrors(context, async () => {
		checkChoices(context);
		if (context.getNodeParameter('registration') === 'manual') {
			if ((await new DiditClients(context).of(0)).webhookSecret !== '') return true;
			throw new InputError(
				"The Didit credential has no 'Webhook Secret'",
				"Copy the secret that the Didit console shows for the webhook into the credential. Without it, genuine events can't be told apart from forged ones",
			);
		}
		const client = await automaticClient(context);
		const url = reachableUrl(context, client);
		const remembered = rememberedRegistration(context);
		if (!remembered) return false;
		const destination = await ownDestination(context, client, remembered);
		if (!destination || destination === 'leftAlone') return false;
		await keepInStep(context, client, destination, { ...remembered, url });
		return true;
	});
}

/**
 * Adds the webhook. One that has this address already is taken over, as Didit allows no second one: it is an earlier one of
 * this trigger, or made by hand. The latter is used and kept in step, but not removed.
 */
export async function register(context: IHookFunctions): Promise<boolean> {
	return await asNodeErrors(context, async () => {
		const client = await automaticClient(context);
		const url = reachableUrl(context, client);
		const events = eventsOf(context);
		const existing = await findDestination(client, url);
		if (existing) {
			const madeByHand = !existing.label.startsWith(LABEL);
			await keepInStep(context, client, existing, { url, madeByHand });
			return true;
		}
		await checkLegacyWebhook(context, client);
		const label = `${LABEL}${context.getWorkflow().name ?? 'workflow'}, ${context.getNode().name}`;
		const added = await addDestination(client, label.slice(0, MAX_LABEL), url, events);
		rememberRegistration(context, added, { application: markOf(client), madeByHand: false });
		return true;
	});
}

/**
 * Removes the webhook that this trigger added, and no other. An error would keep n8n from switching the trigger off, so it
 * becomes a line in the log, and the webhook stays remembered: the next activation finds it.
 */
export async function unregister(context: IHookFunctions): Promise<boolean> {
	const remembered = rememberedRegistration(context);
	if (context.getNodeParameter('registration') === 'manual' || !remembered) return true;
	try {
		const client = await automaticClient(context);
		const destination = await ownDestination(context, client, remembered);
		// Still remembered: n8n has taken the trigger from its address by now, so only the next activation can ask there.
		if (destination === 'leftAlone') return true;
		if (destination && !remembered.madeByHand) await deleteDestination(client, destination.uuid);
		forgetRegistration(context);
	} catch (error) {
		warn(
			context,
			`Its webhook at ${remembered.url} could not be removed from Didit. It goes the next time that this workflow is published and unpublished; otherwise delete it in the Didit console. Reason: ${(error as Error).message}`,
		);
	}
	return true;
}
