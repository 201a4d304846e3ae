// Didit's short codes of document types, and their names on the screen.
import type { INodePropertyOptions } from 'n8n-workflow';

export const DOCUMENT_TYPES: INodePropertyOptions[] = [
	{ name: 'Birth Certificate', value: 'BC' },
	{ name: 'Driving License', value: 'DL' },
	{ name: 'Health Insurance Card', value: 'HIC' },
	{ name: 'Identity Card', value: 'ID' },
	{ name: 'Other', value: 'OTHER' },
	{ name: 'Passport', value: 'P' },
	{ name: 'Passport Card', value: 'PSC' },
	{ name: 'Residence Permit', value: 'RP' },
	{ name: 'Social Security Card', value: 'SSC' },
	{ name: 'Tax Card', value: 'TC' },
	{ name: 'Visa', value: 'VISA' },
	{ name: 'Work Permit', value: 'WP' },
];

/** Session: Create can expect only these. */
const EXPECTED = ['P', 'ID', 'DL', 'RP', 'HIC', 'TC', 'SSC'];

export const EXPECTED_DOCUMENT_TYPES = DOCUMENT_TYPES.filter(({ value }) =>
	EXPECTED.includes(String(value)),
);
