// A business: the company behind one or more sessions.
import { recordIdField } from '../vendorRecord/vendorRecord';
import type { VendorRecord } from '../vendorRecord/vendorRecord';
import { atMost, registryCountry } from '../common/checks';
import { jsonRow, textRow } from '../common/fieldSpecs';

export const business: VendorRecord = {
	one: 'business',
	many: 'businesses',
	path: '/v3/businesses/',
	sessionKind: 'business',
	idField: recordIdField('Business', 'businessId', 'searchBusinesses'),
	rows: [
		textRow(
			'Country Code',
			'countryCode',
			'country_code',
			registryCountry,
			'ES',
			'Two letters, or with a region: US-CA',
		),
		textRow(
			'Display Name',
			'displayName',
			'display_name',
			atMost(255),
			'Example',
			'The name that the Didit console shows',
		),
		textRow('Legal Name', 'legalName', 'legal_name', atMost(255), 'Example Ltd'),
		jsonRow('Metadata', 'metadata', 'metadata', 'Data of your own, as a JSON object'),
		textRow(
			'Registration Number',
			'registrationNumber',
			'registration_number',
			atMost(100),
			'12345678',
		),
	],
	simpleFields: [
		'vendor_data',
		'didit_internal_id',
		'status',
		'effective_name',
		'legal_name',
		'registration_number',
		'country_code',
		'session_count',
		'approved_count',
		'declined_count',
		'in_review_count',
		'last_session_at',
		'created_at',
	],
};
