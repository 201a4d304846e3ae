// The one credential of the package: what it asks for, how it signs a request and how it gets a token.
// A token or key leaves n8n only towards the host that it belongs to, and no error text repeats a secret.
import { createHmac } from 'node:crypto';
import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

const PRODUCTION = { verificationUrl: 'https://verification.didit.me', authUrl: 'https://apx.didit.me' };
const TOKEN_PATH = '/auth/v2/token/';
/** A public page, so a good answer says nothing about the credential: `authenticate` has it proved first. */
const TEST_PATH = '/system/healthcheck';
const TIMEOUT_MS = 30_000;

type Credential = ICredentialDataDecryptedObject;

const text = (credential: Credential, name: string) => String(credential[name] ?? '').trim();

/** The addresses that a credential is for, without a trailing slash. */
export function diditHosts(credential: Credential): { verificationUrl: string; authUrl: string } {
	if (credential.environment !== 'custom') return PRODUCTION;
	const url = (name: keyof typeof PRODUCTION) => (text(credential, name) || PRODUCTION[name]).replace(/\/+$/, '');
	return { verificationUrl: url('verificationUrl'), authUrl: url('authUrl') };
}

/** Ties a token to the client and the hosts it was issued for. One-way, and different for every token. */
function issuedFor(credential: Credential, token: string): string {
	const { verificationUrl, authUrl } = diditHosts(credential);
	const owner = [authUrl, verificationUrl, text(credential, 'clientId'), text(credential, 'clientSecret')];
	return createHmac('sha256', token).update(JSON.stringify(owner)).digest('hex');
}

/** n8n gets a new token when a request fails with 401; thrown before sending, this costs no request. */
const tokenNeeded = () => Object.assign(new Error('A new Didit access token is needed'), { response: { status: 401 } });

interface Answer {
	statusCode: number;
	body: unknown;
}

async function ask(helpers: IHttpRequestHelper['helpers'], options: IHttpRequestOptions, field: string): Promise<Answer> {
	let answer: Answer | undefined;
	try {
		answer = (await helpers.httpRequest({
			json: true,
			timeout: TIMEOUT_MS,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			...options,
		})) as Answer;
	} catch {
		// The cause is left out: it carries the request with its Authorization header.
	}
	if (!answer) {
		throw new Error(
			`n8n could not reach Didit at ${new URL(options.url).origin}. Check that n8n may connect to it, and the '${field}' of the credential`,
		);
	}
	return answer;
}

const SWITCH_TO_API_KEY =
	"Didit no longer offers access by client ID and secret. Set 'Authentication' to 'API Key', and 'Verify With' to 'Workflow' in your Didit nodes";

/** What to say when the token exchange is refused. Didit's own text is not shown: it is undocumented and could repeat what was sent. */
function exchangeRefusal(status: number): string {
	if (status === 404 || status === 410) return SWITCH_TO_API_KEY;
	if (status === 429) return 'Didit is limiting token requests at the moment. Try again in a minute';
	if (status >= 500) return `Didit cannot issue a token at the moment (HTTP ${status}). Try again in a few minutes`;
	if (status >= 400) return 'Didit refused the client ID or secret. Copy both again from the Didit console';
	return "Didit answered without a token. Check the 'Authentication URL' of the credential";
}

async function exchange(helpers: IHttpRequestHelper['helpers'], credential: Credential) {
	const clientId = text(credential, 'clientId');
	const clientSecret = text(credential, 'clientSecret');
	if (!clientId || !clientSecret) throw new Error("Fill in 'Client ID' and 'Client Secret' of the Didit credential");
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
	const { access_token: token, expires_in: lifetime } = (body ?? {}) as { access_token?: unknown; expires_in?: unknown };
	if (statusCode >= 300 || typeof token !== 'string' || token === '') throw new Error(exchangeRefusal(statusCode));
	const lifetimeMs = Number(lifetime) * 1000;
	return {
		accessToken: token,
		accessTokenFor: issuedFor(credential, token),
		// The margin is taken from the life itself, so that a token of 30 s is still usable.
		renewAt: lifetimeMs > 0 ? Date.now() + lifetimeMs - Math.min(60_000, lifetimeMs / 10) : 0,
	};
}

/** A real call with the API key. Didit answers 404 for an unknown id even with a bad key, so only a list proves it. */
async function proveApiKey(helpers: IHttpRequestHelper['helpers'], credential: Credential): Promise<void> {
	const { statusCode, body } = await ask(
		helpers,
		{
			url: `${diditHosts(credential).verificationUrl}/v3/sessions/`,
			qs: { limit: 1 },
			headers: { 'x-api-key': text(credential, 'apiKey') },
		},
		'Verification URL',
	);
	if (statusCode < 300) return;
	const detail = String((body as { detail?: unknown } | undefined)?.detail ?? '');
	if (statusCode === 401 || (statusCode === 403 && /credentials were not provided|invalid/i.test(detail))) {
		throw new Error('Didit does not accept this API key. Copy it again from the Didit console, under API Keys');
	}
	if (statusCode === 403) {
		throw new Error(
			"Didit does not let this API key read sessions. Give it 'read' access to sessions in the Didit console, or copy the key again",
		);
	}
	throw new Error(`Didit answered with HTTP ${statusCode}. Try again in a few minutes, or check the 'Verification URL'`);
}

