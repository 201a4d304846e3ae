// What n8n's own nodes and people's forms give: understood, or refused in plain words. Nothing wrong is sent.
import fc from 'fast-check';
import { date, dateTime } from '../../../../nodes/Didit/actions/common/checks.ts';
import { email, ipAddress, phone } from '../../../../nodes/Didit/actions/common/contactChecks.ts';
import { readField, type FieldSpec } from '../../../../nodes/Didit/actions/common/fieldSpecs.ts';
import { toDay } from '../../../../nodes/Didit/actions/common/days.ts';
import { json } from '../../../../nodes/Didit/actions/common/fieldKinds.ts';
import { toId } from '../../../../nodes/Didit/actions/common/ids.ts';
import { language } from '../../../../nodes/Didit/actions/common/languages.ts';
import { toCollection, toList, toText } from '../../../../nodes/Didit/actions/common/values.ts';
import { RESOURCES } from '../../../../nodes/Didit/actions/resources.ts';
import { filters } from '../../../../nodes/Didit/actions/session/getAll.filters.ts';
import { InputError } from '../../../../nodes/Didit/transport/errors.ts';
import { anyText } from '../../../support/arbitraries.mts';
import { many } from '../../../support/many.mts';

const FIELD = { label: 'Some Field', timeZone: 'Europe/Madrid' };

const REFUSED = Symbol('refused');

function attempt<T>(read: () => T): T | typeof REFUSED {
	try {
		return read();
	} catch (error) {
		expect(error).toBeInstanceOf(InputError);
		expect((error as InputError).advice).not.toBe('');
		return REFUSED;
	}
}

const everySpec = (specs: FieldSpec[]): FieldSpec[] =>
	specs.flatMap((spec) => [spec, ...everySpec(spec.inner)]);

/** The fields in which a builder's own ID, or a number that stands for one person or business, is given. */
const ID_NAMES = [
	'vendorData',
	'userId',
	'businessId',
	'identificationNumber',
	'registrationNumber',
	'documentNumber',
	'personalNumber',
	'taxNumber',
	'accountId',
	'transactionId',
	'reference',
	'value',
	'valueInSession',
	'walletAddress',
	'deviceId',
];
const ID_FIELDS = RESOURCES.flatMap((resource) =>
	resource.operations.flatMap((operation) =>
		everySpec([...operation.fields, ...(operation.options ?? [])])
			.filter(({ name }) => ID_NAMES.includes(name))
			.map((spec) => ({
				name: `${resource.option.name}: ${operation.option.name}: ${spec.label}`,
				spec,
			})),
	),
);

