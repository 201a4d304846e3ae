// Visits of the same waiting execution within a few seconds share one read of Didit: whoever has the link could otherwise use
// up the rate limit of the whole account. Only saves work; nothing depends on it.

const PERIOD_MS = 5_000;
const MOST = 1_000;

const reads = new Map<string, { at: number; answer: Promise<unknown> }>();

/** The oldest are first. */
function forgetOld(now: number): void {
	for (const [key, { at }] of reads) {
		if (reads.size < MOST && now - at < PERIOD_MS) return;
		reads.delete(key);
	}
}

export async function sharedRead(key: string, read: () => Promise<unknown>): Promise<unknown> {
	forgetOld(Date.now());
	const known = reads.get(key);
	if (known) return await known.answer;
	const answer = read();
	reads.set(key, { at: Date.now(), answer });
	return await answer;
}

/** A result is personal data, and nobody asks for it again. */
export function forgetRead(key: string): void {
	reads.delete(key);
}
