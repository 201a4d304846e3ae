/** Lists of Didit, whatever its pages hold: rows once each, no page twice, an end, and no request but to the list's own address. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { searchBusinesses, searchUsers } from '../../../nodes/Didit/methods/searchRecords.ts';
import { searchSessions } from '../../../nodes/Didit/methods/searchSessions.ts';
import { searchWorkflows } from '../../../nodes/Didit/methods/searchWorkflows.ts';
import { toItems } from '../../../nodes/Didit/actions/common/getMany.ts';
import type { ItemCall } from '../../../nodes/Didit/actions/common/itemCall.ts';
import { DiditError } from '../../../nodes/Didit/transport/errors.ts';
import { type DiditRequest } from '../../../nodes/Didit/transport/types.ts';
import { LARGEST_PAGE, rowsOf } from '../../../nodes/Didit/transport/pages.ts';
import { anyJson, frozen } from '../../support/arbitraries.mts';
import { many } from '../../support/many.mts';

const KEYS = [
	'results',
	'next',
	'count',
	'session_id',
	'vendor_data',
	'workflow_id',
	'status',
	'uuid',
];
const PATH = '/v3/sessions/';
const FILTERS = { session_kind: 'user', vendor_data: 'user-42' };
/** Nothing that ends makes so many requests in these tests. */
const ENDLESS = 200;

const query = fc.dictionary(
	fc.constantFrom('offset', 'limit', 'cursor', 'vendor_data', 'session_kind', '__proto__', 'x'),
	fc.oneof(fc.nat({ max: 5 }).map(String), fc.string({ maxLength: 5 })),
	{ maxKeys: 4 },
);
const link = fc
	.tuple(
		fc.constantFrom(
			'https://verification.didit.me/v3/sessions/',
			'https://example.com/steal',
			'http://169.254.169.254/',
			'//example.com/',
			'/v3/users/',
			'',
			'javascript:alert(1)',
			'https://user:pw@example.com/',
		),
		query,
	)
	.map(([address, qs]) => `${address}?${new URLSearchParams(qs).toString()}`);
const next = fc.oneof(
	{ weight: 8, arbitrary: link as fc.Arbitrary<unknown> },
	{ weight: 1, arbitrary: fc.constantFrom<unknown>('', null, undefined, '?', 'https://', 7, {}) },
	{ weight: 1, arbitrary: anyJson(KEYS) },
);
const row = fc.oneof(
	{
		weight: 20,
		arbitrary: fc.record({
			session_id: fc.oneof(
				{ weight: 9, arbitrary: fc.nat({ max: 30 }).map(String) as fc.Arbitrary<unknown> },
				{ weight: 1, arbitrary: fc.constantFrom<unknown>(null, undefined, 7) },
			),
		}) as fc.Arbitrary<unknown>,
	},
	{ weight: 1, arbitrary: anyJson(KEYS) },
);
const page = fc.oneof(
	{
		weight: 30,
		arbitrary: fc.record({
			results: fc.array(row, { maxLength: 6 }),
			next,
			count: fc.nat(),
		}) as fc.Arbitrary<unknown>,
	},
	{ weight: 1, arbitrary: anyJson(KEYS) },
	{ weight: 1, arbitrary: fc.array(row, { maxLength: 6 }) },
	{ weight: 1, arbitrary: fc.constant(undefined) },
);
const pages = fc.array(page, { minLength: 1, maxLength: 8 });

/** A Didit that gives these pages, and the first one again when it has given all. */
function didit(answers: unknown[]) {
	const sent: DiditRequest[] = [];
	return {
		sent,
		send: async (request: DiditRequest) => {
			sent.push(request);
			if (sent.length > ENDLESS) throw new Error('This would never end');
			return await Promise.resolve({
				statusCode: 200,
				headers: {},
				body: frozen(answers[(sent.length - 1) % answers.length]),
			});
		},
	};
}

async function read(rows: AsyncGenerator<IDataObject>, limit: number) {
	const call = { isOn: () => limit === Infinity, read: () => limit } as unknown as ItemCall;
	const found: IDataObject[] = [];
	const error = await toItems(call, rows, (json) => (found.push(json), json)).then(
		() => undefined,
		(caught: unknown) => caught,
	);
	return { found, error };
}

