// The lists of the application that the editor offers, searched by name. Those that Didit keeps can be left out.
import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { firstText } from '../json/read';
import { MOST_PAGES, listReader } from './listReader';

const words = (value: unknown) => (firstText(value) ?? '').replace(/_/g, ' ');

const shown = (row: IDataObject): INodeListSearchItems => ({
	name: `${firstText(row.name, row.uuid)} (${words(row.list_type)}, ${words(row.entry_type)})`,
	value: String(row.uuid),
});

async function search(
	context: ILoadOptionsFunctions,
	isOffered: (row: IDataObject) => boolean,
	filter = '',
	paginationToken = '0',
): Promise<INodeListSearchResult> {
	const read = await listReader(context, 'lists');
	const wanted = filter.trim().toLowerCase();
	const results: INodeListSearchItems[] = [];
	let offset: number | undefined = Number(paginationToken);
	// Didit cannot search lists by name.
	for (let page = 0; offset !== undefined && results.length === 0 && page < MOST_PAGES; page++) {
		const { rows, next } = await read('/v3/lists/', offset);
		const usable = rows.filter((row) => typeof row.uuid === 'string' && isOffered(row));
		results.push(...usable.map(shown).filter(({ name }) => name.toLowerCase().includes(wanted)));
		offset = next;
	}
	return { results, ...(offset !== undefined && { paginationToken: String(offset) }) };
}

export async function searchLists(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await search(this, () => true, filter, paginationToken);
}

export async function searchOwnLists(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const isOwn = (row: IDataObject) => row.is_system !== true && row.list_type !== 'blocklist';
	return await search(this, isOwn, filter, paginationToken);
}
