// What the checks of one face share: the image, its fields, and the request.
import type { IDataObject } from 'n8n-workflow';
import type { Fields } from '../../json/read';
import { number, toggle } from '../common/fieldKinds';
import type { ItemCall } from '../common/itemCall';
import { fileField, formOf, readUpload } from '../common/upload';
import type { FileField } from '../common/upload';
import { runCheck, saveCheck, vendorData } from './check';

export const faceImage = fileField({
	label: 'Face Image Field',
	name: 'faceImage',
	diditName: 'user_image',
	default: 'data',
	most: 5,
	required: true,
});

export const rotate = toggle({
	label: 'Rotate Image',
	name: 'rotateImage',
	diditName: 'rotate_image',
	description: 'Whether to try all four directions',
});

export const livenessThreshold = number({
	label: 'Lowest Liveness Score',
	name: 'livenessThreshold',
	diditName: 'face_liveness_score_decline_threshold',
	least: 0,
	most: 100,
	default: 30,
	description: 'A lower one is declined',
});

/** Sends images and fields. @returns Didit's response */
export async function runFaceCheck(
	call: ItemCall,
	path: string,
	feature: string,
	{ images = [faceImage], body = {} as IDataObject, options = [livenessThreshold] } = {},
): Promise<Fields> {
	const files: Array<[FileField, Awaited<ReturnType<typeof readUpload>>]> = [];
	for (const image of images) files.push([image, await readUpload(call, image)]);
	const fields = {
		...body,
		...call.body(vendorData),
		...call.optionsBody([...options, rotate, saveCheck]),
	};
	return await runCheck(call, { path, form: formOf(fields, files) }, feature);
}
