// A PDF report of Didit as a file of the item: what the downloads of sessions and users share.
import type { IBinaryKeyData } from 'n8n-workflow';
import { DiditError } from '../../transport/errors';
import { text } from './fieldKinds';
import type { ItemCall } from './itemCall';

export const outputField = text({
	label: 'Put Output File in Field',
	name: 'binaryPropertyName',
	default: 'data',
	required: true,
	ask: 'Enter a name, e.g. data',
	hint: 'The name of the output binary field to put the file in',
});

/** Bytes that a part of a file name may have. File systems take 255 for the whole. */
const MOST_BYTES = 60;

/** The text without dots and hyphens at its ends. */
function trimMarks(text: string): string {
	let start = 0;
	let end = text.length;
	while (start < end && '.-'.includes(text[start])) start++;
	while (end > start && '.-'.includes(text[end - 1])) end--;
	return text.slice(start, end);
}

/** As many whole characters as fit. */
function cut(text: string): string {
	let shown = '';
	for (const character of text) {
		if (Buffer.byteLength(shown + character) > MOST_BYTES) break;
		shown += character;
	}
	return shown;
}

/** A file name that every system takes, made of parts that tell something. Parts that are missing are left out. */
export function fileName(parts: unknown[], extension: string): string {
	const safe = parts
		.map((part) =>
			String(part ?? '')
				.slice(0, 500)
				.normalize('NFC'),
		)
		.map((part) => cut(trimMarks(part.replace(/[^\p{L}\p{N}._-]+/gu, '-'))))
		.filter((part) => part !== '');
	return `${safe.join('_')}.${extension}`;
}

/**
 * Didit's PDF, byte for byte.
 * @param leastTimeout milliseconds, because Didit renders the report on each call
 * @throws DiditError if Didit sends something else
 */
export async function downloadPdf(
	call: ItemCall,
	path: string,
	leastTimeout: number,
): Promise<Buffer> {
	const { body } = await call.request({
		method: 'GET',
		path,
		encoding: 'arraybuffer',
		leastTimeout,
	});
	const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
	if (bytes.subarray(0, 4).toString('latin1') !== '%PDF') {
		throw new DiditError("Didit's response is not a PDF", 'Try again in a few minutes');
	}
	return bytes;
}

export async function pdfFile(
	call: ItemCall,
	field: string,
	bytes: Buffer,
	name: string,
): Promise<IBinaryKeyData> {
	return { [field]: await call.context.helpers.prepareBinaryData(bytes, name, 'application/pdf') };
}
