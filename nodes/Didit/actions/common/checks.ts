// Checks of what a builder filled in, made before anything is sent. Each takes text, looks at its length first, and returns
// the value as Didit spells it, or throws an InputError that names the field as the screen shows it.
// No check costs more than linear time, whatever the text.
import { InputError } from '../../transport/errors';
import { parseJson } from './values';
import type { Field } from './values';

export type Check<T = string> = (value: string, field: Field) => T;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** @param expected what to enter, e.g. "a full URL" */
export function refuse(field: Field, expected: string): never {
	const wayOut = field.required ? '' : ', or leave it empty';
	throw new InputError(`'${field.label}' is not valid`, `Enter ${expected}${wayOut}`);
}

/** Marks that nobody sees, which come along when text is copied: direction marks, zero-width spaces, soft hyphens. */
const INVISIBLE = /\p{Cf}/gu;

/** The text without invisible marks and white space around it; refused if it is longer than any legal value. */
function clean(value: string, field: Field, longest: number, expected: string): string {
	// Marks count at first, so that removing them can't cost more than the text may be long.
	if (value.length > 10 * longest) refuse(field, expected);
	const text = value.replace(INVISIBLE, '').trim();
	if (text.length > longest) refuse(field, expected);
	return text;
}

const DANGEROUS_SCHEMES = ['javascript', 'data', 'vbscript', 'file', 'blob', 'about'];
const LONGEST_URL = 4096;

/** Web addresses, and addresses of apps such as `myapp://done`. */
export function url(value: string, field: Field): string {
	const expected = 'a full URL, e.g. https://example.com/done';
	const address = clean(value, field, LONGEST_URL, expected);
	const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/\S*$/.exec(address)?.[1].toLowerCase();
	if (!scheme || DANGEROUS_SCHEMES.includes(scheme)) refuse(field, expected);
	if (scheme === 'http' || scheme === 'https') {
		try {
			new URL(address);
		} catch {
			refuse(field, expected);
		}
	}
	return address;
}

/** Whether an ID of Didit's own may become a part of an address. */
export const isUuid = (value: unknown): value is string =>
	typeof value === 'string' && UUID.test(value);

/** Didit takes lower-case UUIDs only: anything else gets an HTML page that says nothing. */
export function uuid(value: string, field: Field): string {
	const id = value.length > 1000 ? '' : value.replace(INVISIBLE, '').trim().toLowerCase();
	if (isUuid(id)) return id;
	throw new InputError(
		`'${field.label}' is not a valid ID`,
		'Enter an ID such as 11111111-2222-4333-8444-555555555555',
	);
}

/** A day as year-month-day. A time of day behind it is left out. */
export function date(value: string, field: Field): string {
	const expected = 'a date as year-month-day, e.g. 1990-05-31';
	const day = clean(value, field, 100, expected).split(/[T ]/, 1)[0];
	const parsed = /^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T00:00:00Z`) : undefined;
	if (!parsed || Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== day) {
		refuse(field, expected);
	}
	return day;
}

/** A moment as ISO 8601 in UTC. A date without a time of day is its beginning. */
export function dateTime(value: string, field: Field): string {
	const expected = 'a date and time, e.g. 2030-01-31T12:00:00Z';
	const text = clean(value, field, 100, expected);
	const time = Date.parse(text);
	if (Number.isNaN(time) || !/^\d{4}-\d{2}-\d{2}/.test(text)) refuse(field, expected);
	return new Date(time).toISOString();
}

const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const DOMAIN_LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
const LONGEST_EMAIL = 254;

/** A domain in the form that the mail system uses, in which letters of other scripts are spelled out. */
function asciiDomain(domain: string): string {
	if (/^[\x21-\x7e]*$/.test(domain)) return domain;
	try {
		return new URL(`http://${domain}`).hostname;
	} catch {
		return '';
	}
}

