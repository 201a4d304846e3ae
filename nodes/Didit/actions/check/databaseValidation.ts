// Check: Database Validation. Compares what a person says with the registers of their country.
import type { IDataObject } from 'n8n-workflow';
import { list as listOf, number as numberOf, text as textOf } from '../../json/read';
import type { Fields } from '../../json/read';
import { atMost, country, refuse } from '../common/checks';
import { dateOfBirthField } from '../common/dateOfBirth';
import { json, list, ownId, text, toggle } from '../common/fieldKinds';
import type { Operation } from '../common/operation';
import { simplify } from '../common/simplify';
import { toId } from '../common/ids';
import { shortText } from '../common/shortText';
import { charged, checkItem, runCheck, saveCheck, vendorData } from './check';
import { declineFor, ignore, riskBody } from './risks';

const issuingState = text({
	label: 'Country',
	name: 'country',
	diditName: 'issuing_state',
	required: true,
	ask: 'Enter a country code, e.g. ESP',
	check: country,
	example: 'ESP',
	description: 'Two or three letters',
});

const id = (label: string, name: string, diditName: string) =>
	ownId({ label, name, diditName, check: atMost(255), example: '00000000T' });

const IDENTITY = [
	id('Identification Number', 'identificationNumber', 'identification_number'),
	id('Document Number', 'documentNumber', 'document_number'),
	id('Tax Number', 'taxNumber', 'tax_number'),
	shortText('First Name', 'firstName', 'first_name', 'Nora'),
	shortText('Last Name', 'lastName', 'last_name', 'Sample'),
	dateOfBirthField(),
];

/** Didit's names of what it can compare beside the fields above, from its page about database validation. */
const OTHERS =
	/^(middle_name|full_name|personal_number|nationality|address(_element_[1-5])?|postal_code|driver_license_(number|card_number|state|version)|passport_(number|file_number|issue_country|expiration_date)|medicare_card_number|immi_card_(number|expiry_date)|citizenship_certificate_number|birth_registration_(number|state|date)|marriage_certificate_number|change_of_name_certificate_number|(first|last)_partner_name|voter_(id|number)|epic_card|pan|national_id|cic|identificador_ciudadano|ocr|emission_number|bvn|bank_card_number|ssn|phone|landline|expiration_date|date_of_issue|document_type|gender|email|country_of_residence)$/;

const others = json({
	label: 'Other Identifiers',
	name: 'otherIdentifiers',
	placeholder: 'e.g. {"voter_id": "ABC1234567"}',
	description: "JSON with Didit's names, e.g. passport_number, ssn, pan, phone, postal_code",
	check(given, field) {
		const unknown = Object.keys(given).find((name) => !OTHERS.test(name));
		if (unknown !== undefined)
			refuse(field, `names that Didit knows. It has no '${unknown.slice(0, 50)}'`);
		const wrong = Object.entries(given).find(
			([name, value]) =>
				typeof value !== 'string' && !(name === 'address' && typeof value === 'object'),
		);
		if (wrong) refuse(field, `'${wrong[0]}' as text`);
		for (const value of Object.values(given)) if (typeof value === 'string') toId(value, field);
	},
});

const consent = toggle({
	label: 'Person Has Consented',
	name: 'consent',
	diditName: 'consent',
	description: 'Whether they agreed to it. Some registers demand that.',
});

const services = list({
	label: 'Services',
	name: 'services',
	diditName: 'services',
	description: 'IDs of registers, with commas. Without any, Didit takes its default.',
});

const RISKS = { no_match_action: 'No Match', partial_match_action: 'Partial Match' };
const declines = declineFor(RISKS);
const ignores = ignore(RISKS);

/** Once for a check that Didit has saved, by service for another. Values of a register are left out. */
function readFields({ validations }: Fields): IDataObject {
	const services = listOf(validations);
	if (!Array.isArray(validations)) return (services[0] ?? {}) as IDataObject;
	return Object.assign({}, ...services.map(({ validation }) => validation ?? {})) as IDataObject;
}

export const databaseValidation: Operation = {
	option: {
		name: 'Database Validation',
		value: 'databaseValidation',
		action: 'Check a person against databases',
		description: "Compare a person's data with the registers of their country",
	},
	about:
		'Returns a check result with match_type (full_match, partial_match, no_match), score (0 to 1), fields (with the match of each), errors[{code, message}].',
	effect: 'creates',
	fields: [charged, issuingState, ...IDENTITY, others, consent, vendorData, simplify],
	options: [services, declines, ignores, saveCheck],
	needs: 'apiKey',
	async execute(call) {
		const body = {
			...call.read(others),
			...call.body(issuingState, ...IDENTITY, consent, vendorData),
			...call.optionsBody([services, saveCheck]),
			...riskBody(call, declines, ignores),
		};
		const feature = 'database_validation';
		const answer = await runCheck(call, { path: '/v3/database-validation/', body }, feature);
		return checkItem(call, answer, feature, (found) => ({
			match_type: textOf(found.match_type),
			score: numberOf(found.match_score),
			fields: readFields(found),
			errors: listOf(found.errors).map(({ code, message }) => ({
				code: textOf(code),
				message: textOf(message),
			})),
		}));
	},
};
