// Where each check draws its line, and what it says to enter instead.
import * as basicChecks from '../../../../nodes/Didit/actions/common/checks.ts';
import * as contactChecks from '../../../../nodes/Didit/actions/common/contactChecks.ts';
import { amount } from '../../../../nodes/Didit/actions/common/amount.ts';
import * as values from '../../../../nodes/Didit/actions/common/values.ts';
import { InputError } from '../../../../nodes/Didit/transport/errors.ts';

const checks = { ...basicChecks, ...contactChecks, amount };
const FIELD = { label: 'Some Field' };
const ID = '11111111-2222-4333-8444-555555555555';

/** What a refusal says, or what the check gives. */
function said(read: () => unknown): unknown {
	try {
		return { value: read() };
	} catch (error) {
		expect(error).toBeInstanceOf(InputError);
		const { message, advice } = error as InputError;
		return [message, advice];
	}
}
const notValid = (advice: string) => ["'Some Field' is not valid", advice];
const isRefused = (read: () => unknown) => Array.isArray(said(read));

it.each<[keyof typeof checks, string, string]>([
	['url', 'example', 'a full URL, e.g. https://example.com/done'],
	['date', '31.05.1990', 'a date as year-month-day, e.g. 1990-05-31'],
	['dateTime', 'soon', 'a date and time, e.g. 2030-01-31T12:00:00Z'],
	['country', 'Spain', 'a country code, e.g. ES or ESP'],
	['shortCountry', 'Spain', 'a country code, e.g. ES or ESP'],
	['registryCountry', 'US-', 'a country code, e.g. ES or ESP, or with a region, e.g. US-CA'],
	['email', 'nora', 'an email address, e.g. name@example.com'],
	['phone', '600', 'a phone number with the country code, e.g. +34 600 000 000'],
	['phone', '+34 600 000 000 ext 5', 'one phone number, without an extension'],
	[
		'phone',
		'+44 020 7946 0000',
		'the phone number without the 0 after the country code, e.g. +34 600 000 000',
	],
	['ipAddress', 'here', 'an IP address, e.g. 203.0.113.7'],
	['amount', '1,50', 'an amount with a point and nothing else, e.g. 1500.50'],
])('%s says of %j to enter %s', (name, given, expected) => {
	const check = checks[name] as (value: string, field: values.Field) => unknown;
	expect(said(() => check(given, FIELD))).toEqual(notValid(`Enter ${expected}, or leave it empty`));
	expect(said(() => check(given, { ...FIELD, required: true }))).toEqual(
		notValid(`Enter ${expected}`),
	);
});

it('takes marks that nobody sees up to ten times the length of a value', () => {
	const marks = (count: number) => '\u200b'.repeat(count);
	expect(checks.date(`1990-05-31${marks(990)}`, FIELD)).toBe('1990-05-31');
	expect(isRefused(() => checks.date(`1990-05-31${marks(991)}`, FIELD))).toBe(true);
	expect(checks.uuid(`${ID}${marks(1000 - ID.length)}`, FIELD)).toBe(ID);
	expect(isRefused(() => checks.uuid(`${ID}${marks(1001 - ID.length)}`, FIELD))).toBe(true);
});

describe('a URL', () => {
	it.each([
		'https://example.com/done',
		'HTTP://example.com',
		'myapp://done',
		'my.app+x-1://[',
		`https://${'x'.repeat(4088)}`,
	])('may be %j', (given) => expect(checks.url(` ${given}\u200b`, FIELD)).toBe(given));

	it.each([
		'example.com',
		'https:example.com',
		'see https://example.com',
		'https://example.com and more',
		'https://example.com/and more',
		'1app://done',
		'http://[',
		'HTTPS://[',
		'javascript://x',
		'DATA://x',
		'vbscript://x',
		'file://x',
		'blob://x',
		'about://x',
		`https://${'x'.repeat(4089)}`,
	])('may not be %j', (given) => expect(isRefused(() => checks.url(given, FIELD))).toBe(true));
});

