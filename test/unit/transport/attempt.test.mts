// What n8n is asked to send, and what its failures mean.
import { attempt, attemptExchange, type Attempt } from '../../../nodes/Didit/transport/attempt.ts';
import { DiditError } from '../../../nodes/Didit/transport/errors.ts';
import { RequestQueue } from '../../../nodes/Didit/transport/requestQueue.ts';
import type { DiditContext, DiditRequest } from '../../../nodes/Didit/transport/types.ts';

const GET: DiditRequest = { method: 'GET', path: '/v3/sessions/', qs: { limit: 1 } };
const CREDENTIAL = { authentication: 'apiKey', apiKey: 'made-up' };
const FINE = { statusCode: 200, headers: {}, body: {} };

const sending = (request: DiditRequest, id: string | null = '7'): Attempt => ({
	reference: { id, name: 'Didit account' },
	credential: CREDENTIAL,
	url: 'https://verification.didit.me',
	request,
	timeout: 1234,
});

/** n8n, to whose requests these are the outcomes, the last one for ever. */
function n8n(...outcomes: unknown[]) {
	const calls: unknown[][] = [];
	const httpRequestWithAuthentication = async (...call: unknown[]) => {
		calls.push(call);
		const outcome = outcomes[Math.min(calls.length, outcomes.length) - 1];
		if (outcome === FINE) return await Promise.resolve(outcome);
		throw outcome as Error;
	};
	return {
		calls,
		context: { helpers: { httpRequestWithAuthentication } } as unknown as DiditContext,
	};
}

const OPTIONS = {
	method: 'GET',
	url: 'https://verification.didit.me/v3/sessions/',
	qs: { limit: 1 },
	body: undefined,
	headers: {},
	json: true,
	encoding: undefined,
	timeout: 1234,
	returnFullResponse: true,
	ignoreHttpStatusErrors: true,
	disableFollowRedirect: true,
};

it('has n8n sign the request with the credential, follow nothing and exchange nothing again', async () => {
	const { calls, context } = n8n(FINE);
	expect(await attempt(context, sending(GET))).toBe(FINE);
	expect(calls).toEqual([
		[
			'diditApi',
			OPTIONS,
			{
				credentialsDecrypted: {
					id: '7',
					name: 'Didit account',
					type: 'diditApi',
					data: CREDENTIAL,
				},
				preAuthenticationRetryStatusCode: [],
			},
		],
	]);
	await attempt(context, sending(GET, null));
	expect(calls[1][2]).toMatchObject({ credentialsDecrypted: { id: '' } });
});

it.each<[string, Partial<DiditRequest>, object]>([
	[
		'an empty body as text',
		{ body: {} },
		{ body: '{}', headers: { 'Content-Type': 'application/json' } },
	],
	[
		'headers of its own',
		{ body: { a: 1 }, headers: { 'x-retain': '1' } },
		{ body: { a: 1 }, headers: { 'x-retain': '1', 'Content-Type': 'application/json' } },
	],
	[
		'what is to come as bytes',
		{ encoding: 'arraybuffer' },
		{ encoding: 'arraybuffer', json: false },
	],
])('sends %s', async (_, more, options) => {
	const { calls, context } = n8n(FINE);
	await attempt(context, sending({ ...GET, ...more }));
	expect(calls[0][1]).toEqual({ ...OPTIONS, ...options });
});

it('sends files as a form, whose bytes are read only then', async () => {
	const { calls, context } = n8n(FINE);
	let reads = 0;
	async function* read() {
		reads++;
		yield await Promise.resolve(Buffer.from('abc'));
	}
	const front = { name: 'front.png', mimeType: 'image/png', size: 3, read };
	await attempt(context, sending({ ...GET, form: { front, save: 'false' } }));
	const { body, headers } = calls[0][1] as { body: FormData; headers: object };
	expect(headers).toEqual({});
	expect(body.get('save')).toBe('false');
	const file = body.get('front') as File;
	expect([file.name, file.type, file.size, reads]).toEqual(['front.png', 'image/png', 3, 0]);
	const chunks: Uint8Array[] = [];
	for await (const chunk of file.stream() as unknown as AsyncIterable<Uint8Array>)
		chunks.push(chunk);
	expect([Buffer.concat(chunks).toString(), reads]).toEqual(['abc', 1]);
});

