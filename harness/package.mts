/** Builds the package and unpacks its npm tarball, so that n8n gets exactly what a user would install. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CLONE } from './paths.mts';
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

/**
 * Returns the folder of the unpacked package, below `folder`. Builds only when the sources have changed since the last time.
 * Throws an Error that names the log file when the build fails.
 */
export async function packPackage(folder: string, signal?: AbortSignal): Promise<string> {
	const packageDir = join(folder, 'package');
	const marker = join(folder, 'package.sources');
	const fingerprint = fingerprintOfSources();
	if (readIfThere(marker) === fingerprint && readIfThere(join(packageDir, 'package.json')))
		return packageDir;

	await rm(marker, { force: true });
	await run('npm', ['run', 'build'], { cwd: CLONE, log: join(folder, 'build.log'), signal });
	await unpack(folder, packageDir, signal);
	await writeFile(marker, fingerprint);
	return packageDir;
}

/** Packs what has been built in the clone and unpacks it to `packageDir`, replacing what was there. */
async function unpack(folder: string, packageDir: string, signal?: AbortSignal): Promise<void> {
	const temporary = join(folder, 'package.unpacking');
	const options = { cwd: CLONE, log: join(folder, 'build.log'), signal };
	await rm(temporary, { recursive: true, force: true });
	await mkdir(temporary, { recursive: true });
	// Without scripts: the only one, prepublishOnly, refuses to run outside a release.
	await run('npm', ['pack', '--ignore-scripts', '--pack-destination', temporary], options);
	const tarball = (await readdir(temporary)).find((name) => name.endsWith('.tgz'));
	if (!tarball) throw new Error(`"npm pack" wrote no tarball. Its output is in ${options.log}`);
	await run('tar', ['-xzf', join(temporary, tarball), '-C', temporary], options);
	await rm(packageDir, { recursive: true, force: true });
	await rename(join(temporary, 'package'), packageDir);
	await rm(temporary, { recursive: true, force: true });
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

function readIfThere(path: string): string | undefined {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return undefined;
	}
}