it('takes an ID in capitals and with space around it, and no other', () => {
	const letters = 'aabbccdd-eeff-4aaa-8bbb-ccddeeff0011';
	expect(checks.uuid(` ${letters.toUpperCase()}\n`, FIELD)).toBe(letters);
	expect(checks.isUuid(letters.toUpperCase())).toBe(false);
	expect(checks.isUuid([letters])).toBe(false);
	for (const wrong of ['', `x${letters}`, `${letters}0`, letters.replace('a', 'g')])
		expect(said(() => checks.uuid(wrong, FIELD))).toEqual([
			"'Some Field' is not a valid ID",
			'Enter an ID such as 11111111-2222-4333-8444-555555555555',
		]);
});

it.each([
	['1990-05-31 10:00', '1990-05-31'],
	['1990-05-31T10:00', '1990-05-31'],
	['1000-01-01', '1000-01-01'],
])('reads the day of %j', (given, day) => expect(checks.date(given, FIELD)).toBe(day));

it.each(['1990-13-01', '1990-05-3', '990-05-31', '11990-05-31', '1990-05-311', '0990-05-31'])(
	'%j is no day',
	(given) => {
		expect(isRefused(() => checks.date(given, FIELD))).toBe(true);
		expect(isRefused(() => checks.dateTime(given, FIELD))).toBe(true);
	},
);

it.each([
	['2030-01-31t12:00z', '2030-01-31T12:00:00.000Z'],
	['2030-01-31T12:00', '2030-01-31T12:00:00.000Z'],
	['2030-01-31T12:00:30.123456789Z', '2030-01-31T12:00:30.123Z'],
	['2030-01-31 12:00 +0530', '2030-01-31T06:30:00.000Z'],
	['2030-01-31T12:00:00-05:45', '2030-01-31T17:45:00.000Z'],
	['2030-01-31T12:00:00+01', '2030-01-31T11:00:00.000Z'],
])('the moment %j is %s', (given, moment) => expect(checks.dateTime(given, FIELD)).toBe(moment));

it.each([
	['2026-03-29T01:30', '2026-03-29T00:30:00.000Z'],
	['2026-03-29T03:30', '2026-03-29T01:30:00.000Z'],
	['2026-10-25T01:30', '2026-10-24T23:30:00.000Z'],
	['2026-10-25T03:30', '2026-10-25T02:30:00.000Z'],
])('the moment %j in Madrid, where clocks change on that day, is %s', (given, moment) =>
	expect(checks.dateTime(given, { ...FIELD, timeZone: 'Europe/Madrid' })).toBe(moment),
);

it('knows a day of the year 1000 also where the clocks still show 999', () => {
	const field = { ...FIELD, timeZone: 'America/New_York' };
	expect(checks.dateTime('1000-01-01', field)).toBe('1000-01-01T04:56:02.000Z');
});

it.each([
	'2030-01-31T12:00:30.1234567890Z',
	'2030-01-31T12Z',
	'2030-01-31T12:00:00+1',
	'at 2030-01-31T12:00:00Z',
	'2030-01-31T12:60:00Z',
])('%j is no moment', (given) => expect(isRefused(() => checks.dateTime(given, FIELD))).toBe(true));

it.each<[keyof typeof checks, string]>([
	['country', 'E1P'],
	['country', 'ESPA'],
	['shortCountry', 'E1'],
	['shortCountry', 'ESPA'],
	['registryCountry', 'US-CALI'],
	['registryCountry', 'AUS-CA'],
	['registryCountry', 'US-CA!'],
])('%s refuses %j', (name, given) => {
	const check = checks[name] as (value: string, field: values.Field) => unknown;
	expect(isRefused(() => check(given, FIELD))).toBe(true);
});

it('takes a region with digits', () =>
	expect(checks.registryCountry('es-a1b', FIELD)).toBe('ES-A1B'));

it('counts the characters of a text', () => {
	expect(checks.atMost(3)('abc', FIELD)).toBe('abc');
	expect(said(() => checks.atMost(3)('abcd', FIELD))).toEqual(
		notValid('Enter at most 3 characters, or leave it empty'),
	);
});

