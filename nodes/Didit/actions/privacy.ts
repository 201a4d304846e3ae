// Keeps personal data out of raw outputs that nobody asked for: links to pictures, and document numbers where they are to be masked.
import type { INodeProperties } from 'n8n-workflow';
import { maskDocumentNumber } from '../decision';
import type { ItemCall } from './types';

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
	description: 'Whether only the end of document numbers is shown. An AI agent gets them masked unless you turn this off here.',
};

export function masksNumbers(call: ItemCall): boolean {
	return (call.collection('options').maskDocumentNumbers ?? call.forAgent) === true;
}

const MEDIA_FIELD = /image|video|portrait|selfie|photo|signature|document_file|extra_files|file_url/;

/** Links of Didit's storage carry their own permission in the query, whatever the field is called. */
const SIGNED_LINK = /^https?:\/\/[^?]*\?.*\b(X-Amz-|X-Goog-|Signature=|sig=)/i;

function isMediaLink(field: string, value: unknown): boolean {
	return typeof value === 'string' && /^https?:\/\//i.test(value) && (MEDIA_FIELD.test(field) || SIGNED_LINK.test(value));
}

/** Goes through everything that is in a value. `change` gets each text with the name of the field that holds it or its list. */
function mapTexts(value: unknown, change: (text: string, field: string) => unknown, field = ''): unknown {
	if (typeof value === 'string') return change(value, field);
	if (Array.isArray(value)) return value.map((inner) => mapTexts(inner, change, field));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mapTexts(inner, change, name)]));
}

/** Links to media become null, as Didit itself does for API keys that may not see media. */
export function withoutMediaLinks<T>(value: T): T {
	return mapTexts(value, (text, field) => (isMediaLink(field, text) ? null : text)) as T;
}

/** All links to media inside a value. */
export function mediaLinksIn(value: unknown): string[] {
	const links: string[] = [];
	mapTexts(value, (text, field) => {
		if (isMediaLink(field, text)) links.push(text);
		return text;
	});
	return links;
}

const NUMBER_FIELD = /(document|personal|identification|passport|license|licence|id|tax|national_id|social_security)_number$/;

/** A shorter number could stand in any text by chance. */
const TELLING = 5;

/** Masks document numbers where they have a field of their own, and wherever else they appear, as in the machine-readable zone. */
export function withMaskedNumbers<T>(value: T): T {
	const numbers = new Set<string>();
	mapTexts(value, (text, field) => {
		if (NUMBER_FIELD.test(field) && text.trim() !== '') numbers.add(text);
		return text;
	});
	const telling = [...numbers].filter((number) => number.length >= TELLING).sort((a, b) => b.length - a.length);
	return mapTexts(value, (text, field) => {
		if (NUMBER_FIELD.test(field)) return maskDocumentNumber(text);
		return telling.reduce((shown, number) => shown.split(number).join(maskDocumentNumber(number)), text);
	}) as T;
}

/** A raw response as the builder wants it. */
export function rawOutput<T>(call: ItemCall, body: T): T {
	const shown = call.collection('options').includeMediaLinks === true && !call.forAgent ? body : withoutMediaLinks(body);
	return masksNumbers(call) ? withMaskedNumbers(shown) : shown;
}
