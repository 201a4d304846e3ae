// Check: Check Email Code. Whether the code that someone entered is the one that Didit emailed.
import type { Operation } from '../common/operation';
import { simplify } from '../common/simplify';
import { maybeCharged, runCheck } from './check';
import { codeField, codeItem, emailAddress } from './codes';
import { declineFor, riskBody } from './risks';

const code = codeField(/^[A-Za-z0-9]{4,10}$/, 'a code of 4 to 10 letters and digits');

const declines = declineFor({
	breached_email_action: 'Address in a Data Breach',
	duplicated_email_action: 'Address of Another User',
	disposable_email_action: 'Disposable Address',
});

export const checkEmailCode: Operation = {
	option: {
		name: 'Check Email Code',
		value: 'checkEmailCode',
		action: 'Check email code',
		description: 'Check the code, and look at the address behind it',
	},
	about:
		'Returns a check result with message (the status in words), is_breached, is_disposable, is_undeliverable, total_matches.',
	effect: 'creates',
	fields: [maybeCharged, emailAddress, code, simplify],
	options: [declines],
	needs: 'apiKey',
	async execute(call) {
		const body = { ...call.body(emailAddress, code), ...riskBody(call, declines) };
		const answer = await runCheck(call, { path: '/v3/email/check/', body }, 'email');
		return codeItem(call, answer, 'email', (email) => ({
			is_breached: email.is_breached === true,
			is_disposable: email.is_disposable === true,
			is_undeliverable: email.is_undeliverable === true,
		}));
	},
};
