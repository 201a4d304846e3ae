/**
 * Lean stand-ins for Didit, each in a process of its own so that nothing of it is measured. The sandbox checks every request
 * and answer against the contract, which costs it about as much as n8n needs to send one.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { CLONE } from '../../harness/paths.mts';

interface Server<Counts, Change> {
	url: string;
	/** What was counted since the last call, and a change from now on. */
	take(change?: Change): Promise<Counts>;
	stop(): void;
}

async function start<Counts, Change extends object = object>(
	file: string,
): Promise<Server<Counts, Change>> {
	const child = fork(join(CLONE, 'checks/bench', file), { execArgv: ['--import', 'tsx'] });
	const [port] = (await once(child, 'message')) as [number];
	return {
		url: `http://127.0.0.1:${port}`,
		take: async (change) => {
			child.send(change ?? {});
			return ((await once(child, 'message')) as [Counts])[0];
		},
		stop: () => void child.kill(),
	};
}

export type Api = Server<{ tokens: number; creates: number; bytes: number }, { latency: number }>;

/** Token exchange, create and what needs an API key. `latency`: milliseconds until every answer. */
export const startApi = async (): Promise<Api> => await start('api-process.mts');

/** Long lists of sessions; counts requests. */
export type Lists = Server<number, object>;

export const startLists = async (): Promise<Lists> => await start('lists-process.mts');

/** The address for the credential: that many sessions, each about that large as JSON. */
export const listUrl = ({ url }: Lists, rows: number, bytes: number): string =>
	`${url}/${rows}/${bytes}`;