it.each<[unknown, string]>([
	[{ cause: { response: { status: 401 } } }, 'stale'],
	[{ httpCode: '401' }, 'stale'],
	[{ cause: { code: 'ECONNREFUSED' } }, 'unreached'],
	[{ cause: { code: 'ENOTFOUND' } }, 'unreached'],
	[{ cause: { code: 'EAI_AGAIN' } }, 'unreached'],
	[{ cause: { code: 'EHOSTUNREACH' } }, 'unreached'],
	[{ cause: { code: 'ENETUNREACH' } }, 'unreached'],
	[{ httpCode: 'ECONNREFUSED' }, 'unreached'],
	[{ cause: { code: 'ECONNRESET' } }, 'unanswered'],
	[{ cause: { code: 'ETIMEDOUT' }, httpCode: 'ECONNREFUSED' }, 'unanswered'],
	[{ cause: { response: { status: 403 } }, httpCode: '403' }, 'unanswered'],
])('takes %j for %s', async (failure, meaning) => {
	expect(await attempt(n8n(failure).context, sending(GET))).toBe(meaning);
});

it.each<[unknown, string]>([
	[{ message: 'outer', cause: { message: 'No client ID' } }, 'No client ID'],
	[{ message: 'No client ID', cause: {} }, 'No client ID'],
	[{ message: 'No client ID' }, 'No client ID'],
	[{ cause: { response: {} } }, 'The request could not be sent'],
	[{}, 'The request could not be sent'],
])('of %j, which has no code, it keeps the words', async (failure, message) => {
	const error = await attempt(n8n(failure).context, sending(GET)).catch(
		(thrown: unknown) => thrown,
	);
	expect(error).toBeInstanceOf(DiditError);
	expect(error).toMatchObject({ message, advice: '', status: undefined, cause: failure });
});

describe('an exchange that fails', () => {
	const passing = { message: 'Busy', description: 'This may go away by itself' };
	const lasting = { message: 'Wrong secret' };

	/** Notes its pauses in place of making them. */
	class Noting extends RequestQueue {
		readonly slept: number[] = [];

		override sleepFor = async (pause: number) => {
			this.slept.push(pause);
			await Promise.resolve();
		};
	}

	async function exchange(
		outcomes: unknown[],
		{ isImpatient = false, queue = new Noting(1) } = {},
	) {
		const { calls, context } = n8n(...outcomes);
		const result = await attemptExchange(context, sending(GET), queue, isImpatient).catch(
			(error: unknown) => error,
		);
		return { result, asked: calls.length, slept: queue.slept };
	}

	it('in passing is tried again after one, three and nine seconds', async () => {
		expect(await exchange([passing, passing, passing, FINE])).toEqual({
			result: FINE,
			asked: 4,
			slept: [1000, 3000, 9000],
		});
		const { result, asked } = await exchange([passing]);
		expect([(result as Error).message, asked]).toEqual(['Busy', 4]);
	});

	it('for good is not tried again, nor one whose request got some response', async () => {
		expect(await exchange([lasting, FINE])).toMatchObject({ asked: 1, slept: [] });
		expect(await exchange([{ httpCode: '401' }])).toEqual({ result: 'stale', asked: 1, slept: [] });
	});

	it('is not tried again by the impatient, nor in a cancelled execution', async () => {
		expect(await exchange([passing, FINE], { isImpatient: true })).toMatchObject({
			result: { message: 'Busy' },
			asked: 1,
		});
		const queue = new Noting(1, AbortSignal.abort());
		expect(await exchange([passing, FINE], { queue })).toMatchObject({
			result: { message: 'Busy' },
			asked: 1,
		});
	});
});
