// The list of sessions that the editor offers: people first, then businesses, each the newest first.
import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { firstText } from '../json/read';
import { MOST_PAGES, listReader } from './listReader';

const ENOUGH = 20;

function shown(row: IDataObject): INodeListSearchItems {
	const who = firstText(row.full_name, row.company_name, row.vendor_data) ?? 'Session';
	const number = typeof row.session_number === 'number' ? ` (#${row.session_number})` : '';
	return {
		name: `${who} – ${firstText(row.status) ?? 'unknown status'}${number}`,
		value: String(row.session_id),
	};
}

/** The token names the list and the place in it, because Didit's list of both kinds loses companies. */
export async function searchSessions(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const read = await listReader(this, 'sessions');
	const search = (filter ?? '').trim();
	const results: INodeListSearchItems[] = [];
	let token: string | undefined = paginationToken ?? 'user:0';
	for (let page = 0; token && results.length < ENOUGH && page < MOST_PAGES; page++) {
		const [kind, offset]: string[] = token.split(':');
		const { rows, next } = await read('/v3/sessions/', Number(offset), {
			session_kind: kind,
			...(search && { search }),
		});
		results.push(...rows.filter((row) => typeof row.session_id === 'string').map(shown));
		if (next !== undefined) token = `${kind}:${next}`;
		else token = kind === 'user' ? 'business:0' : undefined;
	}
	return { results, ...(token && { paginationToken: token }) };
}
