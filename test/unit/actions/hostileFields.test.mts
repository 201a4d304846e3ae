// Whoever fills in a form can send a text of a megabyte, and a builder can map it to any field. Every field of every operation,
// also of options and collections, takes it or refuses it: in linear time, and in a few words that don't repeat it.
import type { FieldSpec } from '../../../nodes/Didit/actions/common/fieldSpecs.ts';
import { RESOURCES } from '../../../nodes/Didit/actions/resources.ts';
import { attempt } from '../../support/generated.mts';
import { ON, PARAMETERS } from '../../support/parameters.mts';
import { byId } from '../../support/schema.mts';

const MEGABYTE = 1_000_000;
const filled = (piece: string) => piece.repeat(MEGABYTE / piece.length);
const TEXTS: Record<string, string> = {
	'one word': filled('x'),
	'entries of one kind': filled('a,'),
	'a JSON list': `[${Array.from({ length: 80_000 }, (_, index) => `"${index}"`).join()}]`,
	'marks that nobody sees': filled('\u200b'),
};

/** Milliseconds of processor time. On two cores that are busy, the slowest takes a third of it. */
const MOST_TIME = 3_000;

interface Place {
	path: string[];
	spec: FieldSpec;
	/** What other fields must say, so that this one is read. */
	others: Record<string, unknown>;
}

const NOT_A_FIELD = ['resource', 'operation', '@tool', '@version'];

function places(specs: FieldSpec[], path: string[] = [], others = {}): Place[] {
	return specs
		.filter(({ property }) => property.type !== 'notice')
		.flatMap((spec) => {
			const show = Object.entries(spec.property.displayOptions?.show ?? {})
				.filter(([name]) => !NOT_A_FIELD.includes(name))
				.map(([name, values]) => [name, values?.[0]]);
			const shown = { ...others, ...(path.length === 0 && Object.fromEntries(show)) };
			const here = [...path, spec.name];
			return [{ path: here, spec, others: shown }, ...places(spec.inner, here, shown)];
		});
}

const inside = ([name, ...rest]: string[], value: unknown): Record<string, unknown> => ({
	[name]: rest.length > 0 ? inside(rest, value) : value,
});

const OPERATIONS = RESOURCES.flatMap(({ option, operations }) =>
	operations.map((operation) => {
		const name = `${String(option.value)} ${String(operation.option.value)}`;
		const { fields, options = [] } = operation;
		return { name, places: [...places(fields), ...places(options, ['options'])] };
	}),
);

it.each(OPERATIONS)(
	'$name takes or refuses a megabyte in any of its fields',
	async ({ name, places: all }) => {
		const [resource, operation] = name.split(' ');
		for (const { path, spec, others } of all) {
			for (const [what, text] of Object.entries(TEXTS)) {
				const value = spec.property.type === 'resourceLocator' ? byId(text) : text;
				const parameters = { ...ON, ...PARAMETERS[name], ...others, ...inside(path, value) };
				const start = process.cpuUsage();
				const { error } = await attempt(resource, operation, parameters as never);
				const time = process.cpuUsage(start).user / 1000;
				const { message = '', advice = '' } = (error ?? {}) as {
					message?: string;
					advice?: string;
				};
				const where = `${path.join('.')}: ${what}`;
				expect({
					where,
					inTime: time < MOST_TIME,
					short: message.length < 300 && advice.length < 3_000,
				}).toEqual({
					where,
					inTime: true,
					short: true,
				});
			}
		}
	},
);

it('goes through more than two hundred fields [T354]', () =>
	expect(OPERATIONS.flatMap(({ places: all }) => all).length).toBeGreaterThan(200));
