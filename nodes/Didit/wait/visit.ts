// Somebody calls the address of a waiting execution: the person's browser, the Didit Trigger, or a stranger with the link.
// The call is only a hint. What counts is the decision, which is read from Didit with the credential.
import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { readVerdict } from '../decision/verdict';
import { CREDENTIAL } from '../transport/attempt';
import { DiditClients } from '../transport/client';
import { decisionRequest } from '../transport/decisionRequest';
import { PATIENCE, requestBody } from '../transport/patience';
import { VISIT } from './address';
import { endsWait, waitOutput } from './outcome';
import { PAGE_HEADERS, page } from './page';
import type { PageName } from './page';
import { sessionOfVisit, visitor } from './sessions';
import { forgetRead, sharedRead } from './sharedReads';

async function readDecision(context: IWebhookFunctions, session: string): Promise<unknown> {
	const client = await new DiditClients(context).of(0);
	return await requestBody(client, decisionRequest(client.version, session), PATIENCE.visit);
}

function answer(context: IWebhookFunctions, status: number, name: PageName, ownPage = ''): void {
	const response = context.getResponseObject();
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
	const keepsWaiting = { noWebhookResponse: true };
	const session = sessionOfVisit(this);
	const guest = visitor(this, (this.getQueryData() as IDataObject)[VISIT]);
	if (guest && guest.session !== session) {
		// The execution has links for several people, and waits for another one just now.
		answer(this, 200, 'pending', guest.page);
		return keepsWaiting;
	}
	const read = [
		this.getNode().credentials?.[CREDENTIAL]?.id,
		this.getExecutionId(),
		session,
	].join();
	let decision: unknown;
	try {
		decision = await sharedRead(read, async () => await readDecision(this, session));
	} catch (error) {
		this.logger.warn(
			`Didit: the result of a waiting session could not be read: ${(error as Error).message}`,
		);
		answer(this, 503, 'unavailable');
		return keepsWaiting;
	}
	const verdict = readVerdict(decision);
	if (!endsWait(verdict, this.getNodeParameter('goOnWithReview', false) === true)) {
		answer(this, 200, 'pending', guest?.page);
		return keepsWaiting;
	}
	forgetRead(read);
	answer(this, 200, 'done', guest?.page);
	const json = waitOutput(
		decision,
		this.getNodeParameter('simplify', true),
		this.getNodeParameter('options', {}),
	);
	return { noWebhookResponse: true, workflowData: [[{ json, pairedItem: { item: 0 } }]] };
}
