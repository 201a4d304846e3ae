/** Sends deliveries to a trigger in a running n8n and waits for what comes of them. */
import autocannon from 'autocannon';
import type { N8nClient } from '../../harness/n8n/client.mts';
import type { Signed } from '../../sandbox/webhooks/signer.mts';
import { another } from './deliveries.mts';
import { cpuTime } from './proc.mts';

export interface Receiver {
	name: string;
	url: string;
	/** What deliveries are signed with; undefined where nothing is verified. */
	secret?: string;
	/** What a delivery is answered with, and whether an execution comes of it. */
	answers: number;
	starts: boolean;
	workflowId: string;
	client: N8nClient;
	/** Of n8n. */
	pid: number;
	/** Deliveries so far. */
	executions: number;
	/** Calls of Didit's API so far. */
	requestsToDidit: () => number;
}

export interface Round {
	/** Answers, and executions that have ended (or answers, if none starts), for each second since the first delivery. */
	answers: number;
	runs: number;
	/** Milliseconds until each answer. */
	latencies: number[];
	/** Milliseconds of CPU time of n8n for each delivery; NaN off Linux. */
	cpu: number;
	/** Deliveries that were answered otherwise than expected, and those that were without an execution that ended well. */
	refused: number;
	lost: number;
	/** Calls of Didit's API meanwhile. */
	asked: number;
}

/** Deliveries under way at once. */
const CONNECTIONS = 8;

/** Sends `count` deliveries, each of another event, and waits until their executions have ended. */
export async function deliver(receiver: Receiver, event: Signed, count: number): Promise<Round> {
	const { client, pid, requestsToDidit } = receiver;
	const deliveries = Array.from({ length: count }, () => another(event, receiver.secret));
	const latencies: number[] = [];
	const [cpuBefore, askedBefore] = [cpuTime(pid) ?? NaN, requestsToDidit()];
	let refused = 0;
	let next = 0;
	const started = Date.now();
	let answered = started;
	await new Promise<void>((resolve, reject) => {
		const requests = [
			{
				method: 'POST' as const,
				setupRequest: (request: object) => ({ ...request, ...deliveries[next++ % count] }),
			},
		];
		const load = autocannon(
			{ url: receiver.url, connections: CONNECTIONS, amount: count, timeout: 60, requests },
			(error) => (error ? reject(error as Error) : resolve()),
		);
		load.on('response', (_client, status, _bytes, milliseconds) => {
			latencies.push(milliseconds);
			answered = Date.now();
			if (status !== receiver.answers) refused++;
		});
	});
	if (receiver.starts) receiver.executions += count;
	const ended = receiver.starts ? await lastEnd(client, receiver) : { well: 0, at: answered };
	return {
		answers: (latencies.length / (answered - started)) * 1000,
		runs: (count / (ended.at - started)) * 1000,
		latencies,
		cpu: ((cpuTime(pid) ?? NaN) - cpuBefore) / count,
		refused: refused + count - latencies.length,
		lost: receiver.executions - ended.well,
		asked: requestsToDidit() - askedBefore,
	};
}

const WITHIN_MS = 120_000;

/** Waits until as many executions have ended as were started. Says how many ended well, and when the last one did. */
async function lastEnd(
	client: N8nClient,
	{ workflowId, executions }: Receiver,
): Promise<{ well: number; at: number }> {
	const ask = async (status: string[]) =>
		await client.get<{ count: number; results: Array<{ stoppedAt: string }> }>(
			`/rest/executions?filter=${encodeURIComponent(JSON.stringify({ workflowId, status }))}&limit=100`,
		);
	const deadline = Date.now() + WITHIN_MS;
	for (;;) {
		const { count, results } = await ask(['success', 'error', 'crashed', 'canceled']);
		if (count >= executions || Date.now() > deadline)
			return {
				well: (await ask(['success'])).count,
				at: Math.max(...results.map(({ stoppedAt }) => Date.parse(stoppedAt))),
			};
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}
