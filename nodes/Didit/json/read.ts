/** Reads single values out of what Didit sends. Whatever does not fit reads as `null`; nothing here throws. */

export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; anything else reads as an object without fields. */
export function fields(value: unknown): Fields {
	return isFields(value) ? value : {};
}

/** The objects in a list. Version 2 sends one object where version 3 sends a list, so one object is a list of one. */
export function list(value: unknown): Fields[] {
	if (Array.isArray(value)) return value.filter(isFields);
	return isFields(value) ? [value] : [];
}

/** Didit blanks a hidden value as `""` or `null`; both read as `null`. */
export function text(value: unknown): string | null {
	return typeof value === 'string' && value.trim() !== '' ? value : null;
}

export function number(value: unknown): number | null {
	return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function integer(value: unknown): number | null {
	return Number.isSafeInteger(value) ? (value as number) : null;
}

/** These fields and no others, null where there is nothing. */
export const pick = (value: Fields, names: readonly string[]): Fields =>
	Object.fromEntries(names.map((name) => [name, value[name] ?? null]));

/** The first of several values that is a text. */
export function firstText(...values: unknown[]): string | null {
	for (const value of values) {
		const found = text(value);
		if (found !== null) return found;
	}
	return null;
}
