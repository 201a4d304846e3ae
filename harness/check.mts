/** What the checks with many parts and figures have in common: their command line, their end at Ctrl-C, and their report. */
import { Command } from 'commander';
import { report, type Findings, type ReportName } from './report.mts';

interface About {
	name: ReportName;
	/** As a reader types it. */
	command: string;
	description: string;
	/** What a short run has fewer of; without it there is no short run. */
	fewer?: string;
	/**
	 * What a part is called, and the parts that there are; without it there are none to choose from.
	 * With `whole`, the findings hold all parts, whichever ran.
	 */
	parts?: { called: string; names: string[]; whole?: boolean };
	/** Adds options of its own. */
	options?: (command: Command) => Command;
}

export interface Run<Options = object> {
	/** The parts to run: all of them, or those that are named. */
	names: string[];
	short: boolean;
	options: Options;
	/** Told to whoever watches. */
	say: (text: string) => void;
	/** Aborted at Ctrl-C. */
	signal: AbortSignal;
}

/**
 * Runs a check and ends the process: with 1 when an aim is missed, something fails or it was stopped.
 * A complete run replaces the results of the last one; of some parts, those of these parts.
 */
export async function check<Options = object>(
	about: About,
	work: (run: Run<Options>) => Promise<Findings>,
): Promise<never> {
	const { names, only, short, options } = parse(about);
	const startedAt = Date.now();
	const say = (text: string) =>
		console.error(`[${Math.round((Date.now() - startedAt) / 1000)} s] ${text}`);
	const stopping = new AbortController();
	for (const signal of ['SIGINT', 'SIGTERM'] as const)
		process.on(signal, () => stopping.abort(new Error('Stopped.')));
	try {
		const run = { names, short, options: options as Options, say, signal: stopping.signal };
		const findings = await work(run);
		const parts = about.parts?.whole ? undefined : only;
		await report(about.name, about.command, findings, { short, only: parts, startedAt });
	} catch (error) {
		console.error(stopping.signal.aborted ? 'Stopped.' : error);
		process.exitCode = 1;
	}
	// Requests of a part that was stopped may still wait for their answer.
	process.exit();
}

/** Ends the process with a sentence for an option or a part that doesn't exist. */
function parse({ command, description, fewer, parts, options }: About) {
	const program = new Command(`${command} --`).description(description);
	if (fewer) program.option('--short', `fewer ${fewer}; leaves docs/measurements.md alone`, false);
	if (parts) program.argument('[names...]', `only these: ${parts.names.join(', ')}`);
	else program.allowExcessArguments(false);
	options?.(program);
	program.parse();
	const { args } = program;
	const unknown = args.filter((name) => !parts?.names.includes(name));
	if (unknown.length > 0)
		program.error(
			`There is no ${parts?.called} ${unknown.join(', ')}. Choose from ${parts?.names.join(', ')}.`,
		);
	const chosen = program.opts<{ short?: boolean }>();
	const short = chosen.short ?? false;
	return {
		names: args.length > 0 ? args : (parts?.names ?? []),
		short,
		only: args.length > 0 ? args : undefined,
		options: chosen,
	};
}

/** The name of a part, and what it found. */
export type Part = [string, Omit<Findings, 'about'>];

/** Puts the findings of several parts together, in their order. */
export function together(about: string, parts: Part[]): Findings {
	const of = <T,>(part: string, all: T[] = []) => all.map((one) => ({ part, ...one }));
	return {
		about,
		tables: parts.flatMap(([part, { tables }]) => of(part, tables)),
		plots: parts.flatMap(([part, { plots }]) => of(part, plots)),
		aims: parts.flatMap(([part, { aims }]) => of(part, aims)),
	};
}
