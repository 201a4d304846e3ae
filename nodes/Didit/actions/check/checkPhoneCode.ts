// Check: Check Phone Code. Whether the code that someone entered is the one that Didit sent to the phone.
import { fields, firstText, text } from '../../json/read';
import type { Operation } from '../common/operation';
import { simplify } from '../common/simplify';
import { maybeCharged, runCheck } from './check';
import { codeField, codeItem, phoneNumber } from './codes';
import { declineFor, riskBody } from './risks';

const code = codeField(/^\d{4,8}$/, 'a code of 4 to 8 digits');

const declines = declineFor({
	disposable_number_action: 'Disposable Number',
	duplicated_phone_number_action: 'Number of Another User',
	voip_number_action: 'VoIP Number',
});

export const checkPhoneCode: Operation = {
	option: {
		name: 'Check Phone Code',
		value: 'checkPhoneCode',
		action: 'Check phone code',
		description: 'Check the code, and look at the number behind it',
	},
	about:
		'A wrong code is a result too, not an error. Returns a check result with message (the status in words), country_code, carrier, line_type, is_disposable, is_virtual, total_matches.',
	effect: 'creates',
	fields: [maybeCharged, phoneNumber, code, simplify],
	options: [declines],
	needs: 'apiKey',
	async execute(call) {
		const body = { ...call.body(phoneNumber, code), ...riskBody(call, declines) };
		const answer = await runCheck(call, { path: '/v3/phone/check/', body }, 'phone');
		return codeItem(call, answer, 'phone', (phone) => ({
			country_code: text(phone.country_code),
			carrier: firstText(fields(phone.carrier).name, phone.carrier_name),
			line_type: firstText(fields(phone.carrier).type, phone.line_type),
			is_disposable: phone.is_disposable === true,
			is_virtual: phone.is_virtual === true,
		}));
	},
};
