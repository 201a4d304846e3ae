// Check: Face Match. Whether two images show the same person.
import { number as numberOf } from '../../json/read';
import { number } from '../common/fieldKinds';
import type { Operation } from '../common/operation';
import { simplify } from '../common/simplify';
import { fileField } from '../common/upload';
import { charged, checkItem, saveCheck, vendorData } from './check';
import { faceImage, rotate, runFaceCheck } from './face';

const reference = fileField({
	label: 'Reference Image Field',
	name: 'referenceImage',
	diditName: 'ref_image',
	default: 'reference',
	most: 5,
	required: true,
});

const threshold = number({
	label: 'Lowest Score',
	name: 'scoreThreshold',
	diditName: 'face_match_score_decline_threshold',
	least: 0,
	most: 100,
	default: 30,
	description: 'A lower one is declined',
});

export const faceMatch: Operation = {
	option: {
		name: 'Face Match',
		value: 'faceMatch',
		action: 'Check that two faces match',
		description: 'Compare a face with a reference image',
	},
	about: 'Returns a check result with score (0 to 100, high is alike).',
	effect: 'creates',
	fields: [charged, faceImage, reference, vendorData, simplify],
	options: [threshold, rotate, saveCheck],
	takesFiles: true,
	needs: 'apiKey',
	async execute(call) {
		const answer = await runFaceCheck(call, '/v3/face-match/', 'face_match', {
			images: [faceImage, reference],
			options: [threshold],
		});
		return checkItem(call, answer, 'face_match', ({ score }) => ({ score: numberOf(score) }));
	},
};
