/** Whatever Didit answers, the error is a DiditError with a readable message of bounded length, and without a secret. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { IDataObject, INode } from 'n8n-workflow';
import { DiditClient } from '../../../nodes/Didit/transport/client.ts';
import { DiditError } from '../../../nodes/Didit/transport/errors.ts';
import { toNodeError } from '../../../nodes/Didit/transport/nodeError.ts';
import { diditRequest } from '../../../nodes/Didit/transport/request.ts';
import { RequestQueue } from '../../../nodes/Didit/transport/requestQueue.ts';
import { refused, wordsOf } from '../../../nodes/Didit/transport/errors.ts';
import type { DiditContext, DiditRequest } from '../../../nodes/Didit/transport/types.ts';
import { anyJson, frozen, jsonText } from '../../support/arbitraries.mts';
import { many } from '../../support/many.mts';

const SECRETS = {
	clientSecret: 'QZ-SECRET-7391-QZ',
	apiKey: 'QZ-KEY-4826-QZ',
	webhookSecret: 'QZ-HOOK-5173-QZ',
	accessToken: 'QZ-SECRET-7391-QZ-TOKEN',
};
const KEYS = [
	'detail',
	'message',
	'error',
	'error_description',
	'non_field_errors',
	'workflow_id',
	'contact_details',
	'something_new',
];
const NODE = {
	id: '1',
	name: 'Didit',
	type: 'n8n-nodes-didit.didit',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
} as INode;
const LIMITS = { timeout: 1, maxRetries: 0, maxWait: 0 };

/** An account whose Didit always gives this answer. */
function account(authentication: string, answer: object): DiditClient {
	const credential = { authentication, ...SECRETS, environment: 'production' };
	const context = {
		getNode: () => NODE,
		getCredentials: async () => await Promise.resolve(credential),
		helpers: { httpRequestWithAuthentication: async () => await Promise.resolve(answer) },
	};
	return new DiditClient(context as unknown as DiditContext, 0, credential);
}

async function errorOf(
	authentication: string,
	answer: object,
	request: DiditRequest,
): Promise<unknown> {
	return await diditRequest(
		account(authentication, answer),
		new RequestQueue(1),
		request,
		LIMITS,
	).catch((error: unknown) => error);
}

/** Every piece of a secret that tells something. */
const PIECES = Object.values(SECRETS).flatMap((secret) =>
	Array.from({ length: secret.length - 6 }, (_, start) => secret.slice(start, start + 7)),
);

function expectReadable(error: unknown): void {
	assert(error instanceof DiditError);
	const { message, advice } = error;
	assert.notEqual(message.trim(), '');
	assert(message.length <= 401);
	assert.doesNotMatch(message, /\[native code\]|\[object /);
	assert(advice.length <= 300);
	const shown = toNodeError(NODE, error, 3);
	assert.deepEqual(
		[shown.message, shown.description, shown.context.itemIndex],
		[message, advice, 3],
	);
	const stored = `${JSON.stringify(shown)}${String(shown.stack)}`;
	assert.deepEqual(
		PIECES.filter((piece) => stored.includes(piece)),
		[],
	);
}

const leafWithSecret = fc
	.tuple(
		fc.string({ maxLength: 450 }),
		fc.constantFrom('', '', ...Object.values(SECRETS)),
		fc.string({ maxLength: 30 }),
	)
	.map((parts) => JSON.stringify(parts.join('')));
const text = jsonText(KEYS, leafWithSecret);
const body = fc.oneof(
	anyJson(KEYS),
	text.map((json) => JSON.parse(json) as unknown),
	text.map((json) => Buffer.from(json)),
	fc
		.tuple(jsonText(KEYS), fc.nat())
		.map(([json, length]) => json.slice(0, length % (json.length + 1))),
	fc
		.tuple(jsonText(KEYS), fc.nat())
		.map(([json, length]) => Buffer.from(json).subarray(0, length % (json.length + 1))),
	fc
		.constantFrom('<html>', ' \n<!doctype html><p>', '\ufeff<html>')
		.map((page) => `${page}${SECRETS.apiKey}</p>`),
	fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
	fc.constant(undefined),
);
// Among them the secret that stands where the message is cut.
const cut = fc
	.tuple(fc.integer({ min: 380, max: 400 }), fc.constantFrom(...Object.values(SECRETS)))
	.map(([length, secret]) => ({ detail: `${'a'.repeat(length)}${secret}` }));
const status = fc.oneof(
	fc.constantFrom(300, 302, 400, 401, 403, 404, 409, 410, 422, 429, 500, 502, 503, 504),
	fc.integer({ min: 300, max: 999 }),
);
const headers = fc.dictionary(
	fc.constantFrom('retry-after', 'content-type', '__proto__', 'x'),
	fc.string(),
);
const request: fc.Arbitrary<DiditRequest> = fc.record({
	method: fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE'),
	path: fc.constantFrom(
		'/v1/session/',
		'/v3/session/',
		'/v3/session/x/generate-pdf/',
		'/v3/session/import-shared/',
		'/v3/users/x/',
	),
});

it('any answer that is no success becomes one readable error without a secret [T46]', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom('apiKey', 'clientCredentials'),
			status,
			headers,
			fc.oneof(body, cut),
			request,
			async (authentication, statusCode, sentHeaders, sentBody, sent) => {
				expectReadable(
					await errorOf(
						authentication,
						{ statusCode, headers: sentHeaders, body: frozen(sentBody) },
						sent,
					),
				);
			},
		),
		{ numRuns: many(1000) },
	);
});

