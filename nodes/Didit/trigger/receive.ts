// A call of the trigger's address: 401 unless Didit demonstrably sent it, 200 without a run if it is filtered out, 5xx if
// something broke here or the secret can't be had at the moment, so that Didit tries again. Nothing may be thrown: n8n would
// store a failed execution for every forged call.
import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { isFields } from '../json/read';
import { isTooOld, parseBody, readEvent } from '../webhook/events';
import { REFUSALS, refusedByForm } from '../webhook/signature';
import { answerToOwnQuestion } from './addressCheck';
import { passesFilters } from './filters';
import type { Filters } from './filters';
import { logRarely } from './logRarely';
import { rememberedSecret } from './memory';
import { verifyDelivery } from './secret';
import { resumeWaitingExecution } from './wakeWaiting';

type Headers = Record<string, unknown>;

const TRY_AGAIN = { error: 'The event could not be handled. Send it again' };

function reply(
	context: IWebhookFunctions,
	status: number,
	body: IDataObject,
): IWebhookResponseData {
	context.getResponseObject().status(status).json(body);
	return { noWebhookResponse: true };
}

async function readRawBody(context: IWebhookFunctions): Promise<Buffer | undefined> {
	const request = context.getRequestObject() as unknown as {
		rawBody?: Buffer;
		readRawBody?: () => Promise<void>;
	};
	// n8n has used up the body of some content types. Then there is nothing to verify.
	if (!request.rawBody) await request.readRawBody?.().catch(() => {});
	return request.rawBody;
}

async function handle(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const headers = context.getHeaderData() as Headers;
	const ownAnswer = answerToOwnQuestion(context);
	if (ownAnswer) return reply(context, 200, ownAnswer);
	const rawBody = await readRawBody(context);
	const now = Date.now();
	const delivery = { rawBody, headers, now, toleranceSeconds: Number(options.timestampTolerance) };
	const refusal = refusedByForm(delivery);
	if (refusal) return reply(context, 401, { error: REFUSALS[refusal] });
	const remembered = rememberedSecret(context);
	const signature = await verifyDelivery(context, delivery);
	if (signature === 'unavailable') return reply(context, 500, TRY_AGAIN);
	if (!signature.ok) return reply(context, 401, { error: REFUSALS[signature.reason] });
	const payload = parseBody(rawBody as Buffer);
	if (!isFields(payload)) return reply(context, 400, { error: 'The body is not an event' });
	const event = readEvent(payload, { isTest: headers['x-didit-test-webhook'] === 'true' });
	if (isTooOld(event, now)) return reply(context, 401, { error: REFUSALS.stale_timestamp });

	if (options.resumeWaitingExecutions !== false)
		await resumeWaitingExecution(context, event, payload as IDataObject);
	const events = context.getNodeParameter('events', []) as string[];
	if (!passesFilters(event, events, context.getNodeParameter('filters', {}) as Filters))
		return reply(context, 200, { received: true, ignored: true });
	const workflowData = [[{ json: { payload: payload as IDataObject, test: event.isTest } }]];
	// n8n responds once it has stored the execution, and with 5xx if it cannot: then Didit sends the event again.
	if (rememberedSecret(context) === remembered)
		return { webhookResponse: { received: true }, workflowData };
	// A secret that was just learned: n8n saves static data only when the node sends the response itself.
	return { ...reply(context, 200, { received: true }), workflowData };
}

export async function receive(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	return await handle(this).catch((error: Error) => {
		logRarely(this, 'error', `A delivery could not be handled: ${error.message}`);
		return reply(this, 500, TRY_AGAIN);
	});
}
