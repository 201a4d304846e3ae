// Check: Age Estimation. How old a face looks, and whether it is a living person's.
import { number as numberOf } from '../../json/read';
import { number } from '../common/fieldKinds';
import type { Operation } from '../common/operation';
import { simplify } from '../common/simplify';
import { charged, checkItem, saveCheck, vendorData } from './check';
import { faceImage, livenessThreshold, rotate, runFaceCheck } from './face';

const lowestAge = number({
	label: 'Lowest Age',
	name: 'lowestAge',
	diditName: 'age_estimation_decline_threshold',
	least: 0,
	most: 120,
	default: 18,
	description: 'A lower estimate is declined. 0 only estimates.',
});

export const ageEstimation: Operation = {
	option: {
		name: 'Age Estimation',
		value: 'ageEstimation',
		action: 'Check the age of a face',
		description: "Estimate a person's age from a photo",
	},
	about: 'Returns a check result with age (in years, an estimate), score (of liveness).',
	effect: 'creates',
	fields: [charged, faceImage, lowestAge, vendorData, simplify],
	options: [livenessThreshold, rotate, saveCheck],
	takesFiles: true,
	needs: 'apiKey',
	async execute(call) {
		const body = call.body(lowestAge);
		const answer = await runFaceCheck(call, '/v3/age-estimation/', 'age_estimation', { body });
		return checkItem(call, answer, 'age_estimation', (found) => ({
			age: numberOf(found.age_estimation),
			score: numberOf(found.score),
		}));
	},
};
