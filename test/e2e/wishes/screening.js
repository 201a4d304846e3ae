import { workflow, node, trigger, newCredential, expr } from '@n8n/workflow-sdk';

const night = trigger({
	type: 'n8n-nodes-base.scheduleTrigger',
	version: 1.3,
	config: {
		name: 'Every Night',
		parameters: { rule: { interval: [{ field: 'days', triggerAtHour: 2 }] } },
	},
});

const customers = node({
	type: 'n8n-nodes-base.dataTable',
	version: 1.1,
	config: {
		name: 'Customers',
		parameters: {
			resource: 'row',
			operation: 'get',
			dataTableId: { __rl: true, mode: 'id', value: 'TABLE' },
			returnAll: true,
		},
	},
});

const screen = node({
	type: 'n8n-nodes-didit.didit',
	version: 1,
	config: {
		name: 'Screen',
		parameters: {
			resource: 'check',
			operation: 'aml',
			fullName: expr('{{ $json.name }}'),
			dateOfBirth: expr('{{ $json.born }}'),
			vendorData: expr('{{ $json.customer }}'),
		},
		credentials: { diditApi: newCredential('Didit', 'DIDIT') },
	},
});

const hits = node({
	type: 'n8n-nodes-base.filter',
	version: 2.2,
	config: {
		name: 'Hits Only',
		parameters: {
			conditions: {
				options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
				conditions: [
					{
						id: 'a',
						leftValue: expr('{{ $json.total_hits }}'),
						rightValue: 0,
						operator: { type: 'number', operation: 'gt' },
					},
				],
				combinator: 'and',
			},
		},
	},
});

const tell = node({
	type: 'n8n-nodes-base.emailSend',
	version: 2.1,
	config: {
		name: 'Tell Compliance',
		parameters: {
			fromEmail: 'hello@shop.example',
			toEmail: 'wish-compliance@shop.example',
			subject: expr('Wish: {{ $json.vendor_data }} has {{ $json.total_hits }} hits'),
			emailFormat: 'text',
			text: expr('Status: {{ $json.status }}'),
		},
		credentials: { smtp: newCredential('SMTP', 'SMTP') },
	},
});

export default workflow('screening', 'Wish: sanctions screening of a table')
	.add(night)
	.to(customers)
	.to(screen)
	.to(hits)
	.to(tell);
