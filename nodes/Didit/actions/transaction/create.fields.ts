// The fields of Transaction: Create.
import { InputError } from '../../transport/errors';
import { amount as isAmount } from '../common/amount';
import { atMost, clean, dateTime, refuse } from '../common/checks';
import type { Check } from '../common/checks';
import { choice, group, json, ownId, text, toggle } from '../common/fieldKinds';
import { requiredField } from '../common/fieldSpecs';
import { fullName, partyFields, vendorData } from './party';

export const transactionId = ownId({
	label: 'Transaction ID',
	name: 'transactionId',
	diditName: 'transaction_id',
	check: atMost(128),
	required: true,
	ask: 'Enter your own ID for the payment',
	example: 'order-1042',
	description: 'Your own ID for the payment. Didit takes each only once.',
});

export const direction = choice({
	label: 'Direction',
	name: 'direction',
	diditName: 'direction',
	options: [
		{ name: 'Inbound', value: 'inbound', description: 'The subject receives' },
		{ name: 'Outbound', value: 'outbound', description: 'The subject pays' },
	],
	default: 'outbound',
	description: 'Outbound: the subject, your customer, pays. Inbound: they receive.',
});

export const amount = text({
	label: 'Amount',
	name: 'amount',
	diditName: 'amount',
	check: isAmount,
	required: true,
	ask: 'Enter the amount',
	example: '1500.50',
	description: 'Sent digit for digit. Map it as text if it can have more than 15 digits.',
});

const currencyCode: Check = (value, field) => {
	const expected = 'a currency code, e.g. EUR or BTC';
	const code = clean(value, field, 12, expected).toUpperCase();
	return /^[A-Z0-9]{2,12}$/.test(code) ? code : refuse(field, expected);
};

export const currency = text({
	label: 'Currency',
	name: 'currency',
	diditName: 'currency',
	check: currencyCode,
	required: true,
	ask: 'Enter the currency of the amount',
	example: 'EUR',
});

export const subjectVendorData = requiredField(vendorData, 'Enter your own ID');
export const subjectFullName = requiredField(fullName, 'Enter the name');

export const subject = group({
	label: 'Subject Details',
	name: 'subject',
	diditName: 'subject',
	description: 'More about the person or business above, your customer',
	fields: partyFields,
});

export const counterparty = group({
	label: 'Counterparty',
	name: 'counterparty',
	diditName: 'counterparty',
	description: 'The other side of the payment',
	fields: [...partyFields, vendorData, fullName],
});

export const details = group({
	label: 'Payment Details',
	name: 'paymentDetails',
	diditName: 'transaction_details',
	fields: [
		text({
			label: 'Action Type',
			name: 'actionType',
			diditName: 'action_type',
			example: 'withdrawal',
			description: 'Your own word for it, for rules',
		}),
		choice({
			label: 'Currency Kind',
			name: 'currencyKind',
			diditName: 'currency_kind',
			options: [
				{ name: 'Crypto', value: 'crypto' },
				{ name: 'Fiat', value: 'fiat' },
			],
		}),
		text({ label: 'Description', name: 'description', diditName: 'payment_details' }),
		ownId({
			label: 'Reference',
			name: 'reference',
			diditName: 'payment_reference_id',
			description: 'For crypto, the transaction hash',
		}),
	],
});

export const additionalFields = group({
	label: 'Additional Fields',
	name: 'additionalFields',
	fields: [
		choice({
			label: 'Category',
			name: 'category',
			diditName: 'transaction_category',
			options: [
				{ name: 'Audit Trail Event', value: 'audit_trail_event' },
				{ name: 'Finance', value: 'finance' },
				{ name: 'Gambling Bet', value: 'gambling_bet' },
				{ name: 'Gambling Bonus Change', value: 'gambling_bonus_change' },
				{ name: 'Gambling Limit Change', value: 'gambling_limit_change' },
				{ name: 'KYC', value: 'kyc' },
				{ name: 'Travel Rule', value: 'travel_rule' },
				{ name: 'User Event', value: 'user_event' },
			],
			description: 'Which rules apply. Defaults to Finance.',
		}),
		toggle({
			label: 'Crypto Screening',
			name: 'cryptoScreening',
			diditName: 'include_crypto_screening',
			description: 'Whether to screen wallets and transfers, which Didit bills separately',
		}),
		json({ label: 'Custom Properties', name: 'customProperties', diditName: 'custom_properties' }),
		json({ label: 'Network Snapshot', name: 'networkSnapshot', diditName: 'network_snapshot' }),
		text({
			label: 'Time',
			name: 'time',
			diditName: 'transaction_at',
			type: 'dateTime',
			check: dateTime,
			description: 'When the payment was made. Defaults to now.',
		}),
		text({
			label: 'Time Zone',
			name: 'timeZone',
			diditName: 'time_zone',
			check: atMost(64),
			example: 'Europe/Madrid',
		}),
		json({
			label: 'Travel Rule Details',
			name: 'travelRule',
			diditName: 'travel_rule_details',
			check({ status }) {
				if (typeof status === 'string') return;
				throw new InputError("'Travel Rule Details' has no status", 'Add "status" to the JSON');
			},
		}),
	],
});

export const createFields = [
	transactionId,
	direction,
	amount,
	currency,
	subjectVendorData,
	subjectFullName,
	subject,
	counterparty,
	details,
	additionalFields,
];
