/** What Didit, or somebody in its place, can send: any JSON, built as text so that keys like `__proto__` are real keys. */
import assert from 'node:assert/strict';
import fc from 'fast-check';

/** Keys that JavaScript objects have by themselves. */
const OWN_KEYS = [
	'__proto__',
	'constructor',
	'toString',
	'hasOwnProperty',
	'valueOf',
	'toJSON',
	'length',
	'',
];

const WORDS = [
	'Approved',
	'approved',
	'APPROVED',
	'Approved ',
	'Declined',
	'In Review',
	'null',
	'1',
	'-0',
	'1e999',
	'NaN',
	'true',
	'2024-02-31',
	'2024-05-01T00:00:00Z',
	'\u0000',
	'\ufeff',
	'🙂',
	'\ud800',
	'<b>x</b>',
];

const SURROGATES = 0x800;
const codePoint = fc.integer({ min: 0, max: 0x10ffff - SURROGATES }).map(
	(number) => String.fromCodePoint(number < 0xd800 ? number : number + SURROGATES),
	(text) => {
		const code = typeof text === 'string' ? text.codePointAt(0) : undefined;
		if (code === undefined || text !== String.fromCodePoint(code)) throw new Error('no code point');
		return code < 0xd800 ? code : code - SURROGATES;
	},
);

/** A text of any characters. fast-check's own `unit: 'binary'` says the same, but first makes a table of all of them for seconds. */
export const anyText = (constraints: fc.StringConstraints = {}) =>
	fc.string({ ...constraints, unit: codePoint });

/** A web address; fast-check's own needs that table too. */
export const webUrl: fc.Arbitrary<string> = fc
	.tuple(
		fc.constantFrom('http', 'https'),
		fc.webAuthority(),
		fc.array(anyText({ maxLength: 8 }), { maxLength: 4 }),
	)
	.map(([scheme, authority, parts]) =>
		[`${scheme}://${authority}`, ...parts.map(encodeURIComponent)].join('/'),
	);

const leaf = fc.oneof(
	fc.constantFrom(...WORDS).map((word) => JSON.stringify(word)),
	anyText({ maxLength: 12 }).map((text) => JSON.stringify(text)),
	fc.constantFrom(
		'null',
		'true',
		'false',
		'0',
		'-0',
		'1e999',
		'-1e999',
		'5e-324',
		'9007199254740993',
		'9007199254740991',
		'98.0',
		'[]',
		'{}',
	),
	fc.integer().map(String),
);

/** Texts of JSON whose objects use these keys and the dangerous ones. */
export function jsonText(
	keys: readonly string[],
	leaves: fc.Arbitrary<string> = leaf,
): fc.Arbitrary<string> {
	const key = fc.oneof(
		{ weight: 6, arbitrary: fc.constantFrom(...keys) },
		{ weight: 2, arbitrary: fc.constantFrom(...OWN_KEYS) },
		{ weight: 1, arbitrary: fc.string({ maxLength: 5 }) },
	);
	return fc.letrec<{ value: string; object: string; list: string }>((tie) => ({
		object: fc
			.array(fc.tuple(key, tie('value')), { maxLength: 6 })
			.map(
				(members) =>
					`{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join()}}`,
			),
		list: fc.array(tie('value'), { maxLength: 4 }).map((items) => `[${items.join()}]`),
		value: fc.oneof(
			{ depthSize: 'small', withCrossShrink: true },
			leaves,
			tie('object'),
			tie('list'),
		),
	})).value;
}

/** The same levels of one key, or of lists, many times inside each other. */
const deepText = (keys: readonly string[]) =>
	fc
		.tuple(fc.constantFrom('[', ...keys), fc.integer({ min: 20, max: 20_000 }), leaf)
		.map(([key, levels, inside]) =>
			key === '['
				? '['.repeat(levels) + inside + ']'.repeat(levels)
				: `{${JSON.stringify(key)}:`.repeat(levels) + inside + '}'.repeat(levels),
		);

/** Any JSON value as it comes out of a parser. */
export const anyJson = (keys: readonly string[]): fc.Arbitrary<unknown> =>
	fc
		.oneof({ weight: 40, arbitrary: jsonText(keys) }, { weight: 1, arbitrary: deepText(keys) })
		.map((text) => JSON.parse(text) as unknown);

type Path = Array<string | number>;

function pathsOf(value: unknown, path: Path = []): Path[] {
	if (typeof value !== 'object' || value === null) return [path];
	return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

/** Copies of a real document in which some places hold something else, or have more beside them. */
export function spoiled(document: object, keys: readonly string[]): fc.Arbitrary<unknown> {
	const paths = pathsOf(document).filter((path) => path.length > 0);
	const change = fc.tuple(fc.constantFrom(...paths), anyJson(keys));
	return fc.array(change, { maxLength: 5 }).map((changes) => {
		const copy = JSON.parse(JSON.stringify(document)) as unknown;
		for (const [path, value] of changes) {
			let place = copy as Record<string, unknown>;
			for (const step of path.slice(0, -1))
				place = (typeof place === 'object' && place !== null ? place[step] : undefined) as Record<
					string,
					unknown
				>;
			if (typeof place === 'object' && place !== null)
				Object.defineProperty(place, path[path.length - 1], {
					value,
					enumerable: true,
					configurable: true,
					writable: true,
				});
		}
		return copy;
	});
}

/** Makes every later change of the value throw. Works on values of any depth. */
export function frozen<T>(value: T): T {
	const left: unknown[] = [value];
	while (left.length > 0) {
		const next = left.pop();
		if (
			typeof next !== 'object' ||
			next === null ||
			Object.isFrozen(next) ||
			ArrayBuffer.isView(next)
		)
			continue;
		Object.freeze(next);
		left.push(...Object.values(next).slice(0, 10_000));
	}
	return value;
}

/** Fails if somebody has put something on the objects that all others inherit from. */
export function expectCleanPrototypes(): void {
	assert.deepEqual(Object.keys(Object.prototype), []);
	assert.deepEqual(Object.keys(Array.prototype), []);
	assert.equal(({} as Record<string, unknown>).polluted, undefined);
}
