/** The message of X-Signature-V2, compared with what Python's json module writes. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import vectors from '../../fixtures/signature_vectors.json';
import { canonicalJson, MAX_DEPTH } from '../../../nodes/Didit/webhook/canonicalJson.ts';
import { signBodies } from '../../support/python.mts';
import { rawJson } from '../../support/rawJson.mts';
import { anyText } from '../../support/arbitraries.mts';
import { many } from '../../support/many.mts';

const SEED = 20260921;

function pythonWrites(texts: string[]): Array<string | null> {
	return signBodies(texts, 'unused').map(({ canonical }) =>
		canonical === null ? null : Buffer.from(canonical, 'base64').toString('utf8'),
	);
}

/** How a parser ends, to compare two of them. */
function accepts(parse: (text: string) => unknown, text: string): boolean {
	try {
		parse(text);
		return true;
	} catch (error) {
		assert(error instanceof SyntaxError);
		return false;
	}
}

it.each(vectors)('writes the documented message of $name', ({ raw_body, v2_canonical }) => {
	expect(canonicalJson(raw_body)).toBe(v2_canonical);
});

const WRITTEN: Array<[name: string, text: string, expected: string]> = [
	['a whole float is an integer', '98.0', '98'],
	['a whole float in scientific notation', '1e2', '100'],
	['with a capital E', '1E5', '100000'],
	['negative zero as a float', '-0.0', '0'],
	['negative zero as an integer', '-0', '0'],
	['negative zero with an exponent', '-0e-3', '0'],
	['a large whole float has all its digits', '1e22', '10000000000000000000000'],
	['a whole float that no double holds exactly', '1e23', '99999999999999991611392'],
	['an integer above 2^53 keeps every digit', '9007199254740993', '9007199254740993'],
	[
		'an integer of forty digits',
		'1234567890123456789012345678901234567890',
		'1234567890123456789012345678901234567890',
	],
	['a float above 2^53 is the double it stands for', '9007199254740993.0', '9007199254740992'],
	['a small float has a two-digit exponent', '0.00005', '5e-05'],
	['the smallest that is written out', '0.0001', '0.0001'],
	['the first that is not', '0.00009', '9e-05'],
	['a longer small float', '0.0000123456789', '1.23456789e-05'],
	['a three-digit exponent', '5e-324', '5e-324'],
	['a negative small float', '-1e-7', '-1e-07'],
	['needless digits go', '1.50', '1.5'],
	['more digits than a double has', '0.1000000000000000055511151231257827', '0.1'],
	['what rounds to a whole double', '1.00000000000000000001', '1'],
	['too large for a double', '1e400', 'Infinity'],
	['too large and negative', '-1e400', '-Infinity'],
	['escaped letters are written out', '"Jos\\u00e9 \\ud83d\\ude42"', '"José 🙂"'],
	[
		'control characters stay escaped',
		'"\\u0000\\u001F\\b\\f\\n\\r\\t"',
		'"\\u0000\\u001f\\b\\f\\n\\r\\t"',
	],
	['a slash is not escaped', '"\\/"', '"/"'],
	['DEL, U+2028 and U+FFFF are written out', '"\\u007f\\u2028\\uffff"', '"\u007f\u2028\uffff"'],
	['keys stand in text order, not in number order', '{"9":1,"10":2}', '{"10":2,"9":1}'],
	['capital letters come first', '{"a":1,"B":2,"A":3}', '{"A":3,"B":2,"a":1}'],
	[
		'an emoji comes after U+FFFF',
		'{"🙂":1,"\uffff":2,"\ue000":3}',
		'{"\ue000":3,"\uffff":2,"🙂":1}',
	],
	['the last of two equal keys wins', '{"a":1,"b":2,"\\u0061":3}', '{"a":3,"b":2}'],
	[
		'a key named __proto__ is a key',
		'{"__proto__":{"x":1},"constructor":2}',
		'{"__proto__":{"x":1},"constructor":2}',
	],
	['a key that begins another key comes first', '{"ab":1,"a":2,"":3}', '{"":3,"a":2,"ab":1}'],
	['also if the longer one goes on with zero', '{"a\\u0000":1,"a":2}', '{"a":2,"a\\u0000":1}'],
	['in whatever order they come', '{"a":2,"a\\u0000":1}', '{"a":2,"a\\u0000":1}'],
	['spaces go', ' {\r\n"a" :\t[ 1 , { } , [ ] ] } ', '{"a":[1,{},[]]}'],
	['true, false and null', '[true,false,null]', '[true,false,null]'],
];

describe('writes', () => {
	let byPython: Array<string | null>;
	beforeAll(() => {
		byPython = pythonWrites(WRITTEN.map(([, text]) => text));
	});

	for (const [index, [name, text, expected]] of WRITTEN.entries())
		it(name, () => {
			expect(canonicalJson(text)).toBe(expected);
			expect(byPython[index]).toBe(expected);
		});
});

it('writes 4,000 odd JSON texts exactly as Python writes them', () => {
	const texts = fc.sample(rawJson, { seed: SEED, numRuns: many(4000) });
	const expected = pythonWrites(texts);
	expect(expected).not.toContain(null);
	expect(texts.map(canonicalJson)).toEqual(expected);
});

