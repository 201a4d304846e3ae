// Every field of every operation is described once. What follows from that is tried on all of them.
import {
	labelsOf,
	readField,
	type FieldSpec,
} from '../../../nodes/Didit/actions/common/fieldSpecs.ts';
import { LANGUAGES, LANGUAGE_LIST } from '../../../nodes/Didit/actions/common/languages.ts';
import { RESOURCES } from '../../../nodes/Didit/actions/resources.ts';
import { InputError } from '../../../nodes/Didit/transport/errors.ts';
import { refused } from '../../../nodes/Didit/transport/errors.ts';

const OPERATIONS = RESOURCES.flatMap((resource) =>
	resource.operations.map((operation) => ({
		name: `${resource.option.name}: ${operation.option.name}`,
		specs: [...operation.fields, ...(operation.options ?? [])],
	})),
);

/** With those inside of collections, and the names around them at Didit. */
function everySpec(
	specs: FieldSpec[],
	around: string[] = [],
): Array<{ spec: FieldSpec; around: string[] }> {
	return specs.flatMap((spec) => [
		{ spec, around },
		...everySpec(spec.inner, spec.diditName ? [...around, spec.diditName] : around),
	]);
}

const FIELDS = OPERATIONS.flatMap(({ name, specs }) =>
	everySpec(specs).map(({ spec, around }) => ({
		operation: name,
		specs,
		around,
		spec,
		label: spec.label,
	})),
);

const SENT = FIELDS.filter(({ spec }) => spec.diditName !== undefined);

it.each(SENT)(
	'$operation: a refusal of Didit names "$label" as the screen does',
	({ specs, around, spec }) => {
		const inside = { [spec.diditName as string]: ['This is not right.'] };
		const body = [...around].reverse().reduce<object>((inner, name) => ({ [name]: inner }), inside);
		const request = { method: 'POST', path: '/v3/x/', labels: () => labelsOf(specs) } as const;
		const { message } = refused({ statusCode: 400, headers: {}, body }, request, 'apiKey');
		expect(message.endsWith(`${spec.label}: This is not right.`)).toBe(true);
		// Nothing of Didit's own names is left, also around the field.
		expect(message).not.toMatch(/_/);
	},
);

it('goes through more than a hundred fields that are sent', () =>
	expect(SENT.length).toBeGreaterThan(100));

it('has one label for each name of Didit within an operation', () => {
	for (const { name, specs } of OPERATIONS) {
		const labels = new Map<string, string>();
		for (const { spec, around } of everySpec(specs)) {
			if (spec.diditName === undefined) continue;
			const known = labels.get(spec.diditName);
			expect([name, around, spec.diditName, known ?? spec.label]).toEqual([
				name,
				around,
				spec.diditName,
				spec.label,
			]);
			labels.set(spec.diditName, spec.label);
		}
	}
});

const refusalOf = (read: () => unknown): InputError => {
	try {
		read();
	} catch (error) {
		expect(error).toBeInstanceOf(InputError);
		return error as InputError;
	}
	throw new Error('It was not refused');
};

interface Choice {
	name: string;
	value: string;
}
const choicesOf = ({ property }: FieldSpec) =>
	property.typeOptions?.loadOptionsMethod === LANGUAGE_LIST.loadOptionsMethod
		? LANGUAGES
		: (property.options as Choice[]);
const FREE_TEXT = ['features', 'language', 'emailLanguage', 'sandboxScenario'];
const CHOICES = FIELDS.filter(({ spec }) =>
	['options', 'multiOptions'].includes(spec.property.type),
);

describe.each(CHOICES)('$operation: $label', ({ spec }) => {
	it('refuses what is no choice, with the choices of the screen, and offers to leave it empty only if it may be', () => {
		const { message, advice } = refusalOf(() => readField(spec, 'No such choice!'));
		expect(message).toContain(`'${spec.label}'`);
		if (!FREE_TEXT.includes(spec.name)) {
			for (const { name } of choicesOf(spec)) expect(advice).toContain(name);
		}
		expect(/leave it empty/i.test(advice)).toBe(!spec.required);
	});

	it('takes every choice by its value and by its name on the screen', () => {
		for (const { name, value } of choicesOf(spec)) {
			if (value === '' || spec.name === 'features') continue;
			const isList = spec.property.type === 'multiOptions';
			expect(readField(spec, value)).toEqual(isList ? [value] : value);
			if (spec.name !== 'sandboxScenario') expect([readField(spec, name)].flat()).toEqual([value]);
		}
	});

	it.each([undefined, null, '', '  ', []])('takes %j for nothing, or asks for it', (nothing) => {
		if (spec.required) {
			expect(refusalOf(() => readField(spec, nothing))).toMatchObject({
				message: `'${spec.label}' is empty`,
				advice: spec.ask,
			});
		} else {
			expect(readField(spec, nothing)).toEqual(spec.empty);
		}
	});
});

it('goes through more than twenty fields with choices', () =>
	expect(CHOICES.length).toBeGreaterThan(20));
