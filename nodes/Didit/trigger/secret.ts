// The secret that deliveries are verified with: the credential's, the one that the workflow remembers, or the one that Didit
// has now.
import type { IWebhookFunctions } from 'n8n-workflow';
import { DiditClients } from '../transport/client';
import { PATIENCE } from '../transport/patience';
import type { SignatureResult } from '../webhook/signature';
import { findDestination, getDestination } from './destinations';
import { rememberSecret, rememberedDestination, rememberedSecret } from './memory';
import { automaticClient } from './registration';

/** Strangers must not be able to make n8n call Didit at will, so the secret is looked up at most this often. */
const LOOKUP_PAUSE_MS = 10_000;

/** The last look-up of each trigger in this process; one older than the pause is dropped when the next one starts. */
const lookups = new Map<string, { at: number; secret: Promise<string | undefined> }>();

/** The secret as Didit has it now, for a workflow that forgot it or after a rotation. */
async function askDidit(context: IWebhookFunctions): Promise<string | undefined> {
	const client = await automaticClient(context);
	const id = rememberedDestination(context);
	const own = id && (await getDestination(client, id, PATIENCE.hurried));
	if (own) return own.secret;
	// The address that was called, which older versions of n8n do not tell.
	const url = context.getWebhookResourceUrl?.('default') ?? context.getNodeWebhookUrl('default');
	return (await findDestination(client, String(url), PATIENCE.hurried))?.secret;
}

async function lookUp(context: IWebhookFunctions): Promise<string | undefined> {
	const now = Date.now();
	for (const [key, { at }] of lookups) if (now - at >= LOOKUP_PAUSE_MS) lookups.delete(key);
	const trigger = `${context.getWorkflow().id}/${context.getNode().id}`;
	const secret = lookups.get(trigger)?.secret ?? askDidit(context);
	if (!lookups.has(trigger)) lookups.set(trigger, { at: now, secret });
	return await secret;
}

/** @param check verifies the delivery with a secret */
export async function verifyWithSecret(
	context: IWebhookFunctions,
	check: (secret: string | undefined) => SignatureResult,
): Promise<SignatureResult> {
	if (context.getNodeParameter('registration') === 'manual')
		return check((await new DiditClients(context).of(0)).webhookSecret);
	const remembered = rememberedSecret(context);
	const result = check(remembered);
	const isSecretInDoubt =
		!result.ok && (result.reason === 'missing_secret' || result.reason === 'wrong_signature');
	if (!isSecretInDoubt) return result;
	// It can have been rotated in the console, or lost with a copied workflow.
	const current = await lookUp(context);
	if (current === remembered) return result;
	const again = check(current);
	if (again.ok) rememberSecret(context, current);
	return again;
}
