import { type Resource } from '../../pipeline.mts';
import {
	ageEstimation,
	faceMatch,
	faceSearch,
	idDocument,
	liveness,
	proofOfAddress,
} from '../../../model/checks/files.mts';
import { looks } from './looks.mts';

const CHECKS: Array<Parameters<typeof looks>> = [
	['check.faceMatch', 'face_match', faceMatch],
	['check.passiveLiveness', 'liveness', liveness],
	['check.ageEstimation', 'age_estimation', ageEstimation],
	['check.faceSearch', 'face_search', faceSearch],
	['check.idVerification', 'id_verification', idDocument],
	['check.poa', 'poa', proofOfAddress],
];

export const fileChecks: Resource = {
	version: 'v3',
	handlers: Object.fromEntries(CHECKS.map((check) => [check[0], looks(...check)])),
};