describe.each(ID_FIELDS)('$name', ({ spec }) => {
	const read = (value: unknown) => attempt(() => readField(spec, value));

	it('never makes one ID of two different inputs', () => {
		const input = fc.oneof(
			fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n }).map(Number),
			fc.maxSafeInteger(),
			fc.double(),
			fc.bigInt({ min: 0n, max: 2n ** 70n }),
			anyText({ maxLength: 50 }),
			fc.object(),
			fc.array(fc.integer(), { maxLength: 2 }),
			fc.boolean(),
		);
		// Two inputs are the same if they are spelled alike: 7 and "7".
		const spelling = (value: unknown) => String(value as string).trim();
		fc.assert(
			fc.property(input, input, (one, other) => {
				const [a, b] = [read(one), read(other)];
				if (a === REFUSED || b === REFUSED || a === undefined || b === undefined) return;
				expect([a === b, spelling(one) === spelling(other)]).toEqual([a === b, a === b]);
			}),
			{ numRuns: many(200) },
		);
	});

	it.each<[string, unknown]>([
		['a number that JSON has rounded', 7615917337495251000],
		['a number beyond 2^53', 2 ** 53],
		['a number that prints with an exponent', 1e21],
		['a number with more digits than are exact', 0.1 + 0.2],
		['an object that became text', '[object Object]'],
		['an object inside a text', 'user-[object Object]'],
		['an object of Node', '[Object: null prototype] {}'],
		['a list that became text', '[Array]'],
		['undefined inside a text', 'user-undefined'],
		['null inside a text', 'null/42'],
		['NaN', 'NaN'],
		['an expression that was not evaluated', 'user-{{ $json.id }}'],
		['a template that was not evaluated', 'user-${id}'],
		['a circle that became text', '[Circular *1]'],
		['a function that became text', 'function search() { [native code] }'],
		['half a character', 'user-\ud800'],
		['a letter that was lost', 'm\ufffdller'],
		['undefined behind a text', 'user42undefined'],
		['a number that JavaScript rounded inside a text', 'user-1.5e+21'],
		['a number that a spreadsheet rounded', '7.61592E+18'],
		['a number that a spreadsheet with a comma rounded', '7,61592E+18'],
		['a formula without a result', '#N/A'],
		['a formula without a result inside a text', 'user-#REF!'],
		['true as text', ' true '],
		['a date that n8n printed', '[DateTime: 2026-05-31T00:00:00.000Z]'],
		['a date that is none', 'Invalid Date'],
		['a date that is none inside a text', 'user-Invalid DateTime'],
		['a duration that is none', 'Invalid Duration'],
		['bytes that Node.js printed', '<Buffer 75 73>'],
		['an object', { id: 7 }],
		['a list', [1, 2]],
		['true', true],
		['no number', NaN],
	])('refuses %s', (_, value) => expect(read(value)).toBe(REFUSED));

	it.each<[unknown, string]>([
		[42, '42'],
		[Number.MAX_SAFE_INTEGER, '9007199254740991'],
		[7615917337495251231n, '7615917337495251231'],
		['7615917337495251231', '7615917337495251231'],
		[' user-42 ', 'user-42'],
		['nullable', 'nullable'],
		['undefinedly', 'undefinedly'],
		['nora+1e+20@example.com', 'nora+1e+20@example.com'],
		['123e4567-e89b', '123e4567-e89b'],
		['12e+5', '12e+5'],
		['true-north', 'true-north'],
		['#42', '#42'],
		['Invalid Dates', 'Invalid Dates'],
	])('takes %p as it is', (value, id) => expect(read(value)).toBe(id));
});

it('goes through the ID fields of ten operations at least', () =>
	expect(ID_FIELDS.length).toBeGreaterThan(15));

const luxon = (iso: string) => ({ toISO: () => iso, isValid: true });

it.each<[string, unknown, string | typeof REFUSED]>([
	['text', '1990-05-31', '1990-05-31'],
	['MySQL', '1990-05-31 00:00:00', '1990-05-31'],
	['ISO text', '1990-05-31T00:00:00.000Z', '1990-05-31'],
	['a date picker', '1990-05-31T00:00:00', '1990-05-31'],
	['a Date of a data table', new Date('1990-05-31'), '1990-05-31'],
	[
		'a Date that is midnight in the time zone of the workflow',
		new Date('1990-05-30T22:00:00Z'),
		'1990-05-31',
	],
	['its text', '1990-05-30T22:00:00.000Z', '1990-05-31'],
	['Luxon', luxon('1990-05-31T00:00:00.000+02:00'), '1990-05-31'],
	["a spreadsheet's number", 33024, '1990-05-31'],
	["a spreadsheet's number with a time", 33024.75, '1990-05-31'],
	["a spreadsheet's number as text", '33024', '1990-05-31'],
	['an empty text', ' ', REFUSED],
	['a year', 1990, REFUSED],
	['seconds since 1970', 644112000, REFUSED],
	['year, month and day as one number', 19900531, REFUSED],
	['a Date of nothing', new Date(NaN), REFUSED],
	['another order', '31.05.1990', REFUSED],
	['a day that does not exist', '1990-02-30', REFUSED],
	['no date of MySQL', '0000-00-00 00:00:00', REFUSED],
	['no date of .NET', '0001-01-01T00:00:00', REFUSED],
	['a document without an end', '9999-12-31', '9999-12-31'],
])('a day from %s', (_, value, day) => {
	expect(attempt(() => date(toDay(value, FIELD), FIELD))).toBe(day);
});

