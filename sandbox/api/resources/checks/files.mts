import { type Call, type Resource } from '../../pipeline.mts';
import { type Body, checkChargeable, frame, type Report } from '../../../model/checks/check.mts';
import {
	ageEstimation,
	faceMatch,
	faceSearch,
	idDocument,
	liveness,
	proofOfAddress,
} from '../../../model/checks/files.mts';

const looks =
	(id: string, feature: string, look: (asked: Body) => Report) =>
	({ state, body }: Call) => {
		const asked = body as Body;
		checkChargeable(state);
		state.charged.push(id);
		return { status: 200, body: { ...frame(state, asked), [feature]: look(asked) } };
	};

const CHECKS: Array<[id: string, feature: string, look: (asked: Body) => Report]> = [
	['check.faceMatch', 'face_match', faceMatch],
	['check.passiveLiveness', 'liveness', liveness],
	['check.ageEstimation', 'age_estimation', ageEstimation],
	['check.faceSearch', 'face_search', faceSearch],
	['check.idVerification', 'id_verification', idDocument],
	['check.poa', 'poa', proofOfAddress],
];

export const fileChecks: Resource = {
	version: 'v3',
	handlers: Object.fromEntries(CHECKS.map(([id, feature, look]) => [id, looks(id, feature, look)])),
};
