// A list page by page: what is asked for, what counts as a row, and when a list is refused.
import { LARGEST_PAGE, queryOf, readPage, rowsOf } from '../../../nodes/Didit/transport/pages.ts';
import type { DiditRequest } from '../../../nodes/Didit/transport/types.ts';

/** Reads a list to its end, or to its error. */
async function all(pages: unknown[], list: object = {}, size?: number) {
	const sent: DiditRequest[] = [];
	const send = async (request: DiditRequest) => {
		sent.push(request);
		return await Promise.resolve({ statusCode: 200, headers: {}, body: pages[sent.length - 1] });
	};
	const rows: unknown[] = [];
	const work = async () => {
		for await (const row of rowsOf(send, { path: '/v3/sessions/', id: 'id', ...list }, size))
			rows.push(row);
	};
	const error = await work().then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	return { rows, error, sent, queries: sent.map(({ qs }) => qs) };
}

const next = (query: string) => `https://verification.didit.me/v3/sessions/?${query}`;
const NO_LIST = { message: "Didit's answer is not a list", advice: 'Try again in a few minutes' };
const REPEATS = {
	message: "Didit's list repeats itself",
	advice: "Try again in a few minutes, or turn off 'Return All'",
};

it('asks for page after page by the query of the next one, with its filters on all', async () => {
	const { rows, queries, sent, error } = await all(
		[
			{ results: [{ id: 'a' }], next: next('limit=100&offset=1') },
			{ results: [{ id: 'b' }], next: next('offset=2&status=Declined') },
			{ results: [{ id: 'c' }], next: null },
		],
		{ filters: { status: 'Approved' } },
	);
	expect(error).toBeUndefined();
	expect(rows).toEqual([{ id: 'a' }, { id: 'b' }, { id: 'c' }]);
	expect(queries).toEqual([
		{ limit: 100, status: 'Approved' },
		{ limit: '100', offset: '1', status: 'Approved' },
		{ offset: '2', status: 'Approved' },
	]);
	expect(sent[2]).toMatchObject({ method: 'GET', path: '/v3/sessions/' });
});

it('asks for as many rows as are needed, and a hundred at most', async () => {
	const end = [{ results: [] }];
	expect((await all(end, {}, 7)).queries).toEqual([{ limit: 7 }]);
	expect((await all(end, {}, 700)).queries).toEqual([{ limit: LARGEST_PAGE }]);
	expect((await all(end)).queries).toEqual([{ limit: 100 }]);
});

it('gives each row once, and rows without an ID as often as they come', async () => {
	const { rows } = await all([
		{ results: [{ id: 'a' }, { id: 1 }, { x: 1 }], next: next('offset=3') },
		{ results: [{ id: 'a' }, { id: 1 }, { x: 1 }, { id: '1' }, { id: true }] },
	]);
	expect(rows).toEqual([{ id: 'a' }, { id: 1 }, { x: 1 }, { x: 1 }, { id: '1' }, { id: true }]);
	const without = await all([
		{ results: [{ x: 1 }], next: next('offset=1') },
		{ results: [{ x: 2 }], next: next('offset=2') },
		{ results: [] },
	]);
	expect(without).toMatchObject({ rows: [{ x: 1 }, { x: 2 }], error: undefined });
});

it('ends at a page that brings nothing new, and at one that was asked for', async () => {
	const again = { results: [{ id: 'a' }], next: next('offset=1') };
	expect(await all([again, { ...again, next: next('offset=2') }])).toMatchObject({
		rows: [{ id: 'a' }],
		error: REPEATS,
	});
	// The same query, in two orders.
	const [one, other] = ['offset=1&limit=2', 'limit=2&offset=1'];
	for (const [first, second] of [
		[one, other],
		[other, one],
	]) {
		const circle = await all([
			{ results: [{ id: 'a' }], next: next(first) },
			{ results: [{ id: 'b' }], next: next(second) },
			{ results: [{ id: 'c' }] },
		]);
		expect(circle).toMatchObject({ rows: [{ id: 'a' }, { id: 'b' }], error: REPEATS });
	}
	expect((await all([again, { results: [{ id: 'a' }] }])).error).toBeUndefined();
	const without = { results: [{ x: 1 }], next: next('offset=1') };
	expect(await all([without, { ...without, next: next('offset=2') }])).toMatchObject({
		error: REPEATS,
	});
});

it('takes a row that is nested deeper than can be compared', async () => {
	const deep: unknown = JSON.parse('['.repeat(20_000) + ']'.repeat(20_000));
	const { rows, error } = await all([{ results: [{ deep }, { deep }] }]);
	expect([rows.length, error]).toEqual([2, undefined]);
});

it.each([undefined, null, 'text', 7, {}, { results: null }, { results: {} }, [1]])(
	'refuses %j, which is no list',
	(body) => expect(() => readPage(body)).toThrow(expect.objectContaining(NO_LIST) as Error),
);

it.each([[['a']], [[null]], [['a', {}]], [[[]]]])('refuses the rows %j', (results) =>
	expect(() => readPage({ results })).toThrow(expect.objectContaining(NO_LIST) as Error),
);

it('takes a bare array for a list of one page', () => {
	expect(readPage([{ id: 'a' }])).toEqual({ rows: [{ id: 'a' }], next: undefined });
	expect(readPage({ results: [], next: 'x' })).toEqual({ rows: [], next: 'x' });
});

it.each<[unknown, object | undefined]>([
	[next('offset=1&a=b%20c'), { offset: '1', a: 'b c' }],
	['?a=1?b', { a: '1?b' }],
	['https://verification.didit.me/v3/sessions/', {}],
	['', undefined],
	[null, undefined],
	[7, undefined],
])('reads the query of the next page %j as %j', (link, query) =>
	expect(queryOf(link)).toEqual(query),
);
