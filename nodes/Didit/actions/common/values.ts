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

/** White space, and marks that show nothing: an empty field of a form or a page can hold them. */
const BLANK = /^[\s\p{Cc}\p{Cf}\p{DI}\u2800]*$/u;

const isBlank = (value: unknown) =>
	value === undefined || value === null || (typeof value === 'string' && BLANK.test(value));

const kindOf = (value: unknown) => Object.prototype.toString.call(value).slice(8, -1);

/** An object whose fields are all that there is of it. A date, a Map or a Buffer would lose what it holds. */
export const isPlainObject = (value: unknown): value is IDataObject =>
	isFields(value) && kindOf(value) === 'Object' && !asDate(value);

/** A Date of any realm, or one of Luxon's, as both come out of n8n's own nodes. */
function asDate(value: object): { toISOString(): string } | undefined {
	const { toISO } = value as { toISO?: () => string | null };
	if (typeof toISO === 'function') return { toISOString: () => toISO.call(value) ?? '' };
	if (kindOf(value) !== 'Date' || Number.isNaN((value as Date).getTime())) return undefined;
	return value as Date;
}

/** @throws InputError that says what is wrong with the value of an expression */
export function refuseValue(field: Field, advice: string): never {
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

/** A list from a list field, from an expression, as text with commas, or as JSON. Without empty entries and duplicates. */
export function toList(value: unknown, field: Field): string[] {
	const isJson = typeof value === 'string' && value.trimStart().startsWith('[');
	const given = (isJson ? parseJson(value) : undefined) ?? value;
	const entries: unknown[] = Array.isArray(given) ? given : toText(given, field).split(',');
	const texts = entries.map((entry) => toText(entry, field));
	return [...new Set(texts.filter((text) => !isNothing(text)))];
}

/** The value inside a field with a list to choose from. */
export function valueOfLocator(value: unknown): unknown {
	const isLocator =
		isFields(value) && ['mode', 'value'].every((name) => Object.keys(value).includes(name));
	return isLocator ? value.value : value;
}

/**
 * A collection of fields. An expression can give all of it at once, also as JSON text, or nothing.
 * @throws InputError if it isn't an object
 */
export function toCollection(value: unknown, field: Field): IDataObject {
	const given = fromJson(value);
	if (isNothing(given)) return {};
	if (isPlainObject(given)) return given;
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

/** What a JSON text holds. Anything else stays as it is. */
export function fromJson(value: unknown): unknown {
	const parsed = typeof value === 'string' ? parseJson(value) : undefined;
	return parsed === undefined ? value : parsed;
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