describe('JSON', () => {
	const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
	const said200 = notValid('Enter JSON of at most 200 levels, or leave it empty');
	const saidLost = notValid(
		'Enter JSON in which numbers of more than 15 digits are text, or leave it empty',
	);

	it('may have two hundred levels', () => {
		expect(isRefused(() => checks.jsonObject(nested(200), FIELD))).toBe(false);
		expect(said(() => checks.jsonObject(nested(201), FIELD))).toEqual(said200);
	});

	it('may hold one object many times', () => {
		let shared: object = {};
		for (let level = 0; level < 100; level++) shared = { one: shared, other: shared };
		expect(checks.jsonObject(shared, FIELD)).toBe(shared);
	});

	it.each([
		[{ text: 'abc', nothing: null, yes: true, list: [1, null, 'x'] }],
		[{ number: Number.MAX_SAFE_INTEGER, part: 0.1 + 0.2, small: -1.5 }],
	])('may be %j', (given) => expect(checks.jsonObject(given, FIELD)).toEqual(given));

	it.each([[{ a: 7n }], [{ a: 2 ** 53 }], [{ a: Infinity }], [{ a: { b: [NaN] } }]])(
		'may not hold a number that it changes (%#)',
		(given) => expect(said(() => checks.jsonObject(given, FIELD))).toEqual(saidLost),
	);

	it.each(['[]', 'text', '7', ''])('may not be %j', (given) =>
		expect(said(() => checks.jsonObject(given, FIELD))).toEqual(
			notValid('Enter a JSON object, e.g. {"plan": "pro"}, or leave it empty'),
		),
	);
});

describe('a number', () => {
	const range = { least: 1, most: 5 };
	const within = (value: unknown, more: object = {}) =>
		said(() => checks.numberWithin(value, FIELD, { ...range, ...more }));

	it.each<[unknown, object, number]>([
		[1, {}, 1],
		['5', {}, 5],
		[' 3 ', {}, 3],
		['5'.padStart(39, '0'), {}, 5],
		[1.5, { fractions: true }, 1.5],
		[1e9, { most: Infinity }, 1e9],
	])('%j with %j is fine', (value, more, number) =>
		expect(within(value, more)).toEqual({ value: number }),
	);

	it.each([0, 6, 1.5, '', ' ', 'x', true, [3], null, undefined, NaN, Infinity])(
		'%j is none from 1 to 5',
		(value) => expect(within(value)).toEqual(notValid('Enter a whole number from 1 to 5')),
	);

	it('says which numbers are fine', () => {
		expect(within('5'.padStart(40, '0'))).toEqual(notValid('Enter a whole number from 1 to 5'));
		expect(within(0, { fractions: true })).toEqual(notValid('Enter a number from 1 to 5'));
		expect(within(0, { most: Infinity })).toEqual(notValid('Enter a whole number, at least 1'));
		expect(within(Infinity, { most: Infinity })).toEqual(
			notValid('Enter a whole number, at least 1'),
		);
	});
});

it.each([
	['5e-7', '0.0000005'],
	['1.25e-7', '0.000000125'],
	['1e-10', '0.0000000001'],
	[' 1500.50\u200b', '1500.50'],
	[`${'9'.repeat(30)}.${'9'.repeat(18)}`, `${'9'.repeat(30)}.${'9'.repeat(18)}`],
])('the amount %j is %s', (given, plain) => expect(amount(given, FIELD)).toBe(plain));

it.each(['1e7', '12e-7', '1e-7x', 'x1e-7', '1e-100', '-1', '1.', '.5', '9'.repeat(31)])(
	'%j is no amount',
	(given) => expect(isRefused(() => amount(given, FIELD))).toBe(true),
);

