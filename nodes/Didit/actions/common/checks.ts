// Checks of what a builder filled in, made before anything is sent. Each returns the value as Didit spells it, or throws
// an InputError that names the field as the screen shows it.
import { InputError } from '../../transport/errors';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * What an expression gave for a text field. An object would be sent as "[object Object]", the same for every person.
 * @returns the text without white space around it; empty for nothing
 */
export function plainText(value: unknown, field: string): string {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value)))
		return String(value).trim();
	throw new InputError(
		`'${field}' is not text`,
		`The expression gives ${Array.isArray(value) ? 'a list' : `a value of the type ${typeof value}`}. Choose a field inside it`,
	);
}

function refuse(field: string, expected: string): never {
	throw new InputError(`'${field}' is not valid`, `Enter ${expected}, or leave it empty`);
}

const DANGEROUS_SCHEMES = ['javascript', 'data', 'vbscript', 'file', 'blob', 'about'];

/** Web addresses, and addresses of apps such as `myapp://done`. */
export function url(value: string, field: string): string {
	const address = value.trim();
	const expected = 'a full URL, e.g. https://example.com/done';
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
export function uuid(value: string, field: string): string {
	const id = value.trim().toLowerCase();
	if (!isUuid(id)) {
		throw new InputError(
			`'${field}' is not a valid ID`,
			'Enter an ID such as 11111111-2222-4333-8444-555555555555',
		);
	}
	return id;
}

export function date(value: string, field: string): string {
	// A date picker or expression can add a time to the day.
	const day = value.trim().replace(/T.*$/, '');
	const parsed = /^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T00:00:00Z`) : undefined;
	if (!parsed || Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== day) {
		refuse(field, 'a date as year-month-day, e.g. 1990-05-31');
	}
	return day;
}

export function email(value: string, field: string): string {
	const address = value.trim();
	const local = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
	const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
	if (
		!new RegExp(`^${local}(?:\\.${local})*@(?:${label}\\.)+${label}$`, 'i').test(address) ||
		address.length > 254
	) {
		refuse(field, 'an email address, e.g. name@example.com');
	}
	return address;
}

/** Three letters, as in passports. */
export function country(value: string, field: string): string {
	const code = value.trim().toUpperCase();
	if (!/^[A-Z]{3}$/.test(code)) refuse(field, 'a country code of three letters, e.g. ESP');
	return code;
}

export function shortCountry(value: string, field: string): string {
	const code = value.trim().toUpperCase();
	if (!/^[A-Z]{2}$/.test(code)) refuse(field, 'a country code of two letters, e.g. ES');
	return code;
}

/** A country of two letters, with a region if need be. */
export function registryCountry(value: string, field: string): string {
	const code = value.trim().toUpperCase();
	if (!/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(code))
		refuse(field, 'a country code of two letters, e.g. ES, or with a region, e.g. US-CA');
	return code;
}

export function oneOf(allowed: readonly string[]) {
	return (value: string, field: string): string => {
		const wanted = value.trim();
		const match = allowed.find((known) => known.toLowerCase() === wanted.toLowerCase());
		if (match === undefined) refuse(field, `one of: ${allowed.join(', ')}`);
		return match;
	};
}

export function phone(value: string, field: string): string {
	const number = value.replace(/[\s().-]/g, '').replace(/^00/, '+');
	if (!/^\+[1-9]\d{5,14}$/.test(number))
		refuse(field, 'a phone number with the country code, e.g. +34 600 000 000');
	return number;
}

export function ipAddress(value: string, field: string): string {
	const address = value.trim();
	const isV4 =
		/^(\d{1,3}\.){3}\d{1,3}$/.test(address) &&
		address.split('.').every((part) => Number(part) <= 255 && part === String(Number(part)));
	if (!isV4 && !isIpV6(address)) refuse(field, 'an IP address, e.g. 203.0.113.7');
	return address;
}

function isIpV6(address: string): boolean {
	if (!/^[0-9a-f:.]+$/i.test(address) || !address.includes(':')) return false;
	try {
		return new URL(`http://[${address}]/`).hostname.length > 2;
	} catch {
		return false;
	}
}

export function atMost(length: number) {
	return (value: string, field: string): string => {
		if (value.length > length) refuse(field, `at most ${length} characters`);
		return value;
	};
}

