/**
 * What the demo, the end-to-end tests and the checks start: an installed n8n with the packed package in it, a sandbox, a
 * mailbox. A world stands on the loopback address only, and nothing of it is left when it closes.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox/index.mts';
import { startMailbox, type Mailbox } from './mailbox.mts';
import { ensureInstall, type Install } from './n8n/install.mts';
import type { Release } from './n8n/release.mts';
import { startN8n, type N8n, type N8nOptions } from './n8n/server.mts';
import { packPackage } from './package.mts';

export interface WorldOptions {
	/** Part of the name of its folder. */
	name: string;
	/** Told what takes time. */
	say: (text: string) => void;
	/** Gives up and closes when aborted. */
	signal?: AbortSignal;
	/** The pinned one unless given. */
	release?: Release;
	/** Where n8n keeps its data; a temporary folder unless given, which is removed at the end. */
	folder?: string;
	/** Leaves the temporary folder, to be looked at. */
	keep?: boolean;
}

export class World {
	private readonly closers: Array<() => unknown> = [];

	private constructor(
		readonly folder: string,
		readonly install: Install,
		readonly packageDir: string,
		readonly say: (text: string) => void,
		readonly signal: AbortSignal | undefined,
	) {}

	/** Installs n8n and builds the package where needed. Nothing runs yet. */
	static async open({ name, say, signal, release, folder, keep }: WorldOptions): Promise<World> {
		const install = await ensureInstall((text) => say(`n8n: ${text}`), signal, release);
		say('the package');
		const packageDir = await packPackage(signal);
		const own = folder ?? (await mkdtemp(join(tmpdir(), `didit-${name}-`)));
		await mkdir(own, { recursive: true });
		const world = new World(own, install, packageDir, say, signal);
		if (!folder)
			world.atEnd(async () =>
				keep ? say(`n8n's folder is ${own}`) : await rm(own, { recursive: true, force: true }),
			);
		return world;
	}

	/** Called when the world closes. What came last goes first, so that a running execution still reaches what it needs. */
	atEnd(close: () => unknown): void {
		this.closers.push(close);
	}

	async startSandbox(options?: SandboxOptions): Promise<Sandbox> {
		const sandbox = await startSandbox(options);
		this.atEnd(() => sandbox.close());
		return sandbox;
	}

	/** On free ports unless they are given. */
	async startMailbox(ports?: { smtp: number; web: number }): Promise<Mailbox> {
		const mailbox = await startMailbox(ports ?? { smtp: await getPort(), web: await getPort() });
		this.atEnd(() => mailbox.close());
		return mailbox;
	}

	/** With the world's data on a free port, unless told otherwise. */
	async startN8n(options: Partial<N8nOptions> = {}): Promise<N8n> {
		this.say('starting n8n');
		const n8n = await startN8n({
			install: this.install,
			packageDir: this.packageDir,
			userFolder: this.folder,
			port: await getPort(),
			brokerPort: await getPort(),
			signal: this.signal,
			...options,
		});
		this.atEnd(() => n8n.stop());
		return n8n;
	}

	async close(): Promise<void> {
		for (const close of this.closers.splice(0).reverse()) await close();
	}
}

/** A world for as long as `work` takes, or until its signal is aborted. */
export async function inWorld<T>(
	options: WorldOptions,
	work: (world: World) => Promise<T>,
): Promise<T> {
	const { signal } = options;
	const world = await World.open(options);
	const stopped = new Promise<never>((_, reject) =>
		signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
	);
	try {
		signal?.throwIfAborted();
		return await Promise.race([work(world), stopped]);
	} finally {
		await world.close();
	}
}
