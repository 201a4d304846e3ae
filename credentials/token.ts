// The calls that a credential makes by itself: getting a token, and proving that an API key works. What they throw is a plain
// sentence that says what to do, without anything that was sent or that Didit answered.
import { createHmac } from 'node:crypto';
import type {
	ICredentialDataDecryptedObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { diditHosts, fieldText, filledIn, isCustomEnvironment } from './fields';

const TOKEN_PATH = '/auth/v2/token/';
const TIMEOUT_MS = 30_000;

type Credential = ICredentialDataDecryptedObject;
type Helpers = IHttpRequestHelper['helpers'];

/** Ties a token to the client and the hosts it was issued for. One-way, and different for every token. */
export function issuedFor(credential: Credential, token: string): string {
	const { verificationUrl, authUrl } = diditHosts(credential);
	const owner = [
		authUrl,
		verificationUrl,
		fieldText(credential, 'clientId'),
		fieldText(credential, 'clientSecret'),
	];
	return createHmac('sha256', token).update(JSON.stringify(owner)).digest('hex');
}

interface Answer {
	statusCode: number;
	body: unknown;
}

/**
 * @param field the credential's field that holds the address, as the screen names it
 * @returns the answer with any HTTP status
 * @throws Error if there is none
 */
export async function ask(
	helpers: Helpers,
	options: IHttpRequestOptions,
	field: string,
): Promise<Answer> {
	let answer: Answer | undefined;
	let refusedDomain = false;
	try {
		answer = (await helpers.httpRequest({
			json: true,
			timeout: TIMEOUT_MS,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			...options,
		})) as Answer;
	} catch (error) {
		// n8n's own setting of the credential. Any other cause is left out: it carries the request with its Authorization header.
		refusedDomain = /^Domain not allowed/.test((error as Error).message);
	}
	const { hostname, origin } = new URL(options.url);
	if (refusedDomain)
		throw new Error(
			`The 'Allowed HTTP Request Domains' of the credential don't include ${hostname}. Add it to the list`,
		);
	if (!answer) {
		throw temporaryError(
			`n8n could not reach Didit at ${origin}. Check that n8n may connect to it, and the '${field}' of the credential`,
		);
	}
	return answer;
}

/** Marks an error that may go away: of an error, every release of n8n hands on the message and the description. */
const TEMPORARY = 'This may go away by itself';

const temporaryError = (message: string) =>
	Object.assign(new Error(message), { description: TEMPORARY });

/** Whether it makes sense to try an exchange again that failed with this error. */
export const isTemporary = (error: { description?: string | null }) =>
	error.description === TEMPORARY;

const SWITCH_TO_API_KEY =
	"Didit no longer offers access by client ID and secret. Set 'Authentication' to 'API Key', and choose a 'Workflow' in your Didit nodes";

/** A proxy, a firewall or a site under maintenance sends pages; Didit's token API never does. */
const isPage = (body: unknown) => typeof body === 'string' && body.trimStart().startsWith('<');

/**
 * The error for a token exchange without a token. Didit's own text is not shown: it is undocumented and could repeat what was
 * sent.
 */
function exchangeError(status: number, body: unknown, isProduction: boolean): Error {
	if ((status === 404 || status === 410) && isProduction) return new Error(SWITCH_TO_API_KEY);
	if (status === 404 || status === 410)
		return new Error(
			"No Didit API found at this address. Check the credential's 'Authentication URL'",
		);
	if (status === 429)
		return temporaryError('Didit is limiting token requests at the moment. Try again in a minute');
	if (status >= 500)
		return temporaryError(
			`Didit can't issue a token at the moment (HTTP ${status}). Try again in a few minutes`,
		);
	const noToken = `Didit answered without a token (HTTP ${status}). Check the 'Authentication URL' of the credential, or try again in a few minutes`;
	if (status >= 300 && status < 400) return new Error(noToken);
	if (status < 300 || isPage(body)) return temporaryError(noToken);
	return new Error('Didit refused the client ID or secret. Copy both again from the Didit console');
}

export interface Token {
	accessToken: string;
	/** Ties it to its owner. */
	accessTokenFor: string;
	/** Milliseconds since 1970; 0 = not before Didit refuses it. */
	renewAt: number;
}

/** Exchanges client ID and secret for a token. */
export async function exchange(helpers: Helpers, credential: Credential): Promise<Token> {
	const clientId = filledIn(credential, 'clientId');
	const clientSecret = filledIn(credential, 'clientSecret');
	const { statusCode, body } = await ask(
		helpers,
		{
			method: 'POST',
			url: diditHosts(credential).authUrl + TOKEN_PATH,
			headers: {
				Authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
				'Content-Type': 'application/x-www-form-urlencoded',
			},
			body: new URLSearchParams({ grant_type: 'client_credentials' }).toString(),
		},
		'Authentication URL',
	);
	const { access_token: token, expires_in: lifetime } = (body ?? {}) as {
		access_token?: unknown;
		expires_in?: unknown;
	};
	if (statusCode >= 300 || typeof token !== 'string' || token === '') {
		throw exchangeError(statusCode, body, !isCustomEnvironment(credential));
	}
	const lifetimeMs = Number(lifetime) * 1000;
	return {
		accessToken: token,
		accessTokenFor: issuedFor(credential, token),
		// The margin is taken from the life itself, so that a token of 30 s is still usable.
		renewAt: lifetimeMs > 0 ? Date.now() + lifetimeMs - Math.min(60_000, lifetimeMs / 10) : 0,
	};
}

/** A real call with the API key. Didit answers 404 for an unknown id even with a bad key, so only a list proves it. */
export async function proveApiKey(helpers: Helpers, credential: Credential): Promise<void> {
	const apiKey = filledIn(credential, 'apiKey');
	const { statusCode, body } = await ask(
		helpers,
		{
			url: `${diditHosts(credential).verificationUrl}/v3/sessions/`,
			qs: { limit: 1 },
			headers: { 'x-api-key': apiKey },
		},
		'Verification URL',
	);
	if (statusCode < 300 && isList(body)) return;
	throw keyError(statusCode, body);
}

/** Many sites answer 200 to any address. */
const isList = (body: unknown) =>
	Array.isArray(body) || Array.isArray((body as { results?: unknown } | undefined)?.results);

/** The likeliest cause first. Didit refuses a wrong key and one without access in the same words. */
function keyError(status: number, body: unknown): Error {
	if ((status === 401 || status === 403) && !isPage(body))
		return new Error(
			"Didit did not accept this API key. Copy it again from Developers > API Keys in the Didit console; a limited key also needs 'read' access to sessions",
		);
	if (status === 429)
		return new Error('Didit is limiting requests at the moment. Try again in a minute');
	if (status >= 500 && !isPage(body))
		return new Error(
			`Didit is not available at the moment (HTTP ${status}). Try again in a few minutes`,
		);
	const address = `No Didit API found at this address (HTTP ${status}). Check the 'Verification URL' of the credential`;
	return new Error(status >= 500 ? `${address}, or try again in a few minutes` : address);
}
