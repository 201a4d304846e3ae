// Workflow: Get. Didit reads versions only, so the version that new sessions use is looked up first.
import type { IDataObject } from 'n8n-workflow';
import { DiditError } from '../../transport/errors';
import { isFields } from '../../json/read';
import { uuid } from '../common/checks';
import { allRows } from '../common/getMany';
import { simplify, toOutputRow } from '../common/simplify';
import type { Operation } from '../common/operation';
import type { ItemCall } from '../common/itemCall';
import { SIMPLE_FIELDS, WORKFLOWS } from './list';
import { workflowId } from './workflowId';

const chosen = workflowId({ required: true });

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get workflow',
	},
	about: 'Returns a workflow.',
	effect: 'reads',
	fields: [chosen, simplify],
	needs: 'apiKey',
	async execute(call) {
		const id = call.need(chosen);
		const { body } = await call.request({
			method: 'GET',
			path: `/v3/workflows/${await versionOf(call, id)}/`,
		});
		if (!isFields(body) || typeof body.uuid !== 'string')
			throw new DiditError("Didit's response is not a workflow", 'Try again in a few minutes');
		return [{ json: toOutputRow(call, body as IDataObject, SIMPLE_FIELDS) }];
	},
};

/** The newest published version of a workflow, else its newest. An ID that no workflow has is that of a version. */
async function versionOf(call: ItemCall, id: string): Promise<string> {
	let best: IDataObject | undefined;
	const rank = ({ status, version }: IDataObject) =>
		Number(version) + (status === 'published' ? 1e6 : 0);
	for await (const row of allRows(call, WORKFLOWS)) {
		if (row.workflow_id === id && (!best || rank(row) > rank(best))) best = row;
	}
	return best ? uuid(String(best.uuid), chosen) : id;
}
