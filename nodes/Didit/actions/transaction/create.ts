// Transaction: Create. Reports a payment; Didit's rules judge it before the response comes.
import { notice } from '../common/fieldKinds';
import type { Operation } from '../common/operation';
import { simplify, toOutputRow } from '../common/simplify';
import {
	additionalFields,
	amount,
	counterparty,
	createFields,
	currency,
	details,
	direction,
	subject,
	subjectFullName,
	subjectVendorData,
	transactionId,
} from './create.fields';
import { TRANSACTIONS, TRANSACTION_FIELDS, parseTransaction } from './transaction';

const charged = notice('Didit charges for each transaction', 'chargedNotice');

export const create: Operation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create transaction',
	},
	about:
		'Reports a payment to transaction monitoring (billed). Continue only with status APPROVED; IN_REVIEW waits for your team. Returns the transaction.',
	effect: 'creates',
	fields: [charged, ...createFields, simplify],
	needs: 'apiKey',
	forMany: true,
	async execute(call) {
		const body = {
			...call.body(transactionId),
			transaction_category: 'finance',
			transaction_details: { ...call.body(direction, amount, currency), ...call.read(details) },
			subject: { ...call.body(subjectVendorData, subjectFullName), ...call.read(subject) },
			...call.body(counterparty),
			...call.read(additionalFields),
		};
		// Didit takes each ID once, so a second request can't report the payment twice.
		const request = { method: 'POST', path: TRANSACTIONS.path, body, repeatable: true } as const;
		const answer = await call.request(request);
		return [{ json: toOutputRow(call, parseTransaction(answer.body), TRANSACTION_FIELDS) }];
	},
};