it('takes a moment that is midnight on the machine of n8n for that day, as drivers of databases give it', () => {
	const zone = jest
		.spyOn(Intl.DateTimeFormat.prototype, 'resolvedOptions')
		.mockReturnValue({ timeZone: 'Asia/Tokyo' } as Intl.ResolvedDateTimeFormatOptions);
	try {
		expect(toDay(new Date('1990-05-30T15:00:00Z'), FIELD)).toBe('1990-05-31');
		expect(toDay('1990-05-30T15:00:00.000Z', FIELD)).toBe('1990-05-31');
		expect(toDay('1990-05-30T16:00:00.000Z', FIELD)).toBe('1990-05-30');
	} finally {
		zone.mockRestore();
	}
});

it('takes the first moment of a day whose midnight was left out for that day', () => {
	const beirut = { ...FIELD, timeZone: 'Asia/Beirut' };
	expect(toDay(new Date('1993-03-27T22:00:00Z'), beirut)).toBe('1993-03-28');
});

it.each<[string, string, string | typeof REFUSED]>([
	['with its own zone', '2030-01-31T12:00:00+02:00', '2030-01-31T10:00:00.000Z'],
	['of PostgreSQL', '2030-01-31 12:00:00.25+02', '2030-01-31T10:00:00.250Z'],
	['west of London', '2030-01-31T12:00-0330', '2030-01-31T15:30:00.000Z'],
	['in UTC', '2030-01-31T12:00:00Z', '2030-01-31T12:00:00.000Z'],
	['of the date picker, in winter', '2030-01-31T12:00:00', '2030-01-31T11:00:00.000Z'],
	['of the date picker, in summer', '2030-07-31 12:00', '2030-07-31T10:00:00.000Z'],
	['after clocks were put forward', '2030-03-31T03:30:00', '2030-03-31T01:30:00.000Z'],
	['without a time of day', '2030-01-31', '2030-01-30T23:00:00.000Z'],
	['of a day that does not exist', '2030-02-30', REFUSED],
	['of an hour that does not exist', '2030-01-31T25:00:00', REFUSED],
	['with more behind it', '2030-01-31junk', REFUSED],
	['of no date', '0001-01-01T00:00:00', REFUSED],
])('a moment %s', (_, given, moment) => expect(attempt(() => dateTime(given, FIELD))).toBe(moment));

it.each<[string, string | typeof REFUSED]>([
	['+34 600 000 000', '+34600000000'],
	['+34\u00a0600\u00a0000\u00a0000', '+34600000000'],
	['\u202a+34 600 000 000\u202c', '+34600000000'],
	['\u2066+34600000000\u2069', '+34600000000'],
	['\u200b+34 600\u2011000\u2013000', '+34600000000'],
	['+44 (0)20 7946 0000', '+442079460000'],
	['+44 (0) 7911 123456', '+447911123456'],
	['0044 (0)20 7946 0000', '+442079460000'],
	['+44(0)2079460000', '+442079460000'],
	['tel:+34600000000', '+34600000000'],
	['+٣٤ ٦٠٠ ٠٠٠ ٠٠٠', '+34600000000'],
	['＋３４ ６００ ０００ ０００', '+34600000000'],
	['＋８１（０）９０－１２３４－５６７８', '+819012345678'],
	['+९१ ९८७६५ ४३२१०', '+919876543210'],
	['whatsapp:+34600000000', '+34600000000'],
	['+49 30/123456', '+4930123456'],
	['(0034) 600 000 000', '+34600000000'],
	// An extension, or another number behind it.
	['+1 202 555 0101/2', REFUSED],
	['+34600000000 / 601', REFUSED],
	['+44 7911 123456 (2)', REFUSED],
	['+34 600 000 000, +34 600 000 001', REFUSED],
	// In Italy the 0 belongs to the number, so this could mean two numbers.
	['+39 (0)6 1234 5678', REFUSED],
	['+44 ( 0 )20 7946 0000', '+442079460000'],
	['+44 [0]20 7946 0000', '+442079460000'],
	['+353 (0)1 234 5678', '+35312345678'],
	['+39 06 1234 5678', '+390612345678'],
	['+225 07 01 02 03 04', '+2250701020304'],
	// A 0 that may be a slip.
	['+44 020 7946 0000', REFUSED],
	['+4402079460000', REFUSED],
	['+44(00)2079460000', REFUSED],
	['+44 (0)(0)20 7946 0000', REFUSED],
	['+225 (0)701020304', REFUSED],
	['+34 600 000 000 ext. 5', REFUSED],
	['+34 600 000 000 x5', REFUSED],
	['+34 600 000 000;ext=5', REFUSED],
	['+34 600 000 000 #5', REFUSED],
	['600 000 000', REFUSED],
	['+1 (0) 0', REFUSED],
	['(0)20 7946 0000', REFUSED],
])('the phone number %j', (given, number) =>
	expect(attempt(() => phone(given, FIELD))).toBe(number),
);

