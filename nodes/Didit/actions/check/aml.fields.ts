// The fields of Check: AML Screening, and what holds for several of them together.
import type { IDataObject } from 'n8n-workflow';
import { InputError } from '../../transport/errors';
import { atMost, refuse, shortCountry } from '../common/checks';
import { dateOfBirthField } from '../common/dateOfBirth';
import { choice, number, ownId, text, toggle } from '../common/fieldKinds';
import { saveCheck } from './check';

export const entityType = choice({
	label: 'Entity Type',
	name: 'entityType',
	diditName: 'entity_type',
	options: [
		{ name: 'Company', value: 'company' },
		{ name: 'Person', value: 'person' },
	],
	default: 'person',
});

export const fullName = text({
	label: 'Full Name',
	name: 'fullName',
	diditName: 'full_name',
	required: true,
	ask: 'Enter the name to screen',
	example: 'Nora Sample',
	check: (value, field) =>
		[...value].length < 2 ? refuse(field, 'at least two letters') : atMost(255)(value, field),
});

export const dateOfBirth = dateOfBirthField({
	displayOptions: { show: { entityType: ['person'] } },
});

export const nationality = text({
	label: 'Nationality',
	name: 'nationality',
	diditName: 'nationality',
	check: shortCountry,
	example: 'ES',
	description: 'Two or three letters',
});

export const documentNumber = ownId({
	label: 'Document Number',
	name: 'documentNumber',
	diditName: 'document_number',
	check: atMost(255),
	example: '00000000T',
});

export const adverseMedia = toggle({
	label: 'Include Adverse Media',
	name: 'includeAdverseMedia',
	diditName: 'include_adverse_media',
	description: 'Whether to search the news too, which takes 30 seconds more',
});

const percent = (label: string, name: string, diditName: string, preset: number, info = '') =>
	number({
		label,
		name,
		diditName,
		least: 0,
		most: 100,
		default: preset,
		...(info !== '' && { description: info }),
	});

const approveThreshold = percent(
	'Approve up to Score',
	'approveThreshold',
	'aml_score_approve_threshold',
	80,
	'A higher score goes to review',
);
const reviewThreshold = percent(
	'Review up to Score',
	'reviewThreshold',
	'aml_score_review_threshold',
	100,
	'A higher score is declined',
);
const matchThreshold = percent(
	'Match Score Threshold',
	'matchThreshold',
	'aml_match_score_threshold',
	93,
	'Weaker hits come out as False Positive',
);
const nameWeight = percent('Weight of Name', 'nameWeight', 'aml_name_weight', 60);
const birthWeight = percent('Weight of Date of Birth', 'birthWeight', 'aml_dob_weight', 25);
const countryWeight = percent('Weight of Country', 'countryWeight', 'aml_country_weight', 15);

const monitor = toggle({
	label: 'Monitor From Now On',
	name: 'monitor',
	diditName: 'include_ongoing_monitoring',
	description: 'Whether Didit screens again regularly, charged by the year',
});

const WEIGHTS = [nameWeight, birthWeight, countryWeight];

export const AML_OPTIONS = [
	approveThreshold,
	reviewThreshold,
	matchThreshold,
	...WEIGHTS,
	monitor,
	saveCheck,
];

/** Didit's rules for several fields together. @throws InputError for what breaks one */
export function checkTogether(body: IDataObject): void {
	const given = (spec: typeof nameWeight) =>
		Number(body[String(spec.diditName)] ?? spec.property.default);
	const sum = WEIGHTS.map(given).reduce((a, b) => a + b);
	if (sum !== 100) {
		throw new InputError(
			`The weights add up to ${sum}`,
			`'${nameWeight.label}', '${birthWeight.label}' and '${countryWeight.label}' must add up to 100`,
		);
	}
	if (given(approveThreshold) > given(reviewThreshold)) {
		throw new InputError(
			`'${approveThreshold.label}' is higher than '${reviewThreshold.label}'`,
			'Make it lower, or the same',
		);
	}
	if (body.include_ongoing_monitoring === true && body.save_api_request === false) {
		throw new InputError(
			`'${monitor.label}' needs '${saveCheck.label}'`,
			`Turn on '${saveCheck.label}'`,
		);
	}
}
