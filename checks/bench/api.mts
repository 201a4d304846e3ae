/**
 * A lean stand-in for Didit in a process of its own. The sandbox checks every request and answer against the contract, which
 * costs it about as much as n8n needs to send one: it would be measured as well.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { CLONE } from '../../harness/paths.mts';

export interface Api {
	url: string;
	/** What was counted since the last call. `latency`: milliseconds until every answer from now on. */
	take(change?: { latency?: number }): Promise<{ tokens: number; creates: number }>;
	stop(): void;
}

export async function startApi(): Promise<Api> {
	const child = fork(join(CLONE, 'checks/bench/api-process.mts'), {
		execArgv: ['--import', 'tsx'],
	});
	const [port] = (await once(child, 'message')) as [number];
	return {
		url: `http://127.0.0.1:${port}`,
		take: async (change = {}) => {
			child.send(change);
			const [counts] = (await once(child, 'message')) as [{ tokens: number; creates: number }];
			return counts;
		},
		stop: () => void child.kill(),
	};
}
