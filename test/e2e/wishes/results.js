import { workflow, node, trigger, newCredential, expr } from '@n8n/workflow-sdk';

const result = trigger({
	type: 'n8n-nodes-didit.diditTrigger',
	version: 1.1,
	config: {
		name: 'Result',
		parameters: {
			registration: 'automatic',
			events: ['status.updated'],
			filters: { statuses: ['Approved', 'Declined', 'In Review'] },
		},
		credentials: { diditApi: newCredential('Didit', 'DIDIT') },
	},
});

const store = node({
	type: 'n8n-nodes-base.dataTable',
	version: 1.1,
	config: {
		name: 'Store',
		parameters: {
			resource: 'row',
			operation: 'insert',
			dataTableId: { __rl: true, mode: 'id', value: 'TABLE' },
			columns: {
				mappingMode: 'defineBelow',
				value: {
					person: expr('{{ $json.vendor_data }}'),
					status: expr('{{ $json.status }}'),
					verified: expr('{{ String($json.verified) }}'),
					session: expr('{{ $json.session_id }}'),
				},
				matchingColumns: [],
				schema: [
					{
						id: 'person',
						displayName: 'person',
						required: false,
						defaultMatch: false,
						display: true,
						type: 'string',
						canBeUsedToMatch: true,
					},
					{
						id: 'status',
						displayName: 'status',
						required: false,
						defaultMatch: false,
						display: true,
						type: 'string',
						canBeUsedToMatch: true,
					},
					{
						id: 'verified',
						displayName: 'verified',
						required: false,
						defaultMatch: false,
						display: true,
						type: 'string',
						canBeUsedToMatch: true,
					},
					{
						id: 'session',
						displayName: 'session',
						required: false,
						defaultMatch: false,
						display: true,
						type: 'string',
						canBeUsedToMatch: true,
					},
				],
			},
		},
	},
});

export default workflow('results', 'Wish: results to a table').add(result).to(store);
