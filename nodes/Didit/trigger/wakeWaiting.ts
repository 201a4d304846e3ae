// Lets the execution continue that waits for a session whose result has come in. Its ticket came with the session's metadata.
import { sleep } from 'n8n-workflow';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { RESUME_METADATA } from '../json/reservedMetadata';
import { isFinal, isReviewNeeded } from '../decision/statuses';
import { fields } from '../json/read';
import { DiditClients } from '../transport/client';
import { ownAddress, ticketAddress } from '../wait/address';
import { TICKET_KEY, isTicket, openTicket } from '../wait/ticket';
import type { DiditEvent } from '../webhook/events';

const TIMEOUT_MS = 30_000;

/**
 * Pauses in milliseconds before the next call. The result can come in before the execution has begun to wait, and Didit may
 * not be able to give the decision yet.
 */
const PAUSES = [2_000, 10_000, 30_000, 90_000];

interface Reply {
	statusCode: number;
	body?: { result?: unknown; message?: unknown };
}

/** Whether n8n may answer otherwise later: the execution does not wait yet, and is not over (n8n tells the two by words only). */
const isTemporary = ({ statusCode, body }: Reply) =>
	statusCode === 404 ||
	(statusCode === 409 && !/has finished/.test(String(body?.message))) ||
	statusCode === 429 ||
	statusCode >= 500;

/** The address of the waiting execution on this n8n, or undefined for a session that none waits for here. */
async function addressOf(context: IWebhookFunctions, sealed: unknown): Promise<string | undefined> {
	if (!isTicket(sealed)) return undefined;
	const client = await new DiditClients(context).of(0);
	const ticket = openTicket(sealed, client.keyFor(TICKET_KEY));
	if (!ticket) {
		context.logger.warn(
			'Didit Trigger: a result came in for an execution that may be waiting, but the trigger cannot resume it. Use the same API key in the trigger and in the node that creates the session',
		);
		return undefined;
	}
	// Another n8n with a trigger of the same application gets the event too.
	if (ticket.instance !== context.getInstanceId()) return undefined;
	return ticketAddress(ticket, ownAddress(context));
}

/** Calls the waiting execution until it has the result. It reads the result from Didit itself; the event is only the occasion. */
async function callUntilTaken(
	context: IWebhookFunctions,
	url: string,
	event: DiditEvent,
): Promise<void> {
	for (const pause of [...PAUSES, 0]) {
		const answer = (await context.helpers
			.httpRequest({
				url,
				headers: { Accept: 'application/json' },
				json: true,
				timeout: TIMEOUT_MS,
				returnFullResponse: true,
				disableFollowRedirect: true,
				ignoreHttpStatusErrors: true,
			})
			.catch(() => ({ statusCode: 503 }))) as Reply;
		// A final result that Didit's decision does not show yet is asked for again; a review may well be waited through.
		const isLate = answer.body?.result === 'pending' && isFinal(event.status);
		if (!isTemporary(answer) && !isLate) return;
		if (pause > 0) await sleep(pause);
	}
}

/**
 * Resumes the execution that waits for the session of this event, if there is one on this n8n. Never throws. The execution
 * itself is not awaited, because Didit wants an answer within five seconds; finding it is, because n8n gives its address and
 * the credential only as long as the event is being answered.
 */
export async function resumeWaitingExecution(
	context: IWebhookFunctions,
	event: DiditEvent,
	payload: IDataObject,
): Promise<void> {
	if (event.subject !== 'session' || !(isFinal(event.status) || isReviewNeeded(event.status)))
		return;
	const failed = (error: Error) =>
		context.logger.warn(
			`Didit Trigger: a waiting execution could not be resumed: ${error.message}`,
		);
	try {
		const url = await addressOf(context, fields(payload.metadata)[RESUME_METADATA]);
		if (url !== undefined) callUntilTaken(context, url, event).catch(failed);
	} catch (error) {
		failed(error as Error);
	}
}
