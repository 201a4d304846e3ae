/** Codes by phone and by email: sent, and compared. */
import { type Answer, type Call, type Resource } from '../../pipeline.mts';
import { type Body, checkChargeable, frame } from '../../../model/checks/check.mts';
import { sendCode, tryCode } from '../../../model/checks/codes.mts';
import { type State } from '../../../model/state.mts';
import { warning } from '../../../model/warning.mts';

/** Ends of numbers and beginnings of addresses that stand for a kind. */
const IS = {
	blocked: /666$|^blocked@/,
	retry: /777$|^later@/,
	voip: /888$/,
	disposable: /999$|^disposable@/,
	breached: /^breached@/,
};

const MESSAGES: Record<string, string> = {
	Approved: 'The verification code is correct.',
	Declined: 'The verification code is correct, but the request was declined.',
	Failed: 'The verification code is incorrect.',
	'Expired or Not Found': 'The verification code has expired or was not found.',
};

function send(id: string, recipient: string, refusal: [status: string, reason: string]) {
	return ({ state, body }: Call): Answer => {
		const asked = body as Body;
		const to = String(asked[recipient]);
		checkChargeable(state);
		const { request_id, vendor_data, metadata } = frame(state, asked);
		const answer = (status: string, reason: string | null = null) => ({
			status: 200,
			body: { request_id, status, reason, vendor_data, metadata },
		});
		if (IS.blocked.test(to)) return answer(...refusal);
		sendCode(state, to);
		if (IS.retry.test(to)) return answer('Retry');
		state.charged.push(id);
		return answer('Success');
	};
}

interface Risk {
	is: RegExp;
	action: string;
	risk: string;
	text: string;
}

const PHONE_RISKS: Risk[] = [
	{ is: IS.voip, action: 'voip_number_action', risk: 'VOIP_NUMBER_DETECTED', text: 'VoIP number' },
	{
		is: IS.disposable,
		action: 'disposable_number_action',
		risk: 'DISPOSABLE_NUMBER_DETECTED',
		text: 'Disposable number',
	},
];
const EMAIL_RISKS: Risk[] = [
	{
		is: IS.breached,
		action: 'breached_email_action',
		risk: 'BREACHED_EMAIL_DETECTED',
		text: 'Address in a data breach',
	},
	{
		is: IS.disposable,
		action: 'disposable_email_action',
		risk: 'DISPOSABLE_EMAIL_DETECTED',
		text: 'Disposable address',
	},
];

const phoneReport = (number: string) => ({
	full_number: number,
	country_code: number.startsWith('+34') ? 'ES' : 'US',
	carrier: { name: 'Invented Mobile', type: IS.voip.test(number) ? 'voip' : 'mobile' },
	is_disposable: IS.disposable.test(number),
	is_virtual: IS.voip.test(number),
});
const emailReport = (address: string) => ({
	email: address,
	is_breached: IS.breached.test(address),
	breaches: [],
	is_disposable: IS.disposable.test(address),
	is_undeliverable: false,
});

function report(state: State, asked: Body, to: string, feature: 'phone' | 'email') {
	const risks = feature === 'phone' ? PHONE_RISKS : EMAIL_RISKS;
	const found = risks.filter(({ is }) => is.test(to));
	const declines = ({ action }: Risk) => asked[action] === 'DECLINE';
	const status = found.some(declines) ? 'Declined' : 'Approved';
	const warnings = found.map((one) =>
		warning(feature.toUpperCase(), one.risk, declines(one) ? 'Declined' : 'None', one.text),
	);
	const own = feature === 'phone' ? phoneReport(to) : emailReport(to);
	const attempts = state.codes.get(to)?.attempts ?? 1;
	return { status, ...own, verification_attempts: attempts, lifecycle: [], matches: [], warnings };
}

function compare(recipient: string, feature: 'phone' | 'email') {
	return ({ state, body }: Call): Answer => {
		const asked = body as Body;
		const to = String(asked[recipient]);
		const outcome = tryCode(state, to, String(asked.code));
		const about = outcome === 'right' ? report(state, asked, to, feature) : null;
		const status = about?.status ?? outcome;
		return {
			status: 200,
			body: {
				...frame(state, asked),
				status,
				message: MESSAGES[status],
				...(outcome !== 'Expired or Not Found' && { [feature]: about }),
			},
		};
	};
}

export const codes: Resource = {
	version: 'v3',
	handlers: {
		'check.phoneSend': send('check.phoneSend', 'phone_number', ['Blocked', 'suspicious']),
		'check.phoneCheck': compare('phone_number', 'phone'),
		'check.emailSend': send('check.emailSend', 'email', [
			'Undeliverable',
			'email_can_not_be_delivered',
		]),
		'check.emailCheck': compare('email', 'email'),
	},
};
