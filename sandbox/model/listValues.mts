/** Values of lists as Didit keeps them, so that whoever looks for one finds it however it is written. */
import { isIP } from 'node:net';
import { invalid } from './errors.mts';
import { type EntryType } from './listRecords.mts';

const ALPHA_3: Record<string, string> = {
	DE: 'DEU',
	ES: 'ESP',
	GB: 'GBR',
	IE: 'IRL',
	PL: 'POL',
	US: 'USA',
};

/** The value as Didit keeps it, or why it is none. Two-letter countries are known for the sandbox's people only. */
const NORMAL: Partial<
	Record<EntryType, { read: (value: string) => string | undefined; what: string }>
> = {
	email: {
		read: (value) => (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? value.toLowerCase() : undefined),
		what: 'email address',
	},
	phone: {
		read: (value) => {
			const number = value.replace(/[\s().-]/g, '');
			return /^\+[1-9]\d{6,14}$/.test(number) ? number : undefined;
		},
		what: 'international phone number',
	},
	ip_address: {
		read: (value) => {
			const [address, bits = '0'] = value.split('/');
			return isIP(address) && /^\d{1,3}$/.test(bits) ? value.toLowerCase() : undefined;
		},
		what: 'IP address or CIDR range',
	},
	device_fingerprint: {
		read: (value) => (/^[a-z0-9]{8,}$/i.test(value) ? value.toLowerCase() : undefined),
		what: 'device fingerprint',
	},
	country: {
		read: (value) => {
			const code = value.toUpperCase();
			return /^[A-Z]{3}$/.test(code) ? code : ALPHA_3[code];
		},
		what: 'ISO 3166-1 alpha-3 country code',
	},
};

/** @throws ApiError 400 for a value that does not fit the type */
export function normalized(entry_type: EntryType, value: string): string {
	const rule = NORMAL[entry_type];
	if (!rule) return value.trim().toLowerCase();
	const read = rule.read(value.trim());
	if (read === undefined) throw invalid({ value: [`Enter a valid ${rule.what}.`] });
	return read;
}
