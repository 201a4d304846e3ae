// The one way out to Didit: sends a request, repeats it where that is safe, and returns what Didit sent or throws a readable error.
import type { DiditClient } from './client';
import { DiditError, InputError, refused, unanswered } from './errors';
import type { RequestQueue } from './requestQueue';
import type { Answer, DiditRequest, RequestLimits } from './types';

/** A repeat can help after these; a 500 is Didit's own error and would come again. */
const PASSING_FAILURES = [502, 503, 504];

/** Didit's advice for a 429 without Retry-After: 5, 10, 20, 40 s. After a failure: 1, 2, 4 s. Both jittered. */
const RATE_LIMIT_PAUSE = 5_000;
const FAILURE_PAUSE = 1_000;
/** So that `Retry-After: 0` cannot turn into a busy loop. */
const SHORTEST_PAUSE = 1_000;
const LONGEST_PAUSE = 40_000;

const growing = (base: number, tries: number) =>
	Math.min(LONGEST_PAUSE, base * 2 ** tries) * (0.75 + Math.random() / 2);

/** Milliseconds from a Retry-After header, which holds seconds or a date. */
function retryAfter(headers: Answer['headers']): number | undefined {
	const value = headers['retry-after'];
	if (value === undefined || value === '') return undefined;
	const seconds = Number(value);
	const milliseconds = Number.isNaN(seconds) ? Date.parse(value) - Date.now() : seconds * 1000;
	return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}

/** Characters. Of longer addresses servers say nothing useful, and some just close the connection. */
const LONGEST_ADDRESS = 8_000;

/** @throws InputError for what no server would read */
function refuseLongAddress({ path, qs }: DiditRequest): void {
	if (!qs && path.length <= LONGEST_ADDRESS) return;
	const query = new URLSearchParams();
	for (const [name, value] of Object.entries(qs ?? {})) query.append(name, String(value as string));
	if (path.length + query.toString().length <= LONGEST_ADDRESS) return;
	throw new InputError(
		'An ID or a filter is too long',
		'Both are part of the address of a request. Shorten them',
	);
}

/** Who sends a single attempt: an account, or nobody in particular for links that carry their own permission. */
type Sender = Pick<DiditClient, 'url' | 'authentication' | 'send' | 'redact'>;

/**
 * Sends one request to Didit.
 * @returns Didit's answer with a 2xx status, or one that the request accepts
 * @throws DiditError for anything else, once repeating is not safe or does not help any more; InputError for an address that is
 *     too long
 */
export async function diditRequest(
	account: Sender,
	queue: RequestQueue,
	request: DiditRequest,
	limits: RequestLimits,
): Promise<Answer> {
	refuseLongAddress(request);
	const repeatable = request.repeatable ?? request.method === 'GET';
	let waited = 0;
	let failures = 0;
	for (let rateLimits = 0; ; ) {
		await queue.waitWhilePaused();
		if (queue.cancelled) throw new DiditError('The execution was cancelled', '');
		const sentAt = Date.now();
		const answer = await account.send(
			request,
			Math.max(limits.timeout, request.leastTimeout ?? 0),
			queue,
		);
		const hasFailed = typeof answer === 'string' || PASSING_FAILURES.includes(answer.statusCode);
		if (
			(hasFailed || isDamaged(answer, request)) &&
			repeatable &&
			failures < limits.maxRetries &&
			!queue.cancelled
		) {
			await queue.sleepFor(growing(FAILURE_PAUSE, failures++));
			continue;
		}
		if (typeof answer === 'string') throw unanswered(answer, request, account.url);
		if (answer.statusCode === 429) {
			const pause = Math.max(
				SHORTEST_PAUSE,
				retryAfter(answer.headers) ?? growing(RATE_LIMIT_PAUSE, rateLimits++),
			);
			waited += pause;
			if (waited > limits.maxWait) queue.stopWaiting();
			if (!queue.hasStoppedWaiting) {
				queue.rateLimited(sentAt, pause);
				await queue.requeue();
			}
			if (queue.hasStoppedWaiting) throw readable(answer, request, account);
			continue;
		}
		const wanted =
			(answer.statusCode >= 200 && answer.statusCode <= 299) ||
			request.accept?.includes(answer.statusCode);
		if (!wanted) throw readable(answer, request, account);
		queue.succeeded();
		return answer;
	}
}

/** A 2xx whose body isn't JSON (truncated, or a proxy's page). Requests that can't be retried are left for the operation to judge. */
const isDamaged = ({ statusCode, body }: Answer, { encoding }: DiditRequest) =>
	statusCode < 300 && encoding === undefined && typeof body === 'string' && body !== '';

function readable(answer: Answer, request: DiditRequest, account: Sender): DiditError {
	return refused(answer, request, account.authentication, (text) => account.redact(text));
}
