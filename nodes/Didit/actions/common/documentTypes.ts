// Didit's short codes of document types, by their names on the screen.
export const DOCUMENT_TYPES: Record<string, string> = {
	'Birth Certificate': 'BC',
	'Driving License': 'DL',
	'Health Insurance Card': 'HIC',
	'Identity Card': 'ID',
	Other: 'OTHER',
	Passport: 'P',
	'Passport Card': 'PSC',
	'Residence Permit': 'RP',
	'Social Security Card': 'SSC',
	'Tax Card': 'TC',
	Visa: 'VISA',
	'Work Permit': 'WP',
};