describe('a value of an expression', () => {
	it.each<[string, unknown, string]>([
		[
			'an object in a text',
			'a [object Object]',
			'The expression puts a whole object into the text. Map a single field of it instead',
		],
		[
			'half a character',
			'a\ud800',
			'It contains a broken character. Check where the text comes from',
		],
		['a rounded number', 2 ** 53, 'The number has too many digits to be exact. Send it as text'],
		['no number', NaN, "The expression doesn't give a number. Check its values"],
		['a list', ['a'], 'The expression returns a list. Map a single field instead'],
		['an object', { a: 1 }, 'The expression returns an object. Map a single field instead'],
		['a Map', new Map(), 'The expression returns an object. Map a single field instead'],
		['a Date of nothing', new Date(NaN), 'The date in it is not a date. Check where it comes from'],
		[
			'a date of Luxon of nothing',
			{ toISO: () => null, toISOString: () => null },
			'The date in it is not a date. Check where it comes from',
		],
		['true', true, 'The expression returns true or false. Map a field with text instead'],
		['a function', () => 1, 'The expression returns a function. Map a field with text instead'],
	])('%s is refused with what to do', (_, value, advice) =>
		expect(said(() => values.toText(value, FIELD))).toEqual(notValid(advice)),
	);

	it.each<[unknown, string]>([
		[' a ', 'a'],
		[undefined, ''],
		[null, ''],
		[[], ''],
		[[null, ' '], ''],
		[7n, '7'],
		[0.5, '0.5'],
		[123456789012.345, '123456789012.345'],
		[new Date(0), '1970-01-01T00:00:00.000Z'],
		[{ toISO: () => '2030-01-01T00:00:00.000+01:00' }, '2030-01-01T00:00:00.000+01:00'],
	])('%p is the text %j', (value, text) => expect(values.toText(value, FIELD)).toBe(text));

	it('has at most 15 digits behind and before the point', () => {
		expect(values.toText(1.23456789012345, FIELD)).toBe('1.23456789012345');
		expect(isRefused(() => values.toText(1.234567890123456, FIELD))).toBe(true);
	});

	it.each<[unknown, boolean | undefined]>([
		[true, true],
		[' TRUE ', true],
		[false, false],
		['False', false],
		['', undefined],
		[null, undefined],
		[[], undefined],
	])('%p is %p where true or false is asked for', (value, read) =>
		expect(values.toBoolean(value, FIELD)).toBe(read),
	);

	it.each([1, 0, 'yes', {}, ['true']])('%p is neither true nor false', (value) =>
		expect(said(() => values.toBoolean(value, FIELD))).toEqual(notValid('Enter true or false')),
	);

	it('is no collection unless it is an object', () => {
		expect(said(() => values.toCollection('Nora', FIELD))).toEqual(
			notValid('The expression must return an object with the fields of this collection'),
		);
		expect(isRefused(() => values.toCollection({ toISO: () => '' }, FIELD))).toBe(true);
	});

	it('is the value of a locator only if it has a mode', () => {
		expect(values.valueOfLocator({ mode: 'id', value: 'a' })).toBe('a');
		for (const other of [{ value: 'a' }, { mode: 'id' }, 'a', null])
			expect(values.valueOfLocator(other)).toBe(other);
	});

	it('is a list from a list, JSON or a text with commas', () => {
		expect(values.toList(' ["a", "b"]', FIELD)).toEqual(['a', 'b']);
		expect(values.toList(' a,b,, a', FIELD)).toEqual(['a', 'b']);
		expect(values.toList('["a"', FIELD)).toEqual(['["a"']);
		expect(values.toList('{"a": 1}', FIELD)).toEqual(['{"a": 1}']);
		expect(values.toList(undefined, FIELD)).toEqual([]);
	});
});

it.each(['.', '..', 'a/..', '../a', 'a\\..\\b', './a', 'a\ud800'])(
	'the ID %j is no part of an address',
	(id) =>
		expect(said(() => values.pathPart(id, FIELD))).toEqual(
			notValid("It can't be part of an address. Use an ID without a part that is only dots"),
		),
);

it.each([
	['...', '...'],
	['a.b', 'a.b'],
	['a/b?c', 'a%2Fb%3Fc'],
	['é🙂', '%C3%A9%F0%9F%99%82'],
])('the ID %j is the part %s of an address', (id, part) =>
	expect(values.pathPart(id, FIELD)).toBe(part),
);
