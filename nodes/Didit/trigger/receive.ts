// A call of the trigger's address: 401 unless Didit demonstrably sent it, 200 without a run if it is filtered out, 5xx if
// something broke here, so that Didit tries again. Nothing may be thrown: n8n would store a failed execution for every
// forged call.
import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { DiditClients } from '../transport/client';
import { isKnownEvent, isTooOld, parseBody, readEvent } from '../webhook/events';
import type { DiditEvent } from '../webhook/events';
import { REFUSALS, verifySignature } from '../webhook/signature';
import type { SignatureResult } from '../webhook/signature';
import { currentSecret, rememberSecret, rememberedSecret } from './registration';
import { resumeWaitingExecution } from './wakeWaiting';

/** Strangers must not be able to make n8n call Didit at will, so the secret is looked up at most this often. */
const LOOKUP_PAUSE_MS = 10_000;
const lookups = new Map<string, { at: number; secret: Promise<string | undefined> }>();

type Filters = {
	statuses?: string[];
	workflowIds?: string;
	sessionKind?: string;
	environment?: string;
};

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

/** The secret as Didit has it now: it can have been rotated in the console, or lost with a copied workflow. */
async function lookUpSecret(context: IWebhookFunctions, now: number): Promise<string | undefined> {
	const trigger = `${context.getWorkflow().id}/${context.getNode().id}`;
	const last = lookups.get(trigger);
	if (last && now - last.at < LOOKUP_PAUSE_MS) return await last.secret;
	const secret = currentSecret(context);
	lookups.set(trigger, { at: now, secret });
	return await secret;
}

async function verify(
	context: IWebhookFunctions,
	rawBody: Buffer | undefined,
	options: IDataObject,
): Promise<SignatureResult> {
	const now = Date.now();
	const check = (secret: string | undefined) =>
		verifySignature({
			rawBody,
			headers: context.getHeaderData() as Record<string, unknown>,
			secrets: [secret],
			now,
			toleranceSeconds: Number(options.timestampTolerance ?? 300),
		});
	if (context.getNodeParameter('registration') === 'manual')
		return check((await new DiditClients(context).of(0)).webhookSecret);
	const remembered = rememberedSecret(context);
	const result = check(remembered);
	const isSecretInDoubt =
		!result.ok && (result.reason === 'missing_secret' || result.reason === 'wrong_signature');
	if (!isSecretInDoubt) return result;
	const current = await lookUpSecret(context, now);
	if (current === remembered) return result;
	const again = check(current);
	if (again.ok) rememberSecret(context, current);
	return again;
}

/** An event that this version does not know passes the filters for events and sessions: it is for the builder to decide. */
function passes(event: DiditEvent, events: string[], filters: Filters): boolean {
	const { statuses = [], sessionKind, environment } = filters;
	if (environment && event.environment !== null && event.environment !== environment) return false;
	if (sessionKind && event.kind !== null && event.kind !== sessionKind) return false;
	if (event.type === null || !isKnownEvent(event.type)) return true;
	if (!events.includes(event.type)) return false;
	if (event.subject !== 'session') return true;
	if (statuses.length > 0 && !statuses.includes(String(event.status))) return false;
	const workflowIds = String(filters.workflowIds ?? '')
		.toLowerCase()
		.split(/[\s,]+/)
		.filter(Boolean);
	return workflowIds.length === 0 || workflowIds.includes(String(event.workflowId).toLowerCase());
}

async function handle(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const rawBody = await readRawBody(context);
	const remembered = rememberedSecret(context);
	const signature = await verify(context, rawBody, options);
	if (!signature.ok) return reply(context, 401, { error: REFUSALS[signature.reason] });
	const payload = parseBody(rawBody as Buffer);
	if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) {
		return reply(context, 400, { error: 'The body is not an event' });
	}
	const event = readEvent(payload, context.getHeaderData() as Record<string, unknown>);
	if (isTooOld(event, Date.now())) return reply(context, 401, { error: REFUSALS.stale_timestamp });

	if (options.resumeWaitingExecutions !== false) {
		// Not awaited: Didit wants an answer within five seconds.
		resumeWaitingExecution(context, event, payload as IDataObject).catch((error: Error) =>
			context.logger.warn(
				`Didit Trigger: a waiting execution could not be resumed: ${error.message}`,
			),
		);
	}
	const events = context.getNodeParameter('events', []) as string[];
	if (!passes(event, events, context.getNodeParameter('filters', {}) as Filters))
		return reply(context, 200, { received: true, ignored: true });
	const workflowData = [[{ json: { payload: payload as IDataObject, test: event.isTest } }]];
	// n8n answers once it has stored the execution, and with 5xx if it cannot: then Didit sends the event again.
	if (rememberedSecret(context) === remembered)
		return { webhookResponse: { received: true }, workflowData };
	// A secret that was just learned is only kept by n8n if the answer is given here.
	return { ...reply(context, 200, { received: true }), workflowData };
}

export async function receive(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	return await handle(this).catch((error: Error) => {
		this.logger.error(`Didit Trigger: a delivery could not be handled: ${error.message}`);
		return reply(this, 500, { error: 'The event could not be handled. Send it again' });
	});
}
