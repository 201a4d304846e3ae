// The lists of users and businesses that the editor offers, by name. Those without vendor data cannot be addressed.
import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { firstText } from '../json/read';
import { named, searchPages } from './listReader';

function shown(row: IDataObject): INodeListSearchItems {
	const known = firstText(row.effective_name, row.full_name, row.legal_name);
	const value = String(row.vendor_data);
	return { name: known === null ? value : `${known} (${value})`, value };
}

const isAddressable = ({ vendor_data: vendorData }: IDataObject) =>
	typeof vendorData === 'string' && vendorData.trim() !== '';

const search = async (
	context: ILoadOptionsFunctions,
	path: string,
	what: string,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> =>
	await searchPages(context, {
		what,
		path,
		filter,
		paginationToken,
		shown: (rows, wanted) => named(rows.filter(isAddressable).map(shown), wanted),
	});

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
