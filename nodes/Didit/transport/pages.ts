// Didit's lists, row by row. Pages are followed by `next`, of which only the query is used, so that no request goes to an
// address that an answer names. `count` is never trusted: Didit stops counting at 100 in some lists.
import type { IDataObject } from 'n8n-workflow';
import { DiditError } from './errors';
import type { Answer, DiditRequest } from './types';

export interface List {
	path: string;
	/** What to filter by. It goes with every page, whatever `next` says. */
	filters?: IDataObject;
	/** The field that tells the rows apart. */
	id: string;
}

type Send = (request: DiditRequest) => Promise<Answer>;

export const LARGEST_PAGE = 100;

const isRow = (row: unknown) => typeof row === 'object' && row !== null && !Array.isArray(row);

/** Didit answers with a page, or in older versions of some lists with a bare array. */
export function readPage(body: unknown): { rows: IDataObject[]; next: unknown } {
	const { results, next } = (
		Array.isArray(body) ? { results: body as unknown[] } : (body ?? {})
	) as { results?: unknown; next?: unknown };
	if (Array.isArray(results) && results.every(isRow))
		return { rows: results as IDataObject[], next };
	throw new DiditError("Didit's answer is not a list", 'Try again in a few minutes');
}

/** What tells a row apart: its ID, or all of it where there is none. */
function markOf(row: IDataObject, id: string): { mark: unknown; hasId: boolean } {
	if (typeof row[id] === 'string' || typeof row[id] === 'number')
		return { mark: row[id], hasId: true };
	try {
		return { mark: JSON.stringify(row), hasId: false };
	} catch {
		// Nested deeper than JavaScript can print.
		return { mark: '', hasId: false };
	}
}

/** The query of the following page; undefined after the last one. */
export function queryOf(next: unknown): IDataObject | undefined {
	if (typeof next !== 'string' || next === '') return undefined;
	return Object.fromEntries(
		new URLSearchParams(next.includes('?') ? next.slice(next.indexOf('?') + 1) : ''),
	);
}

/**
 * All rows of a list, each once: rows move to the next page while new ones come in at the top.
 * @param send sends one request and throws unless Didit answers with a 2xx status
 * @param size how many rows a page has at most; Didit may send fewer
 * @throws DiditError if the list goes round in circles, rather than never ending or leaving something out
 */
export async function* rowsOf(
	send: Send,
	{ path, filters = {}, id }: List,
	size = LARGEST_PAGE,
): AsyncGenerator<IDataObject> {
	const asked = new Set<string>();
	const seen = new Set<unknown>();
	let query: IDataObject | undefined = { limit: Math.min(size, LARGEST_PAGE) };
	while (query) {
		const qs: IDataObject = { ...query, ...filters };
		asked.add(JSON.stringify(Object.entries(qs).sort()));
		const { rows, next } = readPage((await send({ method: 'GET', path, qs })).body);
		let hasNews = false;
		for (const row of rows) {
			const { mark, hasId } = markOf(row, id);
			const isNew = !seen.has(mark);
			seen.add(mark);
			hasNews = hasNews || isNew;
			if (isNew || !hasId) yield row;
		}
		query = queryOf(next);
		if (
			query &&
			(!hasNews || asked.has(JSON.stringify(Object.entries({ ...query, ...filters }).sort())))
		) {
			throw new DiditError(
				"Didit's list repeats itself",
				"Try again in a few minutes, or turn off 'Return All'",
			);
		}
	}
}
