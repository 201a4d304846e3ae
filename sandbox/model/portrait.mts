/** The rules for `portrait_image`: base64 of a JPEG, PNG, WebP or TIFF of at most 2 MB, and who can do without one. */
import { refused } from './errors.mts';
import { type SessionRecord } from './records.mts';
import { type State } from './state.mts';
import { type Workflow } from './workflows.mts';

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

/** Steps that leave a face behind, once their session is approved. */
const SHOW_A_FACE = /\b(LIVENESS|NFC|OCR)\b/;

/**
 * What a session checks. A face login compares with the portrait, or with a face of the same vendor data
 * (docs.didit.me/core-technology/biometric-auth/overview).
 * @throws ApiError 400 if there is neither
 */
export function featuresWith(
	state: State,
	{ workflow_type, features }: Pick<Workflow, 'workflow_type' | 'features'>,
	vendor_data: string | null | undefined,
	portrait: string | undefined,
): string {
	const compares = workflow_type === 'biometric_authentication' && features.includes('FACE_MATCH');
	if (!compares || portrait !== undefined) return features;
	const isOfUser = ({ vendor_data: own, status, features: steps }: SessionRecord) =>
		own === vendor_data && status === 'Approved' && SHOW_A_FACE.test(steps);
	if (vendor_data && state.sessions.some(isOfUser)) return features;
	if (state.settings.missingPortrait === 'livenessOnly')
		return features.replace(' + FACE_MATCH', '');
	throw refused(
		'portrait_image',
		vendor_data
			? 'No stored face image was found for this user. Send a portrait_image, or complete an approved verification with face liveness or an ID document for this vendor_data first.'
			: 'Send a portrait_image, or the vendor_data of a user with a stored face image.',
	);
}
