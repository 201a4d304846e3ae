/** n8n's log: nothing in it may tell of an error that nobody caught. */
import { readFile } from 'node:fs/promises';
import type { Aim } from '../../harness/report.mts';
import type { Setting } from './setting.mts';

const UNCAUGHT = /SOAK-UNCAUGHT|unhandled ?(promise ?)?rejection|uncaught ?exception|FATAL ERROR/i;
const WARNING = /MaxListenersExceededWarning|PromiseRejectionHandledWarning/;

export async function judgeLog({ n8n }: Setting, crashed: boolean): Promise<{ aims: Aim[] }> {
	const lines = (await readFile(n8n.log, 'utf8')).split('\n');
	const uncaught = lines.filter((line) => UNCAUGHT.test(line));
	const warnings = lines.filter((line) => WARNING.test(line));
	for (const line of [...uncaught, ...warnings].slice(0, 10))
		console.error(`soak: n8n's log: ${line.slice(0, 300)}`);
	return {
		aims: [
			{
				text: 'Ends of the n8n process that nobody asked for',
				measured: crashed ? 1 : 0,
				atMost: 0,
			},
			{
				text: "Uncaught errors and unhandled rejections in n8n's log",
				measured: uncaught.length,
				atMost: 0,
			},
			{
				text: "Node.js' warnings of leaking listeners or late handlers in n8n's log",
				measured: warnings.length,
				atMost: 0,
			},
		],
	};
}
