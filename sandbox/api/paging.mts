/** Didit's list envelope: a page of the rows with links to its neighbours. */
import { type State } from '../model/state.mts';

export interface Page {
	count: number;
	next: string | null;
	previous: string | null;
	results: unknown[];
}

const DEFAULT_LIMIT = 50;
/** Didit stops counting some rows here, so a client that pages by count loses those beyond. */
const COUNT_LIMIT = 100;

/** Limit and offset of a query that the contract has accepted. */
function window(query: Record<string, string>): { limit: number; offset: number } {
	return { limit: Number(query.limit ?? DEFAULT_LIMIT), offset: Number(query.offset ?? 0) };
}

/** The links keep every other parameter of the query. `path` is the list's own address. */
function links(
	state: State,
	path: string,
	query: Record<string, string>,
	total: number,
): Pick<Page, 'next' | 'previous'> {
	const { limit, offset } = window(query);
	const link = (to: number) => {
		const parameters = new URLSearchParams({ ...query, limit: String(limit) });
		if (to > 0) parameters.set('offset', String(to));
		else parameters.delete('offset');
		return `${state.publicUrl}${path}?${parameters.toString()}`;
	};
	return {
		next: offset + limit < total ? link(offset + limit) : null,
		previous: offset > 0 ? link(Math.max(0, offset - limit)) : null,
	};
}

/** @param show makes an answer of a row; it is called for the rows of this page alone. */
export function page<Row>(
	state: State,
	path: string,
	query: Record<string, string>,
	rows: Row[],
	show: (row: Row) => unknown = (row) => row,
): Page {
	const { limit, offset } = window(query);
	return {
		count: rows.length,
		...links(state, path, query, rows.length),
		results: rows.slice(offset, offset + limit).map((row) => show(row)),
	};
}

/** The page of a list whose rows Didit counts up to a limit. Its links still lead to all of them. */
export const capped = (found: Page): Page => ({
	...found,
	count: Math.min(found.count, COUNT_LIMIT),
});
