// What a trigger remembers in the workflow's static data. The test URL has a memory, and a webhook at Didit, of its own.
// A copy of the workflow brings the memory along, so nothing here proves that a webhook is this trigger's own.
import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { isId, type Destination } from './destinations';

interface Memory extends IDataObject {
	destinationId?: string;
	secret?: string;
	/** The address under which it was registered. */
	url?: string;
	/** A mark of the credential that it was registered with: of which application it is. */
	application?: string;
	/** The webhook was there before, made by hand. */
	madeByHand?: boolean;
}

type Context = IHookFunctions | IWebhookFunctions;

const memoryOf = (context: Context) => context.getWorkflowStaticData('node') as Memory;

export interface Registration {
	id: string;
	url: string;
	application: string;
	madeByHand: boolean;
}

/**
 * The webhook that the workflow remembers, if any. A workflow can be imported with a memory that someone made up, so only
 * what has the form of an ID becomes part of an address.
 */
export function rememberedRegistration(context: Context): Registration | undefined {
	const { destinationId: id, url = '', application = '', madeByHand } = memoryOf(context);
	if (!isId(id)) return undefined;
	return { id, url, application, madeByHand: madeByHand === true };
}

export function rememberRegistration(
	context: Context,
	{ uuid, secret, url }: Destination,
	more: Pick<Registration, 'application' | 'madeByHand'>,
): void {
	Object.assign(memoryOf(context), { destinationId: uuid, secret, url, ...more });
}

export function forgetRegistration(context: Context): void {
	const memory = memoryOf(context);
	for (const name of Object.keys(memory)) delete memory[name];
}

export function rememberedSecret(context: Context): string | undefined {
	const { secret } = memoryOf(context);
	return typeof secret === 'string' ? secret : undefined;
}

/** In a webhook call n8n keeps this only if the trigger responds by itself. */
export function rememberSecret(context: Context, secret: string | undefined): void {
	memoryOf(context).secret = secret;
}
