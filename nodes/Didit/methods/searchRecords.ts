// The lists of users and businesses that the editor offers, by name. Those without vendor data cannot be addressed.
import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { firstText } from '../json/read';
import { MOST_PAGES, listReader } from './listReader';

function shown(row: IDataObject): INodeListSearchItems {
	const known = firstText(row.effective_name, row.full_name, row.legal_name);
	const value = String(row.vendor_data);
	return { name: known === null ? value : `${known} (${value})`, value };
}

async function search(
	context: ILoadOptionsFunctions,
	path: string,
	what: string,
	filter = '',
	paginationToken = '0',
): Promise<INodeListSearchResult> {
	const read = await listReader(context, what);
	const wanted = filter.trim().toLowerCase();
	const results: INodeListSearchItems[] = [];
	let offset: number | undefined = Number(paginationToken);
	// Didit cannot search these lists.
	for (let page = 0; offset !== undefined && results.length === 0 && page < MOST_PAGES; page++) {
		const { rows, next } = await read(path, offset);
		const usable = rows.filter(
			({ vendor_data: vendorData }) => typeof vendorData === 'string' && vendorData.trim() !== '',
		);
		results.push(...usable.map(shown).filter(({ name }) => name.toLowerCase().includes(wanted)));
		offset = next;
	}
	return { results, ...(offset !== undefined && { paginationToken: String(offset) }) };
}

export async function searchUsers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await search(this, '/v3/users/', 'users', filter, paginationToken);
}

export async function searchBusinesses(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await search(this, '/v3/businesses/', 'businesses', filter, paginationToken);
}
