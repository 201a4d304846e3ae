// What a trigger remembers in the workflow's static data. The test URL has a memory, and a webhook at Didit, of its own.
import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { isId, type Destination } from './destinations';

interface Memory extends IDataObject {
	destinationId?: string;
	secret?: string;
}

type Context = IHookFunctions | IWebhookFunctions;

const memoryOf = (context: Context) => context.getWorkflowStaticData('node') as Memory;

/**
 * The ID of the webhook that this trigger added, if it knows one. A workflow can be imported with a memory that someone made
 * up, so only what has the form of an ID becomes part of an address.
 */
export function rememberedDestination(context: Context): string | undefined {
	const { destinationId } = memoryOf(context);
	return isId(destinationId) ? destinationId : undefined;
}

export function rememberDestination(context: Context, { uuid, secret }: Destination): void {
	Object.assign(memoryOf(context), { destinationId: uuid, secret });
}

export function forgetDestination(context: Context): void {
	const memory = memoryOf(context);
	delete memory.destinationId;
	delete memory.secret;
}

export function rememberedSecret(context: Context): string | undefined {
	return memoryOf(context).secret;
}

/** In a webhook call n8n keeps this only if the trigger responds by itself. */
export function rememberSecret(context: Context, secret: string | undefined): void {
	memoryOf(context).secret = secret;
}
