import { workflow, node, trigger, newCredential, expr } from '@n8n/workflow-sdk';

const request = trigger({
	type: 'n8n-nodes-base.webhook',
	version: 2.1,
	config: {
		name: 'Erase',
		parameters: { httpMethod: 'POST', path: 'wish-erasure', responseMode: 'lastNode' },
	},
});

const erase = node({
	type: 'n8n-nodes-didit.didit',
	version: 1,
	config: {
		name: 'Erase Person',
		parameters: {
			resource: 'user',
			operation: 'delete',
			userId: { __rl: true, mode: 'id', value: expr('{{ $json.body.id }}') },
			dryRun: false,
		},
		credentials: { diditApi: newCredential('Didit', 'DIDIT') },
	},
});

const receipt = node({
	type: 'n8n-nodes-base.set',
	version: 3.4,
	config: {
		name: 'Receipt',
		parameters: {
			mode: 'manual',
			assignments: {
				assignments: [
					{ id: 'a', name: 'deleted', value: expr('{{ $json.deleted }}'), type: 'boolean' },
					{
						id: 'b',
						name: 'sessions_deleted',
						value: expr('{{ $json.sessions_deleted }}'),
						type: 'number',
					},
					{ id: 'c', name: 'time', value: expr('{{ $json.time }}'), type: 'string' },
				],
			},
		},
	},
});

export default workflow('erasure', 'Wish: erasure with receipt').add(request).to(erase).to(receipt);
