/** What each kind of step reports in a version 3 decision, for the invented person of the session. */
import { correctedFields, correctedPoaFields } from './corrections.mts';
import { type Outcome, type StepResult, type StepStatus } from './outcome.mts';
import { ageAt, fullName, type Person, TODAY } from './people.mts';
import { type Scenario, type Step } from './scenarios.mts';
import { warning } from '../warning.mts';

interface StepShape {
	/** The list of the decision that holds it. */
	list: string;
	/** Its name among the decision's features. */
	feature: string;
	build: (outcome: Outcome, result: StepResult) => Record<string, unknown>;
}

export const PERSON_STEPS = [
	'id_verifications',
	'nfc_verifications',
	'liveness_checks',
	'face_matches',
	'poa_verifications',
	'document_ai_documents',
	'phone_verifications',
	'email_verifications',
	'aml_screenings',
	'ip_analyses',
	'database_validations',
	'questionnaire_responses',
];
export const BUSINESS_STEPS = [
	'registry_checks',
	'document_verifications',
	'key_people_checks',
	'phone_verifications',
	'email_verifications',
	'aml_screenings',
	'ip_analyses',
	'questionnaire_responses',
];

const VERIFIED_AT = '2026-09-21T14:13:20.000000Z';
const LOCATION = {
	ip_country: 'Spain',
	ip_country_code: 'ES',
	ip_state: 'Catalonia',
	ip_city: 'Girona',
	latitude: 41.98,
	longitude: 2.82,
	ip_address: '192.0.2.10',
};
export const DEVICE = {
	device_brand: 'Sample',
	device_model: 'Phone 1',
	browser_family: 'Mobile Browser',
	os_family: 'Sample OS',
	platform: 'mobile',
};
export const IP = {
	...LOCATION,
	isp: null,
	organization: null,
	is_vpn_or_tor: false,
	is_data_center: false,
	time_zone: 'Europe/Madrid',
	time_zone_offset: '+0100',
};

const formatted = ({ address, postal_code, city, country_name }: Person) =>
	`${address}, ${postal_code} ${city}, ${country_name}`;

const document = ({ person, media }: Outcome) => ({
	document_type: 'Identity Card',
	document_subtype: null,
	document_number: person.document_number,
	personal_number: `P-${person.document_number}`,
	portrait_image: media('portrait.jpg'),
	front_image: media('front.jpg'),
	front_video: null,
	back_image: media('back.jpg'),
	back_video: null,
	full_front_image: media('full-front.jpg'),
	full_back_image: media('full-back.jpg'),
	date_of_birth: person.date_of_birth,
	age: ageAt(person.date_of_birth, TODAY),
	expiration_date: '2031-03-24',
	date_of_issue: '2021-03-24',
	issuing_state: person.nationality,
	issuing_state_name: person.country_name,
	first_name: person.first_name,
	last_name: person.last_name,
	full_name: fullName(person),
	gender: person.gender,
	address: `${person.address}, ${person.city}`,
	formatted_address: formatted(person),
	place_of_birth: person.city,
	marital_status: 'UNKNOWN',
	nationality: person.nationality,
	extra_fields: {},
	mrz: {},
	parsed_address: {
		street_1: person.address,
		city: person.city,
		postal_code: person.postal_code,
		country: person.country_code,
	},
	extra_files: [],
	matches: [],
	verification_method: 'document',
});

const screened = (person: Person) => ({
	full_name: fullName(person),
	nationality: person.nationality,
	date_of_birth: person.date_of_birth,
	document_number: person.document_number,
});
const company = {
	name: 'Invented Widgets Ltd',
	registration_number: '00000000',
	registry_country: 'IE',
	status: 'active',
};

/** Why the step is not approved, and what was noticed besides. */
const warnings = (
	feature: string,
	node_id: string,
	status: StepStatus,
	{ risk, text, rule, remark }: Scenario,
) => [
	...(remark ? [warning(feature, remark.risk, 'None', remark.text, { node_id })] : []),
	warning(feature, risk, status, text, { node_id, additional_data: rule }),
];

/** What people corrected or decided afterwards. */
function reviewed(list: string, outcome: Outcome, shown: Record<string, unknown>) {
	const { corrections, poaCorrections, hitReviews } = outcome;
	if (list === 'id_verifications') return correctedFields(corrections);
	if (list === 'poa_verifications') return correctedPoaFields(poaCorrections);
	if (list !== 'aml_screenings' || !Array.isArray(shown.hits)) return {};
	const hits = shown.hits as Array<{ id: string; review_status: string }>;
	return {
		hits: hits.map((hit) => ({ ...hit, review_status: hitReviews[hit.id] ?? hit.review_status })),
	};
}

/**
 * A step's own fields, completed with its node, status and warnings, and bent by the reason for its status.
 * @param inWarnings its name inside warnings, which is not always that of the feature.
 */
function step(
	list: string,
	feature: string,
	inWarnings: string,
	fields: (outcome: Outcome) => Record<string, unknown>,
): StepShape {
	return {
		list,
		feature,
		build: (outcome, { node_id, status, reason }) => ({
			node_id,
			status,
			...fields(outcome),
			...(reason?.shows ?? {}),
			...reviewed(list, outcome, reason?.shows ?? {}),
			warnings: reason ? warnings(inWarnings, node_id, status, reason) : [],
		}),
	};
}

