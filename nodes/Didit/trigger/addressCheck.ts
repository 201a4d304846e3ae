// Whether an address leads to this very trigger in this very process, which tells a change of n8n's public address from a copy
// of the workflow, or of the whole n8n: all of them remember the same webhook at the same old address.
import { randomUUID } from 'node:crypto';
import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

/** With lower-case letters, as n8n gives the names of headers. */
const HEADER = 'n8n-didit-address-check';

const TIMEOUT_MS = 5_000;

/** The questions under way in this process, and the trigger that asks. Each is taken out when its call has ended. */
const questions = new Map<string, string>();

const nameOf = (context: IHookFunctions | IWebhookFunctions) =>
	`${context.getWorkflow().id}/${context.getNode().id}`;

/** The answer to a question that this trigger asks itself; nothing for any other call. */
export function answerToOwnQuestion(context: IWebhookFunctions): { here: string } | undefined {
	const question = (context.getHeaderData() as Record<string, unknown>)[HEADER];
	if (typeof question !== 'string' || questions.get(question) !== nameOf(context)) return undefined;
	return { here: question };
}

/**
 * Asks the trigger at an address who it is. Whatever else answers, or nothing at all, means "no": someone else may live
 * there, and in doubt what is there is left alone.
 */
export async function leadsToThisTrigger(context: IHookFunctions, url: string): Promise<boolean> {
	const question = randomUUID();
	questions.set(question, nameOf(context));
	try {
		const answer = (await context.helpers.httpRequest({
			method: 'POST',
			url,
			headers: { [HEADER]: question },
			body: {},
			json: true,
			timeout: TIMEOUT_MS,
			disableFollowRedirect: true,
		})) as { here?: unknown } | undefined;
		return answer?.here === question;
	} catch {
		return false;
	} finally {
		questions.delete(question);
	}
}
