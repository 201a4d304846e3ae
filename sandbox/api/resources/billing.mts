/** The account's credit. */
import { type Resource } from '../pipeline.mts';

export const billing: Resource = {
	version: 'v3',
	handlers: {
		'billing.balance': ({
			state: {
				settings: { balance, autoRefill },
			},
		}) => ({
			status: 200,
			body: {
				balance,
				auto_refill_enabled: autoRefill !== null,
				auto_refill_amount: autoRefill?.amount ?? null,
				auto_refill_threshold: autoRefill?.threshold ?? null,
			},
		}),
	},
};
