/** Payments that were reported. A few simple rules judge them; a console user can change the verdict. */
import { randomUUID } from 'node:crypto';
import { invalid, notFound } from './errors.mts';
import { isBlocked } from './lists.mts';
import { iso, now, type State, tell } from './state.mts';
import {
	TRANSACTION_STATUSES,
	type TransactionRecord,
	type TransactionRequest,
	type TransactionStatus,
} from './transactionRecords.mts';
import { isVendorBlocked } from './vendorRecords.mts';

const REVIEW_FROM = 10_000;
const DECLINE_FROM = 50_000;

type Verdict = Pick<TransactionRecord, 'status' | 'score' | 'reason'>;

function judge(state: State, { subject, counterparty, ...request }: TransactionRequest): Verdict {
	const wanted = request.custom_properties?.sandbox_status as TransactionStatus;
	const amount = Number(request.transaction_details.amount);
	const parties = [subject, ...(counterparty ? [counterparty] : [])];
	const blocked = parties.some(
		({ vendor_data, payment_method }) =>
			isVendorBlocked(state, 'user', vendor_data) ||
			isVendorBlocked(state, 'business', vendor_data) ||
			isBlocked(state, 'wallet_address', payment_method?.account_id) ||
			isBlocked(state, 'bank_account', payment_method?.account_id),
	);
	const by = (status: TransactionStatus, score: number, code: string, label: string): Verdict => ({
		status,
		score,
		reason: { code, label },
	});
	if (TRANSACTION_STATUSES.includes(wanted))
		return by(wanted, 50, 'SANDBOX', 'Chosen by the request');
	if (blocked) return by('DECLINED', 100, 'BLOCKLISTED', 'A party is on a block list');
	if (amount >= DECLINE_FROM) return by('DECLINED', 90, 'AMOUNT_LIMIT', 'Amount above the limit');
	if (amount >= REVIEW_FROM) return by('IN_REVIEW', 65, 'LARGE_AMOUNT', 'Large amount');
	return { status: 'APPROVED', score: 0, reason: null };
}

/** The fields of an event about what has just happened to it. */
function eventFields(state: State, { uuid, request, amount, status, score }: TransactionRecord) {
	const { subject, counterparty, transaction_details: details } = request;
	return {
		transaction_id: uuid,
		txn_id: request.transaction_id,
		status,
		score,
		direction: directionOf(details.direction),
		amount,
		currency: details.currency,
		amount_in_default_currency: amount,
		default_currency_code: details.currency,
		applicant_vendor_data: subject.vendor_data ?? null,
		counterparty_vendor_data: counterparty?.vendor_data ?? null,
		rules_matched_count: status === 'APPROVED' ? 0 : 1,
		changed_at: iso(now(state)),
	};
}

export const directionOf = (direction: string) =>
	direction.startsWith('in') ? 'INBOUND' : 'OUTBOUND';

/** @throws ApiError 400 for an ID that was used before */
export function createTransaction(state: State, request: TransactionRequest): TransactionRecord {
	if (
		state.transactions.some(
			({ request: { transaction_id } }) => transaction_id === request.transaction_id,
		)
	)
		throw invalid({ transaction_id: ['A transaction with this transaction_id already exists.'] });
	const transaction: TransactionRecord = {
		uuid: randomUUID(),
		transaction_number: state.transactions.length + 1,
		request,
		amount: String(request.transaction_details.amount),
		...judge(state, request),
		created_at: iso(now(state)),
	};
	state.transactions.push(transaction);
	tell(state, {
		about: 'transaction',
		type: 'transaction.created',
		fields: {
			...eventFields(state, transaction),
			previous_status: null,
			reason: null,
			actor: null,
		},
	});
	return transaction;
}

/** @throws ApiError 404 for an unknown ID */
export function findTransaction(state: State, uuid: string): TransactionRecord {
	const found = state.transactions.find((transaction) => transaction.uuid === uuid);
	if (!found) throw notFound();
	return found;
}

/** As an analyst does it in the console. */
export function decideTransaction(
	state: State,
	uuid: string,
	status: TransactionStatus,
): TransactionRecord {
	const transaction = findTransaction(state, uuid);
	const { status: previous_status } = transaction;
	Object.assign(transaction, { status });
	if (status !== previous_status)
		tell(state, {
			about: 'transaction',
			type: 'transaction.status.updated',
			fields: {
				...eventFields(state, transaction),
				previous_status,
				reason: `analyst_${status.toLowerCase()}`,
				actor: 'Sandbox',
			},
		});
	return transaction;
}
