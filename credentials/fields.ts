// Reads the credential: where its requests go, what is secret in it, and what tells two of them apart.
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

type Credential = ICredentialDataDecryptedObject;

export const PRODUCTION = {
	verificationUrl: 'https://verification.didit.me',
	authUrl: 'https://apx.didit.me',
};

/** Everything that a builder fills in for calls of Didit, without the token. */
export const OWN_FIELDS = [
	'authentication',
	'clientId',
	'clientSecret',
	'apiKey',
	'environment',
	'verificationUrl',
	'authUrl',
];

const SECRET_FIELDS = ['clientSecret', 'apiKey', 'accessToken', 'webhookSecret'];

/** A field as the builder meant it: keys are often copied with a blank. */
export const fieldText = (credential: Credential, name: string) =>
	String(credential[name] ?? '').trim();

/** Equal for credentials that do the same. */
export const identityOf = (credential: Credential) =>
	JSON.stringify(OWN_FIELDS.map((name) => credential[name] ?? ''));

export const authenticationOf = ({ authentication }: Credential) =>
	authentication === 'apiKey' ? 'apiKey' : 'clientCredentials';

export const isCustomEnvironment = ({ environment }: Credential) => environment === 'custom';

/** What must not be shown to anyone. */
export const secretsOf = (credential: Credential) =>
	SECRET_FIELDS.map((name) => fieldText(credential, name)).filter((secret) => secret !== '');

const LABELS = { verificationUrl: 'Verification URL', authUrl: 'Authentication URL' };

/** Without a pattern: one that looks for slashes at the end of a text takes time for each slash inside it. */
function withoutEndSlashes(address: string): string {
	let end = address.length;
	while (address[end - 1] === '/') end--;
	return address.slice(0, end);
}

/**
 * The addresses that a credential is for, without a trailing slash.
 * @throws Error if an address isn't a valid URL
 */
export function diditHosts(credential: Credential): typeof PRODUCTION {
	if (!isCustomEnvironment(credential)) return PRODUCTION;
	const url = (name: keyof typeof PRODUCTION) => {
		const address = withoutEndSlashes(fieldText(credential, name) || PRODUCTION[name]);
		if (!/^https?:\/\/[^\s/]+/.test(address)) {
			throw new Error(
				`'${LABELS[name]}' of the Didit credential is not valid. Enter a full address, e.g. ${PRODUCTION[name]}`,
			);
		}
		return address;
	};
	return { verificationUrl: url('verificationUrl'), authUrl: url('authUrl') };
}
