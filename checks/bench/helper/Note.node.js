// Stands where an execution has arrived: remembers when, and with what, for the node Noted.
const describe = require('./describe.js');
const { notes } = require('./marks.js');

module.exports.Note = class {
	description = describe('Note');

	async execute() {
		const items = this.getInputData();
		for (const { json } of items) {
			const { session_id: session, verified } = json;
			notes.push({ execution: this.getExecutionId(), session, verified, at: Date.now() });
		}
		return [items];
	}
};
