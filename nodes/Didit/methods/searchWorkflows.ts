// The list of workflows that the editor offers: published ones, each once, searched by name.
import { NodeOperationError } from 'n8n-workflow';
import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import { Accounts, Flow, diditRequest } from '../transport';

const PAGE = 50;

/** Somebody waits for the list: rather an error than a long silence. */
const LIMITS = { timeout: 15_000, maxRetries: 1, maxWait: 5_000 };

interface Row {
	workflow_id?: unknown;
	workflow_label?: unknown;
	status?: unknown;
	is_archived?: unknown;
	is_default?: unknown;
}

/** Didit answers with a page, or in older versions with a bare list. */
function readPage(body: unknown): { rows: Row[]; hasMore: boolean } {
	if (Array.isArray(body)) return { rows: body as Row[], hasMore: false };
	const { results, next } = (body ?? {}) as { results?: unknown; next?: unknown };
	return { rows: Array.isArray(results) ? (results as Row[]) : [], hasMore: typeof next === 'string' };
}

export async function searchWorkflows(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const account = await new Accounts(this).of(0);
	if (account.authentication !== 'apiKey') {
		throw new NodeOperationError(this.getNode(), 'Workflows need an API key, and this credential holds a client ID and secret', {
			description: 'Choose a Didit credential with an API key',
		});
	}
	const wanted = (filter ?? '').trim().toLowerCase();
	const found = new Map<string, INodeListSearchItems>();
	let offset = Number(paginationToken ?? 0);
	let more = true;
	// Didit cannot search workflows by name: pages are read until one holds something to show.
	while (more && found.size === 0) {
		const { body } = await diditRequest(
			account,
			new Flow(1),
			{ method: 'GET', path: '/v3/workflows/', qs: { limit: PAGE, offset } },
			LIMITS,
		);
		const { rows, hasMore } = readPage(body);
		for (const row of rows) {
			const name = String(row.workflow_label ?? row.workflow_id);
			const usable = row.status === 'published' && row.is_archived !== true && typeof row.workflow_id === 'string';
			if (!usable || !name.toLowerCase().includes(wanted) || found.has(String(row.workflow_id))) continue;
			found.set(String(row.workflow_id), { name: row.is_default === true ? `${name} (default)` : name, value: String(row.workflow_id) });
		}
		offset += PAGE;
		more = hasMore && rows.length > 0;
	}
	return { results: [...found.values()], ...(more && { paginationToken: String(offset) }) };
}