const limit = fc.oneof(fc.constant(Infinity), fc.integer({ min: 1, max: 20 }));

it('every list ends, keeps the limit, and gives no row and asks for no page twice [T72]', async () => {
	await fc.assert(
		fc.asyncProperty(pages, limit, async (answers, most) => {
			const { sent, send } = didit(answers);
			const { found, error } = await read(
				rowsOf(send, { path: PATH, filters: FILTERS, id: 'session_id' }, most),
				most,
			);
			assert(error === undefined || error instanceof DiditError);
			assert(found.length <= most);
			const ids = found
				.map(({ session_id: id }) => id)
				.filter((id) => typeof id === 'string' || typeof id === 'number');
			assert.equal(new Set(ids).size, ids.length);
			const asked = sent.map(({ qs }) => JSON.stringify(Object.entries(qs ?? {}).sort()));
			assert.equal(new Set(asked).size, asked.length);
			assert.equal(sent[0].qs?.limit, Math.min(most, LARGEST_PAGE));
		}),
		{ numRuns: many(1500) },
	);
});

it('no link to a next page changes the address or the filters [T36]', async () => {
	await fc.assert(
		fc.asyncProperty(pages, async (answers) => {
			const { sent, send } = didit(answers);
			await read(rowsOf(send, { path: PATH, filters: FILTERS, id: 'session_id' }), Infinity);
			for (const request of sent) {
				const { method, path, qs, ...more } = request;
				assert.deepEqual([method, path, more], ['GET', PATH, {}]);
				assert.deepEqual({ ...qs, ...FILTERS }, qs);
				for (const value of Object.values(qs ?? {}))
					assert(['string', 'number'].includes(typeof value));
			}
		}),
		{ numRuns: many(500) },
	);
});

it('a list that brings new links for ever ends when its rows repeat, with or without IDs [T73]', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(row, { maxLength: 4 }), async (rows) => {
			let offset = 0;
			const send = async () => {
				if (++offset > ENDLESS) throw new Error('This would never end');
				return await Promise.resolve({
					statusCode: 200,
					headers: {},
					body: { results: rows, next: `?offset=${offset}` },
				});
			};
			const { error } = await read(rowsOf(send, { path: PATH, id: 'session_id' }), Infinity);
			expect(error).toBeInstanceOf(DiditError);
			expect((error as DiditError).message).toMatch(
				/^Didit's (list repeats itself|answer is not a list)$/,
			);
		}),
		{ numRuns: many(300) },
	);
});

const searches = { searchSessions, searchUsers, searchBusinesses, searchWorkflows };

it('the lists of the editor end too, whatever comes', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom(...(Object.keys(searches) as Array<keyof typeof searches>)),
			pages,
			fc.string({ maxLength: 2 }),
			fc.boolean(),
			async (name, answers, filter, endless) => {
				const { sent, send } = didit(
					endless ? [{ results: [{}], next: 'https://example.com/?offset=1' }] : answers,
				);
				const context = {
					getNode: () => ({ name: 'Didit', type: 'n8n-nodes-didit.didit', typeVersion: 1 }),
					getCredentials: async () =>
						await Promise.resolve({
							authentication: 'apiKey',
							apiKey: 'key-number-one',
							environment: 'production',
						}),
					helpers: {
						httpRequestWithAuthentication: async (
							_: string,
							options: { url: string; qs: IDataObject },
						) => await send({ method: 'GET', path: options.url, qs: options.qs }),
					},
				} as unknown as ILoadOptionsFunctions;
				const list = await searches[name].call(context, filter).catch((error: unknown) => error);
				if (list instanceof Error) assert.equal(list.message, "Didit's answer is not a list");
				for (const { name: shown, value } of (list as Partial<INodeListSearchResult>).results ?? [])
					assert.deepEqual([typeof shown, typeof value], ['string', 'string']);
				for (const { path } of sent)
					assert.match(
						path,
						/^https:\/\/verification\.didit\.me\/v3\/(sessions|users|businesses|workflows)\/$/,
					);
				assert(sent.length <= 50);
			},
		),
		{ numRuns: many(400) },
	);
});
