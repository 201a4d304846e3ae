// The one credential of the package: what it asks for, and how it signs a request.
// A token or key leaves n8n only towards the host that it belongs to, and no error text repeats a secret.
import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { OWN_FIELDS, PRODUCTION, authenticationOf, diditHosts, filledIn } from './fields';
import { onlyToDidit } from './onlyToDidit';
import { sharedExchange } from './sharedExchange';
import { ask, exchange, issuedFor, proveApiKey } from './token';

/** A public page, so a good answer says nothing about the credential: `authenticate` has it proved first. */
const TEST_PATH = '/system/healthcheck';
/** Marks the request of n8n's credential test. It is not sent. */
const TEST_HEADER = 'didit-credential-test';

/**
 * Whether a field holds an expression, so that it can differ from item to item. `$rawParameter["&name"]` is what was entered
 * in the field beside this one; reading a field that is not shown fails.
 */
const HAS_EXPRESSION = `={{ typeof $rawParameter["&authentication"] !== "string" || ${JSON.stringify(OWN_FIELDS)}.some((name) => {
	try { return String($rawParameter["&" + name]).startsWith("="); } catch { return false; }
}) }}`;

type Credential = ICredentialDataDecryptedObject;

/** n8n gets a new token when a request fails with 401; thrown before sending, this costs no request. */
const tokenNeeded = () =>
	Object.assign(new Error('A new Didit access token is needed'), { response: { status: 401 } });

/** Credential objects under test: n8n hands the same object to `preAuthentication` and `authenticate`. */
const underTest = new WeakSet<Credential>();
const exchanged = new WeakSet<Credential>();
const proved = new WeakSet<Credential>();

export class DiditApi implements ICredentialType {
	name = 'diditApi';

	displayName = 'Didit API';

	icon = {
		light: 'file:../nodes/Didit/didit.svg',
		dark: 'file:../nodes/Didit/didit.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/n8n-nodes-didit/n8n-nodes-didit#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{
					name: 'Client ID and Secret',
					value: 'clientCredentials',
					description: 'Older applications. Each session checks a feature combination.',
				},
				{
					name: 'API Key',
					value: 'apiKey',
					description: 'Applications since mid-2025. A workflow of the Didit console is checked.',
				},
			],
			default: 'clientCredentials',
			hint: 'Applications made since mid-2025 have an API key: choose it here. Older ones have a client ID and secret.',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			displayOptions: { show: { authentication: ['clientCredentials'] } },
			hint: 'Didit Business Console > your application > API & Webhooks',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { authentication: ['clientCredentials'] } },
			hint: 'Next to the client ID in the Didit Business Console',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { authentication: ['apiKey'] } },
			hint: 'Didit Business Console > Developers > API Keys. Sandbox applications have their own key.',
		},
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			hint: 'Only needed for a manually registered Didit Trigger. Find it next to the webhook in the Didit console.',
		},
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{
					name: 'Production',
					value: 'production',
					description: 'Didit itself, also for sandbox applications',
				},
				{
					name: 'Custom',
					value: 'custom',
					description: 'Another address, such as the local sandbox of this package',
				},
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
		{
			displayName: 'Access Token For',
			name: 'accessTokenFor',
			type: 'hidden',
			typeOptions: { password: true },
			default: '',
		},
		{ displayName: 'Renew At', name: 'renewAt', type: 'hidden', default: 0 },
		{
			displayName: 'Has Expression',
			name: 'hasExpression',
			type: 'hidden',
			default: HAS_EXPRESSION,
		},
	];

	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ $credentials.environment === 'custom' ? $credentials.verificationUrl.trim() : '${PRODUCTION.verificationUrl}' }}`,
			url: TEST_PATH,
			headers: { [TEST_HEADER]: 'true' },
		},
	};

	/**
	 * Called by n8n when there is no token, or after a request was refused with 401.
	 * @returns the token and what belongs to it, which n8n stores encrypted with the credential; nothing for an API key
	 * @throws Error with a plain sentence
	 */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: Credential,
	): Promise<ICredentialDataDecryptedObject> {
		const testing = underTest.has(credentials);
		if (authenticationOf(credentials) === 'apiKey') {
			if (testing) {
				await proveApiKey(this.helpers, credentials);
				proved.add(credentials);
			}
			return {};
		}
		if (!testing) {
			const { token, own } = await sharedExchange(this.helpers, credentials);
			if (own) exchanged.add(credentials);
			return { ...token };
		}
		const { accessToken, accessTokenFor, renewAt } = credentials;
		const token = exchanged.has(credentials)
			? { accessToken, accessTokenFor, renewAt }
			: { ...(await exchange(this.helpers, credentials)) };
		exchanged.add(credentials);
		await ask(
			this.helpers,
			{ url: diditHosts(credentials).verificationUrl + TEST_PATH },
			'Verification URL',
		);
		proved.add(credentials);
		return token;
	}

	/**
	 * Signs a request to Didit. Works for the Didit nodes and for n8n's HTTP Request node.
	 * @throws Error for any other host; an error that n8n reads as 401 when the token must be renewed first
	 */
	authenticate: IAuthenticate = async (credentials, request) => {
		const { headers: given, ...signed } = onlyToDidit(
			request as IHttpRequestOptions,
			diditHosts(credentials).verificationUrl,
		);
		const { [TEST_HEADER]: isTest, ...headers } = given ?? {};
		if (isTest && !proved.has(credentials)) {
			underTest.add(credentials);
			throw tokenNeeded();
		}
		if (authenticationOf(credentials) === 'apiKey') {
			return { ...signed, headers: { ...headers, 'x-api-key': filledIn(credentials, 'apiKey') } };
		}
		const token = String(credentials.accessToken ?? '');
		const renewAt = Number(credentials.renewAt ?? 0);
		if (
			!token ||
			credentials.accessTokenFor !== issuedFor(credentials, token) ||
			(renewAt > 0 && Date.now() >= renewAt)
		) {
			throw tokenNeeded();
		}
		return { ...signed, headers: { ...headers, Authorization: `Bearer ${token}` } };
	};
}
