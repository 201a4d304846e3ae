// What is in use on the heap, garbage aside, while answers of HTTP requests come in.
const { subscribe, unsubscribe } = require('node:diagnostics_channel');
const { setImmediate } = require('node:timers');
const { setTimeout: sleep } = require('node:timers/promises');
const { collectGarbage } = require('./marks.js');

const CHANNEL = 'http.client.response.finish';
const LOOKS = 20;

/** Bytes. */
function live() {
	collectGarbage();
	return process.memoryUsage().heapUsed;
}

let stop;

/** Lets go of what the last execution has left, which n8n holds until it has tidied up. */
async function settle() {
	for (let time = 0; time < 3; time++) {
		collectGarbage();
		await sleep(200);
	}
}

/**
 * @param answers how many will come; there are up to 20 looks, the last one at the last answer
 * @param buffers whether to count them too. Node.js frees them some time after the garbage, so only where files are what counts
 */
async function watch(answers, buffers) {
	await settle();
	const inUse = () => live() + (buffers ? process.memoryUsage().arrayBuffers : 0);
	const before = inUse();
	let count = 0;
	let peak = 0;
	const look = () => (peak = Math.max(peak, inUse() - before));
	const onAnswer = ({ response }) => {
		count++;
		// Not before the body is there and has been read as JSON.
		if (count === answers || count % Math.ceil(answers / LOOKS) === 0)
			response.once('end', () => setImmediate(look));
	};
	subscribe(CHANNEL, onAnswer);
	stop = () => {
		unsubscribe(CHANNEL, onAnswer);
		return peak;
	};
}

/** By how many bytes the heap grew at most. */
const watched = () => stop();

module.exports = { live, settle, watch, watched };
