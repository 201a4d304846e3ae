// Lets the execution go on that waits for a session whose result has come in. Its address came with the session's metadata.
import { sleep } from 'n8n-workflow';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { isFinal, isReviewNeeded } from '../decision/statuses';
import { RESUME_METADATA, isOwnResumeAddress } from '../wait/address';
import type { DiditEvent } from '../webhook/events';

const TIMEOUT_MS = 30_000;

/**
 * Pauses in milliseconds before the next call. The result can come in before the execution has begun to wait, and Didit may
 * not be able to give the decision yet.
 */
const PAUSES = [2_000, 10_000, 30_000, 90_000];

/** What n8n answers for an execution that does not wait yet, or not any more: it does not tell the two apart. */
const isTemporary = (status: number) =>
	status === 404 || status === 409 || status === 429 || status >= 500;

/**
 * Calls the waiting execution until it has the result. It reads the result from Didit itself; the event is only the occasion.
 * Does nothing for an address that is not one of this n8n.
 */
export async function resumeWaitingExecution(
	context: IWebhookFunctions,
	event: DiditEvent,
	payload: IDataObject,
): Promise<void> {
	if (event.subject !== 'session' || !(isFinal(event.status) || isReviewNeeded(event.status)))
		return;
	const address = (payload.metadata as IDataObject | null | undefined)?.[RESUME_METADATA];
	if (typeof address !== 'string') return;
	if (
		!isOwnResumeAddress(
			address,
			String(context.evaluateExpression('{{ $execution.resumeUrl }}', 0)),
		)
	)
		return;
	for (const pause of [...PAUSES, 0]) {
		const answer = (await context.helpers
			.httpRequest({
				url: address,
				headers: { Accept: 'application/json' },
				json: true,
				timeout: TIMEOUT_MS,
				returnFullResponse: true,
				disableFollowRedirect: true,
				ignoreHttpStatusErrors: true,
			})
			.catch(() => ({ statusCode: 503 }))) as { statusCode: number; body?: { result?: unknown } };
		// A final result that Didit's decision does not show yet is asked for again; a review may well be waited through.
		const isLate = answer.body?.result === 'pending' && isFinal(event.status);
		if (!isTemporary(answer.statusCode) && !isLate) return;
		if (pause > 0) await sleep(pause);
	}
}
