// Somebody calls the address of a waiting execution: the person's browser, the Didit Trigger, or a stranger with the link.
// The call is only a hint. What counts is the decision, which is read from Didit with the credential.
import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { readVerdict } from '../decision/verdict';
import { DiditClients } from '../transport/client';
import { decisionRequest } from '../transport/decisionRequest';
import { PATIENCE, requestBody } from '../transport/patience';
import { remembered } from './address';
import { endsWait, waitOutput } from './outcome';
import { PAGE_HEADERS, page } from './page';
import type { PageName } from './page';

async function fetchDecision(context: IWebhookFunctions): Promise<unknown> {
	const client = await new DiditClients(context).of(0);
	const request = decisionRequest(client.version, remembered(context, 'session'));
	return await requestBody(client, request, PATIENCE.visit);
}

function answer(context: IWebhookFunctions, status: number, name: PageName): void {
	const response = context.getResponseObject();
	const ownPage = remembered(context, 'page');
	if (!String(context.getHeaderData().accept ?? '').includes('text/html')) {
		response.status(status).json({ result: name });
	} else if (ownPage && name !== 'unavailable') {
		response.redirect(303, ownPage);
	} else {
		response.status(status).set(PAGE_HEADERS).send(page(name));
	}
}

/**
 * Ends the wait if Didit has a result. Otherwise the execution keeps waiting; an error that left this function would end it.
 */
export async function resumeWaiting(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	let decision: unknown;
	try {
		decision = await fetchDecision(this);
	} catch (error) {
		this.logger.warn(
			`Didit: the result of a waiting session could not be read: ${(error as Error).message}`,
		);
		answer(this, 503, 'unavailable');
		return { noWebhookResponse: true };
	}
	const verdict = readVerdict(decision);
	if (!endsWait(verdict, this.getNodeParameter('goOnWithReview', false) === true)) {
		answer(this, 200, 'pending');
		return { noWebhookResponse: true };
	}
	answer(this, 200, 'done');
	const json = waitOutput(
		decision,
		this.getNodeParameter('simplify', true),
		this.getNodeParameter('options', {}),
	);
	return { noWebhookResponse: true, workflowData: [[{ json, pairedItem: { item: 0 } }]] };
}
