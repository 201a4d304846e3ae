// Check: Proof of Address. Reads a bill or bank statement, and compares name and address with what is expected.
import { firstText, number as numberOf, text as textOf } from '../../json/read';
import { country } from '../common/checks';
import { text } from '../common/fieldKinds';
import type { Operation } from '../common/operation';
import { mediaLinks } from '../common/privacy';
import { simplify } from '../common/simplify';
import { fileField, formOf, readUpload } from '../common/upload';
import { charged, checkItem, runCheck, saveCheck, vendorData } from './check';
import { declineFor, ignore, riskBody } from './risks';

const document = fileField({
	label: 'Document Field',
	name: 'document',
	diditName: 'document',
	default: 'data',
	most: 15,
	pdf: true,
	required: true,
});

const expected = (label: string, name: string, diditName: string, example: string) =>
	text({ label, name, diditName, example });

const firstName = expected('First Name', 'firstName', 'expected_first_name', 'Nora');
const lastName = expected('Last Name', 'lastName', 'expected_last_name', 'Sample');
const address = expected('Address', 'address', 'expected_address', '1 Example Street, Exampleton');
const countryCode = text({
	label: 'Country',
	name: 'country',
	diditName: 'expected_country',
	check: country,
	example: 'ESP',
	description: 'Two or three letters',
});

const password = text({
	label: 'Document Password',
	name: 'documentPassword',
	diditName: 'document_password',
	typeOptions: { password: true },
});

const RISKS = {
	poa_name_mismatch_action: 'Other Name',
	poa_address_mismatch_action: 'Other Address',
	poa_document_issues_action: 'Document Issues',
	poa_document_authenticity_action: 'Document Not Authentic',
	poa_unsupported_language_action: 'Unsupported Language',
	poa_issuer_not_identified_action: 'Unknown Issuer',
};
const declines = declineFor(RISKS);
const ignores = ignore(RISKS);

export const proofOfAddress: Operation = {
	option: {
		name: 'Proof of Address',
		value: 'proofOfAddress',
		action: 'Check a proof of address',
		description: 'Read a bill or bank statement',
	},
	about:
		'Returns a check result with document_type, document_language, issuer, issue_date, issuing_country, name_on_document, name_match_score, address.',
	effect: 'creates',
	fields: [charged, document, firstName, lastName, address, countryCode, vendorData, simplify],
	options: [password, declines, ignores, saveCheck, mediaLinks],
	takesFiles: true,
	needs: 'apiKey',
	async execute(call) {
		const fields = {
			...call.body(firstName, lastName, address, countryCode, vendorData),
			...call.optionsBody([password, saveCheck]),
			...riskBody(call, declines, ignores),
		};
		const form = formOf(fields, [[document, await readUpload(call, document)]]);
		const answer = await runCheck(call, { path: '/v3/poa/', form }, 'poa');
		return checkItem(call, answer, 'poa', (found) => ({
			document_type: textOf(found.document_type),
			document_language: textOf(found.document_language),
			issuer: textOf(found.issuer),
			issue_date: textOf(found.issue_date),
			issuing_country: textOf(found.issuing_state),
			name_on_document: textOf(found.name_on_document),
			name_match_score: numberOf(found.name_match_score_expected_details),
			address: firstText(found.poa_formatted_address, found.poa_address),
		}));
	},
};
