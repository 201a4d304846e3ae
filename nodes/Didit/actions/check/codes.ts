// What the one-time codes by phone and by email share: fields, and what Didit's statuses mean in words.
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { firstText, text as textOf } from '../../json/read';
import type { Fields } from '../../json/read';
import { atMost, clean, refuse } from '../common/checks';
import {
	email as emailCheck,
	ipAddress,
	phone as phoneCheck,
	westernDigits,
} from '../common/contactChecks';
import { group, number, ownId, text } from '../common/fieldKinds';
import type { ItemCall } from '../common/itemCall';
import { language } from '../common/languages';
import { shortText } from '../common/shortText';
import { checkItem } from './check';

export const phoneNumber = text({
	label: 'Phone Number',
	name: 'phoneNumber',
	diditName: 'phone_number',
	required: true,
	ask: 'Enter the number with its country code, e.g. +34 600 000 000',
	check: phoneCheck,
	example: '+34 600 000 000',
	description: 'With the country code, e.g. +34 600 000 000',
});

export const emailAddress = text({
	label: 'Email',
	name: 'email',
	diditName: 'email',
	required: true,
	ask: 'Enter the address',
	check: emailCheck,
	example: 'name@example.com',
});

/** @param pattern of a code without white space, which people type between its parts */
export const codeField = (pattern: RegExp, expected: string) =>
	ownId({
		label: 'Code',
		name: 'code',
		diditName: 'code',
		required: true,
		ask: 'Enter the code that the person got',
		example: '123456',
		description: 'As text: a number would lose its leading zeros',
		check(value, field) {
			const code = westernDigits(clean(value, field, 100, expected)).replace(/[\s-]/g, '');
			return pattern.test(code) ? code : refuse(field, expected);
		},
	});

const codeLength = number({
	label: 'Code Length',
	name: 'codeLength',
	diditName: 'code_size',
	least: 4,
	most: 8,
	default: 6,
});

const codeLanguage = text({
	label: 'Language',
	name: 'language',
	diditName: 'locale',
	check: language,
	example: 'es',
	description: 'Of the message',
});

export const CODE_OPTIONS = [codeLength, codeLanguage];

export const signals = group({
	label: 'Device',
	name: 'device',
	diditName: 'signals',
	description: 'Helps Didit recognize fraud',
	fields: [
		ownId({
			label: 'Device ID',
			name: 'deviceId',
			diditName: 'device_id',
			check: atMost(255),
			example: '8F0B8FDD-C2CB-4387',
		}),
		text({
			label: 'IP Address',
			name: 'ipAddress',
			diditName: 'ip',
			check: ipAddress,
			example: '203.0.113.7',
		}),
		shortText('User Agent', 'userAgent', 'user_agent', 'Mozilla/5.0', 512),
	],
});

/** What a status means, and what to do about it. From Didit's pages about phone and email verification. */
const MEANINGS: Record<string, string> = {
	Success:
		'The code is on its way. It works for 5 minutes and can be tried 3 times. Didit sends 4 codes an hour to one recipient at most.',
	Retry:
		'Didit asks to wait, and a code may already be on its way. If none has come in half a minute, send another one.',
	Blocked: 'Didit blocks this recipient and has sent nothing. Ask for another one.',
	Undeliverable: "This address can't get email, and nothing was sent. Ask for another one.",
	Approved: 'The code is right.',
	Declined: "The code is right, but something else isn't: see the warnings.",
	Failed: 'The code is wrong. After 3 wrong ones, send another code.',
	'Expired or Not Found':
		'There is no code to compare with: it is older than 5 minutes, was tried 3 times, or went to someone else. Send another one.',
};

const meaningOf = (answer: Fields) =>
	MEANINGS[String(answer.status)] ?? firstText(answer.message, answer.reason);

/** The body of a request for a code. */
export const sendBody = (own: IDataObject, options: IDataObject): IDataObject => ({
	...own,
	...(Object.keys(options).length > 0 && { options }),
});

export function sentItem(call: ItemCall, answer: Fields): INodeExecutionData[] {
	return checkItem(call, answer, '', () => ({
		sent: answer.status === 'Success',
		reason: textOf(answer.reason),
		message: meaningOf(answer),
	}));
}

export function codeItem(
	call: ItemCall,
	answer: Fields,
	feature: 'phone' | 'email',
	read: (block: Fields) => Fields,
): INodeExecutionData[] {
	return checkItem(call, answer, feature, (block) => ({
		message: meaningOf(answer),
		...read(block),
		total_matches: Array.isArray(block.matches) ? block.matches.length : 0,
	}));
}
