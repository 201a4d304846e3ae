/** What a builder or an expression puts into a field: a value of the documented form, or a refusal that names the field. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import * as checks from '../../../../nodes/Didit/actions/common/checks.ts';
import * as contactChecks from '../../../../nodes/Didit/actions/common/contactChecks.ts';
import * as kinds from '../../../../nodes/Didit/actions/common/fieldKinds.ts';
import * as specs from '../../../../nodes/Didit/actions/common/fieldSpecs.ts';
import { language } from '../../../../nodes/Didit/actions/common/languages.ts';
import { toDay } from '../../../../nodes/Didit/actions/common/days.ts';
import { toId } from '../../../../nodes/Didit/actions/common/ids.ts';
import * as values from '../../../../nodes/Didit/actions/common/values.ts';
import { InputError } from '../../../../nodes/Didit/transport/errors.ts';
import {
	anyText,
	anyJson,
	expectCleanPrototypes,
	frozen,
	webUrl,
} from '../../../support/arbitraries.mts';
import { many } from '../../../support/many.mts';

const input = { ...checks, ...contactChecks };
const LABEL = 'Some Field';
const FIELD = { label: LABEL };
const PIECES = [
	'../',
	'..',
	'.',
	'/',
	'\\',
	'%2F',
	'%2f',
	'%2e%2e',
	'?',
	'#',
	'&',
	'=',
	';',
	'@',
	':',
	' ',
	'\n',
	'\r\n',
	'\t',
	'\u0000',
	'\u2028',
	'🙂',
	'\ud800',
	'é',
	'e\u0301',
	'+',
	'-',
	'{{',
	'$json',
	'null',
	'__proto__',
	'user-42',
	'http://',
	'myapp://',
	'javascript:',
	'JavaScript://',
	'file://',
	'data://x',
	'alert(1)',
	'11111111-2222-4333-8444-555555555555',
	'2024-02-30',
	'127.0.0.1',
	'::1',
	'a@b.co',
];
const text = fc.oneof(
	fc.constantFrom(...PIECES),
	fc.array(fc.constantFrom(...PIECES), { maxLength: 4 }).map((parts) => parts.join('')),
	fc.string(),
	anyText(),
);
const value = fc.oneof(
	{ weight: 3, arbitrary: text as fc.Arbitrary<unknown> },
	{ weight: 2, arbitrary: anyJson(['value', 'name']) },
	{
		weight: 1,
		arbitrary: fc.constantFrom<unknown>(
			undefined,
			NaN,
			Infinity,
			-0,
			1e21,
			true,
			new Date(0),
			new Date(NaN),
		),
	},
);

/** What a reader gives, or undefined for a refusal in words. */
function attempt<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch (error) {
		assert(error instanceof InputError);
		const { message, advice } = error;
		assert(message.startsWith(`'${LABEL}' `), message);
		assert(`${message}${advice}`.length < 300);
		return undefined;
	}
}

const CHOICE = kinds.choice({
	label: LABEL,
	name: 'kind',
	options: [
		{ name: 'API', value: 'API' },
		{ name: 'Hosted by Didit', value: 'HOSTED' },
	],
});

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** A text field's check, and the form of everything that it lets through. */
const CHECKS: Array<
	[
		name: string,
		check: (value: string, field: values.Field) => string | undefined,
		form: RegExp,
		good: fc.Arbitrary<string>,
	]
