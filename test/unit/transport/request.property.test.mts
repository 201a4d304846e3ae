/** Whatever Retry-After says, a wait is a length of time that the builder allowed, and never a busy loop. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sleep } from 'n8n-workflow';
import { DiditError } from '../../../nodes/Didit/transport/errors.ts';
import { diditRequest } from '../../../nodes/Didit/transport/request.ts';
import { RequestQueue } from '../../../nodes/Didit/transport/requestQueue.ts';
import { many } from '../../support/many.mts';

jest.mock('n8n-workflow', () => {
	const real = jest.requireActual<typeof import('n8n-workflow')>('n8n-workflow');
	return { ...real, sleep: jest.fn(real.sleep) };
});

/** Notes pauses in place of making them. */
class Noting extends RequestQueue {
	readonly pauses: number[] = [];

	override rateLimited(sentAt: number, pause: number): void {
		this.pauses.push(pause);
		super.rateLimited(sentAt, pause);
	}

	override waitWhilePaused = async () => await Promise.resolve();
}

const moment = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2200-01-01') });
const retryAfter = fc.oneof(
	fc.integer().map(String),
	fc.double().map(String),
	moment.map((date) => date.toUTCString()),
	moment.map((date) => date.toISOString()),
	fc.constantFrom(
		'',
		' ',
		'0',
		'-1',
		'1e400',
		'-1e400',
		'NaN',
		'Infinity',
		'-Infinity',
		'0x10',
		'1,5',
		'5, 10',
		'999999999999999999999',
		'Thu, 99 Foo 2026',
		'+1',
		'1_000',
		'٣',
		'\u0000',
		undefined,
	),
	fc.string(),
	// What no server should send, but a proxy in between can.
	fc.constantFrom<unknown>(5, null, ['5'], ['5', '10'], [], {}, true),
);

it('each pause is at least a second, and together they keep to Max Wait [T75]', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(retryAfter, { maxLength: 12 }),
			fc.constantFrom(0, 1000, 5000, 120_000, 1e15),
			fc.constantFrom('GET', 'POST'),
			async (answers, maxWait, method) => {
				let asked = 0;
				const send = async () => {
					const header = answers[asked++] as string | undefined;
					return await Promise.resolve({
						statusCode: asked > answers.length ? 200 : 429,
						headers: { 'retry-after': header },
						body: {},
					});
				};
				const flow = new Noting(1);
				const sender = {
					url: 'https://verification.didit.me',
					authentication: 'apiKey' as const,
					redact: (text: string) => text,
					send,
				};
				const result = await diditRequest(
					sender,
					flow,
					{ method: method as 'GET', path: '/v3/sessions/' },
					{ timeout: 1, maxRetries: 0, maxWait },
				).catch((error: unknown) => error);
				for (const pause of flow.pauses) assert(pause >= 1000, String(pause));
				assert(flow.pauses.reduce((sum, pause) => sum + pause, 0) <= maxWait);
				assert(flow.pauses.every(Number.isFinite));
				if (result instanceof Error) {
					assert(result instanceof DiditError);
					assert.equal(result.status, 429);
				} else {
					assert.equal(asked, answers.length + 1);
				}
			},
		),
		{ numRuns: many(1500) },
	);
});

it('no length of a pause becomes a timer that ends at once', async () => {
	// n8n's sleep hands its first argument to setTimeout, which ends at once for 2 ** 31 and more.
	const timers = jest.mocked(sleep);
	await fc.assert(
		fc.asyncProperty(
			fc.oneof(
				fc.integer({ min: 1000 }),
				fc.maxSafeNat().map((pause) => pause + 1000),
				fc.constant(Infinity),
			),
			async (pause) => {
				timers.mockClear();
				const cancel = new AbortController();
				const rest = new RequestQueue(1, cancel.signal).sleepFor(pause);
				const [delay] = timers.mock.calls.map(([milliseconds]) => milliseconds);
				cancel.abort();
				await rest;
				expect(delay).toBeGreaterThanOrEqual(1000);
				expect(delay).toBeLessThan(2 ** 31);
			},
		),
		{ numRuns: many(200) },
	);
});
