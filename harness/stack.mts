/** The programs that play together: sandbox, mailbox and n8n with the package in it. Used by the demo, the e2e tests and the pictures. */
import { startSandbox } from '../sandbox/index.mts';
import { startMailbox, type Mailbox } from './mailbox.mts';
import type { Install } from './n8n/install.mts';
import { startN8n, type N8n } from './n8n/server.mts';
import { freePort } from './ports.mts';
import { killGroup } from './process.mts';

export interface StackOptions {
	install: Install;
	packageDir: string;
	userFolder: string;
	ports: { n8n: number; sandbox: number; smtp: number; mail: number };
	env?: NodeJS.ProcessEnv;
	signal?: AbortSignal;
}

export interface Stack {
	n8n: N8n;
	sandbox: Awaited<ReturnType<typeof startSandbox>>;
	mailbox: Mailbox;
	/** Kills n8n as a crash would, and starts it again with the same data and address. */
	crashN8n(): Promise<void>;
	/** Stops all three, n8n first, so that a running execution can still reach the others. */
	stop(): Promise<void>;
}

/** Starts all three or none. */
export async function startStack(options: StackOptions): Promise<Stack> {
	const { ports } = options;
	const closers: Array<() => Promise<void>> = [];
	const stop = async () => {
		for (const close of closers.splice(0).reverse()) await close();
	};
	try {
		const sandbox = await startSandbox({ port: ports.sandbox });
		closers.push(() => sandbox.close());
		const mailbox = await startMailbox({ smtp: ports.smtp, web: ports.mail });
		closers.push(() => mailbox.close());
		const brokerPort = await freePort();
		const start = async () => await startN8n({ ...options, port: ports.n8n, brokerPort });
		let n8n = await start();
		closers.push(() => n8n.stop());
		const crashN8n = async () => {
			killGroup(n8n.pid, 'SIGKILL');
			await n8n.exited;
			n8n = await start();
		};
		return { n8n, sandbox, mailbox, crashN8n, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}
