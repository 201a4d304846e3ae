/** Starts serve.mts once for each worker and hands what it prints (addresses and logins, as JSON) to the tests of that worker. */
const { spawn } = require('node:child_process');
const { createInterface } = require('node:readline');

module.exports = async function setup({ maxWorkers }) {
	globalThis.e2eWorlds = Array.from({ length: maxWorkers }, () =>
		spawn(process.execPath, ['--import', 'tsx', 'test/e2e/support/serve.mts'], {
			stdio: ['pipe', 'pipe', 'inherit'],
		}),
	);
	const worlds = await Promise.all(globalThis.e2eWorlds.map(printed));
	for (const [index, world] of worlds.entries()) process.env[`E2E_WORLD_${index + 1}`] = world;
};

const printed = async (child) =>
	await new Promise((resolve, reject) => {
		createInterface({ input: child.stdout }).once('line', resolve);
		child.once('exit', () =>
			reject(new Error('The programs under test did not start; the reason is above.')),
		);
	});
