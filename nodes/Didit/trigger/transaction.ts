// The fields of a simplified event about a transaction (docs.didit.me, transaction-monitoring/webhooks). Amounts stay as Didit
// sends them.
import type { IDataObject } from 'n8n-workflow';
import { pick } from '../json/read';

export const TRANSACTION_EVENT = [
	'transaction_id',
	'txn_id',
	'status',
	'previous_status',
	'score',
	'direction',
	'amount',
	'currency',
	'amount_in_default_currency',
	'default_currency_code',
	'applicant_vendor_data',
	'counterparty_vendor_data',
	'rules_matched_count',
	'reason',
	'actor',
	'changed_at',
];

/** Null where Didit sends none, so that every item has the same fields. */
export const transactionFields = (payload: IDataObject): IDataObject =>
	pick(payload, TRANSACTION_EVENT) as IDataObject;
