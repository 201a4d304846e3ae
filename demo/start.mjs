/**
 * What `npm start` runs. Plain JavaScript with no imports from npm, because on a fresh clone nothing is installed yet:
 * it makes sure of that first and then hands over to main.mts in the same process, so that Ctrl-C has one process to reach.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const clone = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(clone);

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
	fail(
		`This needs Node.js 20.19 or later, and this is ${process.version}. Get a newer one from https://nodejs.org and start again.`,
	);
}
if (process.platform === 'win32') {
	fail(
		'The demo runs on Linux and macOS. On Windows, start it in WSL (https://learn.microsoft.com/windows/wsl/install).',
	);
}
if (!dependenciesFit()) {
	console.log('Installing the development tools of this clone (npm ci) …');
	const { status, signal } = spawnSync(
		'npm',
		['ci', '--no-audit', '--no-fund', '--loglevel=error'],
		{ stdio: 'inherit' },
	);
	if (signal) process.exit(130);
	if (status !== 0)
		fail(
			'"npm ci" did not work; its messages are above. A network connection is needed the first time.',
		);
}

const { register } = await import('tsx/esm/api');
register();
await import('./main.mts');

/** Whether every package of the lock file is installed in its version. Packages for other platforms may be missing. */
function dependenciesFit() {
	const hidden = join(clone, 'node_modules/.package-lock.json');
	if (!existsSync(hidden)) return false;
	const wanted = JSON.parse(readFileSync(join(clone, 'package-lock.json'), 'utf8')).packages;
	const installed = JSON.parse(readFileSync(hidden, 'utf8')).packages;
	return Object.entries(wanted).every(
		([path, { version, optional, devOptional }]) =>
			path === '' || optional || devOptional || installed[path]?.version === version,
	);
}

function fail(sentence) {
	console.error(sentence);
	process.exit(1);
}
