/** Links to images, videos and files, wherever they are in what Didit sends: anyone with a link can open it. */

const MEDIA_FIELD =
	/image|video|portrait|selfie|photo|signature|document_file|extra_files|file_url/;

/** Links of Didit's storage carry their own permission in the query, whatever the field is called. */
const SIGNED_LINK = /^[^?]*\?.*\b(X-Amz-|X-Goog-|Signature=|sig=)/i;

/** What isn't saved in Didit has no link, so its image comes back as Base64. */
const IMAGE_ITSELF = /^(data:|[A-Za-z0-9+/=\s]{200})/;

function isMediaLink(field: string, value: string): boolean {
	if (!/^https?:\/\//i.test(value)) return MEDIA_FIELD.test(field) && IMAGE_ITSELF.test(value);
	return MEDIA_FIELD.test(field) || SIGNED_LINK.test(value);
}

/** Didit's answers have about ten levels. */
const MAX_DEPTH = 500;

/**
 * Goes through everything that is in a value. `change` gets each text with the name of the field that holds it or its list.
 * Fields of the name `without` are left out, whatever they hold.
 * @returns a copy; what is nested too deep for n8n to store is null in it
 */
export function mapTexts(
	value: unknown,
	change: (text: string, field: string) => unknown,
	{ field = '', depth = 0, without }: { field?: string; depth?: number; without?: string } = {},
): unknown {
	if (typeof value === 'string') return change(value, field);
	if (typeof value !== 'object' || value === null) return value;
	if (depth > MAX_DEPTH) return null;
	const inside = (inner: unknown, name: string) =>
		mapTexts(inner, change, { field: name, depth: depth + 1, without });
	if (Array.isArray(value)) return value.map((inner) => inside(inner, field));
	return Object.fromEntries(
		Object.entries(value)
			.filter(([name]) => name !== without)
			.map(([name, inner]) => [name, inside(inner, name)]),
	);
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
