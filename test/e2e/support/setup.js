/** Starts serve.mts and hands what it prints (addresses and logins, as JSON) to the tests. */
const { spawn } = require('node:child_process');
const { createInterface } = require('node:readline');

module.exports = async function setup() {
	const child = spawn(process.execPath, ['--import', 'tsx', 'test/e2e/support/serve.mts'], {
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	globalThis.e2eStack = child;
	process.env.E2E_WORLD = await new Promise((resolve, reject) => {
		createInterface({ input: child.stdout }).once('line', resolve);
		child.once('exit', () =>
			reject(new Error('The programs under test did not start; the reason is above.')),
		);
	});
};
