// How long to wait for Didit where no item's options say so, and a request of its own, outside a batch of items.
import type { DiditClient } from './client';
import { diditRequest } from './request';
import { RequestQueue } from './requestQueue';
import type { DiditRequest, RequestLimits } from './types';

export const PATIENCE = {
	/** Someone waits in the editor for a list: an error is better than a long silence. */
	editor: { timeout: 15_000, maxRetries: 1, maxWait: 5_000 },
	/** Someone waits in a browser: a page that says "later" is better than a long silence. */
	visit: { timeout: 10_000, maxRetries: 1, maxWait: 3_000 },
	/** Someone activates a workflow. */
	activation: { timeout: 15_000, maxRetries: 2, maxWait: 10_000 },
	/** Didit waits five seconds for the response to an event. */
	hurried: { timeout: 2_000, maxRetries: 0, maxWait: 0 },
} satisfies Record<string, RequestLimits>;

/**
 * @returns the body of Didit's response
 * @throws DiditError unless Didit responds with a 2xx status
 */
export async function requestBody(
	client: DiditClient,
	request: DiditRequest,
	limits: RequestLimits,
): Promise<unknown> {
	return (await diditRequest(client, new RequestQueue(1), request, limits)).body;
}
