// What the nodes Begin and End share: readings of this n8n process by execution, and how they are taken. And what Note has seen.
const { readFileSync, writeFileSync } = require('node:fs');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

/** Linux only: bytes of memory the process has held at most since the reset; undefined elsewhere. */
function readPeak() {
	try {
		return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) * 1024;
	} catch {
		return undefined;
	}
}

function resetPeak() {
	try {
		writeFileSync('/proc/self/clear_refs', '5');
	} catch {
		// Not Linux: there is no peak then.
	}
}

module.exports = { marks: new Map(), notes: [], collectGarbage, readPeak, resetPeak };
