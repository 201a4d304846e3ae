/** Waits for something that happens in another process. */
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again until the answer is neither false nor undefined, and resolves to it.
 * Throws when time is up, saying what it waited for; an Error from `ask` goes through.
 */
export async function eventually<T>(
	what: string,
	ask: () => T | false | undefined | Promise<T | false | undefined>,
	seconds = 60,
): Promise<T> {
	const deadline = Date.now() + seconds * 1000;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined && answer !== false) return answer;
		if (Date.now() > deadline) throw new Error(`Waited ${seconds} s for ${what}`);
		await sleep(100);
	}
}

/** A program that is starting can take a connection and never answer it. */
const ANSWER_WITHIN_MS = 10_000;

/** Whether the address answers with 2xx. No connection and a long silence are a no. */
export async function answers(url: string): Promise<boolean> {
	return await fetch(url, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) }).then(
		({ ok }) => ok,
		() => false,
	);
}
