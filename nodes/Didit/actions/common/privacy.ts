// Keeps personal data out of raw outputs that nobody asked for: links to pictures, and document numbers where they are to be masked.
import type { INodeProperties } from 'n8n-workflow';
import { maskDocumentNumber } from '../../decision/mask';
import { mapTexts, mediaLinksIn, withoutMediaLinks } from '../../decision/media';
import type { ItemCall } from './itemCall';

export { mediaLinksIn, withoutMediaLinks };

export const mediaLinksOption: INodeProperties = {
	displayName: 'Include Media Links',
	name: 'includeMediaLinks',
	type: 'boolean',
	// Nothing that an agent gets may hold pictures.
	displayOptions: { hide: { '@tool': [true] } },
	default: false,
	description:
		'Whether a raw response keeps the links to pictures, videos and files. They open for everybody who has them, for about an hour.',
};

export const maskOption: INodeProperties = {
	displayName: 'Mask Document Numbers',
	name: 'maskDocumentNumbers',
	type: 'boolean',
	default: true,
	description:
		'Whether only the end of document numbers is shown. An AI agent gets them masked unless you turn this off here.',
};

export function masksNumbers(call: ItemCall): boolean {
	return (call.collection('options').maskDocumentNumbers ?? call.forAgent) === true;
}

const NUMBER_FIELD =
	/(document|personal|identification|passport|license|licence|id|tax|national_id|social_security)_number$/;

/** A shorter number could stand in any text by chance. */
const TELLING = 5;

/** Masks document numbers where they have a field of their own, and wherever else they appear, as in the machine-readable zone. */
export function withMaskedNumbers<T>(value: T): T {
	const numbers = new Set<string>();
	mapTexts(value, (text, field) => {
		if (NUMBER_FIELD.test(field) && text.trim() !== '') numbers.add(text);
		return text;
	});
	const telling = [...numbers]
		.filter((number) => number.length >= TELLING)
		.sort((a, b) => b.length - a.length);
	return mapTexts(value, (text, field) => {
		if (NUMBER_FIELD.test(field)) return maskDocumentNumber(text);
		return telling.reduce(
			(shown, number) => shown.split(number).join(maskDocumentNumber(number)),
			text,
		);
	}) as T;
}

/** A raw response as the builder wants it. */
export function rawOutput<T>(call: ItemCall, body: T): T {
	const shown =
		call.collection('options').includeMediaLinks === true && !call.forAgent
			? body
			: withoutMediaLinks(body);
	return masksNumbers(call) ? withMaskedNumbers(shown) : shown;
}
