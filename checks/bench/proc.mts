/** What Linux tells about another process: its CPU time and its memory. */
import { readFileSync, writeFileSync } from 'node:fs';

/** Clock ticks a second in /proc: 100 on every Linux that Node.js runs on. */
const TICKS = 100;

/** CPU time of a process and its threads since its start, in milliseconds; undefined off Linux. */
export function cpuTime(pid: number): number | undefined {
	try {
		// The name of the program, in brackets, may hold blanks.
		const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
			.replace(/^.*\) /s, '')
			.split(' ');
		return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS;
	} catch {
		return undefined;
	}
}

/** The memory that a process holds, and the most it has held since `resetPeak`, in bytes; undefined off Linux. */
export function memory(pid: number): { now: number; peak: number } | undefined {
	try {
		const status = readFileSync(`/proc/${pid}/status`, 'utf8');
		const read = (name: string) =>
			Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024;
		return { now: read('VmRSS'), peak: read('VmHWM') };
	} catch {
		return undefined;
	}
}

export function resetPeak(pid: number): void {
	try {
		writeFileSync(`/proc/${pid}/clear_refs`, '5');
	} catch {
		// Not Linux: there is no peak then.
	}
}
