// When a request is sent again, and when never: a session that is created twice is mailed and billed twice.
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import nock from 'nock';
import type { INodeParameters } from 'n8n-workflow';
import { session } from '../support/didit.mts';
import { apiKey, clientCredentials, runDidit, storedText } from '../support/n8n.mts';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof import('../support/pauses.mts')>('../support/pauses.mts')
		.withShortPauses(),
);

type Answer =
	| { status: number; body?: unknown; headers?: Record<string, string> }
	| 'drop'
	| 'silence'
	| 'half';

/** A Didit that gives these answers in turn, then good ones. Real HTTP, so that connections can really be dropped. */
class Didit {
	creates = 0;

	inFlight = 0;

	mostInFlight = 0;

	private readonly server: Server;

	constructor(
		private answer: (create: number) => Answer | undefined,
		private readonly delay = 0,
	) {
		this.server = createServer((request, response) => void this.serve(request, response));
	}

	async start(): Promise<string> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	stop(): void {
		this.server.closeAllConnections();
		this.server.close();
	}

	private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const json = (status: number, body: unknown, headers = {}) =>
			response
				.writeHead(status, { 'content-type': 'application/json', ...headers })
				.end(JSON.stringify(body));
		if (request.url === '/auth/v2/token/')
			return void json(200, { access_token: 'token-1', expires_in: 86_400 });
		const number = ++this.creates;
		this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
		if (this.delay) await new Promise((resolve) => setTimeout(resolve, this.delay));
		this.inFlight--;
		const answer = this.answer(number) ?? { status: 201, body: session(number) };
		if (answer === 'drop') return void request.socket.destroy();
		if (answer === 'silence') return;
		if (answer === 'half')
			return void response
				.writeHead(201, { 'content-type': 'application/json' })
				.end(JSON.stringify(session(number)).slice(0, 40));
		json(answer.status, answer.body ?? { detail: 'made-up' }, answer.headers);
	}
}

const byWorkflow = {
	workflowId: { __rl: true, mode: 'id', value: 'cccccccc-0000-4000-8000-000000000003' },
};

let didit: Didit;

async function run(
	answer: (create: number) => Answer | undefined,
	parameters: INodeParameters,
	count = 1,
	delay = 0,
	cancel?: AbortSignal,
) {
	didit = new Didit(answer, delay);
	const url = await didit.start();
	const v3 = 'workflowId' in parameters;
	return await runDidit(parameters, {
		credentials: v3 ? apiKey(url) : clientCredentials(url),
		input: Array.from({ length: count }, (_, number) => ({ json: { number } })),
		cancel,
	});
}

beforeAll(() => nock.restore());
afterEach(() => didit.stop());

const first = (answer: Answer) => (create: number) => (create === 1 ? answer : undefined);
const limited = {
	status: 429,
	headers: { 'retry-after': '1' },
	body: {
		detail: 'Session creation rate limit exceeded. You can make up to 600 requests per minute.',
	},
};
const workflow = { ...byWorkflow, vendorData: 'user-42' };

describe('a create that is not safe to repeat', () => {
	it.each<[string, Answer, INodeParameters]>([
		['dropped connection, features', 'drop', { vendorData: 'user-42' }],
		['time-out, features', 'silence', { options: { requestSettings: { timeout: 1 } } }],
		['HTTP 503, features', { status: 503 }, {}],
		['HTTP 500, features', { status: 500 }, {}],
		['dropped connection, workflow without vendor data', 'drop', byWorkflow],
		[
			'time-out, workflow without vendor data',
			'silence',
			{ ...byWorkflow, options: { requestSettings: { timeout: 1 } } },
		],
		['HTTP 502, workflow without vendor data', { status: 502 }, byWorkflow],
		['half of an answer, features', 'half', { vendorData: 'user-42' }],
	])('is sent once: %s [T66]', async (_, answer, parameters) => {
		const { error } = await run(first(answer), parameters);
		expect(didit.creates).toBe(1);
		expect(error?.description).toMatch(/look in the Didit console before you run this item again/i);
	});
});

it('keeps client secret, token and what was sent out of everything that is stored after a lost connection [T50]', async () => {
	const result = await run(first('drop'), { vendorData: "={{ 'Nora' + '-Sample' }}" });
	expect(result.error?.message).toContain('No answer from Didit');
	for (const secret of ['secret-of-client-one', 'token-1', 'Nora-Sample'])
		expect(storedText(result)).not.toContain(secret);
});

