import { workflow, node, trigger, newCredential, expr } from '@n8n/workflow-sdk';

const evening = trigger({
	type: 'n8n-nodes-base.scheduleTrigger',
	version: 1.3,
	config: {
		name: 'Every Evening',
		parameters: { rule: { interval: [{ field: 'days', triggerAtHour: 20 }] } },
	},
});

const open = node({
	type: 'n8n-nodes-didit.didit',
	version: 1,
	config: {
		name: 'Not Finished',
		parameters: {
			resource: 'session',
			operation: 'getAll',
			returnAll: true,
			filters: {
				statuses: ['Not Started', 'In Progress', 'Resubmitted'],
				dateFrom: expr('{{ $now.minus({ days: 7 }).toISODate() }}'),
			},
		},
		credentials: { diditApi: newCredential('Didit', 'DIDIT') },
	},
});

const send = node({
	type: 'n8n-nodes-base.emailSend',
	version: 2.1,
	config: {
		name: 'Remind',
		parameters: {
			fromEmail: 'hello@shop.example',
			toEmail: expr('{{ $json.vendor_data }}@customer.example'),
			subject: 'Wish: reminder',
			emailFormat: 'text',
			text: expr('Go on here: {{ $json.url }}'),
		},
		credentials: { smtp: newCredential('SMTP', 'SMTP') },
	},
});

export default workflow('reminder', 'Wish: nightly reminder').add(evening).to(open).to(send);
