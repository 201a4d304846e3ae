// The least that a trigger can do with a delivery, with a credential or without one, and whether it starts an execution or not.
// n8n takes every trigger but its own Webhook node through the same steps.
const describe = require('./describe.js');

module.exports.Receive = class {
	description = {
		...describe('Receive', [['status', 'number']]),
		group: ['trigger'],
		version: 1.1,
		inputs: [],
		credentials: [{ name: 'diditApi', required: false }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: '',
				path: 'receive',
			},
		],
	};

	async webhook() {
		const { credentials, parameters } = this.getNode();
		if (credentials?.diditApi) await this.getCredentials('diditApi');
		const { status } = parameters;
		if (status) {
			this.getResponseObject().status(status).json({ received: true });
			return { noWebhookResponse: true };
		}
		return { webhookResponse: { received: true }, workflowData: [[{ json: this.getBodyData() }]] };
	}
};
