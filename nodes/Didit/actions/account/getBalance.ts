// Account: Get Balance. Didit sends amounts as text; they come out as numbers, so that they can be compared.
import type { IDataObject } from 'n8n-workflow';
import { fields } from '../../json/read';
import { DiditError } from '../../transport/errors';
import type { Operation } from '../common/operation';
import { rawOutput } from '../common/privacy';

const amount = (value: unknown) =>
	value === null || value === undefined || value === '' ? null : Number(value);

export const getBalance: Operation = {
	option: {
		name: 'Get Balance',
		value: 'getBalance',
		action: 'Get balance of account',
	},
	about:
		'Returns balance (US dollars), auto_refill_enabled, auto_refill_amount, auto_refill_threshold.',
	effect: 'reads',
	fields: [],
	needs: 'apiKey',
	async execute(call) {
		const { body } = await call.request({ method: 'GET', path: '/v3/billing/balance/' });
		const sent = rawOutput(call, fields(body) as IDataObject);
		const balance = amount(sent.balance);
		if (balance === null || Number.isNaN(balance))
			throw new DiditError("Didit's response has no balance", 'Try again in a few minutes');
		const refill = {
			auto_refill_amount: amount(sent.auto_refill_amount),
			auto_refill_threshold: amount(sent.auto_refill_threshold),
		};
		return [{ json: { ...sent, balance, ...refill } }];
	},
};
