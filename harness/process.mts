/** Runs a command whose output nobody wants to read unless it fails: everything goes to a log file. */
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface RunOptions {
	cwd: string;
	/** Appended to; its path is named when the command fails. */
	log: string;
	env?: NodeJS.ProcessEnv;
	/** Called with every piece of output, to show progress. */
	onOutput?: (text: string) => void;
	/** Stops the command (and what it started) when aborted. */
	signal?: AbortSignal;
}

/** Resolves when the command ends well; otherwise throws an error that names the log file. */
export async function run(command: string, args: string[], options: RunOptions): Promise<void> {
	await mkdir(dirname(options.log), { recursive: true });
	const log = createWriteStream(options.log, { flags: 'a' });
	log.write(`\n$ ${command} ${args.join(' ')}\n`);
	try {
		await new Promise<void>((resolve, reject) => {
			// A group of its own, so that a stop reaches the compilers and downloads that the command started.
			const child = spawn(command, args, {
				cwd: options.cwd,
				env: options.env ?? process.env,
				stdio: ['ignore', 'pipe', 'pipe'],
				detached: true,
			});
			let patience: NodeJS.Timeout | undefined;
			const stop = () => {
				killGroup(child.pid, 'SIGTERM');
				// npm, for one, would take a minute to undo what it has done.
				patience = setTimeout(() => killGroup(child.pid, 'SIGKILL'), 2_000);
			};
			options.signal?.addEventListener('abort', stop, { once: true });
			for (const stream of [child.stdout, child.stderr]) {
				stream.setEncoding('utf8').on('data', (text: string) => {
					log.write(text);
					options.onOutput?.(text);
				});
			}
			child.on('error', reject);
			child.on('close', (code, signal) => {
				options.signal?.removeEventListener('abort', stop);
				clearTimeout(patience);
				if (code === 0) resolve();
				else if (options.signal?.aborted) reject(options.signal.reason as Error);
				else
					reject(
						new Error(
							`"${command} ${args.join(' ')}" ended with ${signal ?? `code ${code}`}. Its output is in ${options.log}`,
						),
					);
			});
		});
	} finally {
		await new Promise<void>((resolve) => log.end(resolve));
	}
}

/** Signals a process and everything it started. A group that is already gone is fine. */
export function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
	if (pid === undefined) return;
	try {
		process.kill(-pid, signal);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}