it.each<[string, string | undefined | typeof REFUSED]>([
	['en-US', 'en'],
	['de-DE,de;q=0.9', 'de'],
	['en;q=0.2, es;q=0.8', 'es'],
	['es-419', 'es'],
	['pt-PT', 'pt'],
	['pt-br', 'pt-BR'],
	['pt_BR', 'pt-BR'],
	['zh-Hans', 'zh-CN'],
	['zh-Hans-CN', 'zh-CN'],
	['zh-HK', 'zh-TW'],
	['nb', 'no'],
	['EN', 'en'],
	['Spanish', 'es'],
	['xx', undefined],
	['*', undefined],
	['xx-YY, fr;q=0.5', 'fr'],
	['de_DE.UTF-8', 'de'],
	['not a language', REFUSED],
	['<script>', REFUSED],
])('the language %j', (given, code) => expect(attempt(() => language(given, FIELD))).toBe(code));

it.each<[string, string | typeof REFUSED]>([
	['203.0.113.7', '203.0.113.7'],
	['203.0.113.7, 10.0.0.1', '203.0.113.7'],
	['10.0.0.1, 93.184.215.14', '93.184.215.14'],
	['10.0.0.1, 10.0.0.2', '10.0.0.1'],
	['unknown, 203.0.113.7', '203.0.113.7'],
	['unknown:8080, 203.0.113.7', '203.0.113.7'],
	['203.0.113.7,', '203.0.113.7'],
	['for=203.0.113.7;proto=https, for=10.0.0.1', '203.0.113.7'],
	['for="[2001:db8::1]:443";by=10.0.0.1', '2001:db8::1'],
	['_hidden', REFUSED],
	['203.0.113.7:443', '203.0.113.7'],
	['[2001:db8::1]', '2001:db8::1'],
	['[2001:db8::1]:443', '2001:db8::1'],
	['::ffff:203.0.113.7', '203.0.113.7'],
	['fe80::1%eth0, 2606:2800:220:1::2', '2606:2800:220:1::2'],
	[' 203.0.113.7\u200b', '203.0.113.7'],
	['unknown', REFUSED],
	['203.0.113.700', REFUSED],
	['203.0.113.7; DROP', REFUSED],
])('the IP address %j', (given, address) =>
	expect(attempt(() => ipAddress(given, FIELD))).toBe(address),
);

it.each<[string, string | typeof REFUSED]>([
	['nora@müller.example', 'nora@xn--mller-kva.example'],
	['nora@xn--mller-kva.example', 'nora@xn--mller-kva.example'],
	['\u202anora@example.com\u202c', 'nora@example.com'],
	['nora@example.com\u200b', 'nora@example.com'],
	['nora@例え.テスト', 'nora@xn--r8jz45g.xn--zckzah'],
	['Nora Sample <nora@example.com>', 'nora@example.com'],
	['mailto:nora@example.com', 'nora@example.com'],
	['nora@example.com.', 'nora@example.com'],
	['"nora@example.com" <nora@example.com>', 'nora@example.com'],
	['mailto:nora%2Bx@example.com', 'nora+x@example.com'],
	// Only one of them would get the email.
	['Nora <nora@example.com>, Bob <bob@example.com>', REFUSED],
	['<nora@example.com>, <bob@example.com>', REFUSED],
	['nora@example.com <bob@example.com>', REFUSED],
	['nora@example.com; bob@example.com', REFUSED],
	['mailto:%', REFUSED],
	['nora@127.0.0.1', REFUSED],
	['nora@example.com>', REFUSED],
	['<nora@example.com', REFUSED],
	['nora@exa mple.com', REFUSED],
	['nora@example.com/x', REFUSED],
	['nora@example.com:80', REFUSED],
	['a@nora@example.com', REFUSED],
	['nora@localhost', REFUSED],
	['nora@[127.0.0.1]', REFUSED],
])('the email address %j', (given, address) =>
	expect(attempt(() => email(given, FIELD))).toBe(address),
);