> = [
	['uuid', input.uuid, UUID, fc.uuid()],
	[
		'url',
		input.url,
		/^(?!(javascript|data|vbscript|file|blob|about):)[a-z][a-z0-9+.-]*:\/\/\S*$/i,
		webUrl,
	],
	[
		'date',
		input.date,
		/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
		fc
			.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
			.map((date) => date.toISOString()),
	],
	[
		'email',
		input.email,
		/^[^\s@<>"(),:;]+@[a-z0-9.-]+$/i,
		fc.constantFrom('nora@example.com', 'a.b+c@x.example'),
	],
	['country', input.country, /^[A-Z]{3}$/, fc.constantFrom('esp', ' ESP ')],
	['shortCountry', input.shortCountry, /^[A-Z]{2}$/, fc.constantFrom('es')],
	[
		'registryCountry',
		input.registryCountry,
		/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/,
		fc.constantFrom('us-ca', 'ES'),
	],
	['phone', input.phone, /^\+[1-9]\d{5,14}$/, fc.constantFrom('+34 600 000 000', '0034600000000')],
	['ipAddress', input.ipAddress, /^[0-9a-f.:]+$/i, fc.oneof(fc.ipV4(), fc.ipV6())],
	['atMost', input.atMost(20), /^[\s\S]{0,20}$/, fc.string({ maxLength: 20 })],
	[
		'choice',
		(given) => specs.readField(CHOICE, given) ?? 'API',
		/^(API|HOSTED)$/,
		fc.constantFrom('api', ' HOSTED', 'Hosted by Didit'),
	],
	[
		'language',
		(given, field) => language(given, field) ?? 'en',
		/^[a-z]{2,3}(-[A-Z]{2})?$/,
		fc.constantFrom('en', 'de-DE,de;q=0.9', 'pt-BR', 'nb', 'Spanish', 'xx-YY'),
	],
	[
		'dateTime',
		input.dateTime,
		/^[+-]?\d{4,6}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/,
		fc
			.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
			.map((date) => date.toISOString()),
	],
];

it.each(CHECKS)(
	'%s lets through what has its form, and refuses the rest in words [T62]',
	(_, check, form, good) => {
		fc.assert(
			fc.property(text, (given) => {
				const read = attempt(() => check(given, FIELD));
				if (read !== undefined) expect(read).toMatch(form);
			}),
			{ numRuns: many(300) },
		);
		fc.assert(
			fc.property(good, (given) => expect(check(given, FIELD)).toMatch(form)),
			{ numRuns: many(100) },
		);
	},
);

it('an ID of the builder stays one part of the path, and comes back as it was [T61]', () => {
	fc.assert(
		fc.property(text, (id) => {
			const part = attempt(() => values.pathPart(id, FIELD));
			if (part === undefined) return;
			const url = new URL(`https://verification.didit.me/v3/users/${part}/`);
			assert.deepEqual(
				[url.origin, url.search, url.hash],
				['https://verification.didit.me', '', ''],
			);
			const parts = url.pathname.split('/');
			assert.deepEqual([parts.length, parts[1], parts[2], parts[4]], [5, 'v3', 'users', '']);
			assert.equal(decodeURIComponent(parts[3]), id);
		}),
		{ numRuns: many(1500) },
	);
});

/** No text that JavaScript made of an object. */
const isHonest = (read: string) => !read.includes('[object ');

it('no field takes an object for a text, and none fails without words', () => {
	fc.assert(
		fc.property(value, (given) => {
			frozen(given);
			const reads = [
				attempt(() => [values.toText(given, FIELD)]),
				attempt(() => [toId(given, FIELD)]),
				attempt(() => [toDay(given, FIELD)]),
				attempt(() => [values.toText(values.valueOfLocator(given), FIELD)]),
				attempt(() => values.toList(given, FIELD)),
			];
			for (const read of reads.flat()) assert(read === undefined || isHonest(read), read);
			const number = attempt(() => input.numberWithin(given, FIELD, { least: 1, most: 3650 }));
			if (number !== undefined)
				assert(Number.isInteger(number) && number >= 1 && number <= 3650, String(number));
			const object = attempt(() => input.jsonObject(given, FIELD));
			if (object !== undefined)
				assert.deepEqual([typeof object, Array.isArray(object)], ['object', false]);
			expectCleanPrototypes();
		}),
		{ numRuns: many(1000) },
	);
});

const SPECS = [
	kinds.text({ label: LABEL, name: 'name', diditName: 'first_name' }),
	kinds.list({ label: LABEL, name: 'value', diditName: 'codes' }),
	kinds.json({ label: LABEL, name: '__proto__', diditName: 'metadata' }),
];

it('a collection of fields becomes a body of those fields alone [T67]', () => {
	fc.assert(
		fc.property(
			fc.dictionary(
				fc.constantFrom('name', 'value', '__proto__', 'constructor', 'polluted'),
				value,
			),
			(given) => {
				const body = attempt(() => specs.readFields(frozen(given) as IDataObject, SPECS));
				if (body === undefined) return;
				expect(
					Object.keys(body).filter((key) => !['first_name', 'codes', 'metadata'].includes(key)),
				).toEqual([]);
				expect(typeof (body.first_name ?? '')).toBe('string');
				expect(
					(body.codes as unknown[] | undefined)?.every(
						(code) => typeof code === 'string' && isHonest(code),
					) ?? true,
				).toBe(true);
				expectCleanPrototypes();
			},
		),
		{ numRuns: many(500) },
	);
});
