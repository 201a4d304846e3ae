// Amounts of money, which stay text: a number would be rounded where JavaScript holds no such number.
import { clean, refuse } from './checks';
import type { Check } from './checks';

/** Digits that Didit takes before and after the point. */
const PLAIN = /^\d{1,30}(\.\d{1,18})?$/;

/** JavaScript writes small numbers with an exponent. */
function withoutExponent(text: string): string {
	const [, whole, fraction = '', exponent] = /^(\d)(?:\.(\d+))?e-(\d{1,2})$/.exec(text) ?? [];
	if (exponent === undefined) return text;
	return `0.${'0'.repeat(Number(exponent) - 1)}${whole}${fraction}`;
}

/** An amount that isn't negative, digit for digit. */
export const amount: Check = (value, field) => {
	const expected = 'an amount with a point and nothing else, e.g. 1500.50';
	const text = withoutExponent(clean(value, field, 60, expected));
	if (!PLAIN.test(text)) refuse(field, expected);
	return text;
};
