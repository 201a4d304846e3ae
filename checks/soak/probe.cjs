/**
 * Loaded into the n8n process under test. On SIGUSR2 it collects garbage and appends what memory is left to the file named
 * in SOAK_MEMORY, as a line of JSON. An uncaught error is written to the log with a mark, and still ends n8n.
 */
const { appendFileSync } = require('node:fs');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

function cpuSeconds() {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1e6;
}

process.on('SIGUSR2', () => {
	// Twice: the first collection can leave what only a finaliser lets go of.
	collect();
	setImmediate(() => {
		collect();
		appendFileSync(
			process.env.SOAK_MEMORY,
			`${JSON.stringify({ heapUsed: process.memoryUsage().heapUsed, processor: cpuSeconds() })}\n`,
		);
	});
});
process.on('uncaughtExceptionMonitor', (error, origin) =>
	process.stderr.write(`SOAK-UNCAUGHT ${origin}: ${error?.stack ?? error}\n`),
);
