/** serve.mts stops when its standard input ends, which also happens when jest is killed. */
module.exports = async function teardown() {
	const child = globalThis.e2eStack;
	if (child.exitCode !== null) return;
	await new Promise((resolve) => {
		child.once('exit', resolve);
		child.stdin.end();
	});
};