export const STEPS: Record<Step, StepShape> = {
	OCR: step('id_verifications', 'ID_VERIFICATION', 'ID_VERIFICATION', document),
	NFC: step('nfc_verifications', 'NFC', 'NFC', ({ person, media }) => ({
		is_nfc_skipped: false,
		skip_reason: null,
		portrait_image: media('chip-portrait.jpg'),
		signature_image: media('signature.png'),
		chip_data: {
			document_type: 'ID',
			issuing_country: person.nationality,
			document_number: person.document_number,
			expiration_date: '2031-03-24',
			first_name: person.first_name,
			last_name: person.last_name,
			birth_date: person.date_of_birth,
			gender: person.gender,
			nationality: person.nationality,
		},
		authenticity: { sod_integrity: true, dg_integrity: true },
		certificate_summary: {},
	})),
	LIVENESS: step('liveness_checks', 'LIVENESS', 'LIVENESS', ({ person, media }) => ({
		method: 'ACTIVE_3D',
		score: 98,
		reference_image: media('selfie.jpg'),
		video_url: media('selfie.mp4'),
		age_estimation: ageAt(person.date_of_birth, TODAY) - 0.4,
		matches: [],
		face_quality: 96.5,
		face_luminance: 50.1,
	})),
	FACE_MATCH: step('face_matches', 'FACE_MATCH', 'FACEMATCH', ({ media }) => ({
		score: 97.35,
		source_image_session_id: null,
		source_image: media('selfie.jpg'),
		target_image: media('portrait.jpg'),
	})),
	AGE_ESTIMATION: step('liveness_checks', 'AGE_ESTIMATION', 'LIVENESS', ({ person, media }) => ({
		method: 'PASSIVE',
		score: 97,
		reference_image: media('selfie.jpg'),
		video_url: null,
		age_estimation: ageAt(person.date_of_birth, TODAY) + 0.6,
		matches: [],
	})),
	PROOF_OF_ADDRESS: step('poa_verifications', 'POA', 'PROOF_OF_ADDRESS', ({ person, media }) => ({
		issuing_state: person.nationality,
		document_type: 'UTILITY_BILL',
		document_subtype: null,
		document_language: 'en',
		document_file: media('bill.pdf'),
		issuer: 'Invented Power Co.',
		issue_date: '2026-08-01',
		poa_address: formatted(person),
		poa_formatted_address: formatted(person),
		poa_parsed_address: {
			street_1: person.address,
			city: person.city,
			postal_code: person.postal_code,
			country: person.country_code,
		},
		name_on_document: fullName(person),
		name_match_score_id_verification: 100,
		extra_fields: {},
		extra_files: [],
	})),
	PHONE_VERIFICATION: step('phone_verifications', 'PHONE', 'PHONE', () => ({
		phone_number_prefix: '+1',
		phone_number: '2025550100',
		full_number: '+12025550100',
		country_code: 'US',
		country_name: 'United States',
		carrier: { name: 'Invented Mobile', type: 'mobile' },
		is_disposable: false,
		is_virtual: false,
		verification_method: 'sms',
		verification_attempts: 1,
		verified_at: VERIFIED_AT,
		lifecycle: [],
		matches: [],
	})),
	EMAIL_VERIFICATION: step('email_verifications', 'EMAIL_VERIFICATION', 'EMAIL', () => ({
		email: 'person@example.com',
		is_breached: false,
		breaches: [],
		is_disposable: false,
		is_undeliverable: false,
		verification_attempts: 1,
		verified_at: VERIFIED_AT,
		lifecycle: [],
		matches: [],
	})),
	DATABASE_VALIDATION: step(
		'database_validations',
		'DATABASE_VALIDATION',
		'DATABASE_VALIDATION',
		({ person }) => ({
			issuing_state: person.nationality,
			validation_type: 'one_by_one',
			screened_data: screened(person),
			match_type: 'full_match',
			validations: [],
			errors: [],
		}),
	),
	AML: step('aml_screenings', 'AML', 'AML', ({ person }) => ({
		total_hits: 0,
		entity_type: 'person',
		hits: [],
		score: 0,
		screened_data: screened(person),
		is_ongoing_monitoring_enabled: false,
	})),
	IP_ANALYSIS: step('ip_analyses', 'IP_ANALYSIS', 'LOCATION', () => ({
		...DEVICE,
		...IP,
		device_fingerprint: null,
		matches: [],
	})),
	QUESTIONNAIRE: step('questionnaire_responses', 'QUESTIONNAIRE', 'QUESTIONNAIRE', () => ({
		sections: [],
	})),
	KYB_REGISTRY: step('registry_checks', 'KYB_REGISTRY', 'KYB_REGISTRY', () => ({
		data_resolved: true,
		company,
	})),
	KYB_DOCUMENTS: step('document_verifications', 'KYB_DOCUMENTS', 'KYB_DOCUMENTS', () => ({
		groups: {},
		required_groups: [],
	})),
	KYB_KEY_PEOPLE: step('key_people_checks', 'KYB_KEY_PEOPLE', 'KYB_KEY_PEOPLE', () => ({
		submitted: {},
	})),
};
