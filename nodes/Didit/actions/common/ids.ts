// IDs that stand for one person or business. Whatever would be the same for many of them is refused: what is printed where a
// value is missing, or in place of it.
import { isNothing, refuseValue, toText } from './values';
import type { Field } from './values';

/** What JavaScript prints for a value that isn't there. */
const PRINTED_NOTHING =
	/(?:^|[^A-Za-z0-9])(?:undefined|null|NaN)(?:$|[^A-Za-z0-9])|undefined(?:$|[^A-Za-z0-9])/;

/** What can be in the place of an ID, and what to do about it. */
const NO_ID: Array<[printed: RegExp, advice: string]> = [
	[
		PRINTED_NOTHING,
		'Part of the ID is missing: the expression has put "undefined", "null" or "NaN" into it. Check the field that it uses',
	],
	[
		// An expression that was saved as plain text.
		/\{\{|\$\{/,
		'It holds an expression that n8n did not evaluate. Switch the field to Expression',
	],
	[
		// A formula without a result.
		/#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|ERROR!|SPILL!|CALC!)/i,
		'The spreadsheet has an error where the ID should be. Check its formula',
	],
	[
		// JavaScript and spreadsheets keep the first few digits of a large number. An email address can look like it.
		/(?:^|[^A-Za-z0-9.,])\d(?:[.,]\d+)?e\+\d{2,3}(?:$|[^A-Za-z0-9@])/i,
		'A long number was rounded before it got here, as in 1.2E+18. Send it as text from the start',
	],
	[
		// What n8n and Node.js print for other values than texts, and for a date that is none.
		/^(?:true|false)$|\bInvalid (?:Date|DateTime|Duration|Interval)\b|\[(?:Date|DateTime|Buffer|Map|Set|Promise)\b|<Buffer\b/,
		"The expression doesn't give an ID. Map the field that holds it",
	],
	[
		// Text in another encoding than it was read in: many letters look the same then.
		/\ufffd/,
		'It contains a broken character. Check where the text comes from',
	],
];

/** Nothing, or what JavaScript prints for it and no more. */
export const isMissing = (value: unknown) =>
	isNothing(value) || (typeof value === 'string' && /^(?:undefined|null|NaN)$/.test(value.trim()));

/**
 * An ID that stands for one person or business. @returns the text; empty for nothing
 * @throws InputError if something is missing in it, so that it would be the same for everyone
 */
export function toId(value: unknown, field: Field): string {
	const id = toText(value, field);
	const found = NO_ID.find(([printed]) => printed.test(id));
	if (found) refuseValue(field, found[1]);
	return id;
}
