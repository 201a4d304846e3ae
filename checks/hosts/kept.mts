/**
 * What the tests last did on each release, file by file: one release, or some of its files, can be tried again without the rest.
 * A complete run takes an hour and a half.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CLONE } from '../../harness/paths.mts';
import { dayAndCommit } from '../../harness/report.mts';
import type { Host } from './hosts.mts';

/** The part of jest's JSON output that matters here. */
export interface JestResults {
	testResults: Array<{
		name: string;
		status: string;
		assertionResults: Array<{
			ancestorTitles: string[];
			title: string;
			fullName: string;
			status: string;
		}>;
	}>;
}

type FileResult = JestResults['testResults'][number];

interface KeptFile extends FileResult {
	/** When it ran, and on what. */
	date: string;
	commit: string;
}

export interface Kept {
	n8n: string;
	node: string;
	testResults: KeptFile[];
}

const FOLDER = join(CLONE, 'docs/measurements/hosts');
const pathOf = ({ n8n }: Host): string => join(FOLDER, `${n8n}.json`);

/** The last results on a release, without files of tests that are gone; undefined for one that was never tried. */
export function readKept(host: Host): Kept | undefined {
	if (!existsSync(pathOf(host))) return undefined;
	const kept = JSON.parse(readFileSync(pathOf(host), 'utf8')) as Kept;
	return {
		...kept,
		testResults: kept.testResults.filter(({ name }) => existsSync(join(CLONE, 'test/e2e', name))),
	};
}

/** Puts what ran in the place of what the same files did before. */
export function keep(host: Host, { testResults }: JestResults): Kept {
	const when = dayAndCommit();
	const ran = testResults.map((file) => ({ ...withoutDetails(file), ...when }));
	const before = readKept(host)?.testResults ?? [];
	const names = new Set(ran.map(({ name }) => name));
	const { n8n, node } = host;
	const kept = {
		n8n,
		node,
		testResults: [...before.filter(({ name }) => !names.has(name)), ...ran].sort((a, b) =>
			a.name < b.name ? -1 : 1,
		),
	};
	mkdirSync(FOLDER, { recursive: true });
	writeFileSync(pathOf(host), `${JSON.stringify(kept, null, '\t')}\n`);
	return kept;
}

/** Without messages of failures, which hold paths, and times. */
const withoutDetails = ({ name, status, assertionResults }: FileResult): FileResult => ({
	name: basename(name),
	status,
	assertionResults: assertionResults.map(
		({ ancestorTitles, title, fullName, status: outcome }) => ({
			ancestorTitles,
			title,
			fullName,
			status: outcome,
		}),
	),
});
