/** Small files run first: most changes are noticed there. */
const { statSync } = require('node:fs');
const { default: Sequencer } = require('@jest/test-sequencer');

module.exports = class extends Sequencer {
	sort(tests) {
		const size = ({ path }) => statSync(path).size;
		return [...tests].sort((first, second) => size(first) - size(second));
	}
};
