// The list of transactions that the editor offers, the newest first, by the builder's own ID, the name and the amount.
import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { firstText } from '../json/read';
import { MOST_PAGES, listReader } from './listReader';

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
	filter = '',
	paginationToken = '0',
): Promise<INodeListSearchResult> {
	const read = await listReader(this, 'transactions');
	const wanted = filter.trim().toLowerCase();
	const results: INodeListSearchItems[] = [];
	let offset: number | undefined = Number(paginationToken);
	// Didit cannot search this list.
	for (let page = 0; offset !== undefined && results.length === 0 && page < MOST_PAGES; page++) {
		const { rows, next } = await read('/v3/transactions/', offset);
		const usable = rows.filter(({ uuid }) => typeof uuid === 'string').map(shown);
		results.push(...usable.filter(({ name }) => name.toLowerCase().includes(wanted)));
		offset = next;
	}
	return { results, ...(offset !== undefined && { paginationToken: String(offset) }) };
}
