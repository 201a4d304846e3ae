/**
 * What a check found: printed as tables, written as JSON and, for a complete run, summed up in docs/measurements.md.
 * A short run (for CI) is judged more generously where time is measured, and never replaces the results of a complete one.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import markdownTable from 'markdown-table';
import { CLONE } from './paths.mts';
import { NODE_VERSION, N8N_VERSION } from './n8n/release.mts';
import { draw, plotFile, type Plot } from './plot.mts';

/** Of a check with parts: which one it comes from. */
interface OfPart {
	part?: string;
}

export interface Table extends OfPart {
	title: string;
	/** Also shown on the page; the JSON has every table. */
	onPage?: boolean;
	/** What was done and how to read it, in a sentence or two. */
	note?: string;
	columns: string[];
	rows: Array<Array<string | number>>;
}

/** Something that must hold. */
export interface Aim extends OfPart {
	text: string;
	measured: number;
	atLeast?: number;
	atMost?: number;
	/** A ratio of times: it varies from run to run, so a short run allows it half as much again. */
	timing?: boolean;
	/** The measurement that proves that n8n, not this package, is the limit. An aim with a reason may be missed. */
	reason?: string;
}

export interface Findings {
	/** What was run, with which parts, in a sentence or two. */
	about: string;
	/** Where it was more than the pinned n8n. */
	versions?: string;
	tables: Table[];
	/** Pictures, which stand before the tables on the page. */
	plots?: Array<Plot & OfPart>;
	aims: Aim[];
}

interface Report extends Findings {
	name: ReportName;
	command: string;
	date: string;
	seconds: number;
	machine: string;
	versions: string;
	commit: string;
	/** Parts that were run singly since, complete. */
	again?: Again[];
}

interface Again {
	parts: string[];
	date: string;
	seconds: number;
	commit: string;
}

const FOLDER = 'docs/measurements';
const SHORT_FOLDER = '.tmp/measurements';
const PICTURES = 'docs/images';
const PAGE = 'docs/measurements.md';
/** The order on the page. */
const NAMES = ['bench', 'queue', 'soak', 'hosts'] as const;
export type ReportName = (typeof NAMES)[number];
export const SLACK = 1.5;

export const isMet = (
	{ measured, atLeast = -Infinity, atMost = Infinity, timing }: Aim,
	slack = 1,
): boolean => {
	const allowed = timing ? slack : 1;
	return measured >= atLeast / allowed && measured <= atMost * allowed;
};

/**
 * Prints the findings and writes them down: a complete run to `docs/measurements`, `docs/images` and the page, a short one to `.tmp`.
 * A complete run of some parts takes the place of what the last complete run found about them.
 * Sets the exit code to 1 when an aim without a reason is missed.
 * @param command as a reader types it
 * @param only the parts that were run, if not all
 * @param startedAt milliseconds since 1970
 */
