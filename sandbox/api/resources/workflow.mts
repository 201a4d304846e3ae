/** The workflows of the account. */
import { notFound } from '../../model/errors.mts';
import { type Resource } from '../pipeline.mts';
import { page } from '../paging.mts';
import { workflowDetail, workflowRow } from '../../model/workflows.mts';

export const workflow: Resource = {
	version: 'v3',
	handlers: {
		'workflow.list': ({ state, query }) => {
			const rows = state.workflows.map((row) => workflowRow(row, state.workflows));
			return { status: 200, body: page(state, '/v3/workflows/', query, rows) };
		},
		// By the uuid of a version, which for the first one is the stable id too.
		'workflow.get': ({ state, params }) => {
			const found = state.workflows.find(({ uuid }) => uuid === params.settings_uuid);
			if (!found) throw notFound();
			return { status: 200, body: workflowDetail(found, state.workflows) };
		},
	},
};
