// The list of transactions that the editor offers, the newest first, by the builder's own ID, the name and the amount.
import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { firstText } from '../json/read';
import { named, searchPages } from './listReader';

function shown(row: IDataObject): INodeListSearchItems {
	const parts = [
		firstText(row.txn_id, row.uuid),
		firstText(row.subject_name, row.subject_vendor_data),
	];
	const money = `${firstText(row.amount) ?? ''} ${firstText(row.currency) ?? ''}`.trim();
	const known = [...parts, money].filter((part) => part !== null && part !== '');
	return { name: `${known.join(', ')} – ${firstText(row.status) ?? ''}`, value: String(row.uuid) };
}

export async function searchTransactions(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchPages(this, {
		what: 'transactions',
		path: '/v3/transactions/',
		filter,
		paginationToken,
		shown: (rows, wanted) =>
			named(rows.filter(({ uuid }) => typeof uuid === 'string').map(shown), wanted),
	});
}
