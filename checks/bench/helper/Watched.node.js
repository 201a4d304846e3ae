// Stands after the node that is watched: puts out one item with what was in use at most, and what the items alone take.
const describe = require('./describe.js');
const { live, watched } = require('./heap.js');

module.exports.Watched = class {
	description = describe('Watched');

	async execute() {
		const peak = watched();
		const items = this.getInputData();
		const text = JSON.stringify(items);
		const before = live();
		const copy = JSON.parse(text);
		return [[{ json: { items: items.length, peak, own: live() - before, copied: copy.length } }]];
	}
};
