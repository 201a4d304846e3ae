/**
 * Where each feature of a session stands in the decision. Version 3 has a list for every feature (one item for each node
 * of the workflow), version 2 one object, version 1 four objects (`kyc`, `face`, `aml`, `location`) that are rewritten
 * into version 2's names here, so that everything after reads one shape.
 */
import { firstText, isFields, list, text, type Fields } from '../json/read';

interface FeatureShape {
	/** The name in the `features` of a version 3 decision; the verdict uses it for every version. */
	feature: string;
	v3: string;
	v2?: string;
	/** The field with a score from 0 to 100. For AML a high score is bad, for the others it is good. */
	score?: string;
	/** Other names of the same feature, used in `warnings[].feature` and with `include=events`. */
	aliases?: string[];
}

export const FEATURES: FeatureShape[] = [
	{
		feature: 'ID_VERIFICATION',
		v3: 'id_verifications',
		v2: 'id_verification',
		aliases: ['OCR', 'KYC'],
	},
	{ feature: 'NFC', v3: 'nfc_verifications', v2: 'nfc' },
	{ feature: 'LIVENESS', v3: 'liveness_checks', v2: 'liveness', score: 'score' },
	{
		feature: 'FACE_MATCH',
		v3: 'face_matches',
		v2: 'face_match',
		score: 'score',
		aliases: ['FACEMATCH'],
	},
	{ feature: 'POA', v3: 'poa_verifications', v2: 'poa', aliases: ['PROOF_OF_ADDRESS'] },
	{ feature: 'DOCUMENT_AI', v3: 'document_ai_documents' },
	{ feature: 'PHONE', v3: 'phone_verifications', v2: 'phone', aliases: ['PHONE_VERIFICATION'] },
	{ feature: 'EMAIL_VERIFICATION', v3: 'email_verifications', v2: 'email', aliases: ['EMAIL'] },
	{ feature: 'AML', v3: 'aml_screenings', v2: 'aml', score: 'score' },
	{ feature: 'IP_ANALYSIS', v3: 'ip_analyses', v2: 'ip_analysis', aliases: ['LOCATION'] },
	{ feature: 'DATABASE_VALIDATION', v3: 'database_validations', v2: 'database_validation' },
	{ feature: 'QUESTIONNAIRE', v3: 'questionnaire_responses' },
	{ feature: 'KYB_REGISTRY', v3: 'registry_checks' },
	{ feature: 'KYB_DOCUMENTS', v3: 'document_verifications' },
	{ feature: 'KYB_KEY_PEOPLE', v3: 'key_people_checks' },
];

/** Features without a list of their own: their blocks stand among the liveness checks, told apart by the node. */
const AMONG_LIVENESS = ['AGE_ESTIMATION', 'FACE_SEARCH'];

/** Which feature a block of a list belongs to. */
export function checkName(feature: string, block: Fields): string {
	if (feature !== 'LIVENESS') return feature;
	const node = (text(block.node_id) ?? '').toUpperCase();
	return AMONG_LIVENESS.find((name) => node.includes(name)) ?? feature;
}

const V1_FEATURES: Record<string, string[]> = {
	OCR: ['ID_VERIFICATION'],
	NFC: ['NFC'],
	FACE: ['LIVENESS', 'FACE_MATCH'],
	AML: ['AML'],
};

/** The verdict's name of a feature. A name that Didit adds later stays as it is. */
export function featureName(name: string): string {
	return FEATURES.find(({ aliases }) => aliases?.includes(name))?.feature ?? name;
}

/**
 * The features that were asked for: version 1's text ("OCR + FACE"), a list of names, or a list of `{feature, node_id}`
 * (`include=events`). `null` when the decision does not say, as with version 1's "settings of the console".
 */
export function readFeatures(value: unknown): string[] | null {
	if (typeof value === 'string') {
		const names = value.split('+').map((name) => name.trim());
		const asked = names.flatMap((name) =>
			Object.keys(V1_FEATURES).includes(name) ? V1_FEATURES[name] : [name],
		);
		return text(value) === null ? null : [...new Set(asked)];
	}
	if (!Array.isArray(value)) return null;
	const names = value.map((entry) => text(isFields(entry) ? entry.feature : entry));
	return [...new Set(names.filter((name): name is string => name !== null).map(featureName))];
}

/** The blocks of one feature, in the order of the workflow; none when the step has not run. */
export function readBlocks(decision: Fields, feature: string): Fields[] {
	const shape = FEATURES.find((candidate) => candidate.feature === feature);
	if (!shape) return [];
	const blocks = list(decision[shape.v3]);
	if (blocks.length > 0 || shape.v2 === undefined) return blocks;
	const single = list(decision[shape.v2]);
	return single.length > 0 ? single : list(readV1(decision)[shape.v2]);
}

/** Version 1's `kyc`, `face` and `location` under version 2's names (`aml` has the same name and shape in both). */
function readV1(decision: Fields): Fields {
	const blocks: Fields = { ip_analysis: decision.location };
	if (isFields(decision.kyc)) {
		const kyc = decision.kyc;
		blocks.id_verification = { ...kyc, status: firstText(kyc.status, kyc.ocr_status) };
		blocks.nfc = readV1Nfc(kyc, readFeatures(decision.features));
	}
	if (isFields(decision.face)) {
		const {
			status,
			liveness_status,
			liveness_confidence,
			face_match_status,
			face_match_similarity,
		} = decision.face;
		// Where neither half has a status of its own, the overall one stands for both: a declined face must show.
		const overall =
			text(liveness_status) === null && text(face_match_status) === null ? status : null;
		blocks.liveness = { status: firstText(liveness_status, overall), score: liveness_confidence };
		blocks.face_match = {
			status: firstText(face_match_status, overall),
			score: face_match_similarity,
		};
	}
	return blocks;
}

/**
 * `epassport_status` is `Approved` even in sessions that never read a chip, so the chip counts as a check only when it
 * was asked for or read, and as approved only when `is_nfc_verified` confirms it.
 */
function readV1Nfc(kyc: Fields, asked: string[] | null): Fields | null {
	const verified = kyc.is_nfc_verified === true;
	if (!verified && !asked?.includes('NFC')) return null;
	const status = text(kyc.epassport_status);
	return { status: status === 'Approved' && !verified ? null : status };
}
