/** The workflows of the account. */
import { type Resource } from '../gate.mts';
import { page } from '../paging.mts';
import { workflowRow } from '../workflows.mts';

export const workflow: Resource = {
	version: 'v3',
	handlers: {
		'workflow.list': ({ state, query }) => {
			const rows = state.workflows.map((row) => workflowRow(row, state.workflows));
			return { status: 200, body: page(state, '/v3/workflows/', query, rows) };
		},
	},
};
