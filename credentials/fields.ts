// Where the requests of a Didit credential go.
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

export const PRODUCTION = {
	verificationUrl: 'https://verification.didit.me',
	authUrl: 'https://apx.didit.me',
};

/** Everything that a builder fills in for calls of Didit, without the token. Credentials with equal values are the same. */
export const OWN_FIELDS = [
	'authentication',
	'clientId',
	'clientSecret',
	'apiKey',
	'environment',
	'verificationUrl',
	'authUrl',
];

/** A field as the builder meant it: keys are often copied with a blank. */
export const text = (credential: ICredentialDataDecryptedObject, name: string) =>
	String(credential[name] ?? '').trim();

const FIELDS = { verificationUrl: 'Verification URL', authUrl: 'Authentication URL' };

/**
 * The addresses that a credential is for, without a trailing slash.
 * @throws Error for an address that is none
 */
export function diditHosts(credential: ICredentialDataDecryptedObject): {
	verificationUrl: string;
	authUrl: string;
} {
	if (credential.environment !== 'custom') return PRODUCTION;
	const url = (name: keyof typeof PRODUCTION) => {
		const address = (text(credential, name) || PRODUCTION[name]).replace(/\/+$/, '');
		if (!/^https?:\/\/[^\s/]+/.test(address)) {
			throw new Error(
				`'${FIELDS[name]}' of the Didit credential is not valid. Enter a full address, e.g. ${PRODUCTION[name]}`,
			);
		}
		return address;
	};
	return { verificationUrl: url('verificationUrl'), authUrl: url('authUrl') };
}
