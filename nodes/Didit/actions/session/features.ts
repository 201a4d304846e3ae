// The feature combinations of Didit's first API version.
import { InputError } from '../../transport/errors';
import type { Field } from '../common/values';

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

/** Accepts a combination in any order, case and spacing. */
export function featureCombination(value: string, { label }: Field): string {
	const named = value
		.slice(0, 100)
		.split('+')
		.map((feature) => feature.trim().toUpperCase());
	const spelled = FEATURES.filter((feature) => named.includes(feature)).join(' + ');
	const known =
		named.every((feature) => FEATURES.includes(feature)) && new Set(named).size === named.length;
	if (!known || !FEATURE_COMBINATIONS.includes(spelled)) {
		throw new InputError(
			`'${label}' is not one that Didit offers`,
			`Use one of: ${FEATURE_COMBINATIONS.join(', ')}. Leave it empty to use the Didit console's settings`,
		);
	}
	return spelled;
}
