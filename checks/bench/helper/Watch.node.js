// Stands before a node that gets many pages: from now on the heap is looked at while answers come in.
const describe = require('./describe.js');
const { watch } = require('./heap.js');

module.exports.Watch = class {
	description = describe('Watch', [
		['answers', 'number'],
		['buffers', 'boolean'],
	]);

	async execute() {
		await watch(this.getNodeParameter('answers', 0), this.getNodeParameter('buffers', 0));
		return [this.getInputData()];
	}
};
