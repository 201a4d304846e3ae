// The least that a trigger can do with a delivery. n8n takes every trigger but its own Webhook node through the same steps.
const describe = require('./describe.js');

module.exports.Receive = class {
	description = {
		...describe('Receive'),
		group: ['trigger'],
		version: 1.1,
		inputs: [],
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
		return { webhookResponse: { received: true }, workflowData: [[{ json: this.getBodyData() }]] };
	}
};
