/** Long lists of sessions, from a process of their own so that nothing of it is measured. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { CLONE } from '../../harness/paths.mts';

export interface Lists {
	/** The address for the credential: that many sessions, each about that large as JSON. */
	url(rows: number, bytes: number): string;
	/** Requests since the last call. */
	take(): Promise<number>;
	stop(): void;
}

export async function startLists(): Promise<Lists> {
	const child = fork(join(CLONE, 'checks/bench/lists-process.mts'), {
		execArgv: ['--import', 'tsx'],
	});
	const [port] = (await once(child, 'message')) as [number];
	return {
		url: (rows, bytes) => `http://127.0.0.1:${port}/${rows}/${bytes}`,
		take: async () => {
			child.send('take');
			return ((await once(child, 'message')) as [number])[0];
		},
		stop: () => void child.kill(),
	};
}