export async function report(
	name: ReportName,
	command: string,
	findings: Findings,
	{ short, only, startedAt }: { short: boolean; only?: string[]; startedAt: number },
): Promise<void> {
	const full: Report = {
		name,
		command,
		...dayAndCommit(),
		seconds: Math.round((Date.now() - startedAt) / 1000),
		machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? arch()}, ${Math.round(totalmem() / 2 ** 30)} GiB memory, ${type()} ${release()}`,
		...findings,
		versions: findings.versions ?? `n8n ${N8N_VERSION} on Node.js ${NODE_VERSION}`,
	};
	const kept = only ? intoLast(full, only) : full;
	const apart = short || !kept;
	const folder = join(CLONE, apart ? SHORT_FOLDER : FOLDER);
	mkdirSync(folder, { recursive: true });
	writeFileSync(
		join(folder, `${name}.json`),
		`${JSON.stringify(apart ? full : kept, null, '\t')}\n`,
	);
	await draw(findings.plots ?? [], apart ? folder : join(CLONE, PICTURES));
	if (!apart) writeFileSync(join(CLONE, PAGE), renderPage());

	console.log(`\n${section(full, full.tables)}`);
	const missed = findings.aims.filter((aim) => !aim.reason && !isMet(aim, short ? SLACK : 1));
	for (const { text } of missed) console.log(`MISSED: ${text}`);
	console.log(`${findings.aims.length - missed.length} passed, ${missed.length} failed`);
	if (missed.length > 0) process.exitCode = 1;
}

/** The last complete run with these parts as they are now; undefined where findings don't belong to parts, or there is no such run. */
function intoLast(now: Report, only: string[]): Report | undefined {
	const files = readdirSync(join(CLONE, FOLDER));
	if (!files.includes(`${now.name}.json`) || now.aims.some(({ part }) => !part)) return undefined;
	const last = readReport(now.name);
	const { date, seconds, commit } = now;
	const others = (last.again ?? []).filter(
		({ parts }) => !parts.every((one) => only.includes(one)),
	);
	return {
		...last,
		again: [...others, { parts: only, date, seconds, commit }],
		tables: replaced(last.tables, now.tables, only),
		plots: replaced(last.plots, now.plots, only),
		aims: replaced(last.aims, now.aims, only),
	};
}

/** In the order of the last run. */
function replaced<T extends OfPart>(last: T[] = [], now: T[] = [], only: string[]): T[] {
	const parts = new Set([...last, ...now].map(({ part }) => part));
	return [...parts].flatMap((part) =>
		(part !== undefined && only.includes(part) ? now : last).filter((one) => one.part === part),
	);
}

const readReport = (name: ReportName) =>
	JSON.parse(readFileSync(join(CLONE, FOLDER, `${name}.json`), 'utf8')) as Report;

/** One page on all complete runs, from the JSON files beside it. */
export function renderPage(): string {
	const files = readdirSync(join(CLONE, FOLDER));
	const reports = NAMES.filter((name) => files.includes(`${name}.json`)).map(readReport);
	return (
		[
			'# Measurements',
			'The last complete run of each check, written by the checks themselves: what each must reach, what it reached, and the tables that matter most. `docs/measurements/*.json` has everything else. Absolute times belong to the machine; what counts is the comparison within a run.',
			...reports.map((one) =>
				section(
					one,
					one.tables.filter(({ onPage }) => onPage),
				),
			),
		].join('\n\n') + '\n'
	);
}

function section(
	{
		command,
		about,
		date,
		seconds,
		machine,
		versions,
		commit,
		again = [],
		plots = [],
		aims,
	}: Report,
	tables: Table[],
): string {
	return [
		`## \`${command}\``,
		about,
		`${date}, ${duration(seconds)}, commit ${commit}. ${versions}; ${machine}.`,
		...again.map(
			(one) =>
				`Measured again: ${one.parts.join(', ')} (${one.date}, ${duration(one.seconds)}, commit ${one.commit}).`,
		),
		...(aims.length > 0 ? [aimTable(aims)] : []),
		...plots.map(pictures),
		...tables.flatMap(({ title, note, columns, rows }) => [
			`### ${title}`,
			...(note ? [note] : []),
			table(columns, rows),
		]),
		...aims.filter((aim) => aim.reason).map(({ text, reason }) => `**${text}:** ${reason}`),
	].join('\n\n');
}

const pictures = (plot: Plot): string =>
	`<picture><source media="(prefers-color-scheme: dark)" srcset="images/${plotFile(plot, 'dark')}"><img alt="${plot.title}" src="images/${plotFile(plot, 'light')}"></picture>`;

function aimTable(aims: Aim[]): string {
	const bound = ({ atLeast, atMost }: Aim) => {
		if (atLeast === atMost || atMost === 0) return `${atMost}`;
		return [atLeast !== undefined && `≥ ${atLeast}`, atMost !== undefined && `≤ ${atMost}`]
			.filter(Boolean)
			.join(', ');
	};
	const verdict = (aim: Aim) =>
		isMet(aim) ? '' : aim.reason ? ' **missed, see below**' : ' **missed**';
	return table(
		['aim', 'wanted', 'measured'],
		aims.map((aim) => [aim.text, bound(aim), `${round(aim.measured)}${verdict(aim)}`]),
	);
}

const table = (columns: string[], rows: Table['rows']): string =>
	markdownTable(
		[
			columns,
			...rows.map((row) =>
				row.map((cell) => (typeof cell === 'number' ? String(round(cell)) : cell)),
			),
		],
		{
			align: columns.map((_, index) =>
				rows.every((row) => typeof row[index] === 'number') ? 'r' : 'l',
			),
		},
	);

/** Three digits tell all that such a measurement can. */
const round = (value: number): number =>
	Number.isInteger(value) ? value : Number(value.toPrecision(3));

const duration = (seconds: number): string =>
	seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;

/** The day, as 2026-11-23, and the commit, with a word when the nodes differ from it. */
export const dayAndCommit = (): { date: string; commit: string } => ({
	date: new Date().toISOString().slice(0, 10),
	commit:
		git('rev-parse', '--short', 'HEAD') +
		(git('status', '--porcelain', '--', 'nodes', 'credentials') ? ' and changes' : ''),
});

/** Empty outside a git checkout. */
function git(...args: string[]): string {
	try {
		return execFileSync('git', args, {
			cwd: CLONE,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		}).trim();
	} catch {
		return '';
	}
}
