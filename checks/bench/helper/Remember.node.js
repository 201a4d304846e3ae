// The least that a trigger can do that doesn't start the same work twice: it asks n8n whether it had this delivery before.
const { Receive } = require('./Receive.node.js');

module.exports.Remember = class extends Receive {
	constructor() {
		super();
		Object.assign(this.description, { name: 'remember', displayName: 'Bench Remember' });
	}

	async execute() {
		const items = this.getInputData();
		const { event_id: id } = items[0].json;
		// As many keys, and as many remembered ones, as the Didit Trigger has.
		const keys = [`id:${id}`, `content:${id}`];
		const memory = { mode: 'entries', maxEntries: 1000 };
		const look = async () => await this.helpers.checkProcessedAndRecord(keys, 'node', memory);
		// Of several first deliveries only one can begin the memory.
		const { processed } = await look().catch(look);
		return [processed.length > 0 ? [] : items];
	}
};
