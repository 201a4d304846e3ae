/** Random JSON texts as no serialiser would write them: odd spaces, escapes, numbers and repeated keys. */
import fc from 'fast-check';

const space = fc.constantFrom('', '', '', ' ', '\n', '\t', '\r\n', '  ');

const digits = fc.integer({ min: 0, max: 10 ** 9 }).map(String);

const rawNumber = fc
	.tuple(
		fc.constantFrom('', '-'),
		fc.oneof(
			fc.constant('0'),
			fc.bigInt({ min: 1n, max: 10n ** 24n }).map(String),
			fc.integer({ min: 1, max: 999 }).map(String),
		),
		fc.oneof(
			fc.constant(''),
			fc.constantFrom('.0', '.00', '.5', '.10'),
			digits.map((text) => `.${text}`),
		),
		fc.oneof(
			fc.constant(''),
			fc.constant(''),
			fc
				.tuple(
					fc.constantFrom('e', 'E'),
					fc.constantFrom('', '+', '-'),
					fc.integer({ min: 0, max: 330 }),
				)
				.map((parts) => parts.join('')),
			fc
				.tuple(fc.constantFrom('e-', 'E-0'), fc.integer({ min: 1, max: 9 }))
				.map((parts) => parts.join('')),
		),
	)
	.map((parts) => parts.join(''));

const hex = (code: number, upper: boolean) => {
	const text = code.toString(16).padStart(4, '0');
	return `\\u${upper ? text.toUpperCase() : text}`;
};

const rawCharacter = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.constantFrom(
			...('abcZ09 /<>&éñŁ中🙂\u2028\u007f\ue000\uffff'.match(/./gsu) ?? []),
		),
	},
	{
		weight: 2,
		arbitrary: fc.constantFrom('\\"', '\\\\', '\\/', '\\b', '\\f', '\\n', '\\r', '\\t'),
	},
	{
		weight: 2,
		arbitrary: fc
			.tuple(fc.integer({ min: 0, max: 0xd7ff }), fc.boolean())
			.map(([code, upper]) => hex(code, upper)),
	},
	{
		weight: 2,
		arbitrary: fc.integer({ min: 0x10000, max: 0x10ffff }).map((code) => {
			const pair = String.fromCodePoint(code);
			return hex(pair.charCodeAt(0), false) + hex(pair.charCodeAt(1), true);
		}),
	},
);

const rawString = fc
	.array(rawCharacter, { maxLength: 8 })
	.map((characters) => `"${characters.join('')}"`);

/** Few different keys, so that some repeat. */
const rawKey = fc.oneof(
	fc.constantFrom(
		'"a"',
		'"\\u0061"',
		'"b"',
		'"10"',
		'"9"',
		'"__proto__"',
		'"🙂"',
		'"\uffff"',
		'"é"',
	),
	rawString,
);

/** A JSON text that Python can read and write. */
export const rawJson: fc.Arbitrary<string> = fc.letrec<{
	value: string;
	array: string;
	object: string;
}>((tie) => {
	const member = fc
		.tuple(space, rawKey, space, space, tie('value'), space)
		.map(([a, key, b, c, value, d]) => `${a}${key}${b}:${c}${value}${d}`);
	const item = fc.tuple(space, tie('value'), space).map((parts) => parts.join(''));
	return {
		array: fc
			.oneof(
				space,
				fc.array(item, { minLength: 1, maxLength: 5 }).map((items) => items.join(',')),
			)
			.map((inside) => `[${inside}]`),
		object: fc
			.oneof(
				space,
				fc.array(member, { minLength: 1, maxLength: 6 }).map((members) => members.join(',')),
			)
			.map((inside) => `{${inside}}`),
		value: fc.oneof(
			{ depthSize: 'small', withCrossShrink: true },
			rawNumber,
			rawString,
			fc.constantFrom('true', 'false', 'null'),
			tie('array'),
			tie('object'),
			tie('object'),
		),
	};
}).value;
