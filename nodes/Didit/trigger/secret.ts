// The secret that deliveries are verified with: the credential's, the one that the workflow remembers, or the one that Didit
// has now.
import type { IWebhookFunctions } from 'n8n-workflow';
import { DiditClients } from '../transport/client';
import { PATIENCE } from '../transport/patience';
import { verifySignature } from '../webhook/signature';
import type { Delivery, SignatureResult } from '../webhook/signature';
import { findDestination, getDestination } from './destinations';
import { logRarely } from './logRarely';
import { rememberSecret, rememberedRegistration, rememberedSecret } from './memory';
import { automaticClient } from './registration';

/** Strangers must not be able to make n8n call Didit at will, so the secret is looked up at most this often. */
const LOOKUP_PAUSE_MS = 10_000;

type Found = { secret: string | undefined } | 'unavailable';

/**
 * The last look-up for each address of this process: the test URL has a webhook of its own. Entries older than the pause are
 * dropped when the next look-up starts.
 */
const lookups = new Map<string, { at: number; found: Promise<Found> }>();

/** The address that was called, which older versions of n8n do not tell. */
const addressOf = (context: IWebhookFunctions) =>
	String(context.getWebhookResourceUrl?.('default') ?? context.getNodeWebhookUrl('default'));

/** The secret as Didit has it now, for a workflow that forgot it or after a rotation. */
async function askDidit(context: IWebhookFunctions): Promise<Found> {
	try {
		const client = await automaticClient(context);
		const id = rememberedRegistration(context)?.id;
		const remembered = id && (await getDestination(client, id, PATIENCE.hurried));
		if (remembered) return remembered;
		return (
			(await findDestination(client, addressOf(context), PATIENCE.hurried)) ?? { secret: undefined }
		);
	} catch (error) {
		context.logger.error(
			`Didit Trigger: the webhook secret could not be read from Didit: ${(error as Error).message}`,
		);
		return 'unavailable';
	}
}

async function lookUp(context: IWebhookFunctions): Promise<Found> {
	const now = Date.now();
	for (const [key, { at }] of lookups) if (now - at >= LOOKUP_PAUSE_MS) lookups.delete(key);
	const { id } = context.getWorkflow();
	// Where n8n gives one address for both URLs, the mode tells them apart.
	const trigger = JSON.stringify([
		id,
		context.getNode().id,
		addressOf(context),
		context.getMode() === 'manual',
	]);
	const found = lookups.get(trigger)?.found ?? askDidit(context);
	if (!lookups.has(trigger)) lookups.set(trigger, { at: now, found });
	return await found;
}

/** Says so where the builder looks, as Didit and strangers only get a 401. */
function explained(context: IWebhookFunctions, result: SignatureResult, text: string) {
	if (!result.ok && (result.reason === 'wrong_signature' || result.reason === 'missing_secret'))
		logRarely(context, 'warn', text);
	return result;
}

/**
 * @param delivery whose form is right, so that only a secret can tell whether it is genuine
 * @returns `unavailable` if the secret is in doubt and Didit cannot be asked for it
 */
export async function verifyDelivery(
	context: IWebhookFunctions,
	delivery: Delivery,
): Promise<SignatureResult | 'unavailable'> {
	if (context.getNodeParameter('registration') === 'manual') {
		const { webhookSecret } = await new DiditClients(context).of(0);
		return explained(
			context,
			verifySignature(delivery, webhookSecret),
			webhookSecret === ''
				? "A call was refused, because the Didit credential has no 'Webhook Secret'. Copy the secret that the Didit console shows for this webhook into it"
				: "A call was refused, because its signature doesn't match. If it came from Didit, the 'Webhook Secret' in the credential is not the one that the Didit console shows for this webhook: copy it again",
		);
	}
	const remembered = rememberedSecret(context);
	const result = verifySignature(delivery, remembered);
	const isSecretInDoubt =
		!result.ok && (result.reason === 'missing_secret' || result.reason === 'wrong_signature');
	if (!isSecretInDoubt) return result;
	// It can have been rotated in the console, or lost with a copied workflow.
	const found = await lookUp(context);
	if (found === 'unavailable') return found;
	const again = found.secret === remembered ? result : verifySignature(delivery, found.secret);
	if (again.ok) rememberSecret(context, found.secret);
	return explained(
		context,
		again,
		"A call was refused, because its signature doesn't match this trigger's webhook. If it came from Didit, a webhook of another Didit application leads here too, for example after another credential was chosen: delete that webhook in the Didit console",
	);
}
