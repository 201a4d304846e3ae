/**
 * Checks of images and documents. The sandbox doesn't look at them: words of the vendor data say what they show, e.g.
 * `low`, `age-15`, `known`, `blocked`, `fake`.
 */
import { warning } from '../warning.mts';
import { type Body, type Report } from './check.mts';

const words = ({ vendor_data: of }: Body) => (typeof of === 'string' ? of : '');
const has = (asked: Body, word: string) => words(asked).includes(word);
const score = (asked: Body) => (has(asked, 'low') ? 12.5 : 97.35);
const limit = (value: unknown, preset: number) => Number(value ?? preset);

type Warning = ReturnType<typeof warning>;

const decided = (warnings: Warning[], fields: object): Report => ({
	status: warnings.some(({ log_type }) => log_type === 'error') ? 'Declined' : 'Approved',
	...fields,
	warnings,
});

const lowScore = (asked: Body, preset: number, feature: string, risk: string, of: unknown) =>
	score(asked) < limit(of, preset) ? [warning(feature, risk, 'Declined', 'Score too low')] : [];

export function faceMatch(asked: Body): Report {
	const of = asked.face_match_score_decline_threshold;
	const warnings = lowScore(asked, 30, 'FACEMATCH', 'LOW_FACE_MATCH_SIMILARITY', of);
	return decided(warnings, { score: score(asked) });
}

const lowLiveness = (asked: Body) =>
	lowScore(
		asked,
		30,
		'LIVENESS',
		'LOW_LIVENESS_SCORE',
		asked.face_liveness_score_decline_threshold,
	);

export const liveness = (asked: Body): Report =>
	decided(lowLiveness(asked), {
		method: 'PASSIVE',
		score: score(asked),
		face_quality: 96.5,
		face_luminance: 50.1,
	});

export function ageEstimation(asked: Body): Report {
	const age = Number(/age-(\d+)/.exec(words(asked))?.[1] ?? 34.2);
	const tooYoung = age < limit(asked.age_estimation_decline_threshold, 18);
	const warnings = [
		...lowLiveness(asked),
		...(tooYoung ? [warning('LIVENESS', 'AGE_BELOW_MINIMUM', 'Declined', 'Too young')] : []),
	];
	return decided(warnings, { method: 'PASSIVE', score: score(asked), age_estimation: age });
}

export function faceSearch(asked: Body): Report {
	const isBlocked = has(asked, 'blocked');
	const matches =
		isBlocked || has(asked, 'known')
			? [
					{
						session_id: 'aaaaaaaa-0000-4000-8000-000000000001',
						session_number: 1001,
						similarity_percentage: 95.2,
						vendor_data: 'user-7',
						user_details: { name: 'Nora Sample', document_number: '***001' },
						match_image_url: 'https://media.example.invalid/match.jpg?X-Amz-Expires=3600',
						status: 'Approved',
						is_blocklisted: isBlocked,
					},
				]
			: [];
	const warnings = isBlocked
		? [warning('LIVENESS', 'FACE_IN_BLOCKLIST', 'Declined', 'Face on the block list')]
		: [];
	return decided(warnings, { total_matches: matches.length, matches });
}

/** What isn't saved has no link, so the image comes back itself. */
const image = (asked: Body) =>
	asked.save_api_request === 'false'
		? Buffer.alloc(300, 7).toString('base64')
		: 'https://media.example.invalid/front.jpg?X-Amz-Expires=3600';

export function idDocument(asked: Body): Report {
	const noMrz = has(asked, 'fake') && asked.invalid_mrz_action !== 'NO_ACTION';
	const warnings = noMrz
		? [warning('ID_VERIFICATION', 'MRZ_VALIDATION_FAILED', 'Declined', 'MRZ not valid')]
		: [];
	return decided(warnings, {
		document_type: 'Identity Card',
		document_number: 'SAMPLE00001',
		date_of_birth: '1990-05-31',
		age: 36,
		expiration_date: '2031-03-24',
		issuing_state: 'ESP',
		first_name: 'Nora',
		last_name: 'Sample',
		full_name: 'Nora Sample',
		gender: 'F',
		nationality: 'ESP',
		address: '1 Example Street, Exampleton',
		front_image: image(asked),
		back_image: asked.back_image ? image(asked) : null,
	});
}

export function proofOfAddress(asked: Body): Report {
	const name = [asked.expected_first_name, asked.expected_last_name].filter(Boolean).join(' ');
	const differs = name !== '' && name !== 'Nora Sample';
	const declines = differs && asked.poa_name_mismatch_action !== 'NO_ACTION';
	const warnings = differs
		? [
				warning(
					'PROOF_OF_ADDRESS',
					'NAME_MISMATCH_WITH_PROVIDED',
					declines ? 'Declined' : 'None',
					'Another name',
				),
			]
		: [];
	return decided(warnings, {
		issuing_state: 'ESP',
		document_type: 'UTILITY_BILL',
		document_language: 'en',
		document_file: image(asked),
		issuer: 'Invented Power Co.',
		issue_date: '2026-08-01',
		poa_address: '1 Example Street, Exampleton',
		name_on_document: 'Nora Sample',
		name_match_score_expected_details: name === '' ? null : differs ? 20 : 100,
	});
}
