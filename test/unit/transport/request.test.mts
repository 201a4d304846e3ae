// Which responses are sent again for, how long is waited before, and what comes out in the end.
import type { DiditClient } from '../../../nodes/Didit/transport/client.ts';
import { DiditError, InputError } from '../../../nodes/Didit/transport/errors.ts';
import { requestBody } from '../../../nodes/Didit/transport/patience.ts';
import { diditRequest } from '../../../nodes/Didit/transport/request.ts';
import { RequestQueue } from '../../../nodes/Didit/transport/requestQueue.ts';
import type { Answer, DiditRequest, RequestLimits } from '../../../nodes/Didit/transport/types.ts';

type Outcome = Answer | 'unanswered' | 'unreached';

const NOW = 1_790_000_000_000;
const GET: DiditRequest = { method: 'GET', path: '/v3/sessions/' };
const POST: DiditRequest = { method: 'POST', path: '/v3/aml/' };
const LIMITS = { timeout: 1000, maxRetries: 2, maxWait: 60_000 };

const answer = (statusCode: number, body: unknown = {}, retryAfter?: string): Answer => ({
	statusCode,
	headers: { 'retry-after': retryAfter },
	body,
});
const FINE = answer(200, { id: 1 });

/** A queue that notes its pauses in place of making them. */
class Noting extends RequestQueue {
	readonly slept: number[] = [];

	readonly limited: Array<[number, number]> = [];

	override sleepFor = async (pause: number) => {
		this.slept.push(pause);
		await Promise.resolve();
	};

	override waitWhilePaused = async () => await Promise.resolve();

	override rateLimited(sentAt: number, pause: number): void {
		this.limited.push([sentAt, pause]);
		super.rateLimited(sentAt, pause);
	}
}

/** What comes of a request to which these are the responses, the last one for ever. */
async function ask(
	request: DiditRequest,
	outcomes: Outcome[],
	{ limits = {}, queue = new Noting(1) }: { limits?: Partial<RequestLimits>; queue?: Noting } = {},
) {
	const timeouts: number[] = [];
	const sender = {
		url: 'https://verification.didit.me',
		authentication: 'apiKey' as const,
		redact: (text: string) => text.replace('key', '***'),
		send: async (_: unknown, timeout: number) => {
			timeouts.push(timeout);
			return await Promise.resolve(outcomes[Math.min(timeouts.length, outcomes.length) - 1]);
		},
	};
	const result = await queue.run(
		async () =>
			await diditRequest(sender, queue, request, { ...LIMITS, ...limits }).catch(
				(error: unknown) => error,
			),
	);
	return { result, timeouts, sent: timeouts.length, queue };
}

beforeEach(() => {
	jest.spyOn(Math, 'random').mockReturnValue(0.5);
	jest.spyOn(Date, 'now').mockReturnValue(NOW);
});
afterEach(() => jest.restoreAllMocks());

it.each<[string, Outcome]>([
	['a connection that did not come about', 'unreached'],
	['a lost connection', 'unanswered'],
	['a 502', answer(502)],
	['a 503', answer(503)],
	['a 504', answer(504)],
	['a page in place of JSON', answer(200, '<html>')],
])('sends a read again after %s, and pauses longer each time', async (_, failure) => {
	const { result, queue } = await ask(GET, [failure, failure, FINE]);
	expect(result).toEqual(FINE);
	expect(queue.slept).toEqual([1000, 2000]);
});

it('pauses forty seconds at most, a quarter more or less', async () => {
	const { queue } = await ask(GET, ['unanswered'], { limits: { maxRetries: 7 } });
	expect(queue.slept).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 40_000]);
	jest.spyOn(Math, 'random').mockReturnValue(0);
	expect((await ask(GET, ['unanswered', FINE])).queue.slept).toEqual([750]);
	jest.spyOn(Math, 'random').mockReturnValue(1);
	expect((await ask(GET, ['unanswered', FINE])).queue.slept).toEqual([1250]);
});

it.each<[string, DiditRequest, number]>([
	['a read', GET, 3],
	['a read that is not to be sent twice', { ...GET, repeatable: false }, 1],
	['what does something', POST, 1],
	['what does its work once however often it is sent', { ...POST, repeatable: true }, 3],
])('sends %s as often as that is safe', async (_, request, times) => {
	for (const failure of ['unanswered', answer(503)] as Outcome[]) {
		const { result, sent } = await ask(request, [failure]);
		expect(sent).toBe(times);
		expect(result).toBeInstanceOf(DiditError);
		expect((result as DiditError).status).toBe(failure === 'unanswered' ? undefined : 503);
	}
});

it.each([300, 302, 400, 404, 500, 501, 505])(
	'sends nothing again after HTTP %i',
	async (status) => {
		const { result, sent } = await ask(GET, [answer(status, { detail: 'a key' })]);
		expect(sent).toBe(1);
		expect(result).toMatchObject({ status, message: 'a ***' });
	},
);

it('gives what Didit answered, where there are no items', async () => {
	const client = { send: async () => await Promise.resolve(FINE) } as unknown as DiditClient;
	expect(await requestBody(client, GET, LIMITS)).toEqual(FINE.body);
});

