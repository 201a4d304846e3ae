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

/** Didit answers with a page, or in older versions of some lists with a bare array. */
function readPage(body: unknown): { rows: IDataObject[]; next: unknown } {
	if (Array.isArray(body)) return { rows: body as IDataObject[], next: null };
	const { results, next } = (body ?? {}) as { results?: unknown; next?: unknown };
	if (!Array.isArray(results)) throw new DiditError("Didit's answer is not a list", 'Try again in a few minutes');
	return { rows: results as IDataObject[], next };
}

function queryOf(next: unknown): IDataObject | undefined {
	if (typeof next !== 'string' || next === '') return undefined;
	return Object.fromEntries(new URLSearchParams(next.includes('?') ? next.slice(next.indexOf('?') + 1) : ''));
}

/**
 * All rows of a list, each once: rows move to the next page while new ones come in at the top.
 * @param send sends one request and throws unless Didit answers with a 2xx status
 * @param size how many rows a page has at most; Didit may send fewer
 * @throws DiditError if the list goes round in circles, rather than never ending or leaving something out
 */
export async function* rowsOf(send: Send, { path, filters = {}, id }: List, size = LARGEST_PAGE): AsyncGenerator<IDataObject> {
	const asked = new Set<string>();
	const seen = new Set<unknown>();
	let query: IDataObject | undefined = { limit: Math.min(size, LARGEST_PAGE) };
	while (query) {
		const qs: IDataObject = { ...query, ...filters };
		asked.add(JSON.stringify(Object.entries(qs).sort()));
		const { rows, next } = readPage((await send({ method: 'GET', path, qs })).body);
		const fresh = rows.filter((row) => row[id] === undefined || row[id] === null || !seen.has(row[id]));
		for (const row of fresh) seen.add(row[id]);
		yield* fresh;
		query = queryOf(next);
		if (query && (fresh.length === 0 || asked.has(JSON.stringify(Object.entries({ ...query, ...filters }).sort())))) {
			throw new DiditError("Didit's list repeats itself", "Try again in a few minutes, or turn off 'Return All'");
		}
	}
}
