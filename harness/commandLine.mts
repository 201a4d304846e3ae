/** The command line of a measuring command with several parts: all of them or those that are named, complete or short. */
import { Command } from 'commander';

export interface Choice {
	names: string[];
	short: boolean;
	/** Only a complete run of everything may replace the results of the last one. */
	partial: boolean;
}

interface Words {
	/** As a reader types it. */
	command: string;
	description: string;
	/** What a short run has fewer of. */
	fewer: string;
	/** What a part is called. */
	part: string;
}

/** Ends the process with a sentence when a part is named that does not exist. */
export function choose({ command, description, fewer, part }: Words, parts: string[]): Choice {
	const program = new Command(`${command} --`)
		.description(description)
		.option('--short', `fewer ${fewer}; leaves docs/measurements.md alone`, false)
		.argument('[names...]', `only these: ${parts.join(', ')}`)
		.parse();
	const unknown = program.args.filter((name) => !parts.includes(name));
	if (unknown.length > 0)
		program.error(`There is no ${part} ${unknown.join(', ')}. There are ${parts.join(', ')}.`);
	const { short } = program.opts<{ short: boolean }>();
	return {
		names: program.args.length > 0 ? program.args : parts,
		short,
		partial: short || program.args.length > 0,
	};
}
