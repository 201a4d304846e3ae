// Check: Send Email Code. Didit emails a one-time code, which Check Email Code compares.
import { toggle } from '../common/fieldKinds';
import type { Operation } from '../common/operation';
import { simplify } from '../common/simplify';
import { charged, runCheck, vendorData } from './check';
import { CODE_OPTIONS, emailAddress, sendBody, sentItem, signals } from './codes';

const letters = toggle({
	label: 'Code with Letters',
	name: 'codeWithLetters',
	diditName: 'alphanumeric_code',
	description: 'Whether the code has letters as well as digits',
});

const branding = toggle({
	label: 'Use Your Branding',
	name: 'branding',
	diditName: 'use_white_label_customization',
	description: 'Whether the email has the look that you set in the Didit console',
});

const OPTIONS = [...CODE_OPTIONS, letters, branding];

export const sendEmailCode: Operation = {
	option: {
		name: 'Send Email Code',
		value: 'sendEmailCode',
		action: 'Send email code to check',
		description: 'Confirm who owns an address',
	},
	about:
		'Returns a check result with sent, reason, message (the status in words). Then ask for the code in a form page, and check it.',
	effect: 'creates',
	fields: [charged, emailAddress, vendorData, simplify],
	options: [...OPTIONS, signals],
	needs: 'apiKey',
	async execute(call) {
		const own = {
			...call.body(emailAddress, vendorData),
			...call.optionsBody([signals]),
		};
		const body = sendBody(own, call.optionsBody(OPTIONS));
		return sentItem(call, await runCheck(call, { path: '/v3/email/send/', body }, 'email'));
	},
};
