// The lists of the application that the editor offers, searched by name. Those that Didit keeps can be left out.
import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { firstText } from '../json/read';
import { named, searchPages } from './listReader';

const words = (value: unknown) => (firstText(value) ?? '').replace(/_/g, ' ');

const shown = (row: IDataObject): INodeListSearchItems => ({
	name: `${firstText(row.name, row.uuid)} (${words(row.list_type)}, ${words(row.entry_type)})`,
	value: String(row.uuid),
});

const search = async (
	context: ILoadOptionsFunctions,
	isOffered: (row: IDataObject) => boolean,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> =>
	await searchPages(context, {
		what: 'lists',
		path: '/v3/lists/',
		filter,
		paginationToken,
		shown(rows, wanted) {
			const usable = rows.filter((row) => typeof row.uuid === 'string' && isOffered(row));
			return named(usable.map(shown), wanted);
		},
	});

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