it.each([300, 302, 404, 500])(
	'shows no page of HTTP %i, and sends nothing again',
	async (status) => {
		const { result, sent } = await ask(GET, [answer(status, '<html>')]);
		expect([sent, (result as DiditError).message]).toEqual([
			1,
			`Didit answered with HTTP ${status}`,
		]);
	},
);

it.each<[string, number, DiditRequest['qs'], number]>([
	['a path', 8000, undefined, 1],
	['a path', 8001, undefined, 0],
	['a path and a filter', 7990, { q: 'abcdefgh' }, 1],
	['a path and a filter', 7991, { q: 'abcdefgh' }, 0],
	['a path and a filter that is encoded', 7992, { q: 'ä' }, 1],
	['a path and a filter that is encoded', 7993, { q: 'ä' }, 0],
	['a path and no filter', 8001, {}, 0],
])('sends %s up to 8,000 characters: %i and %j', async (_, length, qs, sent) => {
	const path = '/'.padEnd(length, 'a');
	const outcome = await ask({ ...GET, path, ...(qs && { qs }) }, [FINE]);
	expect(outcome.sent).toBe(sent);
	if (sent === 1) expect(outcome.result).toEqual(FINE);
	else {
		expect(outcome.result).toBeInstanceOf(InputError);
		expect(outcome.result).toMatchObject({
			message: 'An ID or a filter is too long',
			advice: 'Both are part of the address of a request. Shorten them',
		});
	}
});

it('takes any 2xx for a success, and what else the request takes', async () => {
	for (const status of [200, 204, 299])
		expect((await ask(GET, [answer(status)])).result).toEqual(answer(status));
	for (const status of [199, 300])
		expect((await ask(GET, [answer(status)])).result).toMatchObject({ status });
	const request = { ...GET, accept: [404] };
	expect((await ask(request, [answer(404)])).result).toEqual(answer(404));
	expect((await ask(request, [answer(403)])).result).toMatchObject({ status: 403 });
});

it.each<[string, DiditRequest, Answer]>([
	['bytes', { ...GET, encoding: 'arraybuffer' }, answer(200, 'text')],
	['nothing', GET, answer(200, '')],
	['a page, of what was not to be sent twice', POST, answer(200, '<html>')],
])('takes %s as it came', async (_, request, response) => {
	expect(await ask(request, [response])).toMatchObject({ result: response, sent: 1 });
});

it('gives Didit the time that the builder allows, or the request needs', async () => {
	expect((await ask(GET, [FINE])).timeouts).toEqual([1000]);
	expect((await ask({ ...GET, leastTimeout: 5000 }, [FINE])).timeouts).toEqual([5000]);
	expect((await ask({ ...GET, leastTimeout: 500 }, [FINE])).timeouts).toEqual([1000]);
});

it.each<[string | undefined, number]>([
	['7', 7000],
	['1.5', 1500],
	['0', 1000],
	['-5', 1000],
	[new Date(NOW + 9000).toUTCString(), 9000],
	[new Date(NOW - 9000).toUTCString(), 1000],
	['', 5000],
	['later', 5000],
	[undefined, 5000],
])('waits after a 429 with Retry-After %j for %i ms, and sends again', async (header, pause) => {
	const { result, queue } = await ask(POST, [answer(429, {}, header), FINE]);
	expect(result).toEqual(FINE);
	expect(queue.limited).toEqual([[NOW, pause]]);
});

it('waits twice as long after each 429 that does not say how long', async () => {
	const limited = answer(429);
	const { queue } = await ask(POST, [limited, limited, answer(429, {}, '3'), limited, FINE]);
	expect(queue.limited.map(([, pause]) => pause)).toEqual([5000, 10_000, 3000, 20_000]);
});

it('waits as long as Max Wait in all, and no longer', async () => {
	const limited = answer(429, {}, '30');
	expect((await ask(POST, [limited, limited, FINE])).result).toEqual(FINE);
	const { result, sent, queue } = await ask(POST, [limited], { limits: { maxWait: 59_999 } });
	expect([(result as DiditError).status, sent, queue.limited.length]).toEqual([429, 2, 1]);
});

it('has others fail at once after one has used up its Max Wait, until a request succeeds', async () => {
	const queue = new Noting(1);
	const limited = answer(429, {}, '30');
	await ask(POST, [limited], { limits: { maxWait: 0 }, queue });
	const other = await ask(POST, [limited, FINE], { queue });
	expect([(other.result as DiditError).status, other.sent]).toEqual([429, 1]);
	expect((await ask(POST, [FINE], { queue })).result).toEqual(FINE);
	expect((await ask(POST, [limited, FINE], { queue })).result).toEqual(FINE);
});

it('sends nothing once the execution was cancelled, and nothing again', async () => {
	const cancel = new AbortController();
	const queue = new Noting(1, cancel.signal);
	queue.sleepFor = async () => {
		cancel.abort();
		await Promise.resolve();
	};
	const cancelled = { message: 'The execution was cancelled', advice: '' };
	expect(await ask(GET, ['unanswered', FINE], { queue })).toMatchObject({
		result: cancelled,
		sent: 1,
	});
	expect(await ask(GET, [FINE], { queue })).toMatchObject({ result: cancelled, sent: 0 });
});
