// How a workflow is readRecordId: from the list of the Didit console's workflows, or by its ID.
import type { INodeProperties } from 'n8n-workflow';

/** As one filter or field of several. */
export const anyWorkflowField: INodeProperties = {
	displayName: 'Workflow',
	name: 'workflowId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchWorkflows', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 11111111-2222-4333-8444-555555555555',
		},
	],
};

export const workflowIdField: INodeProperties = { ...anyWorkflowField, required: true };