/** Credential objects under test: n8n hands the same object to `preAuthentication` and `authenticate`. */
const underTest = new WeakSet<Credential>();
const exchanged = new WeakSet<Credential>();
const proved = new WeakSet<Credential>();

export class DiditApi implements ICredentialType {
	name = 'diditApi';

	displayName = 'Didit API';

	icon = { light: 'file:../nodes/Didit/didit.svg', dark: 'file:../nodes/Didit/didit.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-didit/n8n-nodes-didit#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{
					name: 'Client ID and Secret',
					value: 'clientCredentials',
					description: 'For applications that choose a feature combination for each session',
				},
				{
					name: 'API Key',
					value: 'apiKey',
					description: 'For applications that verify with a workflow built in the Didit console',
				},
			],
			default: 'clientCredentials',
			description:
				'What your Didit application has: accounts made since mid-2025 have an API key, older ones a client ID and secret',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			displayOptions: { show: { authentication: ['clientCredentials'] } },
			description: 'In the Didit Business Console, open your application and its API settings (API & Webhooks)',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { authentication: ['clientCredentials'] } },
			description: 'Beside the client ID in the Didit Business Console',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { authentication: ['apiKey'] } },
			description: 'In the Didit Business Console under Developers > API Keys. A sandbox application has a key of its own.',
		},
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Only for a Didit Trigger that you register yourself: the secret that the Didit console shows beside the webhook',
		},
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{ name: 'Production', value: 'production', description: 'Didit itself, also for sandbox applications' },
				{ name: 'Custom', value: 'custom', description: 'Another address, such as the local sandbox of this package' },
			],
			default: 'production',
		},
		{
			displayName: 'Verification URL',
			name: 'verificationUrl',
			type: 'string',
			default: PRODUCTION.verificationUrl,
			displayOptions: { show: { environment: ['custom'] } },
			description: 'Where sessions are created. The token or key is sent to this address only.',
		},
		{
			displayName: 'Authentication URL',
			name: 'authUrl',
			type: 'string',
			default: PRODUCTION.authUrl,
			displayOptions: { show: { environment: ['custom'], authentication: ['clientCredentials'] } },
			description: 'Where the client ID and secret are exchanged for a token',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			// `expirable` makes n8n keep the token; `password` keeps it out of the browser.
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		{ displayName: 'Access Token For', name: 'accessTokenFor', type: 'hidden', typeOptions: { password: true }, default: '' },
		{ displayName: 'Renew At', name: 'renewAt', type: 'hidden', default: 0 },
	];

	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ $credentials.environment === 'custom' ? $credentials.verificationUrl : '${PRODUCTION.verificationUrl}' }}`,
			url: TEST_PATH,
		},
	};

	/**
	 * Called by n8n when there is no token, or after a request was refused with 401.
	 * @returns the token and what belongs to it, which n8n stores encrypted with the credential; nothing for an API key
	 * @throws Error with a plain sentence
	 */
	async preAuthentication(this: IHttpRequestHelper, credentials: Credential): Promise<ICredentialDataDecryptedObject> {
		const testing = underTest.has(credentials);
		if (credentials.authentication === 'apiKey') {
			if (testing) {
				await proveApiKey(this.helpers, credentials);
				proved.add(credentials);
			}
			return {};
		}
		const { accessToken, accessTokenFor, renewAt } = credentials;
		const token =
			testing && exchanged.has(credentials)
				? { accessToken, accessTokenFor, renewAt }
				: await exchange(this.helpers, credentials);
		exchanged.add(credentials);
		if (testing) {
			await ask(this.helpers, { url: diditHosts(credentials).verificationUrl + TEST_PATH }, 'Verification URL');
			proved.add(credentials);
		}
		return token;
	}

	/**
	 * Signs a request to Didit. Works for the Didit nodes and for n8n's HTTP Request node.
	 * @throws Error for any other host; an error that n8n reads as 401 when the token must be renewed first
	 */
	authenticate: IAuthenticate = async (credentials, request) => {
		const { verificationUrl } = diditHosts(credentials);
		const allowed = new URL(verificationUrl);
		const { uri } = request as { uri?: string };
		const target = new URL(request.url || uri || '', request.baseURL || verificationUrl);
		if (target.origin !== allowed.origin) {
			throw new Error(`The Didit credential is only sent to ${allowed.origin}. Change the URL, or choose another credential`);
		}
		if (target.pathname.endsWith(TEST_PATH) && !proved.has(credentials)) {
			underTest.add(credentials);
			throw tokenNeeded();
		}
		// n8n checks this on every redirect too.
		const signed = { ...request, allowedDomains: request.allowedDomains ?? allowed.hostname };
		if (credentials.authentication === 'apiKey') {
			return { ...signed, headers: { ...request.headers, 'x-api-key': text(credentials, 'apiKey') } };
		}
		const token = String(credentials.accessToken ?? '');
		const renewAt = Number(credentials.renewAt ?? 0);
		if (!token || credentials.accessTokenFor !== issuedFor(credentials, token) || (renewAt > 0 && Date.now() >= renewAt)) {
			throw tokenNeeded();
		}
		return { ...signed, headers: { ...request.headers, Authorization: `Bearer ${token}` } };
	};
}
