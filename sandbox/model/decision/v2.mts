/** The decision as version 2 had it: version 3 with one object where that has a list. Read by destinations with webhook_version v2. */
import { type SessionRecord } from '../records.mts';
import { type State } from '../state.mts';
import { decisionV3 } from './v3.mts';

const SINGLE: Record<string, string> = {
	id_verifications: 'id_verification',
	nfc_verifications: 'nfc',
	liveness_checks: 'liveness',
	face_matches: 'face_match',
	poa_verifications: 'poa',
	phone_verifications: 'phone',
	email_verifications: 'email',
	aml_screenings: 'aml',
	ip_analyses: 'ip_analysis',
	database_validations: 'database_validation',
};

export function decisionV2(
	state: State,
	session: SessionRecord,
	seesMedia: boolean,
): Record<string, unknown> {
	const entries = Object.entries(decisionV3(state, session, seesMedia)).map(
		([key, value]): [string, unknown] => {
			if (!(key in SINGLE)) return [key, value];
			const [first = null] = (value ?? []) as unknown[];
			return [SINGLE[key], first];
		},
	);
	return Object.fromEntries(entries);
}
