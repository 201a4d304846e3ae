// Checks of what a builder filled in, made before anything is sent. Each takes text, looks at its length first, and returns
// the value as Didit spells it, or throws an InputError that names the field as the screen shows it.
// No check costs more than linear time, whatever the text.
import { InputError } from '../../transport/errors';
import { longCode, shortCode } from './countries';
import { momentAt } from './days';
import { fromJson, isPlainObject } from './values';
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
export function clean(value: string, field: Field, longest: number, expected: string): string {
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
	return isDay(day) ? day : refuse(field, expected);
}

/** Some databases and languages write the year 0 or 1 for no date. */
function isDay(day: string): boolean {
	const parsed = new Date(`${day}T00:00:00Z`);
	if (Number.isNaN(parsed.getTime()) || day.startsWith('0')) return false;
	return parsed.toISOString().slice(0, 10) === day;
}

const MOMENT =
	/^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(Z|([+-])(\d{2})(?::?(\d{2}))?)?)?$/i;

/** A moment as ISO 8601 in UTC. Without a zone it is meant in that of the workflow; without a time of day, as its beginning. */
export function dateTime(value: string, field: Field): string {
	const expected = 'a date and time, e.g. 2030-01-31T12:00:00Z';
	const text = clean(value, field, 100, expected);
	const [, day, time = '00:00', zone, sign, hours = 0, minutes = 0] =
		MOMENT.exec(text) ?? refuse(field, expected);
	const shown = isDay(day) ? Date.parse(`${day}T${time}Z`) : NaN;
	if (Number.isNaN(shown)) refuse(field, expected);
	if (zone === undefined) return new Date(momentAt(shown, field.timeZone ?? 'UTC')).toISOString();
	const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
	return new Date(sign === '-' ? shown + offset : shown - offset).toISOString();
}

function code(pattern: RegExp, expected: string, convert: (code: string) => string): Check {
	return (value, field) => {
		const text = convert(clean(value, field, 20, expected).toUpperCase());
		if (!pattern.test(text)) refuse(field, expected);
		return text;
	};
}

const COUNTRY = 'a country code, e.g. ES or ESP';

/** For Didit three letters, as in passports. */
export const country = code(/^[A-Z]{3}$/, COUNTRY, longCode);

/** For Didit two letters. */
export const shortCountry = code(/^[A-Z]{2}$/, COUNTRY, shortCode);

/** For Didit two letters, with a region if need be. */
export const registryCountry = code(
	/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/,
	`${COUNTRY}, or with a region, e.g. US-CA`,
	shortCode,
);

export function atMost(length: number): Check {
	return (value, field) => {
		if (value.length > length) refuse(field, `at most ${length} characters`);
		return value;
	};
}

/** A JSON object, as text from the screen or as an object from an expression. */
export function jsonObject(value: unknown, field: Field): Record<string, unknown> {
	const parsed = fromJson(value);
	if (!isPlainObject(parsed)) refuse(field, 'a JSON object, e.g. {"plan": "pro"}');
	checkInside(parsed, field);
	return parsed;
}

/** Levels of objects in each other. Writing JSON of many thousands fails. */
const MOST_LEVELS = 200;

/** JSON rounds large numbers, which often are IDs, and turns what is no number into nothing. */
function checkInside(object: object, field: Field): void {
	const seen = new Set<unknown>();
	let level: unknown[] = [object];
	for (let depth = 0; level.length > 0; depth++) {
		if (depth > MOST_LEVELS) refuse(field, `JSON of at most ${MOST_LEVELS} levels`);
		const inner: unknown[] = [];
		for (const value of level) {
			const isLost =
				typeof value === 'bigint' ||
				(typeof value === 'number' &&
					!(Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value)));
			if (isLost) refuse(field, 'JSON in which numbers of more than 15 digits are text');
			if (typeof value !== 'object' || value === null || seen.has(value)) continue;
			seen.add(value);
			for (const part of Object.values(value)) inner.push(part);
		}
		level = inner;
	}
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
	const isPlain = typeof value === 'number' || (typeof value === 'string' && value.length < 40);
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
