// A party of a transaction: the one that it is about, or the one on the other side.
import { atMost, date } from '../common/checks';
import { choice, day, group, json, ownId, text } from '../common/fieldKinds';
import type { FieldSpec } from '../common/fieldSpecs';

const short = (label: string, name: string, diditName: string, example: string) =>
	text({ label, name, diditName, example, check: atMost(255) });

export const vendorData = ownId({
	label: 'Vendor Data',
	name: 'vendorData',
	diditName: 'vendor_data',
	example: 'user-42',
	description: 'Your own ID for the person or business',
});

export const fullName = short('Full Name', 'fullName', 'full_name', 'Nora Sample');

const address = group({
	label: 'Address',
	name: 'address',
	diditName: 'address',
	fields: [
		short('Country', 'country', 'country', 'ESP'),
		short('Postal Code', 'postalCode', 'post_code', '00001'),
		short('State', 'state', 'state', 'Example Region'),
		short('Street', 'street', 'street', '1 Example Street'),
		short('Town', 'town', 'town', 'Exampleton'),
	],
});

const institution = group({
	label: 'Institution',
	name: 'institution',
	diditName: 'institution_details',
	description: 'The bank or exchange of this party',
	fields: [
		short('Code', 'code', 'code', 'EXAMPLEXXX'),
		short('Name', 'name', 'name', 'Example Bank'),
	],
});

const paymentMethod = group({
	label: 'Payment Method',
	name: 'paymentMethod',
	diditName: 'payment_method',
	fields: [
		ownId({
			label: 'Account ID',
			name: 'accountId',
			diditName: 'account_id',
			example: 'ES00 0000 0000',
			description: 'Account, card or wallet',
		}),
		short('Issuing Country', 'issuingCountry', 'issuing_country', 'ESP'),
		choice({
			label: 'Type',
			name: 'methodType',
			diditName: 'method_type',
			options: [
				{ name: 'Bank Account', value: 'bank_account' },
				{ name: 'Bank Card', value: 'bank_card' },
				{ name: 'Crypto Wallet', value: 'crypto_wallet' },
				{ name: 'E-Wallet', value: 'ewallet' },
				{ name: 'Other', value: 'other' },
				{ name: 'Unhosted Wallet', value: 'unhosted_wallet' },
			],
			default: 'bank_account',
		}),
	],
});

/** Everything about a party but who it is. */
export const partyFields: FieldSpec[] = [
	address,
	day({
		label: 'Date of Birth',
		name: 'dateOfBirth',
		diditName: 'date_of_birth',
		check: date,
		example: '1990-05-31',
		description: 'Year-month-day',
	}),
	json({ label: 'Device', name: 'device', diditName: 'device_context' }),
	choice({
		label: 'Entity Type',
		name: 'entityType',
		diditName: 'entity_type',
		options: [
			{ name: 'Company', value: 'company' },
			{ name: 'Individual', value: 'individual' },
		],
		default: 'individual',
	}),
	short('First Name', 'firstName', 'first_name', 'Nora'),
	institution,
	short('Last Name', 'lastName', 'last_name', 'Sample'),
	paymentMethod,
];
