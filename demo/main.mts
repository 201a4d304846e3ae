/** The demo: installs what is missing, starts everything, says what to try, and stops everything at Ctrl-C. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Listr, PRESET_TIMER } from 'listr2';
import { lock } from 'proper-lockfile';
import { provision } from '../harness/examples.mts';
import { ensureInstall, findInstall } from '../harness/n8n/install.mts';
import type { N8n } from '../harness/n8n/server.mts';
import { packPackage } from '../harness/package.mts';
import { stateFolder } from '../harness/paths.mts';
import { World } from '../harness/world.mts';
import type { Sandbox } from '../sandbox/index.mts';
import { instructions } from './instructions.mts';
import { checkPorts, parseOptions } from './options.mts';

/** What the steps hand on. */
interface Context {
	world?: World;
	n8n?: N8n;
	sandbox?: Sandbox;
	onboarding?: string;
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
		console.log('\nStopped before it was ready. The next start continues from here.');
	} else {
		console.error(`\n${(error as Error).message}`);
		process.exitCode = 1;
	}
} finally {
	if (context.world) {
		console.log('\nStopping …');
		await context.world.close();
		console.log('Everything has stopped.');
	}
	// Libraries may keep timers; everything of ours is down.
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
	const { n8n, onboarding } = context;
	if (!n8n || !onboarding) return;
	console.log(instructions(options, onboarding));
	await Promise.race([
		new Promise((resolve) => stopping.signal.addEventListener('abort', resolve, { once: true })),
		n8n.exited.then(() => {
			throw new Error(`n8n has stopped by itself. Its output is in ${n8n.log}`);
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
			'The demo of this clone is already running. Press Ctrl-C where you started it. (After a crash, wait 20 seconds.)',
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
				task: async (_, task) => {
					if (!findInstall())
						task.title =
							'Installing n8n and the Node.js it needs (once, about four minutes and 3 GB)';
					await ensureInstall((text) => (task.output = text), signal);
				},
			},
			{
				title: 'The package, built and packed',
				task: async () => void (await packPackage(signal)),
			},
			{
				title: 'n8n, the Didit sandbox and the mailbox',
				task: async (ctx) => {
					const { n8nPort, sandboxPort, smtpPort, mailPort } = options;
					const folder = join(state, 'n8n');
					// Finds the n8n and the package of the steps before.
					const world = await World.open({ name: 'demo', say: () => undefined, signal, folder });
					ctx.world = world;
					ctx.sandbox = await world.startSandbox({ port: sandboxPort });
					await world.startMailbox({ smtp: smtpPort, web: mailPort });
					ctx.n8n = await world.startN8n({ port: n8nPort });
				},
			},
			{
				title: 'Account, credentials and the example workflow',
				task: async (ctx) => {
					if (!ctx.n8n || !ctx.sandbox) return;
					try {
						const { onboarding } = await provision(ctx.n8n.url, ctx.sandbox, options.smtpPort);
						ctx.onboarding = onboarding.id;
					} catch (error) {
						const { message } = error as Error;
						throw new Error(
							`${message}\nWhat earlier starts left behind doesn't fit. To start from scratch: npm start -- --reset`,
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
