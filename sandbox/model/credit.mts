/** What an account without credit cannot do. Didit's own sandbox is never billed; here it is a setting, to see what happens. */
import { ApiError, detail } from './errors.mts';
import { type State } from './state.mts';

export const hasCredit = ({ settings }: State) => Number(settings.balance) > 0;

/** @throws ApiError 400, or 403 as under a contract, when the balance is used up (docs.didit.me/integration/api-errors). */
export function checkCredit(state: State): void {
	if (hasCredit(state)) return;
	if (state.settings.noCreditStatus === 400)
		throw detail(
			400,
			"You don't have enough credits to perform this request. Please top up at https://business.didit.me",
		);
	throw new ApiError(403, {
		detail: 'Paid services are suspended for this organization.',
		code: 'contract_billing_suspended',
	});
}
