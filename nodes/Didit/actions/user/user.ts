// A user: the person behind one or more sessions.
import { recordIdField } from '../vendorRecord/vendorRecord';
import type { VendorRecord } from '../vendorRecord/vendorRecord';
import { atMost, country, date, email, phone } from '../common/checks';
import { jsonRow, listRow, textRow } from '../common/fieldSpecs';

export const user: VendorRecord = {
	one: 'user',
	many: 'users',
	path: '/v3/users/',
	sessionKind: 'user',
	idField: recordIdField('User', 'userId', 'searchUsers'),
	rows: [
		listRow(
			'Approved Emails',
			'approvedEmails',
			'approved_emails',
			email,
			'name@example.com',
			'Email addresses that are known to belong to the person, separated by commas',
		),
		listRow(
			'Approved Phones',
			'approvedPhones',
			'approved_phones',
			phone,
			'+34 600 000 000',
			'Phone numbers with the country code, separated by commas',
		),
		textRow('Date of Birth', 'dateOfBirth', 'date_of_birth', date, '1990-05-31', 'Year-month-day'),
		textRow(
			'Display Name',
			'displayName',
			'display_name',
			atMost(255),
			'Nora',
			'The name that the Didit console shows',
		),
		textRow('Full Name', 'fullName', 'full_name', atMost(512), 'Nora Sample'),
		listRow(
			'Issuing States',
			'issuingStates',
			'issuing_states',
			country,
			'ESP',
			'Countries of the documents, three letters each, separated by commas',
		),
		jsonRow('Metadata', 'metadata', 'metadata', 'Data of your own, as a JSON object'),
	],
	simpleFields: [
		'vendor_data',
		'didit_internal_id',
		'status',
		'effective_name',
		'full_name',
		'date_of_birth',
		'session_count',
		'approved_count',
		'declined_count',
		'in_review_count',
		'last_session_at',
		'created_at',
	],
};
