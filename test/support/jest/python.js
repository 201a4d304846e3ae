/**
 * Tests start Python often, and a version manager puts a script before it that takes longer than Python itself. So it's
 * asked once where the real one is.
 */
const { spawnSync } = require('node:child_process');
const { delimiter, dirname } = require('node:path');

let done = false;

module.exports = () => {
	if (done) return;
	done = true;
	const asked = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], {
		encoding: 'utf8',
	});
	const directory = asked.status === 0 ? dirname(asked.stdout.trim()) : undefined;
	const path = process.env.PATH?.split(delimiter) ?? [];
	if (directory && !path.includes(directory))
		process.env.PATH = [directory, ...path].join(delimiter);
};
