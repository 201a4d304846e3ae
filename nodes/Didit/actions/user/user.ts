// A user: the person behind one or more sessions.
import { atMost, country } from '../common/checks';
import { dateOfBirthField } from '../common/dateOfBirth';
import { email, phone } from '../common/contactChecks';
import { list, text } from '../common/fieldKinds';
import { customMetadata } from '../common/customMetadata';
import { recordIdField } from '../vendorRecord/vendorRecord';
import type { VendorRecord } from '../vendorRecord/vendorRecord';

export const user: VendorRecord = {
	one: 'user',
	many: 'users',
	their: 'their',
	idLabel: 'Your User ID (Vendor Data)',
	exampleId: 'user-42',
	path: '/v3/users/',
	sessionKind: 'user',
	idField: recordIdField('User', 'userId', 'searchUsers', 'user-42'),
	fields: [
		list({
			label: 'Approved Emails',
			name: 'approvedEmails',
			diditName: 'approved_emails',
			check: email,
			example: 'name@example.com',
			description: 'Comma-separated email addresses that are known to belong to the person',
		}),
		list({
			label: 'Approved Phones',
			name: 'approvedPhones',
			diditName: 'approved_phones',
			check: phone,
			example: '+34 600 000 000',
			description: 'Comma-separated phone numbers with the country code',
		}),
		dateOfBirthField(),
		text({
			label: 'Display Name',
			name: 'displayName',
			diditName: 'display_name',
			check: atMost(255),
			example: 'Nora',
			description: 'The name that the Didit console shows',
		}),
		text({
			label: 'Full Name',
			name: 'fullName',
			diditName: 'full_name',
			check: atMost(512),
			example: 'Nora Sample',
		}),
		list({
			label: 'Issuing States',
			name: 'issuingStates',
			diditName: 'issuing_states',
			check: country,
			example: 'ESP, PT',
			description: 'Comma-separated country codes of the documents',
		}),
		customMetadata,
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
