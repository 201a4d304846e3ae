import { workflow, node, trigger, newCredential, expr } from '@n8n/workflow-sdk';

const signup = trigger({
	type: 'n8n-nodes-base.webhook',
	version: 2.1,
	config: {
		name: 'Signup',
		parameters: { httpMethod: 'POST', path: 'wish-signup', responseMode: 'lastNode' },
	},
});

const create = node({
	type: 'n8n-nodes-didit.didit',
	version: 1,
	config: {
		name: 'Create Verification',
		parameters: {
			resource: 'session',
			operation: 'create',
			workflowId: { __rl: true, mode: 'id', value: 'WORKFLOW' },
			vendorData: expr('{{ $json.body.id }}'),
		},
		credentials: { diditApi: newCredential('Didit', 'DIDIT') },
	},
});

const send = node({
	type: 'n8n-nodes-base.emailSend',
	version: 2.1,
	config: {
		name: 'Send Link',
		parameters: {
			fromEmail: 'hello@shop.example',
			toEmail: expr("{{ $('Signup').item.json.body.email }}"),
			subject: 'Please verify your identity',
			emailFormat: 'text',
			text: expr('Open {{ $json.url }}'),
		},
		credentials: { smtp: newCredential('SMTP', 'SMTP') },
	},
});

const answer = node({
	type: 'n8n-nodes-base.set',
	version: 3.4,
	config: {
		name: 'Answer',
		parameters: {
			mode: 'manual',
			assignments: {
				assignments: [
					{
						id: 'session',
						name: 'session_id',
						value: expr("{{ $('Create Verification').item.json.session_id }}"),
						type: 'string',
					},
				],
			},
		},
	},
});

export default workflow('signup', 'Wish: signup and email')
	.add(signup)
	.to(create)
	.to(send)
	.to(answer);
