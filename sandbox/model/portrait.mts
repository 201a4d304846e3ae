/** The rules for `portrait_image`: base64 of a JPEG, PNG, WebP or TIFF of at most 2 MB. */

const LIMIT = 2 * 1024 * 1024;
/** The first bytes of JPEG, PNG and the two kinds of TIFF; WebP says RIFF first and its own name later. */
const STARTS = ['ffd8ff', '89504e470d0a1a0a', '49492a00', '4d4d002a'];

/** What is wrong with the picture, in Didit's words where they are known. */
export function portraitProblem(base64: string): string | undefined {
	if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.length % 4 !== 0)
		return 'Invalid base64 image.';
	const image = Buffer.from(base64, 'base64');
	if (image.length > LIMIT) return 'Image size exceeds 2MB.';
	const known =
		STARTS.some((start) => image.toString('hex', 0, 8).startsWith(start)) ||
		/^RIFF.{4}WEBP/s.test(image.toString('latin1', 0, 12));
	return known ? undefined : 'Unsupported image format.';
}
