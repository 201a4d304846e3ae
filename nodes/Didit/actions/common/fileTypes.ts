// What kind of file some bytes are, by how they begin: storage and people often state no type, or a wrong one.

interface FileType {
	mimeType: string;
	extension: string;
}

/** How files begin, in hexadecimal. */
const TYPES: Array<FileType & { start: RegExp }> = [
	{ start: /^ffd8ff/, mimeType: 'image/jpeg', extension: 'jpg' },
	{ start: /^89504e470d0a1a0a/, mimeType: 'image/png', extension: 'png' },
	{ start: /^52494646.{8}57454250/, mimeType: 'image/webp', extension: 'webp' },
	{ start: /^(49492a00|4d4d002a)/, mimeType: 'image/tiff', extension: 'tiff' },
	{ start: /^.{8}6674797068656963/, mimeType: 'image/heic', extension: 'heic' },
	{ start: /^.{8}66747970/, mimeType: 'video/mp4', extension: 'mp4' },
	{ start: /^1a45dfa3/, mimeType: 'video/webm', extension: 'webm' },
	{ start: /^25504446/, mimeType: 'application/pdf', extension: 'pdf' },
];

/** Undefined for anything that is no image, video or PDF, such as a page with an error. */
export function fileTypeOf(bytes: Buffer): FileType | undefined {
	const start = bytes.subarray(0, 16).toString('hex');
	return TYPES.find((type) => type.start.test(start));
}
