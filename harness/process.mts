/** Runs other programs, each in a process group of its own: Ctrl-C in the terminal leaves them alone, and a stop reaches whatever they started. */
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { execa } from 'execa';
import { eventually } from './eventually.mts';

export interface RunOptions {
	cwd: string;
	/** Appended to. Named in the error when the command fails. */
	log: string;
	/** Instead of this process's environment. */
	env?: NodeJS.ProcessEnv;
	/** Called with every line of output, to show progress. */
	onOutput?: (line: string) => void;
	/** Stops the command, and whatever it started, when aborted. */
	signal?: AbortSignal;
}

/** npm, for one, would take a minute to undo what it has done. */
const ABORT_WITHIN_MS = 2_000;

/** Runs a command to its end. Throws an Error that names the log file when it fails. */
export async function run(
	command: string,
	args: string[],
	{ cwd, log, env = process.env, onOutput, signal }: RunOptions,
): Promise<void> {
	await mkdir(dirname(log), { recursive: true });
	await appendFile(log, `\n$ ${command} ${args.join(' ')}\n`);
	const to = [
		{ file: log, append: true },
		...(onOutput
			? [
					function* (line: unknown) {
						onOutput(String(line));
						yield line;
					},
				]
			: []),
	];
	const child = execa(command, args, {
		cwd,
		env,
		extendEnv: false,
		stdin: 'ignore',
		stdout: to,
		stderr: to,
		buffer: false,
		reject: false,
		detached: true,
	});
	let patience: NodeJS.Timeout | undefined;
	const stop = () => {
		signalGroup(child.pid, 'SIGTERM');
		patience = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), ABORT_WITHIN_MS);
	};
	signal?.addEventListener('abort', stop, { once: true });
	const { failed, shortMessage } = await child;
	signal?.removeEventListener('abort', stop);
	clearTimeout(patience);
	if (!failed) return;
	signal?.throwIfAborted();
	throw new Error(`${shortMessage}\nIts output is in ${log}`);
}

export interface ProgramOptions {
	/** What it's called in an error. */
	name: string;
	command: string;
	args: string[];
	cwd: string;
	/** Started afresh; named in errors. */
	log: string;
	/** Instead of this process's environment. */
	env?: NodeJS.ProcessEnv;
	/** The user that it runs as; this process's own by default. */
	uid?: number;
	gid?: number;
	/** Whether it can be used. Asked again and again; an Error ends the start. */
	isReady: () => Promise<boolean>;
	/** Seconds. */
	readyWithin: number;
	/** Gives up the start when aborted. */
	signal?: AbortSignal;
}

/** A program that runs until it's stopped. */
export interface Program {
	pid: number;
	log: string;
	/** Resolves when it has ended, whatever the reason. */
	exited: Promise<void>;
	hasExited(): boolean;
	/** Asks the program to end (SIGTERM unless another signal is named), waits, and kills what's left of its group. */
	stop(signal?: NodeJS.Signals): Promise<void>;
	/** Signals the whole group, as a terminal does at Ctrl-C. */
	signal: (signal: NodeJS.Signals) => void;
}

const STOP_WITHIN_MS = 40_000;

/** Resolves when the program is ready. Throws an Error that names the log file when it ends or doesn't get ready, and leaves nothing running. */
export async function startProgram(options: ProgramOptions): Promise<Program> {
	const { name, command, args, cwd, env = process.env, log, uid, gid } = options;
	const output = openSync(log, 'w');
	const child = spawn(command, args, {
		cwd,
		env,
		uid,
		gid,
		// The file itself: output that went through this process would end with it.
		stdio: ['ignore', output, output],
		detached: true,
	});
	closeSync(output);
	let ended = '';
	const exited = new Promise<void>((resolve) => {
		const end = (reason: string) => {
			process.removeListener('exit', orphan);
			ended = reason;
			resolve();
		};
		child.once('exit', (code, by) => end(`It ended with ${by ?? `code ${code}`}.`));
		child.once('error', ({ message }) => end(message));
	});
	const orphan = () => signalGroup(child.pid, 'SIGTERM');
	process.once('exit', orphan);

	const stop = async (by: NodeJS.Signals = 'SIGTERM') => {
		if (!ended) child.kill(by);
		const late = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), STOP_WITHIN_MS);
		await exited;
		clearTimeout(late);
		// What it started may outlive it, such as n8n's task runner.
		signalGroup(child.pid, 'SIGKILL');
	};
	try {
		await eventually(
			`${name} to get ready. Its output is in ${log}`,
			async () => {
				options.signal?.throwIfAborted();
				if (ended) throw new Error(`${name} didn't start. ${ended} Its output is in ${log}`);
				return await options.isReady();
			},
			options.readyWithin,
		);
	} catch (error) {
		await stop();
		throw error;
	}
	return {
		pid: child.pid ?? 0,
		log,
		exited,
		hasExited: () => ended !== '',
		stop,
		signal: (which) => signalGroup(child.pid, which),
	};
}

/** Signals a process and everything it started. Fine if they're gone. */
function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
	if (pid === undefined) return;
	try {
		process.kill(-pid, signal);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}
