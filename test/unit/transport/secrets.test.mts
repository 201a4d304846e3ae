// Secrets in whatever form they come back.
import { redacted } from '../../../nodes/Didit/transport/secrets.ts';
import { isLinear } from '../../support/processorTime.mts';

const SECRET = 'Key+9/zQ "7" & \'hää=';

const base64 = (text: string) => Buffer.from(text).toString('base64');

it.each<[string, string]>([
	['as it is', SECRET],
	['in capitals', SECRET.toUpperCase()],
	['in small letters', SECRET.toLowerCase()],
	['encoded for a URL', encodeURIComponent(SECRET)],
	['encoded for a URL with small hexadecimal digits', encodeURIComponent(SECRET).toLowerCase()],
	['encoded as a form', new URLSearchParams({ key: SECRET }).toString()],
	['inside a value of a form', new URLSearchParams({ key: `a ${SECRET} b` }).toString()],
	['inside JSON', JSON.stringify({ key: SECRET })],
	['inside a text in JSON', JSON.stringify({ key: `a ${SECRET} b` })],
	['inside JSON of PHP', JSON.stringify({ key: SECRET }).replace(/\//g, '\\/')],
	['inside a text in JSON of PHP', JSON.stringify(`a ${SECRET} b`).replace(/\//g, '\\/')],
	['encoded for a URL twice', encodeURIComponent(encodeURIComponent(SECRET))],
	['in a page', SECRET.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/'/g, '&#x27;')],
	['in hexadecimal', Buffer.from(SECRET).toString('hex')],
	['in Base64', base64(SECRET)],
	['in Base64 for URLs', Buffer.from(SECRET).toString('base64url')],
	['in Base64 in a URL', encodeURIComponent(base64(SECRET))],
	['in Base64 behind a client ID of one letter', base64(`c:${SECRET}`)],
	['in Base64 behind a client ID of two letters', base64(`cl:${SECRET}`)],
	['in Base64 behind a client ID of three letters', base64(`cli:${SECRET}`)],
	['in Base64 with more behind it', base64(`cli:${SECRET}:x`)],
])('are taken out %s [T313]', (_, text) => {
	const shown = redacted(`before ${text} after`, ['', SECRET]);
	expect(shown).toMatch(/^before .*\*\*\*.* after$/);
	for (const piece of [
		'9/zQ',
		'9%2fzq',
		'9%252fzq',
		'9\\/zq',
		'h\\u00e4',
		SECRET.slice(0, 8),
		base64(SECRET).slice(8, 16),
	])
		expect(shown.toLowerCase()).not.toContain(piece.toLowerCase());
});

it.each(['', 'c:', 'cl:', 'cli:'])(
	'are taken out of Base64 for URLs behind %j, where it has letters of its own',
	(before) => {
		const secret = '?>~?>~?>~?>~';
		const encoded = Buffer.from(`${before}${secret}:`).toString('base64url');
		expect(encoded).toMatch(/[-_].*[-_]/);
		// What is left at the edges hangs on the letters beside the secret too.
		expect(redacted(encoded, [secret])).toMatch(/^[\w-]{0,6}\*\*\*[\w-]{0,3}$/);
	},
);

it('are taken out in Base64 of eight letters, and of seven never: those can be anything', () => {
	const encoded = base64('short1');
	expect(encoded).toHaveLength(8);
	expect(redacted(encoded, ['short1'])).toBe('***');
	expect(redacted(base64('xshort1'), ['short1'])).toBe(base64('xshort1'));
});

it('leave the rest of a text as it was', () => {
	expect(redacted('The workflow is unknown. (a+b)*', ['secret-one', 'secret-one-two'])).toBe(
		'The workflow is unknown. (a+b)*',
	);
	expect(redacted('secret-one-two, secret-one', ['secret-one', 'secret-one-two'])).toBe('***, ***');
	expect(redacted('nothing to hide', [])).toBe('nothing to hide');
});

it('are looked for in linear time', () => {
	const look = (text: string) => redacted(text, [SECRET, 'another secret', 'x'.repeat(2_000)]);
	const almost = SECRET.slice(0, -1);
	expect(isLinear(look, almost.repeat(5_000), almost.repeat(40_000))).toBe(true);
});
