// What is in use on the heap, garbage aside, while answers of HTTP requests come in.
const { subscribe, unsubscribe } = require('node:diagnostics_channel');
const { setImmediate } = require('node:timers');
const { collectGarbage } = require('./marks.js');

const CHANNEL = 'http.client.response.finish';
const LOOKS = 20;

/** Bytes. */
function live() {
	collectGarbage();
	return process.memoryUsage().heapUsed;
}

let stop;

/** @param answers how many will come; there are up to 20 looks, the last one at the last answer */
function watch(answers) {
	const before = live();
	let count = 0;
	let peak = 0;
	const look = () => (peak = Math.max(peak, live() - before));
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

module.exports = { live, watch, watched };
