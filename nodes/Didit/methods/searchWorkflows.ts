// The list of workflows that the editor offers: published ones, each once, searched by name.
import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { firstText } from '../json/read';
import { MOST_PAGES, listReader } from './listReader';

const nameOf = ({ workflow_label: label, workflow_id: id }: IDataObject) =>
	firstText(label, id) ?? '';

const isUsable = (row: IDataObject) =>
	row.status === 'published' && row.is_archived !== true && typeof row.workflow_id === 'string';

export async function searchWorkflows(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const readPage = await listReader(this, 'workflows');
	const wanted = (filter ?? '').trim().toLowerCase();
	const found = new Map<string, INodeListSearchItems>();
	let next: number | undefined = Number(paginationToken ?? 0);
	// Didit cannot search workflows by name.
	for (let page = 0; next !== undefined && found.size === 0 && page < MOST_PAGES; page++) {
		const read: Awaited<ReturnType<typeof readPage>> = await readPage('/v3/workflows/', next);
		for (const row of read.rows.filter(isUsable)) {
			const value = String(row.workflow_id);
			const name = nameOf(row);
			if (!name.toLowerCase().includes(wanted) || found.has(value)) continue;
			found.set(value, { name: row.is_default === true ? `${name} (default)` : name, value });
		}
		next = read.next;
	}
	return {
		results: [...found.values()],
		...(next !== undefined && { paginationToken: String(next) }),
	};
}
