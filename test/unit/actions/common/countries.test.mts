// A builder gives a country in two letters or in three, whichever Didit wants.
import {
	country,
	registryCountry,
	shortCountry,
} from '../../../../nodes/Didit/actions/common/checks.ts';

const FIELD = { label: 'Country' };
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** What Node.js knows as a country by two letters, without groups of countries and codes that are not in the standard. */
const NO_COUNTRY = [
	'AC',
	'CP',
	'CQ',
	'DG',
	'EA',
	'EU',
	'EZ',
	'IC',
	'QO',
	'TA',
	'UN',
	'XA',
	'XB',
	'XK',
	'ZZ',
];
const FORMER = ['AN', 'BU', 'CS', 'DD', 'FX', 'NT', 'QU', 'SU', 'TP', 'UK', 'YD', 'YU', 'ZR'];
const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const COUNTRIES = LETTERS.flatMap((a) => LETTERS.map((b) => a + b)).filter(
	(code) =>
		names.of(code) !== undefined &&
		!NO_COUNTRY.includes(code) &&
		!FORMER.includes(code) &&
		Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`,
);

it.each([
	['es', 'ESP'],
	['ESP', 'ESP'],
	['gb', 'GBR'],
	[' us ', 'USA'],
	['XOM', 'XOM'],
])('sends %j in three letters as %j', (given, sent) => expect(country(given, FIELD)).toBe(sent));

it.each([
	['ESP', 'ES'],
	['es', 'ES'],
	['usa', 'US'],
])('sends %j in two letters as %j', (given, sent) => {
	expect(shortCountry(given, FIELD)).toBe(sent);
	expect(registryCountry(given, FIELD)).toBe(sent);
});

it('keeps a region', () => expect(registryCountry('us-ca', FIELD)).toBe('US-CA'));

it.each(['XX', 'Spain', 'E', 'ZZZZ'])('refuses %j where three letters are needed', (given) =>
	expect(() => country(given, FIELD)).toThrow("'Country' is not valid"),
);

it('knows every country both ways, and no two alike', () => {
	const long = COUNTRIES.map((code) => country(code, FIELD));
	expect(long.map((code) => shortCountry(code, FIELD))).toEqual(COUNTRIES);
	expect(new Set(long).size).toBe(COUNTRIES.length);
	expect(COUNTRIES.length).toBe(249);
});
