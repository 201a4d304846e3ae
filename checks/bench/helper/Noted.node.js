// Puts out what the nodes Note have remembered, which is forgotten then, and what is in use on the heap without it.
const describe = require('./describe.js');
const { live, settle } = require('./heap.js');
const { notes } = require('./marks.js');

module.exports.Noted = class {
	description = describe('Noted');

	async execute() {
		const noted = JSON.stringify(notes.splice(0));
		await settle();
		const heap = live();
		return [[{ json: { notes: JSON.parse(noted), heap, resident: process.memoryUsage().rss } }]];
	}
};
