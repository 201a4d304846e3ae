// Takes secrets out of texts that are about to be shown, in all the forms in which they usually come back.

/** Shorter pieces of a secret's Base64 could be anything. */
const SHORTEST_PIECE = 8;

/**
 * Base64 of a secret inside a longer text looks different at each of three offsets. Of each the letters that the secret alone
 * decides.
 */
function base64Pieces(secret: string): string[] {
	const bytes = Buffer.from(secret);
	return [0, 1, 2].map((offset) => {
		const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
		return encoded.slice(
			Math.ceil((offset * 8) / 6),
			Math.floor(((offset + bytes.length) * 8) / 6),
		);
	});
}

const ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#x27;',
};

function forms(secret: string): string[] {
	const pieces = base64Pieces(secret);
	return [
		secret,
		encodeURIComponent(secret),
		new URLSearchParams([['', secret]]).toString().slice(1),
		JSON.stringify(secret).slice(1, -1),
		JSON.stringify(secret).slice(1, -1).replace(/\//g, '\\/'),
		encodeURIComponent(encodeURIComponent(secret)),
		secret.replace(/[&<>"']/g, (character) => ENTITIES[character]),
		Buffer.from(secret).toString('hex'),
		...[
			...pieces,
			...pieces.map((piece) => piece.replace(/\+/g, '-').replace(/\//g, '_')),
			...pieces.map(encodeURIComponent),
		].filter((piece) => piece.length >= SHORTEST_PIECE),
	];
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** Each secret as it is, encoded for URLs and JSON, in Base64 and hexadecimal, in capitals or not, becomes `***`. */
export function redacted(text: string, secrets: string[]): string {
	// One can begin with another.
	const all = [...new Set(secrets.filter(Boolean).flatMap(forms))].sort(
		(a, b) => b.length - a.length,
	);
	if (all.length === 0) return text;
	return text.replace(new RegExp(all.map(escaped).join('|'), 'gi'), '***');
}