it('says the same as the text it was made from', () => {
	fc.assert(
		fc.property(fc.json({ maxDepth: 5 }), (text) => {
			const withoutNegativeZero = JSON.parse(text, (_key, value: unknown) =>
				value === 0 ? 0 : value,
			) as unknown;
			expect(JSON.parse(canonicalJson(text))).toEqual(withoutNegativeZero);
			expect(canonicalJson(canonicalJson(text))).toBe(canonicalJson(text));
		}),
	);
});

it('refuses exactly the texts that JavaScript refuses', () => {
	const broken = fc
		.tuple(
			rawJson,
			fc.nat(),
			fc.constantFrom(
				'',
				'"',
				'\\',
				',',
				':',
				'}',
				']',
				'{',
				'0',
				'.',
				'-',
				'e',
				'x',
				'\u0001',
				'\ufeff',
				'\u00a0',
			),
		)
		.map(([text, position, piece]) => {
			const index = position % (text.length + 1);
			return text.slice(0, index) + piece + text.slice(index + (piece === '' ? 1 : 0));
		});
	fc.assert(
		fc.property(fc.oneof(broken, fc.string(), anyText()), (text) => {
			assert.equal(accepts(canonicalJson, text), accepts(JSON.parse, text));
		}),
		{ numRuns: many(5000) },
	);
});

it.each([
	'',
	' ',
	'{',
	'[1,',
	'{"a"}',
	'{"a":}',
	'{a:1}',
	"{'a':1}",
	'[1,]',
	'{"a":1,}',
	'01',
	'+1',
	'1.',
	'.5',
	'1e',
	'--1',
	'0x10',
	'NaN',
	'Infinity',
	'nul',
	'truefalse',
	'"\\x"',
	'"\\u12"',
	'"a',
	'"a\nb"',
	'"\u001f"',
	'1 2',
	'\ufeff{}',
	'//',
	'[1}',
	'{"a":1',
	'{"a":1]',
])('refuses %j with an error that has nothing of the text in it', (text) => {
	expect(() => canonicalJson(text)).toThrow(new SyntaxError('The body is not valid JSON'));
});

it('does not throw on half of a surrogate pair, which Python itself cannot sign', () => {
	const texts = ['"\\ud800"', '{"\\udfff":1,"\\ud83d":2}', '"\\ude42\\ud83d"'];
	expect(pythonWrites(texts)).toEqual([null, null, null]);
	expect(texts.map(canonicalJson)).toEqual([
		'"\\ud800"',
		'{"\\ud83d":2,"\\udfff":1}',
		'"\\ude42\\ud83d"',
	]);
});

it('reads a thousand levels and refuses more without running out of stack [T19]', () => {
	const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
	expect(canonicalJson(nested(MAX_DEPTH))).toBe(nested(MAX_DEPTH));
	expect(() => canonicalJson(nested(MAX_DEPTH + 2))).toThrow('The body is not valid JSON');
	const around = (levels: number) => `${'['.repeat(levels)}1${']'.repeat(levels)}`;
	expect(canonicalJson(around(MAX_DEPTH))).toBe(around(MAX_DEPTH));
	expect(() => canonicalJson(around(MAX_DEPTH + 1))).toThrow('The body is not valid JSON');
	expect(() => canonicalJson(nested(5_000_000))).toThrow('The body is not valid JSON');
	expect(() => canonicalJson('{"a":'.repeat(1_000_000))).toThrow('The body is not valid JSON');
	// How far Python itself goes depends on its version; a third of it is safe in all of them.
	expect(pythonWrites([nested(300)])).toEqual([nested(300)]);
});

it('writes numbers out to ten thousand characters more than the text had, and not to one more', () => {
	// Each 1e100 grows by 96 characters, 1e17 by 14, 1e4 by 2 and 1e3 by 1.
	const longest = [...Array.from({ length: 104 }, () => '1e100'), '1e17', '1e4', '1e2'];
	expect(canonicalJson(`[${longest.join()}]`)).toHaveLength(`[${longest.join()}]`.length + 10_000);
	expect(() => canonicalJson(`[${[...longest, '1e3'].join()}]`)).toThrow(
		'The body is not valid JSON',
	);
});

describe('a text of several megabytes', () => {
	const size = 1000 * many(4000);
	const texts: Array<[name: string, text: string]> = [
		['one text', `"${'x'.repeat(size)}"`],
		['one text of escapes', `"${'\\n'.repeat(size / 2)}"`],
		['one number', '1'.repeat(size)],
		['one fraction', `0.${'1'.repeat(size)}`],
		['a list of numbers', `[${'1,'.repeat(size / 2)}1]`],
		['spaces', `[${' '.repeat(size)}]`],
		['a text inside many levels', `${'['.repeat(900)}"${'x'.repeat(size)}"${']'.repeat(900)}`],
		[
			'keys with a long common beginning',
			`{${Array.from({ length: 2000 }, (_, key) => `"${'k'.repeat(size / 2000)}${key}":0`).join()}}`,
		],
	];
	// By number, because it.each writes out what it is given for the name of the test.
	it.each(texts.map(([name], index) => [name, index] as const))(
		'is read in one go: %s [T20]',
		(_name, index) => {
			const before = canonicalJson(texts[index][1]);
			expect(canonicalJson(before)).toBe(before);
		},
	);
});