/** A JSON object, as text from the screen or as an object from an expression. */
export function jsonObject(value: unknown, field: string): Record<string, unknown> {
	let parsed = value;
	if (typeof value === 'string') {
		try {
			parsed = JSON.parse(value);
		} catch {
			refuse(field, 'a JSON object, e.g. {"plan": "pro"}');
		}
	}
	if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
		refuse(field, 'a JSON object, e.g. {"plan": "pro"}');
	return parsed as Record<string, unknown>;
}

const FEATURES = ['OCR', 'NFC', 'FACE', 'AML'];

/** The eight combinations, exactly as Didit spells them. */
export const FEATURE_COMBINATIONS = [
	'OCR',
	'OCR + AML',
	'OCR + FACE',
	'OCR + FACE + AML',
	'OCR + NFC',
	'OCR + NFC + AML',
	'OCR + NFC + FACE',
	'OCR + NFC + FACE + AML',
];

/** Accepts a combination in any order, case and spacing. Empty stays empty. */
export function featureCombination(value: string): string {
	if (value.trim() === '') return '';
	const named = value.split('+').map((feature) => feature.trim().toUpperCase());
	const spelled = FEATURES.filter((feature) => named.includes(feature)).join(' + ');
	const known =
		named.every((feature) => FEATURES.includes(feature)) && new Set(named).size === named.length;
	if (!known || !FEATURE_COMBINATIONS.includes(spelled)) {
		throw new InputError(
			"'Feature Combination' is not one that Didit offers",
			`Use one of: ${FEATURE_COMBINATIONS.join(', ')}. Leave it empty for the settings of the Didit console`,
		);
	}
	return spelled;
}

const isDate = (value: object) =>
	Object.prototype.toString.call(value) === '[object Date]' ||
	typeof (value as { toISO?: unknown }).toISO === 'function';

/** Text, a number or a date. An object or a list has no place in a text field, and would arrive as "[object Object]". */
export function textOf(value: unknown, field: string): string {
	if (typeof value === 'object' && value !== null && !isDate(value)) {
		throw new InputError(`'${field}' is not valid`, 'Enter a text, or leave it empty');
	}
	return String(value ?? '').trim();
}

/** A list from a list field, an expression that gives a list, or text with commas. Without empty entries and repetitions. */
export function listOf(value: unknown, field: string): string[] {
	const entries = (Array.isArray(value) ? value : textOf(value, field).split(',')) as unknown[];
	return [...new Set(entries.map((entry) => textOf(entry, field)).filter((entry) => entry !== ''))];
}

/** The ID in a field with a list, where it lies inside a collection: n8n does not read it from there itself. */
export function idOfLocator(value: unknown, field: string): string {
	return textOf(
		typeof value === 'object' && value !== null ? (value as { value?: unknown }).value : value,
		field,
	);
}

/**
 * A builder's own ID as one part of a path. Anything goes but what an HTTP client would read as a way through folders.
 * @throws InputError if it is empty or has no place in an address
 */
export function pathPart(value: string, field: string): string {
	if (value === '')
		throw new InputError(
			`'${field}' is empty`,
			'Fill it in: it is your own ID, as you gave it to Didit',
		);
	try {
		if (value !== '.' && value !== '..') return encodeURIComponent(value);
	} catch {
		// Half a character: there is no way to write it in an address.
	}
	throw new InputError(
		`'${field}' is not valid`,
		'It cannot be used in the address of a request. Enter another ID',
	);
}

/** @throws InputError unless it is a whole number within these limits */
export function wholeNumber(value: unknown, field: string, least: number, most: number): number {
	const number = typeof value === 'object' ? NaN : Number(value);
	if (value === '' || !Number.isInteger(number) || number < least || number > most) {
		throw new InputError(
			`'${field}' is not valid`,
			`Enter a whole number from ${least} to ${most}`,
		);
	}
	return number;
}

/** A moment as ISO 8601 in UTC. A date without a time of day is its beginning. */
export function dateTime(value: string, field: string): string {
	const time = Date.parse(value);
	if (Number.isNaN(time) || !/^\d{4}-\d{2}-\d{2}/.test(value.trim()))
		refuse(field, 'a date and time, e.g. 2030-01-31T12:00:00Z');
	return new Date(time).toISOString();
}
