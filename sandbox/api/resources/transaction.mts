/** Transactions: reported, read, listed. Nothing in the API changes one. */
import { createTransaction, directionOf, findTransaction } from '../../model/transactions.mts';
import {
	type TransactionRecord,
	type TransactionRequest,
} from '../../model/transactionRecords.mts';
import { type State } from '../../model/state.mts';
import { capped, page } from '../paging.mts';
import { type Resource } from '../pipeline.mts';

const severity = (score: number) => (score >= 90 ? 'CRITICAL' : score >= 50 ? 'HIGH' : 'LOW');

/** What the whole transaction and its row in the list have in common. */
function common({
	uuid,
	transaction_number,
	request,
	amount,
	status,
	score,
	reason,
	created_at,
}: TransactionRecord) {
	const { transaction_details: details } = request;
	return {
		uuid,
		transaction_number,
		txn_id: request.transaction_id,
		txn_date: request.transaction_at ?? created_at,
		transaction_type: request.transaction_category,
		action_type: details.action_type ?? null,
		status,
		direction: directionOf(details.direction),
		amount,
		currency: details.currency,
		preferred_currency_amount: amount,
		preferred_currency_code: details.currency,
		payment_details: details.payment_details ?? null,
		score,
		severity: severity(score),
		decision_reason_code: reason?.code ?? null,
		decision_reason_label: reason?.label ?? null,
		tags: [],
		created_at,
	};
}

function row(transaction: TransactionRecord) {
	const { subject, counterparty } = transaction.request;
	return {
		...common(transaction),
		subject_name: subject.full_name ?? null,
		subject_vendor_data: subject.vendor_data ?? null,
		subject_country: subject.address?.country ?? null,
		counterparty_name: counterparty?.full_name ?? null,
		counterparty_vendor_data: counterparty?.vendor_data ?? null,
		counterparty_country: counterparty?.address?.country ?? null,
		assigned_to_name: null,
	};
}

function whole(state: State, transaction: TransactionRecord) {
	const { request, amount, status } = transaction;
	const { transaction_details: details, subject, counterparty } = request;
	const link = `${state.publicUrl}/sandbox/transactions/${transaction.uuid}`;
	return {
		...common(transaction),
		environment: 'sandbox',
		zone_id: request.time_zone ?? null,
		source: 'LIVE',
		currency_type: details.currency_kind ?? null,
		amount_in_default_currency: amount,
		default_currency_code: details.currency,
		payment_txn_id: details.payment_reference_id ?? null,
		vendor_data: subject.vendor_data ?? null,
		metadata: {},
		props: request.custom_properties ?? {},
		parties: [
			{ role: 'APPLICANT', kind: 'USER', ...subject },
			...(counterparty ? [{ role: 'COUNTERPARTY', kind: 'EXTERNAL', ...counterparty }] : []),
		],
		rule_runs: [],
		alerts: [],
		provider_results: [],
		travel_rule: null,
		action_required: status === 'AWAITING_USER' ? { type: 'verification', url: link } : null,
	};
}

export const transactions: Resource = {
	version: 'v3',
	handlers: {
		'transaction.create': ({ state, body }) => ({
			status: 201,
			body: whole(state, createTransaction(state, body as TransactionRequest)),
		}),
		'transaction.get': ({ state, params }) => ({
			status: 200,
			body: whole(state, findTransaction(state, params.transaction_id)),
		}),
		'transaction.list': ({ state, query }) => {
			const found = page(state, '/v3/transactions/', query, state.transactions.toReversed(), row);
			return { status: 200, body: { ...capped(found), total_transactions: found.count } };
		},
	},
};
