// The list of workflows that the editor offers: published ones, each once, the default one first, searched by name.
import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { firstText } from '../json/read';
import { isUsableWorkflow } from '../json/workflowRow';
import { MOST_PAGES, searchPages } from './listReader';

const nameOf = ({ workflow_label: label, workflow_id: id }: IDataObject) =>
	firstText(label, id) ?? '';

const shown = (row: IDataObject): INodeListSearchItems => ({
	name: row.is_default === true ? `${nameOf(row)} (default)` : nameOf(row),
	value: String(row.workflow_id),
});

const byDefault = (a: IDataObject, b: IDataObject) =>
	Number(b.is_default === true) - Number(a.is_default === true);

export async function searchWorkflows(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchPages(this, {
		what: 'workflows',
		path: '/v3/workflows/',
		filter,
		paginationToken,
		shown(rows, wanted) {
			const found = new Map<string, INodeListSearchItems>();
			for (const row of rows.filter(isUsableWorkflow).sort(byDefault)) {
				const id = String(row.workflow_id);
				if (nameOf(row).toLowerCase().includes(wanted) && !found.has(id)) found.set(id, shown(row));
			}
			return [...found.values()];
		},
	});
}

/** All of them, for a field that takes several. */
export async function loadWorkflows(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const options: INodePropertyOptions[] = [];
	let token: string | undefined = '0';
	for (let page = 0; token !== undefined && page < MOST_PAGES; page++) {
		const read: INodeListSearchResult = await searchWorkflows.call(this, undefined, token);
		options.push(...read.results.map(({ name, value }) => ({ name, value })));
		token = read.paginationToken as string | undefined;
	}
	return [...new Map(options.map((option) => [option.value, option])).values()];
}
