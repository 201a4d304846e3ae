/** Hides most of a document number, for outputs that more people read than may know it. */
import { mapTexts } from './media';

/**
 * Keeps the last characters, so that two documents can still be told apart: four of a number with eight or more, three
 * of six or seven, none of a shorter one (its end would be most of it).
 */
export function maskDocumentNumber(value: string): string {
	const characters = [...value];
	const kept = characters.length >= 8 ? 4 : characters.length >= 6 ? 3 : 0;
	return '*'.repeat(characters.length - kept) + characters.slice(characters.length - kept).join('');
}

const NUMBER_FIELD =
	/(document|personal|identification|passport|license|licence|id|tax|social_security)_number$/;

/** Whether a field holds a document number, by its name. */
export const isNumberField = (name: string) => NUMBER_FIELD.test(name);

/** Shorter numbers would match unrelated text. */
const TELLING = 5;

/** Masks document numbers where they have a field of their own, and wherever else they appear, as in the machine-readable zone. */
export function withMaskedNumbers<T>(value: T): T {
	const numbers = new Set<string>();
	mapTexts(value, (text, field) => {
		if (isNumberField(field) && text.trim() !== '') numbers.add(text);
		return text;
	});
	const telling = [...numbers]
		.filter((number) => number.length >= TELLING)
		.sort((a, b) => b.length - a.length);
	return mapTexts(value, (text, field) => {
		if (isNumberField(field)) return maskDocumentNumber(text);
		return telling.reduce(
			(shown, number) => shown.split(number).join(maskDocumentNumber(number)),
			text,
		);
	}) as T;
}
