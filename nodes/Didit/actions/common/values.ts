// What an expression can give for a field, read in one way for all fields: text, numbers, dates, lists, JSON, or nothing.
// Whatever two people could end up sharing, such as a number that JavaScript has rounded, is refused.
import type { IDataObject } from 'n8n-workflow';
import { isFields } from '../../json/read';
import { InputError } from '../../transport/errors';

/** A field as a refusal speaks of it. */
export interface Field {
	/** Its name on the screen. */
	label: string;
	/** It must not be empty, so a refusal doesn't offer that. */
	required?: boolean;
	/** The time zone of the n8n workflow, in which a moment is a day. UTC if there is none. */
	timeZone?: string;
}

/** Undefined, null, blank text, an empty list: what a missing value of an item turns into. */
export function isNothing(value: unknown): boolean {
	return Array.isArray(value) ? value.every(isBlank) : isBlank(value);
}

const isBlank = (value: unknown) =>
	value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

const kindOf = (value: unknown) => Object.prototype.toString.call(value).slice(8, -1);

/** A Date of any realm, or one of Luxon's, as both come out of n8n's own nodes. */
function asDate(value: object): { toISOString(): string } | undefined {
	const { toISO } = value as { toISO?: () => string | null };
	if (typeof toISO === 'function') return { toISOString: () => toISO.call(value) ?? '' };
	if (kindOf(value) !== 'Date' || Number.isNaN((value as Date).getTime())) return undefined;
	return value as Date;
}

function refuseValue(field: Field, advice: string): never {
	throw new InputError(`'${field.label}' is not valid`, advice);
}

/** JavaScript holds 15 digits of any number exactly. Whoever wrote more may have meant another one. */
const isExact = (value: number) =>
	Number.isSafeInteger(value) ||
	(Number.isFinite(value) &&
		!Number.isInteger(value) &&
		String(value).replace(/\D/g, '').length <= 15);

