/** Builds the package and unpacks its npm tarball, so that n8n gets exactly what a user would install. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import { CLONE, stateFolder } from './paths.mts';
import { run } from './process.mts';

/** What the build reads. A change in any of these makes a new build. */
const SOURCES = [
	'nodes',
	'credentials',
	'package.json',
	'tsconfig.json',
	'gulpfile.js',
	'index.js',
	'README.md',
	'CHANGELOG.md',
];

/** Milliseconds. An n8n that still runs may have loaded an earlier build; after a day none does. */
const KEPT = 24 * 60 * 60 * 1000;

/**
 * Returns the folder of the unpacked package. Builds only when the sources have changed since the last time.
 * Throws an Error that names the log file when the build fails.
 */
export async function packPackage(signal?: AbortSignal): Promise<string> {
	const folder = join(stateFolder(), 'packages');
	// Gets this name when it's complete.
	const packageDir = join(folder, fingerprintOfSources());
	if (existsSync(packageDir)) return packageDir;

	await mkdir(folder, { recursive: true });
	const unlock = await lock(folder, {
		stale: 20_000,
		retries: { forever: true, maxTimeout: 1_000 },
	});
	try {
		if (existsSync(packageDir)) return packageDir;
		for (const name of await readdir(folder)) {
			const old = join(folder, name);
			if (statSync(old).mtimeMs < Date.now() - KEPT) await rm(old, { recursive: true });
		}
		await buildAndUnpack(packageDir, signal);
		return packageDir;
	} finally {
		await unlock();
	}
}

async function buildAndUnpack(packageDir: string, signal?: AbortSignal): Promise<void> {
	const temporary = `${packageDir}.unpacking`;
	const options = { cwd: CLONE, log: join(stateFolder(), 'build.log'), signal };
	await rm(temporary, { recursive: true, force: true });
	await mkdir(temporary);
	await run('npm', ['run', 'build'], options);
	// Without scripts: the only one, prepublishOnly, refuses to run outside a release.
	await run('npm', ['pack', '--ignore-scripts', '--pack-destination', temporary], options);
	const tarball = (await readdir(temporary)).find((name) => name.endsWith('.tgz'));
	if (!tarball) throw new Error(`"npm pack" wrote no tarball. Its output is in ${options.log}`);
	await run('tar', ['-xzf', join(temporary, tarball), '-C', temporary], options);
	await rename(join(temporary, 'package'), packageDir);
	await rm(temporary, { recursive: true });
}

/** Names, sizes and times of all source files: cheap to take, and any edit, switch of branch or removal changes it. */
function fingerprintOfSources(): string {
	const hash = createHash('sha256');
	const add = (path: string) => {
		const stat = statSync(path, { throwIfNoEntry: false });
		if (stat?.isDirectory()) for (const name of readdirSync(path).sort()) add(join(path, name));
		else hash.update(`${path}\0${stat?.size}\0${stat?.mtimeMs}\n`);
	};
	for (const source of SOURCES) add(join(CLONE, source));
	return hash.digest('hex');
}
