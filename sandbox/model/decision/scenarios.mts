/**
 * Didit's sandbox scenarios: which outcome each leads to, at which step, and what the step then shows. The slugs are
 * Didit's (docs.didit.me/integration/sandbox-testing); risk codes other than POSSIBLE_MATCH_FOUND and
 * CUSTOM_STATUS_RULE_TRIGGERED are made up.
 */

/** A step as workflows name it. */
export type Step =
	| 'OCR'
	| 'NFC'
	| 'LIVENESS'
	| 'FACE_MATCH'
	| 'PROOF_OF_ADDRESS'
	| 'PHONE_VERIFICATION'
	| 'EMAIL_VERIFICATION'
	| 'DATABASE_VALIDATION'
	| 'AML'
	| 'IP_ANALYSIS'
	| 'QUESTIONNAIRE'
	| 'AGE_ESTIMATION'
	| 'KYB_REGISTRY'
	| 'KYB_DOCUMENTS'
	| 'KYB_KEY_PEOPLE';

export interface Scenario {
	status: 'Approved' | 'Declined' | 'In Review';
	/** The step that decides; a workflow without it is decided by its first step. */
	step: Step | null;
	risk: string;
	text: string;
	/** Fields of the deciding step that differ from a flawless one. */
	shows: Record<string, unknown>;
	/** What a custom rule compared, as its warning carries it. */
	rule?: Record<string, unknown>;
	/** What Didit noticed besides, without any effect. */
	remark?: { risk: string; text: string };
}

const declined = (
	step: Step,
	risk: string,
	text: string,
	shows: Record<string, unknown> = {},
): Scenario => ({ status: 'Declined', step, risk, text, shows });
const review = (
	step: Step,
	risk: string,
	text: string,
	shows: Record<string, unknown> = {},
	more: Pick<Scenario, 'rule' | 'remark'> = {},
): Scenario => ({ status: 'In Review', step, risk, text, shows, ...more });

const HIT = {
	id: 'hit_000000000000000000000001',
	match: false,
	score: 0.7,
	match_score: 70,
	risk_score: 55,
	caption: 'An invented public figure',
	datasets: ['PEP'],
	review_status: 'Unreviewed',
};

export const SCENARIOS: Record<string, Scenario> = {
	approve: { status: 'Approved', step: null, risk: '', text: '', shows: {} },
	decline_aml_hit: declined('AML', 'POSSIBLE_MATCH_FOUND', 'Match found in AML screening', {
		total_hits: 1,
		score: 91.5,
		hits: [{ ...HIT, match: true, score: 0.92, match_score: 92, datasets: ['Sanctions'] }],
	}),
	decline_could_not_recognize_document: declined(
		'OCR',
		'COULD_NOT_RECOGNIZE_DOCUMENT',
		'The document could not be recognised',
		{
			document_type: null,
			document_number: null,
			first_name: null,
			last_name: null,
			full_name: null,
			date_of_birth: null,
			age: null,
		},
	),
	decline_database_no_match: declined(
		'DATABASE_VALIDATION',
		'DATABASE_NO_MATCH',
		'The person was not found in the database',
		{ match_type: 'no_match' },
	),
	decline_document_expired: declined('OCR', 'DOCUMENT_EXPIRED', 'The document has expired', {
		expiration_date: '2020-01-31',
	}),
	decline_face_match_low_similarity: declined(
		'FACE_MATCH',
		'LOW_FACE_MATCH_SIMILARITY',
		'The face does not match the document',
		{ score: 31.4 },
	),
	decline_ip_blocklist: declined(
		'IP_ANALYSIS',
		'IP_ADDRESS_IN_BLOCKLIST',
		'The IP address is on the block list',
		{ ip_address: '192.0.2.66' },
	),
	decline_kyb_registry_mismatch: declined(
		'KYB_REGISTRY',
		'REGISTRY_MISMATCH',
		'The registry knows the company differently',
	),
	decline_liveness_attack: declined(
		'LIVENESS',
		'LIVENESS_FACE_ATTACK',
		'The liveness check saw a picture of a face',
		{ score: 4.2 },
	),
	decline_minimum_age: declined(
		'OCR',
		'MINIMUM_AGE_NOT_MET',
		'The person is younger than the workflow allows',
		{ date_of_birth: '2012-06-15', age: 14 },
	),
	decline_mrz_validation: declined(
		'OCR',
		'MRZ_VALIDATION_FAILED',
		'The machine-readable zone is not consistent',
	),
	decline_nfc_chip_not_verified: declined(
		'NFC',
		'NFC_CHIP_NOT_VERIFIED',
		'The chip of the document could not be verified',
		{ authenticity: { sod_integrity: false, dg_integrity: false } },
	),
	decline_poa_address_mismatch: declined(
		'PROOF_OF_ADDRESS',
		'ADDRESS_MISMATCH',
		'The address differs from the expected one',
	),
	review_aml_possible_match: review(
		'AML',
		'POSSIBLE_MATCH_FOUND',
		'Possible match found in AML screening',
		{
			total_hits: 3,
			score: 70.35,
			hits: [
				HIT,
				{
					...HIT,
					id: 'hit_000000000000000000000002',
					caption: 'Another invented public figure',
					score: 0.61,
					match_score: 61,
				},
				{
					...HIT,
					id: 'hit_000000000000000000000003',
					caption: 'An invented namesake',
					score: 0.22,
					match_score: 22,
					review_status: 'False Positive',
				},
			],
		},
		{ remark: { risk: 'HIT_BELOW_THRESHOLD', text: 'Another hit is below the threshold' } },
	),
	review_face_match_borderline: review(
		'FACE_MATCH',
		'FACE_MATCH_BORDERLINE',
		'The similarity of the faces is borderline',
		{ score: 58.7 },
	),
	review_poa_partial_match: review(
		'PROOF_OF_ADDRESS',
		'CUSTOM_STATUS_RULE_TRIGGERED',
		'A custom rule was triggered',
		{ name_match_score_id_verification: 71.5 },
		{
			rule: {
				field: 'poa.name_match_score_id_verification',
				operator: 'less_than',
				rule_value: 80,
				actual_value: 71.5,
				target_status: 'In Review',
				score: null,
			},
		},
	),
};

/** What a decline or a review looks like when no scenario says so: the first of these that the session checks. */
const USUAL: Record<'Declined' | 'In Review', string[]> = {
	Declined: [
		'decline_liveness_attack',
		'decline_face_match_low_similarity',
		'decline_document_expired',
		'decline_kyb_registry_mismatch',
	],
	'In Review': [
		'review_aml_possible_match',
		'review_face_match_borderline',
		'review_poa_partial_match',
	],
};

/** The reason for an outcome: the armed scenario if it leads there, else a usual one that the steps can show. */
export function reasonFor(
	status: string,
	slug: string | null,
	steps: Step[],
): Scenario | undefined {
	if (status !== 'Declined' && status !== 'In Review') return undefined;
	const armed = slug ? SCENARIOS[slug] : undefined;
	if (armed?.status === status) return armed;
	const usual = USUAL[status].map((name) => SCENARIOS[name]);
	return usual.find(({ step }) => step && steps.includes(step)) ?? { ...usual[0], shows: {} };
}
