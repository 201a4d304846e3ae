/** What comes with the package, and how it gets to npm: nothing that somebody else could change unseen. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../package.json';

function sources(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
		.map((entry) => join(entry.parentPath, entry.name));
}

const shipped = [...sources('nodes'), ...sources('credentials')].map((file) => ({
	file,
	text: readFileSync(file, 'utf8'),
}));

it('the package brings no other package with it, and runs nothing when it is installed [T81]', () => {
	expect(manifest).not.toHaveProperty('dependencies');
	expect(manifest).not.toHaveProperty('optionalDependencies');
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	expect(
		Object.keys(manifest.scripts).filter((name) => /^(pre|post)?install$|^prepare$/.test(name)),
	).toEqual([]);
	expect(readFileSync('.npmrc', 'utf8')).toMatch(/^ignore-scripts=true$/m);
});

it('what is shipped imports n8n-workflow, node:crypto and itself, and nothing by a name made up at run time [T82]', () => {
	expect(shipped.length).toBeGreaterThan(50);
	for (const { file, text } of shipped) {
		const imported = [...text.matchAll(/^(?:import|export) [^;]*? from '([^']+)';/gms)].map(
			([, name]) => name,
		);
		expect({
			file,
			foreign: imported.filter((name) => !/^(n8n-workflow|node:crypto|\.\.?\/.*)$/.test(name)),
		}).toEqual({ file, foreign: [] });
		expect({
			file,
			evil: text.match(
				/\brequire\(|\bimport\(|\beval\(|new Function\(|\bprocess\.\w|child_process/,
			),
		}).toEqual({ file, evil: null });
	}
});

it('tools are pinned to one version, and the lock file says what each is [T83]', () => {
	for (const version of Object.values(manifest.devDependencies))
		expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
	const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
		packages: Record<string, { integrity?: string; link?: boolean; inBundle?: boolean }>;
	};
	expect(
		Object.entries(lock.packages)
			.filter(
				([path, { integrity, link, inBundle }]) =>
					path !== '' && !link && !inBundle && !integrity?.startsWith('sha'),
			)
			.map(([path]) => path),
	).toEqual([]);
});

it('a release comes from a tag, through actions that are pinned, without a stored token [T84]', () => {
	const workflow = readFileSync('.github/workflows/publish.yml', 'utf8');
	for (const [, action] of workflow.matchAll(/uses: (\S+)/g))
		expect(action).toMatch(/@[0-9a-f]{40}$/);
	expect(workflow).toContain('id-token: write');
	expect(workflow).toMatch(/^permissions:\n {2}contents: read$/m);
	expect(workflow).not.toMatch(/secrets\.|NPM_TOKEN/);
	// The job that may publish runs nothing of the repository or its tools, and waits for a maintainer.
	const [build, publish] = workflow.split(/^ {2}publish:$/m);
	expect(build).toContain('git merge-base --is-ancestor HEAD origin/main');
	expect(build).not.toContain('id-token');
	expect(publish).toMatch(/^ {4}environment: npm$/m);
	expect(publish).not.toMatch(/actions\/checkout|npm (c|ci|cit|i|install|run|test)\b|npx/);
});
