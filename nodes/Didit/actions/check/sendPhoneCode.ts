// Check: Send Phone Code. Didit sends a one-time code to a phone, which Check Phone Code compares.
import { choice } from '../common/fieldKinds';
import type { Operation } from '../common/operation';
import { simplify } from '../common/simplify';
import { charged, runCheck, vendorData } from './check';
import { CODE_OPTIONS, phoneNumber, sendBody, sentItem, signals } from './codes';

const channel = choice({
	label: 'Channel',
	name: 'channel',
	diditName: 'preferred_channel',
	options: [
		{ name: 'RCS', value: 'rcs' },
		{ name: 'SMS', value: 'sms' },
		{ name: 'Telegram', value: 'telegram' },
		{ name: 'Viber', value: 'viber' },
		{ name: 'Voice Call', value: 'voice' },
		{ name: 'WhatsApp', value: 'whatsapp' },
		{ name: 'Zalo', value: 'zalo' },
	],
	default: 'sms',
	description: "How to send the code. Didit uses SMS where another way isn't possible.",
});

export const sendPhoneCode: Operation = {
	option: {
		name: 'Send Phone Code',
		value: 'sendPhoneCode',
		action: 'Send phone code to check',
		description: 'Confirm who owns a phone number',
	},
	about:
		'Returns a check result with sent, reason, message (the status in words). Then ask for the code in a form page, and check it.',
	effect: 'creates',
	fields: [charged, phoneNumber, channel, vendorData, simplify],
	options: [...CODE_OPTIONS, signals],
	needs: 'apiKey',
	async execute(call) {
		const own = { ...call.body(phoneNumber, vendorData), ...call.optionsBody([signals]) };
		const options = { ...call.body(channel), ...call.optionsBody(CODE_OPTIONS) };
		const body = sendBody(own, options);
		return sentItem(call, await runCheck(call, { path: '/v3/phone/send/', body }, 'phone'));
	},
};