it.each([undefined, null, '', '  ', '\u200b', '\u3164', 'null', '[]', [], {}])(
	'a collection that an expression gives as %j is empty',
	(nothing) => {
		expect(toCollection(nothing, FIELD)).toEqual({});
		expect(readField(filters, nothing)).toEqual({});
	},
);

it('takes a collection as an object or as JSON, and nothing that is no collection', () => {
	expect(readField(filters, { search: 'Nora' })).toEqual({ search: 'Nora' });
	expect(readField(filters, '{"search": "Nora"}')).toEqual({ search: 'Nora' });
	for (const wrong of ['Nora', 7, true, ['Nora'], new Date(0), new Map()])
		expect(attempt(() => readField(filters, wrong))).toBe(REFUSED);
});

it('takes a list also as JSON, without entries that show nothing', () => {
	expect(toList('["A", "B, C"]', FIELD)).toEqual(['A', 'B, C']);
	expect(toList(['A', '\u200b', null], FIELD)).toEqual(['A']);
	expect(toList('[A], B', FIELD)).toEqual(['[A]', 'B']);
	expect(attempt(() => toList('[["A"]]', FIELD))).toBe(REFUSED);
});

it.each(ID_FIELDS)('$name takes what shows nothing for nothing', ({ spec }) => {
	const empty = spec.required ? REFUSED : undefined;
	for (const nothing of ['\u200b', '\u2066\u2069', '\u0000', '\u3164', [null, '\ufeff']])
		expect(attempt(() => readField(spec, nothing))).toBe(empty);
});

it.each(ID_FIELDS.filter(({ spec }) => spec.property.type === 'resourceLocator'))(
	'$name reads an ID of a locator only',
	({ spec }) => {
		expect(readField(spec, { __rl: true, mode: 'id', value: 'user-42' })).toBe('user-42');
		expect(attempt(() => readField(spec, { value: 'gold', id: 7 }))).toBe(REFUSED);
	},
);

describe('JSON', () => {
	const read = (value: unknown) =>
		attempt(() => readField(json({ label: 'Some Field', name: 'json' }), value));

	it.each([null, 'null', '[]', '{}', [], {}])('%j is nothing', (nothing) =>
		expect(read(nothing) ?? {}).toEqual({}),
	);

	it('keeps what JSON can hold', () => {
		const kept = { id: '7615917337495251231', plan: null, share: 0.1 + 0.2, list: [{ a: true }] };
		expect(read(kept)).toEqual(kept);
		expect(read(JSON.stringify(kept))).toEqual(kept);
	});

	it.each<[string, unknown]>([
		['a number that JSON rounds', '{"a": [{"id": 7615917337495251231}]}'],
		['a number that was rounded', { id: 7615917337495251000 }],
		['a number that JSON cannot write', { id: 7n }],
		['no number', { id: NaN }],
		['a date', new Date(0)],
		['what is lost in JSON', new Map([['id', 7]])],
		['more levels than anyone needs', `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`],
		['a list', '[1]'],
		['a word', 'nothing'],
	])('refuses %s', (_, value) => expect(read(value)).toBe(REFUSED));
});

it('reads no inherited names of a collection', () => {
	expect(readField(filters, Object.create({ search: 'x' }))).toEqual({});
});

it('refuses a text that is no single value in plain words', () => {
	expect(() => toText({ a: 1 }, FIELD)).toThrow("'Some Field' is not valid");
	expect(toId('user-42', FIELD)).toBe('user-42');
});
