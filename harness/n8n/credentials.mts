/** What is entered in n8n's credential windows to reach a sandbox and a mailbox. */
import type { N8nClient, Stored } from './client.mts';

export interface SandboxAccess {
	url: string;
	clientId: string;
	clientSecret: string;
	apiKey: string;
}

const at = (url: string) => ({ environment: 'custom', verificationUrl: url, authUrl: url });

/** Client ID and secret, for version 1 of the API. */
export const secretCredential = ({
	url,
	clientId,
	clientSecret,
}: Omit<SandboxAccess, 'apiKey'>): Record<string, unknown> => ({
	authentication: 'clientCredentials',
	clientId,
	clientSecret,
	...at(url),
});

/** API key, for version 3 of the API. */
export const keyCredential = ({
	url,
	apiKey,
}: Pick<SandboxAccess, 'url' | 'apiKey'>): Record<string, unknown> => ({
	authentication: 'apiKey',
	apiKey,
	...at(url),
});

/** The mailbox. */
export const mailCredential = (smtpPort: number): Record<string, unknown> => ({
	host: '127.0.0.1',
	port: smtpPort,
	secure: false,
	disableStartTls: true,
	user: '',
	password: '',
});

export interface Credentials {
	/** Client ID and secret (version 1). */
	secret: Stored;
	/** API key (version 3). */
	key: Stored;
	/** The mailbox. */
	mail: Stored;
}

/** Safe to repeat: credentials that are there get today's addresses. */
export async function saveCredentials(
	client: N8nClient,
	sandbox: SandboxAccess,
	smtpPort: number,
): Promise<Credentials> {
	const didit = async (how: string, data: Record<string, unknown>) =>
		await client.saveCredential('diditApi', `Didit sandbox (${how})`, data);
	return {
		secret: await didit('client ID and secret', secretCredential(sandbox)),
		key: await didit('API key', keyCredential(sandbox)),
		mail: await client.saveCredential('smtp', 'Demo mailbox', mailCredential(smtpPort)),
	};
}
