// Didit's short codes of document types, and their names on the screen, the likely ones first.
import type { INodePropertyOptions } from 'n8n-workflow';

export const DOCUMENT_TYPES: INodePropertyOptions[] = [
	{ name: 'Passport', value: 'P' },
	{ name: 'Identity Card', value: 'ID' },
	{ name: 'Driving License', value: 'DL' },
	{ name: 'Residence Permit', value: 'RP' },
	{ name: 'Visa', value: 'VISA' },
	{ name: 'Work Permit', value: 'WP' },
	{ name: 'Passport Card', value: 'PSC' },
	{ name: 'Birth Certificate', value: 'BC' },
	{ name: 'Health Insurance Card', value: 'HIC' },
	{ name: 'Social Security Card', value: 'SSC' },
	{ name: 'Tax Card', value: 'TC' },
	{ name: 'Other', value: 'OTHER' },
];

/** Session: Create can expect only these. */
const EXPECTED = ['P', 'ID', 'DL', 'RP', 'HIC', 'TC', 'SSC'];

export const EXPECTED_DOCUMENT_TYPES = DOCUMENT_TYPES.filter(({ value }) =>
	EXPECTED.includes(String(value)),
);
