// How long something takes, where a busy machine may not change the answer: processor time, compared within one run.

/** Milliseconds of processor time. What `work` throws is a refusal, and no matter here. */
export function timeOf(work: () => unknown): number {
	const start = process.cpuUsage();
	try {
		work();
	} catch {
		// Refused, which is right.
	}
	return process.cpuUsage(start).user / 1000;
}

/** The least of three, because one can be unlucky. */
export const leastTimeOf = (work: () => unknown): number =>
	Math.min(...[0, 1, 2].map(() => timeOf(work)));

/** Whether eight times the text takes about eight times as long. Quadratic time would be 64 times as long. */
export function isLinear(work: (text: string) => unknown, short: string, long: string): boolean {
	// Short times are noise.
	if (timeOf(() => work(long)) < 100) return true;
	const [before, after] = [short, long].map((text) => leastTimeOf(() => work(text)));
	return after < 32 * Math.max(before, 1);
}
