import { workflow, node, trigger, switchCase, newCredential, expr } from '@n8n/workflow-sdk';

const signup = trigger({
	type: 'n8n-nodes-base.webhook',
	version: 2.1,
	config: { name: 'Signup', parameters: { httpMethod: 'POST', path: 'wish-onboarding' } },
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
			afterVerification: 'resume',
			callback: 'https://shop.example/thanks',
			vendorData: expr('{{ $json.body.id }}'),
		},
		credentials: { diditApi: newCredential('Didit', 'DIDIT') },
	},
});

const link = node({
	type: 'n8n-nodes-base.emailSend',
	version: 2.1,
	config: {
		name: 'Send Link',
		parameters: {
			fromEmail: 'hello@shop.example',
			toEmail: expr("{{ $('Signup').first().json.body.email }}"),
			subject: 'Please verify your identity',
			emailFormat: 'text',
			text: expr('Open {{ $json.url }}'),
		},
		credentials: { smtp: newCredential('SMTP', 'SMTP') },
	},
});

const welcome = node({
	type: 'n8n-nodes-base.emailSend',
	version: 2.1,
	config: {
		name: 'Welcome',
		parameters: {
			fromEmail: 'hello@shop.example',
			toEmail: expr("{{ $('Signup').first().json.body.email }}"),
			subject: 'Wish: welcome',
			emailFormat: 'text',
			text: 'You are verified.',
		},
		credentials: { smtp: newCredential('SMTP', 'SMTP') },
	},
});

const declined = node({
	type: 'n8n-nodes-base.emailSend',
	version: 2.1,
	config: {
		name: 'Declined',
		parameters: {
			fromEmail: 'hello@shop.example',
			toEmail: expr("{{ $('Signup').first().json.body.email }}"),
			subject: 'Wish: declined',
			emailFormat: 'text',
			text: 'We could not verify you.',
		},
		credentials: { smtp: newCredential('SMTP', 'SMTP') },
	},
});

const later = node({
	type: 'n8n-nodes-base.emailSend',
	version: 2.1,
	config: {
		name: 'Later',
		parameters: {
			fromEmail: 'hello@shop.example',
			toEmail: expr("{{ $('Signup').first().json.body.email }}"),
			subject: 'Wish: not done',
			emailFormat: 'text',
			text: expr('Please come back. {{ $json.status }}'),
		},
		credentials: { smtp: newCredential('SMTP', 'SMTP') },
	},
});

const wait = node({
	type: 'n8n-nodes-didit.didit',
	version: 1,
	config: {
		name: 'Wait for Result',
		parameters: {
			resource: 'session',
			operation: 'waitForResult',
			waitAmount: 3,
			waitUnit: 'days',
			goOnWithReview: true,
		},
		credentials: { diditApi: newCredential('Didit', 'DIDIT') },
	},
});

const outcome = switchCase({
	version: 3.4,
	config: {
		name: 'Outcome',
		parameters: {
			mode: 'rules',
			rules: {
				values: [
					{
						conditions: {
							options: {
								caseSensitive: true,
								leftValue: '',
								typeValidation: 'strict',
								version: 2,
							},
							combinator: 'and',
							conditions: [
								{
									id: 'Approved',
									leftValue: expr('{{ $json.status }}'),
									rightValue: 'Approved',
									operator: { type: 'string', operation: 'equals' },
								},
							],
						},
						renameOutput: true,
						outputKey: 'Approved',
					},
					{
						conditions: {
							options: {
								caseSensitive: true,
								leftValue: '',
								typeValidation: 'strict',
								version: 2,
							},
							combinator: 'and',
							conditions: [
								{
									id: 'Declined',
									leftValue: expr('{{ $json.status }}'),
									rightValue: 'Declined',
									operator: { type: 'string', operation: 'equals' },
								},
							],
						},
						renameOutput: true,
						outputKey: 'Declined',
					},
				],
			},
			options: { fallbackOutput: 'extra' },
		},
	},
});

export default workflow('onboarding', 'Wish: onboarding with wait')
	.add(signup)
	.to(create)
	.to(link)
	.to(wait)
	.to(outcome.onCase(0, welcome).onCase(1, declined).onCase(2, later));
