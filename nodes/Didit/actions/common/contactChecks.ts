// Checks of how a person is reached: email, phone, IP address. People write these in many ways, and what is meant is sent, or
// refused in plain words where it could be two things.
import { isPublicHost } from '../../transport/publicHost';
import { clean, refuse } from './checks';
import type { Field } from './values';

const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const DOMAIN_LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
const LONGEST_EMAIL = 254;

/** A domain in the form that the mail system uses, in which letters of other scripts are spelled out. */
function asciiDomain(domain: string): string {
	if (/^[\x21-\x7e]*$/.test(domain)) return domain;
	try {
		return new URL(`http://${domain}`).hostname;
	} catch {
		return '';
	}
}

/** The address in `Nora <nora@example.com>` or a mailto link. */
function bareEmail(given: string): string {
	const open = given.endsWith('>') ? given.lastIndexOf('<') : -1;
	const inside = (open < 0 ? given : given.slice(open + 1, -1)).trim();
	const name = given.slice(0, Math.max(0, open)).replace(/["']/g, '').trim();
	// More than one address: it is anybody's guess which one is meant.
	if (/[<>@]/.test(name) && name.toLowerCase() !== inside.toLowerCase()) return '';
	return /^mailto:/i.test(inside) ? decoded(inside.slice('mailto:'.length)) : inside;
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return '';
	}
}

export function email(value: string, field: Field): string {
	const expected = 'an email address, e.g. name@example.com';
	const given = bareEmail(clean(value, field, 2 * LONGEST_EMAIL, expected));
	const at = given.lastIndexOf('@');
	const local = given.slice(0, Math.max(0, at));
	const written = given.slice(at + 1).replace(/\.$/, '');
	// What an address of a website would read as something else than a name.
	const domain = /[/:?#\\@[\]%]/.test(written) ? '' : asciiDomain(written);
	const labels = domain.split('.');
	const isDomain =
		labels.length > 1 &&
		labels.every((label) => DOMAIN_LABEL.test(label)) &&
		!/^\d+$/.test(labels[labels.length - 1]);
	const address = `${local}@${domain}`;
	if (!isDomain || !LOCAL_PART.test(local) || address.length > LONGEST_EMAIL) {
		refuse(field, expected);
	}
	return address;
}

/** The zeros of the scripts in which people write numbers; the other digits follow in order. */
const ZEROS = [
	...[0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6],
	...[0x0d66, 0x0de6, 0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x17e0, 0x1810],
];

/** Digits of other scripts, and the wide letters and marks of Japanese keyboards, as on any other keyboard. */
export const westernDigits = (text: string) =>
	text
		.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
		.replace(/\p{Nd}/gu, (digit) => {
			const code = digit.charCodeAt(0);
			const zero = ZEROS.find((first) => code >= first && code < first + 10);
			return zero === undefined ? digit : String(code - zero);
		});

/** Country codes of one and two digits, from ITU-T E.164. All others have three. */
const COUNTRY_CODE = /^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[2-9]\d\d)/;

/** Countries whose numbers can begin with 0, so that a 0 behind the code can belong to the number: Italy, San Marino, Vatican,
 * and Ivory Coast, Burkina Faso, Benin, Gabon, Congo. */
const KEEPS_ZERO = ['39', '378', '379', '225', '226', '229', '241', '242'];

/** @param digits after the plus; a 0 in parentheses is a `z` */
function withoutTrunkZero(digits: string, field: Field): string {
	const code = COUNTRY_CODE.exec(digits)?.[0] ?? '';
	const national = digits.slice(code.length);
	if (!/^[z0]/.test(national) || (KEEPS_ZERO.includes(code) && national[0] === '0')) return digits;
	// A 0 in parentheses is only for calls within the country. One without them could be a slip as well.
	if (national[0] === 'z' && !KEEPS_ZERO.includes(code) && !/^z[z0]/.test(national)) {
		return code + national.slice(1);
	}
	return refuse(
		field,
		'the phone number without the 0 after the country code, e.g. +34 600 000 000',
	);
}

/** An extension in parentheses, or another number behind a slash. In Germany a slash stands behind the area code. */
const HAS_MORE = /[([]\d{1,4}[)\]]$|^\+?(?:[()[\]]*[\dz]){8,}[()[\]]*\//;

export function phone(value: string, field: Field): string {
	const expected = 'a phone number with the country code, e.g. +34 600 000 000';
	const given = westernDigits(clean(value, field, 60, expected)).replace(
		/^(?:tel|sms|whatsapp):/i,
		'',
	);
	const written = given
		.replace(/[([]\s*0\s*[)\]]/g, 'z')
		.replace(/[\s.\p{Pd}\u2212]/gu, '')
		.replace(/^00/, '+');
	if (/(ext|x|#|;)/i.test(given) || HAS_MORE.test(written)) {
		refuse(field, 'one phone number, without an extension');
	}
	const number = written.replace(/[()[\]/]/g, '').replace(/^00/, '+');
	if (!/^\+[1-9][\dz]*$/.test(number)) refuse(field, expected);
	const plain = `+${withoutTrunkZero(number.slice(1), field)}`;
	if (!/^\+[1-9]\d{5,14}$/.test(plain)) refuse(field, expected);
	return plain;
}

function isIpV4(address: string): boolean {
	const parts = address.split('.');
	return (
		parts.length === 4 &&
		parts.every(
			(part) => /^\d{1,3}$/.test(part) && Number(part) <= 255 && part === String(Number(part)),
		)
	);
}

/** As `URL` gives it, in brackets; undefined for what is none. */
function ipV6Host(address: string): string | undefined {
	if (!/^[0-9a-f:.]+$/i.test(address)) return undefined;
	try {
		return new URL(`http://[${address}]/`).hostname;
	} catch {
		return undefined;
	}
}

/** One entry of a list of forwarded addresses, without brackets, port, zone and the prefix of an IPv4 address in IPv6. */
function bareAddress(entry: string): string {
	const stated = /(?:^|;)\s*for=([^;]*)/i.exec(entry)?.[1] ?? entry;
	const text = stated.trim().replace(/^"|"$/g, '');
	const inBrackets = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(text)?.[1] ?? text;
	const withoutPort = /^(\d[\d.]*):\d{1,5}$/.exec(inBrackets)?.[1] ?? inBrackets;
	return withoutPort.split('%', 1)[0].replace(/^::ffff:(?=\d+\.)/i, '');
}

/** Proxies write these for an address that they don't know or don't tell. */
const isUntold = (entry: string) => entry === '' || /^(unknown|_[\w.-]+)(:[\w.-]+)?$/i.test(entry);

/** An address, or the list that proxies make of it: the first public one is the person's. */
export function ipAddress(value: string, field: Field): string {
	const expected = 'an IP address, e.g. 203.0.113.7';
	const entries = clean(value, field, 1000, expected)
		.split(',')
		.map(bareAddress)
		.filter((entry) => !isUntold(entry))
		.map((address) => ({ address, host: isIpV4(address) ? address : ipV6Host(address) }));
	if (entries.length === 0 || !entries.every(({ host }) => host)) refuse(field, expected);
	return (entries.find(({ host }) => isPublicHost(host ?? '')) ?? entries[0]).address;
}
