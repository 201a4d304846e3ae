/** Hides most of a document number, for outputs that more people read than may know it. */

/**
 * Keeps the last characters, so that two documents can still be told apart: four of a number with eight or more, three
 * of six or seven, none of a shorter one (its end would be most of it).
 */
export function maskDocumentNumber(value: string): string {
	const characters = [...value];
	const kept = characters.length >= 8 ? 4 : characters.length >= 6 ? 3 : 0;
	return '*'.repeat(characters.length - kept) + characters.slice(characters.length - kept).join('');
}
