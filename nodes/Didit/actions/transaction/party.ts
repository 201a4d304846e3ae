// A party of a transaction: the one that it is about, or the one on the other side.
import { dateOfBirthField } from '../common/dateOfBirth';
import { choice, group, json, ownId } from '../common/fieldKinds';
import type { FieldSpec } from '../common/fieldSpecs';
import { shortText } from '../common/shortText';
import { vendorDataField } from '../common/vendorData';

export const vendorData = vendorDataField();

export const fullName = shortText('Full Name', 'fullName', 'full_name', 'Nora Sample');

const address = group({
	label: 'Address',
	name: 'address',
	diditName: 'address',
	fields: [
		shortText('Country', 'country', 'country', 'ESP'),
		shortText('Postal Code', 'postalCode', 'post_code', '00001'),
		shortText('State', 'state', 'state', 'Example Region'),
		shortText('Street', 'street', 'street', '1 Example Street'),
		shortText('Town', 'town', 'town', 'Exampleton'),
	],
});

const institution = group({
	label: 'Institution',
	name: 'institution',
	diditName: 'institution_details',
	description: 'The bank or exchange of this party',
	fields: [
		shortText('Code', 'code', 'code', 'EXAMPLEXXX'),
		shortText('Name', 'name', 'name', 'Example Bank'),
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
		shortText('Issuing Country', 'issuingCountry', 'issuing_country', 'ESP'),
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
		}),
	],
});

/** Everything about a party but who it is. */
export const partyFields: FieldSpec[] = [
	address,
	dateOfBirthField(),
	json({ label: 'Device', name: 'device', diditName: 'device_context' }),
	choice({
		label: 'Entity Type',
		name: 'entityType',
		diditName: 'entity_type',
		options: [
			{ name: 'Company', value: 'company' },
			{ name: 'Individual', value: 'individual' },
		],
	}),
	shortText('First Name', 'firstName', 'first_name', 'Nora'),
	institution,
	shortText('Last Name', 'lastName', 'last_name', 'Sample'),
	paymentMethod,
];
