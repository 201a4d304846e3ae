// Which links are followed, what is sent to them, and how large a file may be.
import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { checkedLink, downloadFile } from '../../../nodes/Didit/transport/download.ts';
import { RequestQueue } from '../../../nodes/Didit/transport/requestQueue.ts';

const PRODUCTION = 'https://verification.didit.me';
const LIMITS = { timeout: 1000, maxRetries: 1, maxWait: 0 };
const MEGABYTE = 1024 * 1024;

it.each([
	['https://media.example.com/a.jpg?b=1', PRODUCTION],
	['https://media.example.com/a.jpg', 'http://didit-sandbox:4180'],
	['http://didit-sandbox:4181/a.jpg', 'http://didit-sandbox:4180'],
	['http://localhost/a.jpg', 'http://127.0.0.1:4180'],
	['http://127.1.2.3/a.jpg', 'http://localhost:4180'],
	['http://[::1]/a.jpg', 'http://localhost:4180'],
])('follows %s of %s', (link, api) => expect(checkedLink(link, api).href).toBe(link));

it.each([
	['http://media.example.com/a.jpg', PRODUCTION],
	['http://verification.didit.me/a.jpg', PRODUCTION],
	['http://media.example.com/a.jpg', 'http://localhost:4180'],
	['http://localhost/a.jpg', 'http://didit-sandbox:4180'],
	['http://didit-sandbox/a.jpg', 'http://localhost:4180'],
	['http://localhost.example.com/a.jpg', 'http://localhost:4180'],
	['http://my-localhost/a.jpg', 'http://localhost:4180'],
	['http://localhost/a.jpg', PRODUCTION],
	['https://localhost/a.jpg', PRODUCTION],
	['https://8.8.8.8/a.jpg', PRODUCTION],
	['ftp://localhost/a.jpg', 'http://localhost:4180'],
	['https://user@media.example.com/a.jpg', PRODUCTION],
	['https://:pw@media.example.com/a.jpg', PRODUCTION],
	['a.jpg', PRODUCTION],
	['', PRODUCTION],
])('does not follow %s of %s', (link, api) =>
	expect(() => checkedLink(link, api)).toThrow(
		expect.objectContaining({
			message: "The download link from Didit isn't safe to open",
			advice: '',
		}) as Error,
	),
);

/** A storage that gives these chunks, after so many requests that end without a response. */
async function download({
	chunks = [] as Buffer[],
	failing = 0,
	statusCode = 200,
	timeout = 1000,
	cancelled = undefined as AbortSignal | undefined,
} = {}) {
	const sent: IHttpRequestOptions[] = [];
	async function* body() {
		for (const chunk of chunks) yield await Promise.resolve(chunk);
	}
	const context = {
		helpers: {
			httpRequest: async (options: IHttpRequestOptions) => {
				sent.push(options);
				if (sent.length <= failing) throw new Error('socket hang up');
				return await Promise.resolve({ statusCode, headers: {}, body: body() });
			},
		},
		getExecutionCancelSignal: () => cancelled,
	} as unknown as IExecuteFunctions;
	const queue = new RequestQueue(1);
	queue.sleepFor = async () => await Promise.resolve();
	const link = 'https://media.example.com/a.jpg?b=1';
	const result = await downloadFile(context, queue, link, PRODUCTION, {
		...LIMITS,
		timeout,
	}).catch((error: unknown) => error);
	return { sent, result };
}

it('asks for the very link as a stream, with nothing of the credential', async () => {
	const { sent, result } = await download({ chunks: [Buffer.from('ab'), Buffer.from('c')] });
	expect(result).toMatchObject({ statusCode: 200, body: Buffer.from('abc') });
	expect(sent).toEqual([
		{
			method: 'GET',
			url: 'https://media.example.com/a.jpg?b=1',
			encoding: 'stream',
			timeout: 1000,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			abortSignal: expect.any(Object) as unknown,
		},
	]);
});

it('gives a file three minutes, or as long as the builder allows, and ends with the execution', async () => {
	const limit = jest.spyOn(AbortSignal, 'timeout');
	const cancel = new AbortController();
	try {
		const [{ abortSignal: alone }] = (await download()).sent;
		const [{ abortSignal: both }] = (await download({ timeout: 200_000, cancelled: cancel.signal }))
			.sent;
		expect(limit.mock.calls).toEqual([[180_000], [200_000]]);
		cancel.abort();
		expect([alone?.aborted, both?.aborted]).toEqual([false, true]);
	} finally {
		limit.mockRestore();
	}
});

it('asks again when there was no response, and says so in the end', async () => {
	expect(await download({ failing: 1, chunks: [Buffer.from('a')] })).toMatchObject({
		result: { body: Buffer.from('a') },
		sent: { length: 2 },
	});
	expect(await download({ failing: 9 })).toMatchObject({
		result: { message: 'No answer from Didit at https://media.example.com' },
		sent: { length: 2 },
	});
});

it.each([
	'{"detail":"Key ABC of bucket X expired"}',
	'Key ABC of bucket X expired',
	'["Key ABC", {"bucket": "X"}]',
])('repeats nothing of what the host says: %s', async (words) => {
	const chunks = [Buffer.from(words)];
	const { result, sent } = await download({ chunks, statusCode: 403 });
	expect(result).toMatchObject({ message: 'Didit answered with HTTP 403', status: 403 });
	expect(sent).toHaveLength(1);
});

it('takes a file of a hundred megabytes, and none of a byte more', async () => {
	const half = Buffer.allocUnsafe(50 * MEGABYTE);
	const whole = (await download({ chunks: [half, half] })).result as { body: Buffer };
	expect(whole.body).toHaveLength(100 * MEGABYTE);
	const { result, sent } = await download({ chunks: [half, half, Buffer.from('a')] });
	expect(result).toMatchObject({ message: 'The file is larger than 100 MB', advice: '' });
	expect(sent).toHaveLength(1);
});