export function email(value: string, field: Field): string {
	const expected = 'an email address, e.g. name@example.com';
	const given = clean(value, field, LONGEST_EMAIL, expected);
	const at = given.lastIndexOf('@');
	const written = given.slice(at + 1);
	// What an address of a website would read as something else than a name.
	const domain = /[/:?#\\@[\]%]/.test(written) ? '' : asciiDomain(written);
	const labels = domain.split('.');
	const isDomain = labels.length > 1 && labels.every((label) => DOMAIN_LABEL.test(label));
	const address = `${given.slice(0, Math.max(0, at))}@${domain}`;
	if (
		!isDomain ||
		!LOCAL_PART.test(given.slice(0, Math.max(0, at))) ||
		address.length > LONGEST_EMAIL
	) {
		refuse(field, expected);
	}
	return address;
}

function code(pattern: RegExp, expected: string): Check {
	return (value, field) => {
		const text = clean(value, field, 20, expected).toUpperCase();
		if (!pattern.test(text)) refuse(field, expected);
		return text;
	};
}

/** Three letters, as in passports. */
export const country = code(/^[A-Z]{3}$/, 'a country code of three letters, e.g. ESP');

export const shortCountry = code(/^[A-Z]{2}$/, 'a country code of two letters, e.g. ES');

/** A country of two letters, with a region if need be. */
export const registryCountry = code(
	/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/,
	'a country code of two letters, e.g. ES, or with a region, e.g. US-CA',
);

/** Countries that keep the 0 in front of their numbers, so that "(0)" can mean either: Italy and its neighbors, and some in Africa. */
const KEEPS_ZERO = /^\+(39|378|379|225|229|241|242)/;

/** Digits of other scripts, by their places in Unicode. */
const westernDigits = (text: string) =>
	text.replace(/[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/g, (digit) =>
		String(
			(digit.charCodeAt(0) - (digit >= '\uff10' ? 0xff10 : digit >= '\u06f0' ? 0x06f0 : 0x0660)) %
				10,
		),
	);

export function phone(value: string, field: Field): string {
	const expected = 'a phone number with the country code, e.g. +34 600 000 000';
	const given = westernDigits(clean(value, field, 60, expected))
		.replace(/^tel:/i, '')
		.replace(/\uff0b/g, '+');
	const number = given
		.replace(/\(0\)/g, 'z')
		.replace(/[\s().\p{Pd}\u2212/]/gu, '')
		.replace(/^00/, '+');
	if (number.includes('z')) {
		if (KEEPS_ZERO.test(number) || !/^\+[1-9]\d{0,2}z/.test(number)) {
			refuse(field, "the phone number without '(0)', e.g. +34 600 000 000");
		}
	}
	const plain = number.replace('z', '');
	if (/(ext|x|#|;)/i.test(given)) refuse(field, 'a phone number without an extension');
	if (!/^\+[1-9]\d{5,14}$/.test(plain)) refuse(field, expected);
	return plain;
}

function isIpV4(address: string): boolean {
	const parts = address.split('.');
	return (
		parts.length === 4 &&
		parts.every(
			(part) => /^\d{1,3}$/.test(part) && Number(part) <= 255 && part === String(Number(part)),
		)
	);
}

function isIpV6(address: string): boolean {
	if (!/^[0-9a-f:.]+$/i.test(address) || !address.includes(':')) return false;
	try {
		return new URL(`http://[${address}]/`).hostname.length > 2;
	} catch {
		return false;
	}
}

/** One entry of a list of forwarded addresses, without brackets, port, zone and the prefix of an IPv4 address in IPv6. */
function bareAddress(entry: string): string {
	const text = entry.trim().replace(/^"|"$/g, '');
	const inBrackets = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(text)?.[1] ?? text;
	const withoutPort = /^(\d[\d.]*):\d{1,5}$/.exec(inBrackets)?.[1] ?? inBrackets;
	return withoutPort.split('%', 1)[0].replace(/^::ffff:(?=\d+\.)/i, '');
}

const PRIVATE_IP =
	/^(10\.|127\.|0\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|::1?$|f[cd]|fe[89ab])/i;

/** An address, or the list that proxies make of it: the first public one is the person's. */
export function ipAddress(value: string, field: Field): string {
	const expected = 'an IP address, e.g. 203.0.113.7';
	const entries = clean(value, field, 1000, expected).split(',').map(bareAddress);
	if (!entries.every((entry) => isIpV4(entry) || isIpV6(entry))) refuse(field, expected);
	return entries.find((entry) => !PRIVATE_IP.test(entry)) ?? entries[0];
}

export function atMost(length: number): Check {
	return (value, field) => {
		if (value.length > length) refuse(field, `at most ${length} characters`);
		return value;
	};
}

/** A JSON object, as text from the screen or as an object from an expression. */
export function jsonObject(value: unknown, field: Field): Record<string, unknown> {
	const parsed = typeof value === 'string' ? parseJson(value) : value;
	if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
		refuse(field, 'a JSON object, e.g. {"plan": "pro"}');
	}
	return parsed as Record<string, unknown>;
}

interface Range {
	least: number;
	most: number;
	/** Parts of a whole are fine. */
	fractions?: boolean;
}

/** @throws InputError unless it is a number within these limits, whole unless fractions are fine */
export function numberWithin(
	value: unknown,
	field: Field,
	{ least, most, fractions = false }: Range,
): number {
	const isPlain =
		typeof value === 'number' ||
		(typeof value === 'string' && value.trim() !== '' && value.length < 40);
	const number = isPlain ? Number(value) : NaN;
	if (
		!Number.isFinite(number) ||
		(!fractions && !Number.isInteger(number)) ||
		number < least ||
		number > most
	) {
		const kind = fractions ? 'a number' : 'a whole number';
		const range = most === Infinity ? `, at least ${least}` : ` from ${least} to ${most}`;
		throw new InputError(`'${field.label}' is not valid`, `Enter ${kind}${range}`);
	}
	return number;
}