/** n8n joins texts before the node sees them, and turns an object into this. */
const PRINTED_OBJECT = /\[(?:object|Object|Array|Function|Circular|native code)\b/;

function checkText(text: string, field: Field): string {
	if (PRINTED_OBJECT.test(text)) {
		refuseValue(
			field,
			'The expression puts a whole object into the text. Map a single field of it instead',
		);
	}
	// Half a character is replaced on the way, the same for everyone.
	if (/\p{Surrogate}/u.test(text)) {
		refuseValue(field, 'It contains a broken character. Check where the text comes from');
	}
	return text.trim();
}

/**
 * The text in a field.
 * @returns it without white space around it, a date as ISO 8601; empty for nothing
 * @throws InputError for what is no single value, or isn't exact any more
 */
export function toText(value: unknown, field: Field): string {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return checkText(value, field);
	if (typeof value === 'bigint') return String(value);
	if (typeof value === 'number') {
		if (isExact(value)) return String(value);
		refuseValue(
			field,
			Number.isFinite(value)
				? 'The number has too many digits to be exact. Send it as text'
				: "The expression doesn't give a number. Check its values",
		);
	}
	if (Array.isArray(value)) {
		if (isNothing(value)) return '';
		refuseValue(field, 'The expression returns a list. Map a single field instead');
	}
	if (typeof value === 'object') {
		const text = asDate(value)?.toISOString();
		if (text) return text;
		refuseValue(
			field,
			kindOf(value) === 'Date' || 'toISO' in value
				? 'The date in it is not a date. Check where it comes from'
				: 'The expression returns an object. Map a single field instead',
		);
	}
	return refuseValue(
		field,
		`The expression returns ${typeof value === 'boolean' ? 'true or false' : `a ${typeof value}`}. Map a field with text instead`,
	);
}

/** What JavaScript prints for a value that isn't there. */
const PRINTED_NOTHING = /(?:^|[^A-Za-z0-9])(?:undefined|null|NaN)(?:$|[^A-Za-z0-9])/;

/** Nothing, or what JavaScript prints for it and no more. */
export const isMissing = (value: unknown) =>
	isNothing(value) || (typeof value === 'string' && /^(?:undefined|null|NaN)$/.test(value.trim()));

/** An expression that was saved as plain text, so that it is the same for everyone. */
const NOT_EVALUATED = /\{\{|\$\{/;

/**
 * An ID that stands for one person or business. @returns the text; empty for nothing
 * @throws InputError if something is missing in it, so that it would be the same for everyone
 */
export function toId(value: unknown, field: Field): string {
	const id = toText(value, field);
	if (PRINTED_NOTHING.test(id)) {
		refuseValue(
			field,
			'Part of the ID is missing: the expression has put "undefined", "null" or "NaN" into it. Check the field that it uses',
		);
	}
	if (NOT_EVALUATED.test(id)) {
		refuseValue(
			field,
			'It holds an expression that n8n did not evaluate. Switch the field to Expression',
		);
	}
	return id;
}

/** A list from a list field, from an expression, or as text with commas. Without empty entries and duplicates. */
export function toList(value: unknown, field: Field): string[] {
	const entries: unknown[] = Array.isArray(value) ? value : toText(value, field).split(',');
	return [...new Set(entries.map((entry) => toText(entry, field)).filter((entry) => entry !== ''))];
}

/** The value inside a field with a list to choose from. */
export function valueOfLocator(value: unknown): unknown {
	return isFields(value) && 'value' in value && !asDate(value) ? value.value : value;
}

/**
 * A collection of fields. An expression can give all of it at once, also as JSON text, or nothing.
 * @throws InputError if it isn't an object
 */
export function toCollection(value: unknown, field: Field): IDataObject {
	if (isNothing(value)) return {};
	const given: unknown = typeof value === 'string' ? parseJson(value) : value;
	if (isFields(given) && !asDate(given)) return given as IDataObject;
	throw new InputError(
		`'${field.label}' is not valid`,
		'The expression must return an object with the fields of this collection',
	);
}

/** Undefined for what isn't JSON. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** @throws InputError unless it is true or false, also as text; undefined for nothing */
export function toBoolean(value: unknown, field: Field): boolean | undefined {
	if (isNothing(value)) return undefined;
	const word = typeof value === 'string' ? value.trim().toLowerCase() : value;
	if (word === true || word === 'true') return true;
	if (word === false || word === 'false') return false;
	throw new InputError(`'${field.label}' is not valid`, 'Enter true or false');
}

/**
 * A builder's own ID as one part of a path.
 * @throws InputError for what an HTTP client or a proxy could read as a way through folders
 */
export function pathPart(id: string, field: Field): string {
	const isWay = id.split(/[/\\]/).some((part) => part === '.' || part === '..');
	// Half a character can't be written in an address.
	if (!isWay && !/\p{Surrogate}/u.test(id)) return encodeURIComponent(id);
	throw new InputError(
		`'${field.label}' is not valid`,
		"It can't be part of an address. Use an ID without a part that is only dots",
	);
}

/** The day that a moment falls on in a time zone, as year-month-day. */
function dayIn(moment: Date, timeZone: string): { day: string; isMidnight: boolean } {
	const parts = Object.fromEntries(
		new Intl.DateTimeFormat('en', {
			timeZone,
			hourCycle: 'h23',
			year: 'numeric',
			month: '2-digit',
			day: '2-digit',
			hour: '2-digit',
			minute: '2-digit',
			second: '2-digit',
		})
			.formatToParts(moment)
			.map(({ type, value }) => [type, value]),
	);
	return {
		day: `${parts.year.padStart(4, '0')}-${parts.month}-${parts.day}`,
		isMidnight: `${parts.hour}${parts.minute}${parts.second}` === '000000',
	};
}

/** Spreadsheets count days from here. Smaller numbers could be years, larger ones times. */
const SPREADSHEET_START = Date.UTC(1899, 11, 30);
const SPREADSHEET_DAYS = { least: 10_000, most: 80_000 };
const DAY_MS = 86_400_000;

/**
 * A day, from whatever n8n's nodes give for one: text, a date, a spreadsheet's number.
 * Databases and date pickers give a day as its midnight in UTC or in the time zone of the workflow.
 * @returns year-month-day as it stands there, not checked any further; empty for nothing
 */
export function toDay(value: unknown, field: Field): string {
	if (
		typeof value === 'number' ||
		(typeof value === 'string' && /^\s*\d{5}(\.\d+)?\s*$/.test(value))
	) {
		const days = Math.floor(Number(value));
		const isSerial = days >= SPREADSHEET_DAYS.least && days <= SPREADSHEET_DAYS.most;
		return isSerial
			? new Date(SPREADSHEET_START + days * DAY_MS).toISOString().slice(0, 10)
			: String(value);
	}
	const text = toText(value, field);
	const [day, , time] = text.split(/([T ])/, 3);
	// A day without a time, or with one that is stated in its own zone.
	const isUtcMoment =
		time !== undefined && /^\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|\+00:?00)$/.test(time);
	if (!isUtcMoment || /^00:00(:00(\.0{1,9})?)?(Z|\+)/.test(time)) return day;
	const moment = new Date(text.replace(' ', 'T'));
	if (Number.isNaN(moment.getTime())) return day;
	// Drivers of databases use the time zone of the machine.
	const zones = [field.timeZone ?? 'UTC', new Intl.DateTimeFormat().resolvedOptions().timeZone];
	return zones.map((zone) => dayIn(moment, zone)).find(({ isMidnight }) => isMidnight)?.day ?? day;
}
