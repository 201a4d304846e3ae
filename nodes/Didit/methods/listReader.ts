// One page of a list for the editor, while the user is waiting in the editor, so it fails fast.
import { NodeOperationError } from 'n8n-workflow';
import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { DiditClients } from '../transport/client';
import { toNodeError } from '../transport/nodeError';
import { queryOf, readPage } from '../transport/pages';
import { PATIENCE, requestBody } from '../transport/patience';

const PAGE = 50;

/** Some lists are read until a page holds something to show, but not without end. */
export const MOST_PAGES = 20;

/** Reads a page from an offset on. `next` is the offset of the following page, if there is one. */
type ReadPage = (
	path: string,
	offset: number,
	filters?: IDataObject,
) => Promise<{ rows: IDataObject[]; next?: number }>;

/** Didit says where the following page begins: pages can be shorter than what was asked for. */
function followingPage(next: unknown, offset: number, rows: number): { next?: number } {
	const query = queryOf(next);
	if (!query || rows === 0) return {};
	const stated = Number(query.offset);
	return { next: Number.isInteger(stated) && stated > offset ? stated : offset + rows };
}

/**
 * @param what what the list holds, for the sentence that says that it needs an API key
 * @throws NodeOperationError if the credential holds no API key
 */
export async function listReader(context: ILoadOptionsFunctions, what: string): Promise<ReadPage> {
	const client = await new DiditClients(context).of(0);
	if (client.version !== 'v3') {
		throw new NodeOperationError(
			context.getNode(),
			`The list of ${what} requires an API key, but this credential uses a client ID and secret`,
			{
				description: 'Enter the ID instead, or choose a Didit credential with an API key',
			},
		);
	}
	return async (path, offset, filters = {}) => {
		try {
			const qs = { limit: PAGE, offset, ...filters };
			const body = await requestBody(client, { method: 'GET', path, qs }, PATIENCE.editor);
			const { rows, next } = readPage(body);
			return { rows, ...followingPage(next, offset, rows.length) };
		} catch (error) {
			throw toNodeError(context.getNode(), error);
		}
	};
}

interface Search {
	/** What the list holds, for the sentence that says that it needs an API key. */
	what: string;
	path: string;
	/** What the builder typed, and where the editor goes on. */
	filter?: string;
	paginationToken?: string;
	/** What is shown of a page. `wanted` is in lower case. */
	shown: (rows: IDataObject[], wanted: string) => INodeListSearchItems[];
}

/** The next page that holds something to show, for a list that Didit cannot search. */
export async function searchPages(
	context: ILoadOptionsFunctions,
	{ what, path, filter = '', paginationToken = '0', shown }: Search,
): Promise<INodeListSearchResult> {
	const read = await listReader(context, what);
	const wanted = filter.trim().toLowerCase();
	let results: INodeListSearchItems[] = [];
	let offset: number | undefined = Number(paginationToken);
	for (let page = 0; offset !== undefined && results.length === 0 && page < MOST_PAGES; page++) {
		const { rows, next }: Awaited<ReturnType<ReadPage>> = await read(path, offset);
		results = shown(rows, wanted);
		offset = next;
	}
	return { results, ...(offset !== undefined && { paginationToken: String(offset) }) };
}

/** Those whose name holds what the builder typed. */
export const named = (items: INodeListSearchItems[], wanted: string): INodeListSearchItems[] =>
	items.filter(({ name }) => name.toLowerCase().includes(wanted));
