/** Posts many webhooks, as a shop's own server would: what is not answered with 2xx is sent again, the same body, until it is. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface Sent {
	id: string;
	/** The 2xx answer's body, or undefined if there never was one. */
	answer?: Record<string, unknown>;
	/** Statuses in order; 0 for a connection that was refused or lost, or an answer that took too long. */
	statuses: number[];
	/** Milliseconds since 1970 of the 2xx answer. */
	acknowledgedAt?: number;
}

export interface SenderOptions {
	url: string;
	ids: string[];
	/** Sent as JSON. */
	body?: (id: string) => unknown;
	/** Instead of `body`: sent as it is. */
	raw?: (id: string) => { headers: Record<string, string>; body: string };
	/** Requests under way at once. */
	parallel: number;
	/** Milliseconds for one answer. */
	timeout?: number;
	/** Milliseconds after which nothing is sent again. */
	patience?: number;
	/** Called after every 2xx. */
	onAcknowledged?: () => void;
}

/** Resolves when everything is acknowledged or the patience is over, in the order of `ids`. */
export async function sendAll({
	url,
	ids,
	body,
	raw,
	parallel,
	timeout = 60_000,
	patience = 120_000,
	onAcknowledged,
}: SenderOptions): Promise<Sent[]> {
	const results: Sent[] = ids.map((id) => ({ id, statuses: [] }));
	const deadline = Date.now() + patience;
	let next = 0;
	const work = async () => {
		for (let sent = results[next++]; sent; sent = results[next++]) {
			for (
				let pause = 250;
				sent.acknowledgedAt === undefined && Date.now() < deadline;
				pause = Math.min(2_000, pause * 2)
			) {
				const response = await fetch(url, {
					method: 'POST',
					...(raw?.(sent.id) ?? {
						headers: { 'content-type': 'application/json' },
						body: JSON.stringify(body?.(sent.id)),
					}),
					signal: AbortSignal.timeout(timeout),
				}).catch(() => undefined);
				const text = await response?.text().catch(() => undefined);
				sent.statuses.push(text === undefined ? 0 : (response?.status ?? 0));
				if (response?.ok && text !== undefined) {
					sent.acknowledgedAt = Date.now();
					sent.answer = parse(text);
					onAcknowledged?.();
				} else {
					await sleep(pause);
				}
			}
		}
	};
	await Promise.all(Array.from({ length: parallel }, work));
	return results;
}

function parse(text: string): Record<string, unknown> {
	try {
		return JSON.parse(text) as Record<string, unknown>;
	} catch {
		return {};
	}
}
