// The fields of a proof of address that Session: Update Data can correct.
import { atMost, country, date } from '../common/checks';
import { choice, day, group, json, text } from '../common/fieldKinds';
import { addressParts } from './updateData.address';

export const PROOF_OF_ADDRESS = 'proofOfAddress';

const DOCUMENT_TYPES = [
	{ name: 'Bank Statement', value: 'BANK_STATEMENT' },
	{ name: 'Government-Issued Document', value: 'GOVERNMENT_ISSUED_DOCUMENT' },
	{ name: 'Other', value: 'OTHER_POA_DOCUMENT' },
	{ name: 'Unknown', value: 'UNKNOWN' },
	{ name: 'Utility Bill', value: 'UTILITY_BILL' },
];

export const proofFields = group({
	label: 'Update Fields',
	name: 'proofFields',
	ask: 'Add the fields to correct',
	displayOptions: { show: { dataOf: [PROOF_OF_ADDRESS] } },
	fields: [
		text({
			label: 'Address',
			name: 'address',
			diditName: 'poa_address',
			example: '1 Example Street, Exampleton',
		}),
		addressParts('poa_parsed_address'),
		text({
			label: 'Document Language',
			name: 'documentLanguage',
			diditName: 'document_language',
			example: 'en',
		}),
		choice({
			label: 'Document Type',
			name: 'documentType',
			diditName: 'document_type',
			options: DOCUMENT_TYPES,
		}),
		json({
			label: 'Extra Fields',
			name: 'extraFields',
			diditName: 'extra_fields',
			description: 'Bank and contact details on the document, as a JSON object',
		}),
		day({
			label: 'Issue Date',
			name: 'issueDate',
			diditName: 'issue_date',
			check: date,
			example: '2026-08-01',
			description: 'Year-month-day',
		}),
		text({
			label: 'Issuer',
			name: 'issuer',
			diditName: 'issuer',
			check: atMost(255),
			example: 'Example Power',
		}),
		text({
			label: 'Issuing State',
			name: 'issuingState',
			diditName: 'issuing_state',
			check: country,
			example: 'ESP',
			description: 'Two or three letters',
		}),
		text({
			label: 'Name on Document',
			name: 'nameOnDocument',
			diditName: 'name_on_document',
			check: atMost(255),
			example: 'Nora Sample',
		}),
	],
});
