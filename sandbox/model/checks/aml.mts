/** Screening of a name. Which lists it is on is in the name itself, so that every outcome can be had. */
import { warning } from '../warning.mts';
import { type Body, type Report } from './check.mts';

/** A word of the name, and the risk score of the hit that it makes. */
const HITS: Array<[word: RegExp, score: number]> = [
	[/\bsanctioned\b/i, 100],
	[/\bexposed\b/i, 85],
	[/\bnamesake\b/i, 40],
];

const hit = (name: string, score: number) => ({
	id: `hit-${score}`,
	url: null,
	match_score: score === 40 ? 93 : 98,
	risk_score: score,
	caption: name,
	datasets: [score === 100 ? 'Invented Sanctions List' : 'Invented Register of Officials'],
	review_status: 'Unreviewed',
	properties: {},
	pep_matches: [],
	sanction_matches: [],
	warning_matches: [],
	adverse_media_matches: [],
});

/** What Didit refuses although each field is fine. */
export function amlProblem(body: Body): string | undefined {
	const { aml_name_weight = 60, aml_dob_weight = 25, aml_country_weight = 15 } = body;
	if (Number(aml_name_weight) + Number(aml_dob_weight) + Number(aml_country_weight) !== 100)
		return 'The sum of the AML weights must be 100.';
	const { aml_score_approve_threshold = 80, aml_score_review_threshold = 100 } = body;
	if (Number(aml_score_approve_threshold) > Number(aml_score_review_threshold))
		return 'The approve threshold must not be higher than the review threshold.';
	return undefined;
}

export function screen(body: Body): Report {
	const { aml_score_approve_threshold = 80, aml_score_review_threshold = 100 } = body;
	const name = String(body.full_name);
	const hits = HITS.filter(([word]) => word.test(name)).map(([, score]) => hit(name, score));
	const score = Math.max(0, ...hits.map(({ risk_score }) => risk_score));
	const status =
		score > Number(aml_score_review_threshold)
			? 'Declined'
			: score > Number(aml_score_approve_threshold)
				? 'In Review'
				: 'Approved';
	return {
		status,
		total_hits: hits.length,
		entity_type: body.entity_type ?? 'person',
		hits,
		score,
		screened_data: {
			full_name: name,
			nationality: body.nationality ?? null,
			date_of_birth: body.date_of_birth ?? null,
			document_number: body.document_number ?? null,
		},
		is_ongoing_monitoring_enabled: body.include_ongoing_monitoring === true,
		warnings:
			hits.length > 0
				? [warning('AML', 'POSSIBLE_MATCH_FOUND', status, 'Possible match found')]
				: [],
	};
}
