// Check: Passive Liveness. Whether an image shows a living person, not a photo, a screen or a mask.
import { number as numberOf } from '../../json/read';
import type { Operation } from '../common/operation';
import { simplify } from '../common/simplify';
import { charged, checkItem, saveCheck, vendorData } from './check';
import { faceImage, livenessThreshold, rotate, runFaceCheck } from './face';

export const liveness: Operation = {
	option: {
		name: 'Passive Liveness',
		value: 'liveness',
		action: 'Check liveness of a face',
		description: 'Tell a living person from a photo or mask',
	},
	about:
		'Returns a check result with score (0 to 100, high is alive), face_quality, face_luminance.',
	effect: 'creates',
	fields: [charged, faceImage, vendorData, simplify],
	options: [livenessThreshold, rotate, saveCheck],
	takesFiles: true,
	needs: 'apiKey',
	async execute(call) {
		const answer = await runFaceCheck(call, '/v3/passive-liveness/', 'liveness');
		return checkItem(call, answer, 'liveness', (found) => ({
			score: numberOf(found.score),
			face_quality: numberOf(found.face_quality),
			face_luminance: numberOf(found.face_luminance),
		}));
	},
};