it.each<[string, () => unknown]>([
	['a text', () => 'x'.repeat(10_000_000)],
	['a detail', () => ({ detail: `${SECRETS.apiKey} `.repeat(600_000) })],
	['bytes of JSON', () => Buffer.from(JSON.stringify({ detail: 'x'.repeat(10_000_000) }))],
	['broken bytes', () => Buffer.alloc(10_000_000, 0xff)],
	['spaces', () => ' '.repeat(10_000_000)],
	['a list', () => Array.from({ length: 1_000_000 }, (_, index) => `line ${index}`)],
	['a list of nothing', () => Array.from({ length: 1_000_000 }, () => [])],
	['a field name', () => ({ ['x'.repeat(10_000_000)]: ['No.'] })],
	['a page', () => Buffer.from(`<html>${'x'.repeat(10_000_000)}`)],
	['levels of lists', () => Buffer.from(`${'['.repeat(5_000_000)}${']'.repeat(5_000_000)}`)],
])('ten megabytes are one readable error: %s [T71]', async (_, make) => {
	expectReadable(
		await errorOf(
			'apiKey',
			{ statusCode: 400, headers: {}, body: make() },
			{ method: 'POST', path: '/v3/session/' },
		),
	);
});

it('reads each value at most twice, however its keys are nested [T70]', () => {
	fc.assert(
		fc.property(
			fc.array(fc.constantFrom(...KEYS), { minLength: 1, maxLength: 18 }),
			fc.constantFrom('', 'No.', null),
			(keys, inside) => {
				let reads = 0;
				const nested = keys.reduceRight<unknown>(
					(value, key) =>
						Object.defineProperty({}, key, { enumerable: true, get: () => (reads++, value) }),
					inside,
				);
				const words = wordsOf(nested);
				expect(words.endsWith('No.')).toBe(inside === 'No.');
				expect(reads).toBeLessThanOrEqual(2 * keys.length);
			},
		),
		{ numRuns: many(300) },
	);
});

it('follows no more levels than people read', () => {
	fc.assert(
		fc.property(fc.constantFrom(...KEYS), fc.integer({ min: 40, max: 5000 }), (key, levels) => {
			const nested = JSON.parse(
				`{"${key}":`.repeat(levels) + '"No."' + '}'.repeat(levels),
			) as IDataObject;
			expect(
				refused(
					{ statusCode: 400, headers: {}, body: nested },
					{ method: 'GET', path: '/' },
					'apiKey',
				).message,
			).toBe('Didit answered with HTTP 400');
		}),
		{ numRuns: 50 },
	);
});
