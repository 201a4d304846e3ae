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

const LABELS = {
	authentication: 'Authentication',
	clientId: 'Client ID',
	clientSecret: 'Client Secret',
	apiKey: 'API Key',
	environment: 'Environment',
	verificationUrl: 'Verification URL',
	authUrl: 'Authentication URL',
};

type Field = keyof typeof LABELS;

/** What goes into a header as it is: Node.js refuses others, in words that a builder can't use. */
const IN_HEADERS: Field[] = ['apiKey'];

/**
 * A field that can't be empty. An expression can give nothing, for example when a variable is missing.
 * @throws Error that names it as the screen does
 */
export function filledIn(credential: Credential, name: Field): string {
	const value = credential[name];
	const text = fieldText(credential, name);
	if (text === '')
		throw new Error(
			`'${LABELS[name]}' of the Didit credential is empty. Fill it in, or check the expression that it comes from`,
		);
	if (typeof value !== 'string' && typeof value !== 'number')
		throw new Error(
			`'${LABELS[name]}' of the Didit credential is not text. Check the expression that it comes from`,
		);
	if (IN_HEADERS.includes(name) && !/^[\x21-\x7e]+$/.test(text))
		throw new Error(
			`'${LABELS[name]}' of the Didit credential holds a space, a line break or another character that no key has. Copy it again from the Didit console`,
		);
	return text;
}

/** A choice that was stored before it had this field has its first value. An expression that gives nothing is no choice. */
function chosen<T extends string>(credential: Credential, name: Field, choices: readonly T[]): T {
	if (!(name in credential)) return choices[0];
	const value = filledIn(credential, name);
	const choice = choices.find((known) => known === value);
	if (choice !== undefined) return choice;
	throw new Error(
		`'${LABELS[name]}' of the Didit credential is not valid. Its expression must give one of: ${choices.join(', ')}`,
	);
}

export const authenticationOf = (credential: Credential) =>
	chosen(credential, 'authentication', ['clientCredentials', 'apiKey']);

export const isCustomEnvironment = (credential: Credential) =>
	chosen(credential, 'environment', ['production', 'custom']) === 'custom';

/** What must not be shown to anyone. */
export const secretsOf = (credential: Credential) =>
	SECRET_FIELDS.map((name) => fieldText(credential, name)).filter((secret) => secret !== '');

/** Without a pattern: one that looks for slashes at the end of a text takes time for each slash inside it. */
function withoutEndSlashes(address: string): string {
	let end = address.length;
	while (address[end - 1] === '/') end--;
	return address.slice(0, end);
}

/**
 * The addresses that a credential is for, without a trailing slash.
 * @throws Error if an address is empty or isn't a valid URL
 */
export function diditHosts(credential: Credential): typeof PRODUCTION {
	if (!isCustomEnvironment(credential)) return PRODUCTION;
	const url = (name: keyof typeof PRODUCTION) => {
		// Not there at all while its field is hidden.
		const given = name in credential ? filledIn(credential, name) : PRODUCTION[name];
		const address = withoutEndSlashes(given);
		if (!/^https?:\/\/[^\s/]/.test(address)) {
			throw new Error(
				`'${LABELS[name]}' of the Didit credential is not valid. Enter a full address, e.g. ${PRODUCTION[name]}`,
			);
		}
		return address;
	};
	return { verificationUrl: url('verificationUrl'), authUrl: url('authUrl') };
}
