/** The demo: installs what is missing, starts everything, says what to try, and stops everything at Ctrl-C. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Listr, PRESET_TIMER } from 'listr2';
import { lock } from 'proper-lockfile';
import { ensureInstall, findInstall, type Install } from '../harness/n8n/install.mts';
import { instructions } from './instructions.mts';
import { checkPorts, parseOptions } from './options.mts';
import { packPackage } from '../harness/package.mts';
import { stateFolder } from '../harness/paths.mts';
import { provision, type Provisioned } from '../harness/examples.mts';
import { startStack, type Stack } from '../harness/stack.mts';

interface Context {
	install?: Install;
	packageDir?: string;
	stack?: Stack;
	provisioned?: Provisioned;
}

const options = parseOptions(process.argv.slice(2));
const stopping = new AbortController();
const context: Context = {};

// Set before anything starts: a child that is running at Ctrl-C must be told, and the second Ctrl-C must not cut that short.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
	process.on(signal, () => stopping.abort(new Error('stopped')));
// npm passes a signal on to its shell only; without the shell there is nobody left to stop this process.
const parent = process.ppid;
setInterval(() => process.ppid === parent || stopping.abort(new Error('stopped')), 500).unref();

try {
	await demo();
} catch (error) {
	if (stopping.signal.aborted) {
		console.log('\nStopped before it was ready. The next start goes on from here.');
	} else {
		console.error(`\n${(error as Error).message}`);
		process.exitCode = 1;
	}
} finally {
	if (context.stack) {
		console.log('\nStopping …');
		await context.stack.stop();
		console.log('Everything has stopped.');
	}
	// Servers of libraries may keep timers; everything of ours is down.
	process.exit();
}

async function demo(): Promise<void> {
	const state = stateFolder();
	await mkdir(state, { recursive: true });
	await takeState(state);
	await checkPorts(options);
	if (options.reset) await rm(join(state, 'n8n'), { recursive: true, force: true });

	await steps(state).run(context);
	stopping.signal.throwIfAborted();
	const { stack, provisioned } = context;
	if (!stack || !provisioned) return;
	console.log(instructions(stack, provisioned));
	await Promise.race([
		new Promise((resolve) => stopping.signal.addEventListener('abort', resolve, { once: true })),
		stack.n8n.exited.then(() => {
			throw new Error(`n8n has ended by itself. Its output is in ${stack.n8n.log}`);
		}),
	]);
}

/** Two demos of one clone would share one database. */
async function takeState(state: string): Promise<void> {
	try {
		await lock(state, { stale: 20_000 });
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw error;
		throw new Error(
			'The demo of this clone is running already. Stop it with Ctrl-C where it was started (after a crash, wait 20 seconds).',
			{ cause: error },
		);
	}
}

function steps(state: string): Listr<Context> {
	const { signal } = stopping;
	return new Listr<Context>(
		[
			{
				title: 'n8n and the Node.js it needs',
				task: async (ctx, task) => {
					if (!findInstall())
						task.title =
							'Installing n8n and the Node.js it needs (once, about four minutes and 3 GB)';
					ctx.install = await ensureInstall((text) => (task.output = text), signal);
				},
			},
			{
				title: 'The package, built and packed',
				task: async (ctx) => {
					ctx.packageDir = await packPackage(state, signal);
				},
			},
			{
				title: 'n8n, the Didit sandbox and the mailbox',
				task: async (ctx) => {
					if (!ctx.install || !ctx.packageDir) return;
					const { n8nPort, sandboxPort, smtpPort, mailPort } = options;
					await mkdir(join(state, 'n8n'), { recursive: true });
					ctx.stack = await startStack({
						install: ctx.install,
						packageDir: ctx.packageDir,
						userFolder: join(state, 'n8n'),
						ports: { n8n: n8nPort, sandbox: sandboxPort, smtp: smtpPort, mail: mailPort },
						signal,
					});
				},
			},
			{
				title: 'Account, credentials and the example workflow',
				task: async (ctx) => {
					if (!ctx.stack) return;
					try {
						ctx.provisioned = await provision(
							ctx.stack.n8n.url,
							ctx.stack.sandbox,
							options.smtpPort,
						);
					} catch (error) {
						const { message } = error as Error;
						throw new Error(
							`${message}\nWhat is stored from earlier starts does not fit. To begin anew: npm start -- --reset`,
							{ cause: error },
						);
					}
				},
			},
		],
		{
			registerSignalListeners: false,
			rendererOptions: { timer: PRESET_TIMER, collapseErrors: false, showErrorMessage: false },
			fallbackRendererOptions: { timer: PRESET_TIMER },
		},
	);
}
