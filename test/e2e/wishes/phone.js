import { workflow, node, trigger, ifElse, newCredential, expr } from '@n8n/workflow-sdk';

const ask = trigger({
	type: 'n8n-nodes-base.formTrigger',
	version: 2.3,
	config: {
		name: 'Ask for Number',
		parameters: {
			formTitle: 'Confirm your number',
			formFields: { values: [{ fieldLabel: 'Phone', fieldType: 'text', requiredField: true }] },
			options: { path: 'wish-phone' },
		},
	},
});

const send = node({
	type: 'n8n-nodes-didit.didit',
	version: 1,
	config: {
		name: 'Send Code',
		parameters: {
			resource: 'check',
			operation: 'sendPhoneCode',
			phoneNumber: expr('{{ $json.Phone }}'),
		},
		credentials: { diditApi: newCredential('Didit', 'DIDIT') },
	},
});

const code = node({
	type: 'n8n-nodes-base.form',
	version: 2.3,
	config: {
		name: 'Ask for Code',
		parameters: {
			operation: 'page',
			defineForm: 'fields',
			formFields: { values: [{ fieldLabel: 'Code', fieldType: 'text', requiredField: true }] },
		},
	},
});

const check = node({
	type: 'n8n-nodes-didit.didit',
	version: 1,
	config: {
		name: 'Check Code',
		parameters: {
			resource: 'check',
			operation: 'checkPhoneCode',
			phoneNumber: expr("{{ $('Ask for Number').item.json.Phone }}"),
			code: expr('{{ $json.Code }}'),
		},
		credentials: { diditApi: newCredential('Didit', 'DIDIT') },
	},
});

const confirmed = ifElse({
	version: 2.2,
	config: {
		name: 'Confirmed?',
		parameters: {
			conditions: {
				options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
				conditions: [
					{
						id: 'a',
						leftValue: expr('{{ $json.verified }}'),
						rightValue: '',
						operator: { type: 'boolean', operation: 'true', singleValue: true },
					},
				],
				combinator: 'and',
			},
		},
	},
});

const done = node({
	type: 'n8n-nodes-base.form',
	version: 2.3,
	config: {
		name: 'Done',
		parameters: {
			operation: 'completion',
			respondWith: 'text',
			completionTitle: 'Thank you',
			completionMessage: 'Your number is confirmed.',
		},
	},
});

const notDone = node({
	type: 'n8n-nodes-base.form',
	version: 2.3,
	config: {
		name: 'Not Done',
		parameters: {
			operation: 'completion',
			respondWith: 'text',
			completionTitle: 'Not confirmed',
			completionMessage: expr('{{ $json.message }}'),
		},
	},
});

export default workflow('phone', 'Wish: phone code in a form')
	.add(ask)
	.to(send)
	.to(code)
	.to(check)
	.to(confirmed.onTrue(done).onFalse(notDone));
