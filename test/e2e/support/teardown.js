/** serve.mts stops when its standard input ends, which also happens when jest is killed. */
module.exports = async function teardown() {
	await Promise.all(
		globalThis.e2eWorlds.map(async (child) => {
			if (child.exitCode !== null) return;
			await new Promise((resolve) => {
				child.once('exit', resolve);
				child.stdin.end();
			});
		}),
	);
};