describe('a create that vendor data makes safe', () => {
	it.each<[string, Answer]>([
		['dropped connection', 'drop'],
		['time-out', 'silence'],
		['HTTP 502', { status: 502 }],
		['HTTP 503', { status: 503 }],
		['HTTP 504', { status: 504 }],
		['half of an answer', 'half'],
	])('is sent again: %s', async (_, answer) => {
		const { error, items } = await run(first(answer), {
			...workflow,
			options: { requestSettings: { timeout: 1 } },
		});
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(didit.creates).toBe(2);
	});

	it("is given up after 'Max Retries'", async () => {
		const { error } = await run(() => ({ status: 503 }), {
			...workflow,
			options: { requestSettings: { maxRetries: 1 } },
		});
		expect(didit.creates).toBe(2);
		expect(error?.description).toContain('(HTTP 503)');
	});
});

it('waits out a rate limit as Retry-After says', async () => {
	const started = Date.now();
	const { items } = await run(first(limited), {});
	expect(items).toHaveLength(1);
	expect(Date.now() - started).toBeGreaterThanOrEqual(1000);
	expect(didit.creates).toBe(2);
});

it("reports a rate limit that lasts longer than 'Max Wait', without waiting for it", async () => {
	const { error } = await run(() => ({ ...limited, headers: { 'retry-after': '3600' } }), {
		options: { requestSettings: { maxWait: 60 } },
	});
	expect(didit.creates).toBe(1);
	expect(error).toMatchObject({
		message: limited.body.detail,
		httpCode: '429',
		description: expect.stringContaining("'Max Wait'") as string,
	});
});

it("adds up its waits until 'Max Wait' is over", async () => {
	const { error } = await run(() => limited, { options: { requestSettings: { maxWait: 2 } } });
	expect(didit.creates).toBe(3);
	expect(error).toMatchObject({ httpCode: '429' });
});

it("does not let every item wait anew once 'Max Wait' was in vain", async () => {
	didit = new Didit(() => limited);
	const url = await didit.start();
	const input = Array.from({ length: 30 }, (_, number) => ({ json: { number } }));
	const { items } = await runDidit(
		{ options: { requestSettings: { maxWait: 2 } } },
		{ credentials: clientCredentials(url), input, node: { onError: 'continueRegularOutput' } },
	);
	expect(items).toHaveLength(30);
	expect(items.every(({ json }) => json.error !== undefined)).toBe(true);
	// Three tries each would be 90: half of them try again, then half of those.
	expect(didit.creates).toBeLessThan(75);
});

it('says that nothing was sent when Didit cannot be reached', async () => {
	didit = new Didit(() => undefined);
	await didit.start();
	const { error } = await runDidit(byWorkflow, { credentials: apiKey('http://127.0.0.1:9') });
	expect(error).toMatchObject({
		message: 'n8n could not reach Didit at http://127.0.0.1:9',
		description: expect.stringContaining('Nothing was sent') as string,
	});
});

it("never has more requests under way than 'Max Concurrent Requests'", async () => {
	await run(() => undefined, { options: { requestSettings: { maxConcurrency: 3 } } }, 15, 100);
	expect(didit.mostInFlight).toBe(3);
});

it('has 50 requests under way if nothing else is set', async () => {
	await run(() => undefined, byWorkflow, 200, 200);
	expect(didit.mostInFlight).toBe(50);
});

it('stops sending when the execution is cancelled', async () => {
	const cancel = new AbortController();
	const { run: result } = await run(
		(create) => {
			if (create === 20) cancel.abort();
			return undefined;
		},
		{ ...byWorkflow, options: { requestSettings: { maxConcurrency: 5 } } },
		200,
		10,
		cancel.signal,
	);
	expect(result.status).toBe('canceled');
	// What was on its way when the execution was cancelled still arrives.
	await new Promise((resolve) => setTimeout(resolve, 500));
	const sent = didit.creates;
	expect(sent).toBeLessThan(40);
	await new Promise((resolve) => setTimeout(resolve, 500));
	expect(didit.creates).toBe(sent);
});

it('ends the wait for a rate limit when the execution is cancelled', async () => {
	const cancel = new AbortController();
	const started = Date.now();
	await run(
		() => {
			cancel.abort();
			return { ...limited, headers: { 'retry-after': '60' } };
		},
		{},
		1,
		0,
		cancel.signal,
	);
	expect(Date.now() - started).toBeLessThan(30_000);
	expect(didit.creates).toBe(1);
});
