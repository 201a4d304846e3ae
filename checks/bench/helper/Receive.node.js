// The least that a trigger can do with a delivery: without a credential, with one, or reading it; starting an execution or not.
// n8n takes every trigger but its own Webhook node through the same steps.
const describe = require('./describe.js');

module.exports.Receive = class {
	description = {
		...describe('Receive', [
			['status', 'number'],
			['reads', 'boolean'],
		]),
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
		const { reads, status } = this.getNode().parameters;
		if (reads) await this.getCredentials('diditApi');
		if (status) {
			this.getResponseObject().status(status).json({ received: true });
			return { noWebhookResponse: true };
		}
		return { webhookResponse: { received: true }, workflowData: [[{ json: this.getBodyData() }]] };
	}
};
