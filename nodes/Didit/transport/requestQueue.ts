// How many requests are under way at once: as many as allowed, half as many after a rate limit, one more with every success.
import { sleep } from 'n8n-workflow';

/** Milliseconds. A longer timer would end at once; whoever waits looks at the clock again. */
const LONGEST_SLEEP = 2 ** 31 - 1;

export class RequestQueue {
	private width: number;

	private running = 0;

	private pausedUntil = 0;

	private halvedAt = 0;

	private stoppedWaiting = false;

	/** Refused requests, which go before tasks that have not started. */
	private readonly refused: Array<() => void> = [];

	private readonly waiting: Array<() => void> = [];

	/** @param max the most requests under way at once, at least 1 */
	constructor(
		private readonly max: number,
		private readonly signal?: AbortSignal,
	) {
		this.width = max;
	}

	get cancelled(): boolean {
		return this.signal?.aborted ?? false;
	}

	/** Runs a task as soon as there is room. Tasks start in the order in which they were added. */
	async run<T>(task: () => Promise<T>): Promise<T> {
		if (this.running >= this.width)
			await new Promise<void>((resolve) => this.waiting.push(resolve));
		else this.running++;
		try {
			return await task();
		} finally {
			this.running--;
			this.admit();
		}
	}

	private admit(): void {
		while (this.running < this.width) {
			const next = this.refused.shift() ?? this.waiting.shift();
			if (!next) return;
			this.running++;
			next();
		}
	}

	succeeded(): void {
		this.stoppedWaiting = false;
		this.width = Math.min(this.max, this.width + 1);
		this.admit();
	}

	/**
	 * Didit limits the rate: everything waits, and fewer requests follow.
	 * @param sentAt when the refused request was sent (ms); of a burst that was refused together only the first one halves
	 * @param pause how long to wait, in milliseconds
	 */
	rateLimited(sentAt: number, pause: number): void {
		const now = Date.now();
		this.pausedUntil = Math.max(this.pausedUntil, now + pause);
		if (sentAt < this.halvedAt) return;
		this.halvedAt = now;
		this.width = Math.max(1, Math.floor(this.width / 2));
	}

	/** For a task whose request was refused: it gives up its place, and continues when there is room again. */
	async requeue(): Promise<void> {
		this.running--;
		const place = new Promise<void>((resolve) => this.refused.push(resolve));
		this.admit();
		await place;
	}

	/** One item used up its Max Wait. Fail the others at once until a request succeeds again. */
	stopWaiting(): void {
		this.stoppedWaiting = true;
	}

	get hasStoppedWaiting(): boolean {
		return this.stoppedWaiting;
	}

	/** Waits until no pause is in force. Cancelling the execution ends the wait. */
	async waitWhilePaused(): Promise<void> {
		for (
			let left = this.pausedUntil - Date.now();
			left > 0 && !this.cancelled;
			left = this.pausedUntil - Date.now()
		) {
			await this.sleepFor(left);
		}
	}

	/** Sleeps, but not longer than the execution lives. */
	async sleepFor(milliseconds: number): Promise<void> {
		try {
			await sleep(Math.min(milliseconds, LONGEST_SLEEP), this.signal);
		} catch {
			// Cancelled: the caller sees `cancelled`.
		}
	}
}
