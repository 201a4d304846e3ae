// The credential by itself: what it signs, for whom, and what it says when the exchange or the test fails.
import type {
	ICredentialDataDecryptedObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { DiditApi } from '../../../credentials/DiditApi.credentials.ts';

const SECRET = 'secret-of-client-one';
const KEY = 'key-number-one';

type Reply = { statusCode: number; body: unknown } | Error;

let replaced = 0;

/** Each had another token before, so that no exchange serves two of them. */
const client = (more: object = {}): ICredentialDataDecryptedObject => ({
	authentication: 'clientCredentials',
	clientId: 'client-one',
	clientSecret: SECRET,
	environment: 'production',
	accessToken: '',
	accessTokenFor: `token ${++replaced}`,
	...more,
});
const keyed = (more: object = {}): ICredentialDataDecryptedObject => ({
	authentication: 'apiKey',
	apiKey: KEY,
	environment: 'production',
	accessToken: '',
	...more,
});
const token = { statusCode: 200, body: { access_token: 'token-1', expires_in: 86_400 } };

function didit(...replies: Reply[]) {
	const asked: IHttpRequestOptions[] = [];
	const httpRequest = async (options: IHttpRequestOptions) => {
		asked.push(options);
		const reply = replies[Math.min(asked.length, replies.length) - 1];
		if (reply instanceof Error) throw reply;
		return await Promise.resolve(reply);
	};
	return { asked, context: { helpers: { httpRequest } } as unknown as IHttpRequestHelper };
}

const type = new DiditApi();
const sign = async (credential: ICredentialDataDecryptedObject, request: object) =>
	await (
		type.authenticate as (
			c: ICredentialDataDecryptedObject,
			r: IHttpRequestOptions,
		) => Promise<IHttpRequestOptions>
	)(credential, request as IHttpRequestOptions);

async function withToken(more: object = {}) {
	const credential = client(more);
	return Object.assign(
		credential,
		await type.preAuthentication.call(didit(token).context, credential),
	);
}

const session = { url: 'https://verification.didit.me/v1/session/' };

it('exchanges client ID and secret as Didit documents it', async () => {
	const { asked, context } = didit(token);
	const output = await type.preAuthentication.call(context, client());
	expect(asked).toHaveLength(1);
	expect(asked[0]).toMatchObject({
		method: 'POST',
		url: 'https://apx.didit.me/auth/v2/token/',
		body: 'grant_type=client_credentials',
		headers: {
			Authorization: `Basic ${Buffer.from(`client-one:${SECRET}`).toString('base64')}`,
			'Content-Type': 'application/x-www-form-urlencoded',
		},
		disableFollowRedirect: true,
	});
	expect(output.accessToken).toBe('token-1');
	expect(JSON.stringify(output)).not.toContain(SECRET);
});

it('signs with the token, or with the key alone', async () => {
	expect((await sign(await withToken(), session)).headers).toEqual({
		Authorization: 'Bearer token-1',
	});
	expect((await sign(keyed(), { ...session, headers: { a: 'b' } })).headers).toEqual({
		a: 'b',
		'x-api-key': KEY,
	});
});

it.each([
	'https://example.com/v1/session/',
	'https://verification.didit.me.example.com/',
	'https://apx.didit.me/v1/',
	'http://verification.didit.me/v1/session/',
	'https://verification.didit.me:8443/v1/session/',
	'https://verification.didit.me@example.com/',
])('sends neither token nor key to %s [T39]', async (url) => {
	const refusal = /only sent to https:\/\/verification\.didit\.me/;
	await expect(sign(await withToken(), { url })).rejects.toThrow(refusal);
	await expect(sign(keyed(), { url })).rejects.toThrow(refusal);
	await expect(sign(keyed(), { uri: url })).rejects.toThrow(refusal);
});

it('has n8n check the host on redirects too [T34]', async () => {
	expect((await sign(keyed(), session)).allowedDomains).toBe('verification.didit.me');
});

it.each<[string, object]>([
	['another secret', { clientSecret: 'another' }],
	['another client', { clientId: 'another' }],
	[
		'another host',
		{
			environment: 'custom',
			verificationUrl: 'https://verification.didit.me',
			authUrl: 'https://auth.example.com',
		},
	],
	['an expired token', { renewAt: Date.now() - 1 }],
	['no token', { accessToken: '' }],
])('asks for a new token after %s', async (_, change) => {
	await expect(sign({ ...(await withToken()), ...change }, session)).rejects.toMatchObject({
		response: { status: 401 },
	});
});

it.each([
	[86_400, 86_340],
	[30, 27],
	[600, 540],
])('renews a token of %i s after %i s', async (life, renewAfter) => {
	const before = Date.now();
	const output = await type.preAuthentication.call(
		didit({ statusCode: 200, body: { access_token: 'token-1', expires_in: life } }).context,
		client(),
	);
	expect(Math.round((Number(output.renewAt) - before) / 1000)).toBe(renewAfter);
});

it('keeps a token of unknown life until Didit refuses it', async () => {
	const output = await type.preAuthentication.call(
		didit({ statusCode: 200, body: { access_token: 'token-1' } }).context,
		client(),
	);
	expect(output.renewAt).toBe(0);
	await expect(sign({ ...client(), ...output }, session)).resolves.toBeDefined();
});

it.each<[string, Reply, string]>([
	[
		'a wrong secret',
		{ statusCode: 401, body: { error: 'invalid_client' } },
		'Didit refused the client ID or secret. Copy both again from the Didit console',
	],
	['a bad request', { statusCode: 400, body: {} }, 'Didit refused the client ID or secret'],
	[
		"n8n's own list of domains",
		new Error('Domain not allowed: This credential is restricted'),
		"Allowed HTTP Request Domains' of the credential leave out apx.didit.me",
	],
	['a retired endpoint', { statusCode: 404, body: '<html>' }, "Set 'Authentication' to 'API Key'"],
	['a gone endpoint', { statusCode: 410, body: '' }, "Set 'Authentication' to 'API Key'"],
	['a rate limit', { statusCode: 429, body: {} }, 'limiting token requests'],
	['a server error', { statusCode: 503, body: '' }, '(HTTP 503)'],
	['a redirect', { statusCode: 302, body: '' }, "'Authentication URL'"],
	['an answer without a token', { statusCode: 200, body: {} }, "'Authentication URL'"],
	['a page instead of JSON', { statusCode: 200, body: '<html>' }, "'Authentication URL'"],
	[
		'an unreachable host',
		new Error(`connect ECONNREFUSED with ${SECRET}`),
		'n8n could not reach Didit at https://apx.didit.me',
	],
])('says in a plain sentence what %s means', async (_, reply, sentence) => {
	const error = (await type.preAuthentication
		.call(didit(reply).context, client())
		.catch((thrown: Error) => thrown)) as Error;
	expect(error.message).toContain(sentence);
	expect(error.message).not.toContain(SECRET);
});

it('asks for what is missing before it asks Didit', async () => {
	const { asked, context } = didit(token);
	await expect(type.preAuthentication.call(context, client({ clientSecret: ' ' }))).rejects.toThrow(
		"Fill in 'Client ID' and 'Client Secret'",
	);
	expect(asked).toEqual([]);
});

it.each(['apx.didit.me', 'ftp://apx.didit.me', 'https://'])(
	'refuses the address %j in words',
	async (authUrl) => {
		const { asked, context } = didit(token);
		await expect(
			type.preAuthentication.call(context, client({ environment: 'custom', authUrl })),
		).rejects.toThrow("'Authentication URL' of the Didit credential is not valid");
		expect(asked).toEqual([]);
	},
);

it('does not say that Didit retired something when the address is a custom one', async () => {
	const custom = client({ environment: 'custom', authUrl: 'https://auth.example.com' });
	await expect(
		type.preAuthentication.call(didit({ statusCode: 404, body: '' }).context, custom),
	).rejects.toThrow("There is no Didit at this address. Check the 'Authentication URL'");
});

it('does not exchange anything for an API key', async () => {
	const { asked, context } = didit(token);
	await expect(type.preAuthentication.call(context, keyed())).resolves.toEqual({});
	expect(asked).toEqual([]);
});

/** What n8n does for a test: signs the test request, and on 401 authenticates once more. */
async function test(credential: ICredentialDataDecryptedObject, ...replies: Reply[]) {
	const { asked, context } = didit(...replies);
	const request = type.test.request as IHttpRequestOptions;
	Object.assign(request, { baseURL: 'https://verification.didit.me' });
	if (credential.accessToken === '')
		Object.assign(credential, await type.preAuthentication.call(context, credential));
	try {
		await sign(credential, request);
	} catch (error) {
		expect(error).toMatchObject({ response: { status: 401 } });
		Object.assign(credential, await type.preAuthentication.call(context, credential));
		expect((await sign(credential, request)).headers).not.toHaveProperty('didit-credential-test');
	}
	return asked.map(({ url }) => new URL(url).pathname);
}

describe('the test of the credential', () => {
	it('makes a real exchange each time, and one only [T43]', async () => {
		expect(await test(client(), token)).toEqual(['/auth/v2/token/', '/system/healthcheck']);
		expect(await test({ ...(await withToken()) }, token)).toEqual([
			'/auth/v2/token/',
			'/system/healthcheck',
		]);
	});

	it('reads one session with an API key', async () => {
		expect(await test(keyed(), { statusCode: 200, body: { results: [] } })).toEqual([
			'/v3/sessions/',
		]);
	});

	it.each<[string, Reply, string]>([
		[
			'a wrong key',
			{ statusCode: 401, body: { detail: 'Invalid or missing API key' } },
			'Didit does not accept this API key',
		],
		[
			'a wrong key (403)',
			{
				statusCode: 403,
				body: { detail: 'Authentication credentials were not provided or are invalid.' },
			},
			'Didit does not accept this API key',
		],
		[
			'a missing permission',
			{ statusCode: 403, body: { detail: 'You do not have permission to perform this action.' } },
			"Give it 'read' access to sessions",
		],
		[
			'an unreachable host',
			new Error('getaddrinfo ENOTFOUND'),
			'n8n could not reach Didit at https://verification.didit.me',
		],
		['another failure', { statusCode: 500, body: '' }, 'HTTP 500'],
	])('tells of %s', async (_, reply, sentence) => {
		await expect(test(keyed(), reply)).rejects.toThrow(sentence);
	});

	it('asks for an API key that is empty', async () => {
		await expect(test(keyed({ apiKey: ' ' }), token)).rejects.toThrow("Fill in 'API Key'");
	});

	it('tells when the token is fine and the sessions are out of reach', async () => {
		await expect(test(client(), token, new Error('connect ECONNREFUSED'))).rejects.toThrow(
			'n8n could not reach Didit at https://verification.didit.me',
		);
	});
});
