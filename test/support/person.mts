/** One invented person, written as a version 1, 2 or 3 decision, to compare what is read from each. */
import fc from 'fast-check';
import { SESSION_STATUSES } from '../../nodes/Didit/decision/statuses.ts';

const blank = <T,>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 4 });
const name = fc.constantFrom('Núria', 'José', "O'Neill", 'Łódź', '李小龙', 'Exemple Ficció', 'A');
const date = fc
	.date({ min: new Date('1930-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
	.map((day) => day.toISOString().slice(0, 10));
const featureStatus = fc.constantFrom('Approved', 'Declined', 'In Review', 'Not Finished');
const score = blank(fc.double({ min: 0, max: 100, noNaN: true }));

const warning = fc.record({
	feature: fc.constantFrom('ID_VERIFICATION', 'LIVENESS', 'AML'),
	risk: fc.constantFrom('POSSIBLE_MATCH_FOUND', 'LOW_LIVENESS_SCORE', 'DOCUMENT_EXPIRED'),
	additional_data: fc.constant(null),
	log_type: fc.constantFrom('error', 'warning', 'information'),
	short_description: blank(fc.constant('Short words')),
	long_description: fc.constant('Longer words'),
});

export const aPerson = fc.record({
	session: fc.record({
		session_id: fc.uuid(),
		session_number: fc.integer({ min: 1, max: 10 ** 6 }),
		session_url: fc.constant('https://verify.didit.me/session/tok3nM4d3Up0'),
		status: fc.constantFrom(...SESSION_STATUSES),
		vendor_data: blank(fc.constantFrom('user-1', 'user-2')),
		created_at: date.map((day) => `${day}T10:11:12.000000Z`),
	}),
	document: fc.record({
		document_type: blank(fc.constantFrom('Passport', 'Identity Card')),
		document_number: blank(fc.constantFrom('XX0000001', 'AB12', '000000')),
		date_of_birth: blank(date),
		expiration_date: blank(date),
		issuing_state: blank(fc.constantFrom('ESP', 'POL')),
		first_name: blank(name),
		last_name: blank(name),
		full_name: blank(name),
		gender: blank(fc.constantFrom('F', 'M')),
		nationality: blank(fc.constantFrom('ESP', 'POL')),
		address: blank(fc.constant('Carrer Fictici 1, Girona')),
		formatted_address: blank(fc.constant('Carrer Fictici 1, 17001 Girona, Spain')),
	}),
	idStatus: featureStatus,
	face: fc.option(
		fc.record({
			liveness: featureStatus,
			livenessScore: score,
			match: featureStatus,
			matchScore: score,
		}),
		{ nil: null },
	),
	aml: fc.option(
		fc.record({ status: featureStatus, total_hits: fc.nat(5), score, hits: fc.constant([]) }),
		{
			nil: null,
		},
	),
	location: fc.option(featureStatus, { nil: null }),
	warnings: fc.array(warning, { maxLength: 3 }),
});

export type Person = typeof aPerson extends fc.Arbitrary<infer T> ? T : never;

const MEDIA = {
	portrait_image: 'https://media.example.invalid/portrait.jpg?X-Amz-Expires=3600',
	front_image: 'https://media.example.invalid/front.jpg',
	front_video: 'https://media.example.invalid/front.mp4',
	back_image: 'https://media.example.invalid/back.jpg',
	extra_files: ['https://media.example.invalid/extra.pdf'],
};
const FACE_MEDIA = {
	source_image: 'https://media.example.invalid/s.jpg',
	target_image: 'https://media.example.invalid/t.jpg',
	video_url: 'https://media.example.invalid/v.mp4',
};

export function asVersion1(person: Person): Record<string, unknown> {
	const { session, document, face, aml } = person;
	return {
		...session,
		features: ['OCR', face && 'FACE', aml && 'AML'].filter(Boolean).join(' + '),
		kyc: {
			status: person.idStatus,
			ocr_status: person.idStatus,
			epassport_status: 'Approved',
			is_nfc_verified: false,
			...document,
			...MEDIA,
		},
		face: face && {
			status: face.match,
			liveness_status: face.liveness,
			liveness_confidence: face.livenessScore,
			face_match_status: face.match,
			face_match_similarity: face.matchScore,
			...FACE_MEDIA,
		},
		aml,
		location: person.location && { status: person.location, ip_country: 'Spain' },
		warnings: person.warnings,
		reviews: [],
		extra_images: ['https://media.example.invalid/e.jpg'],
	};
}

function laterFeatures({ face, aml }: Person): string[] {
	return ['ID_VERIFICATION', ...(face ? ['LIVENESS', 'FACE_MATCH'] : []), ...(aml ? ['AML'] : [])];
}

export function asVersion2(person: Person): Record<string, unknown> {
	const { session, document, face, aml } = person;
	return {
		...session,
		features: laterFeatures(person),
		id_verification: { status: person.idStatus, ...document, ...MEDIA, warnings: person.warnings },
		liveness: face && {
			status: face.liveness,
			score: face.livenessScore,
			...FACE_MEDIA,
			warnings: [],
		},
		face_match: face && {
			status: face.match,
			score: face.matchScore,
			...FACE_MEDIA,
			warnings: null,
		},
		aml,
		ip_analysis: person.location && { status: person.location },
		nfc: null,
		phone: null,
	};
}

export function asVersion3(person: Person): Record<string, unknown> {
	const v2 = asVersion2(person);
	const list = (block: unknown, node: string) => (block ? [{ node_id: node, ...block }] : null);
	return {
		...person.session,
		session_kind: 'user',
		features: laterFeatures(person),
		id_verifications: list(v2.id_verification, 'feature_ocr_1'),
		nfc_verifications: null,
		liveness_checks: list(v2.liveness, 'feature_liveness_1'),
		face_matches: list(v2.face_match, 'feature_face_match_1'),
		aml_screenings: list(v2.aml, 'feature_aml_1'),
		ip_analyses: list(v2.ip_analysis, 'feature_ip_1'),
		database_validations: null,
	};
}
