// Transaction: Get.
import { uuid } from '../common/checks';
import { locator } from '../common/locator';
import type { Operation } from '../common/operation';
import { simplify, toOutputRow } from '../common/simplify';
import { TRANSACTIONS, TRANSACTION_FIELDS, parseTransaction } from './transaction';

const transaction = locator({
	label: 'Transaction',
	name: 'transactionUuid',
	searchListMethod: 'searchTransactions',
	by: 'By UUID',
	example: '11111111-2222-4333-8444-555555555555',
	default: { mode: 'id', value: '={{ $json.uuid }}' },
	required: true,
	ask: 'Choose a transaction from the list, or enter its UUID',
	check: uuid,
	description: "Didit's own ID: the uuid from Create, or the transaction_id of an event",
});

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get transaction',
	},
	about: 'Returns the transaction.',
	effect: 'reads',
	fields: [transaction, simplify],
	needs: 'apiKey',
	forMany: true,
	async execute(call) {
		const path = `${TRANSACTIONS.path}${call.need(transaction)}/`;
		const { body } = await call.request({ method: 'GET', path });
		return [{ json: toOutputRow(call, parseTransaction(body), TRANSACTION_FIELDS) }];
	},
};
