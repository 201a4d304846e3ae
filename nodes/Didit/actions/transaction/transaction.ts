// What the operations on transactions share. Amounts are text in every response, and stay so.
import type { IDataObject } from 'n8n-workflow';
import { isFields } from '../../json/read';
import { DiditError } from '../../transport/errors';
import type { List } from '../../transport/pages';

export const TRANSACTIONS: List = { path: '/v3/transactions/', id: 'uuid' };

/** Of a whole transaction and of a row in the list. */
const BOTH = [
	'uuid',
	'txn_id',
	'status',
	'score',
	'severity',
	'decision_reason_code',
	'decision_reason_label',
	'direction',
	'amount',
	'currency',
	'transaction_type',
	'action_type',
	'payment_details',
	'txn_date',
];

export const TRANSACTION_FIELDS = [
	...BOTH,
	'vendor_data',
	'amount_in_default_currency',
	'default_currency_code',
	'action_required',
];

export const ROW_FIELDS = [
	...BOTH,
	'subject_name',
	'subject_vendor_data',
	'counterparty_name',
	'counterparty_vendor_data',
	'created_at',
];

/** @throws DiditError if Didit's response is not a transaction */
export function parseTransaction(body: unknown): IDataObject {
	if (isFields(body) && typeof body.uuid === 'string' && typeof body.status === 'string')
		return body as IDataObject;
	throw new DiditError(
		"Didit's response is not a transaction",
		'Look for it in the Didit console before you run this item again',
	);
}
