// `npm run scan`: the checks of n8n's community scanner on the source and on the packed tarball, without a published version.
// Warnings count as errors, and the tarball may hold nothing but what n8n needs.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ESLint, type Linter } from 'eslint';
// @ts-expect-error The scanner has no types.
import * as scanner from '@n8n/scan-community-package/scanner/scanner.mjs';

const { SOURCE_FILE_PATTERNS, buildScanConfig } = scanner;

/** What the tarball may hold. Everything else (tests, fixtures, sandbox, demo, maps) fails the scan. */
const ALLOWED = [
	/^package\.json$/,
	/^(README|CHANGELOG)\.md$/,
	/^LICENSE$/,
	/^index\.js$/,
	/^dist\/(nodes|credentials)\/[\w./-]+\.js$/,
	/^dist\/nodes\/\w+\/\w+\.node\.json$/,
	/^dist\/nodes\/\w+\/__schema__\/[\w./-]+\.json$/,
	/^dist\/nodes\/[\w./-]+\.svg$/,
];
const FORBIDDEN = /test|fixture|sandbox\/|demo\/|bench\/|contract\//;
const NEEDED = ['README.md', 'CHANGELOG.md', 'LICENSE', 'index.js', 'package.json'];

interface PackedFile {
	path: string;
}

const root = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'didit-scan-'));
const problems: string[] = [];

/** Runs the scanner's own rules, with inline comments that mute rules switched off, as the scanner does. */
async function leg(name: string, where: string, patterns: string[]): Promise<void> {
	const eslint = new ESLint({
		cwd: where,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: (await buildScanConfig()) as Linter.Config[],
	});
	const results = await eslint.lintFiles(patterns);
	const bad = results.filter(({ errorCount, warningCount }) => errorCount + warningCount > 0);
	console.log(`${name}: ${results.length} files read`);
	if (results.length === 0) problems.push(`${name}: no file was read`);
	if (bad.length > 0) problems.push(await (await eslint.loadFormatter('stylish')).format(bad));
}

try {
	await leg('Source', root, SOURCE_FILE_PATTERNS as string[]);

	const [packed] = JSON.parse(
		execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
			cwd: root,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		}),
	) as [{ filename: string; files: PackedFile[] }];
	const paths = packed.files.map(({ path }) => path);
	for (const path of paths) {
		if (!ALLOWED.some((allowed) => allowed.test(path)) || FORBIDDEN.test(path))
			problems.push(`Tarball: ${path} does not belong in it`);
	}
	const { n8n } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as {
		n8n: { nodes: string[]; credentials: string[] };
	};
	for (const needed of [...NEEDED, ...n8n.nodes, ...n8n.credentials]) {
		if (!paths.includes(needed)) problems.push(`Tarball: ${needed} is missing`);
	}
	execFileSync('tar', ['-xzf', join(folder, packed.filename), '-C', folder]);
	await leg('Tarball', join(folder, 'package'), ['**/*.js', 'package.json']);
} finally {
	rmSync(folder, { recursive: true, force: true });
}

if (problems.length > 0) {
	console.error(problems.join('\n'));
	process.exitCode = 1;
} else {
	console.log('No errors, no warnings, and nothing in the tarball that does not belong there.');
}
