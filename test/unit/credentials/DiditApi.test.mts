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

it.each([
	'https:evil.example/steal',
	'https:/evil.example/steal',
	'http:127.0.0.1:80/steal',
	'HTTPS:evil.example',
	' https:evil.example',
	'\thttps:evil.example',
	'//evil.example/steal',
	'\\\\evil.example\\steal',
	'/\\evil.example',
	'https:\\\\evil.example',
	'ftp://verification.didit.me/',
	'javascript:alert(1)',
	'data:text/plain,x',
	'https:verification.didit.me/v1/session/',
	' https://verification.didit.me/v1/session/',
	'https://user@verification.didit.me/',
	'https://user:pw@verification.didit.me/',
	'https://:pw@verification.didit.me/',
	'https://',
])('does not sign %j, which another reader could take for another host [T306]', async (url) => {
	for (const baseURL of [undefined, '', 'https://verification.didit.me', 'https://evil.example'])
		for (const request of [
			{ url, baseURL },
			{ uri: url, baseURL },
		])
			await expect(sign(keyed(), request)).rejects.toThrow(
				/only sent to https:\/\/verification\.didit\.me/,
			);
});

it.each<[object, string]>([
	[{ url: '/v3/sessions/', baseURL: 'https://verification.didit.me' }, '/v3/sessions/'],
	[{ url: 'v3/sessions/', baseURL: 'https://verification.didit.me/' }, '/v3/sessions/'],
	[{ url: '/v3/sessions/' }, '/v3/sessions/'],
	[{}, '/'],
	[{ baseURL: 'https://verification.didit.me/v3/' }, '/v3/'],
	[{ uri: 'https://verification.didit.me/v3/sessions/?limit=1' }, '/v3/sessions/?limit=1'],
	[{ url: 'HTTPS://VERIFICATION.didit.me:443/v3/../v3/sessions/' }, '/v3/sessions/'],
	[{ url: '/v3/ht\ntps:x', baseURL: 'https://verification.didit.me' }, '/v3/https:x'],
])('signs the very address that it checked: %j [T307]', async (request, path) => {
	const signed = await sign(keyed(), request);
	expect(signed.url).toBe(`https://verification.didit.me${path}`);
	expect(signed).not.toHaveProperty('baseURL');
	expect(signed).not.toHaveProperty('uri');
});

it('signs for a custom address without encryption, as that of a local sandbox', async () => {
	const custom = keyed({ environment: 'custom', verificationUrl: 'http://didit.test:4180' });
	const url = 'http://didit.test:4180/v3/sessions/';
	expect((await sign(custom, { url })).url).toBe(url);
});

it('has no redirect followed, by either of n8n’s request helpers [T308]', async () => {
	for (const credential of [keyed(), await withToken()])
		expect(await sign(credential, { ...session, followRedirect: true })).toMatchObject({
			disableFollowRedirect: true,
			followRedirect: false,
			followAllRedirects: false,
		});
});

it.each<[string, object, string]>([
	['an API key', { apiKey: '' }, "'API Key' of the Didit credential is empty"],
	['an API key of blanks', { apiKey: ' \n' }, "'API Key' of the Didit credential is empty"],
	['an API key that is null', { apiKey: null }, "'API Key' of the Didit credential is empty"],
	['no API key at all', { apiKey: undefined }, "'API Key' of the Didit credential is empty"],
	['an API key that is an object', { apiKey: {} }, "'API Key' of the Didit credential is not text"],
	[
		'an authentication',
		{ authentication: '' },
		"'Authentication' of the Didit credential is empty",
	],
	['an unknown authentication', { authentication: 'key' }, 'must give one of: clientCredentials'],
	['an environment', { environment: '' }, "'Environment' of the Didit credential is empty"],
	['an unknown environment', { environment: 'Sandbox' }, 'must give one of: production, custom'],
	[
		'an address',
		{ environment: 'custom', verificationUrl: '' },
		"'Verification URL' of the Didit credential is empty",
	],
])(
	'signs nothing if an expression gives nothing for %s, and names the field [T309]',
	async (_, more, words) => {
		await expect(sign(keyed(more), { url: '/v3/sessions/' })).rejects.toThrow(words);
	},
);

it.each(['clientId', 'clientSecret'])(
	'exchanges nothing if an expression gives nothing for %s, and names the field [T310]',
	async (name) => {
		for (const value of ['', ' ', null, undefined]) {
			const { asked, context } = didit(token);
			const label = name === 'clientId' ? 'Client ID' : 'Client Secret';
			await expect(type.preAuthentication.call(context, client({ [name]: value }))).rejects.toThrow(
				`'${label}' of the Didit credential is empty`,
			);
			expect(asked).toEqual([]);
		}
	},
);

it('has n8n check the host on redirects too [T34]', async () => {
	expect((await sign(keyed(), session)).allowedDomains).toBe('verification.didit.me');
	const allowedDomains = 'example.com';
	expect((await sign(keyed(), { ...session, allowedDomains })).allowedDomains).toBe(allowedDomains);
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
	['no token at all', { accessToken: undefined }],
	['a token of nobody', { accessTokenFor: undefined }],
])('asks for a new token after %s', async (_, change) => {
	await expect(sign({ ...(await withToken()), ...change }, session)).rejects.toMatchObject({
		message: 'A new Didit access token is needed',
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

it('uses a token until the very moment at which it is to be renewed', async () => {
	const credential = { ...(await withToken()), renewAt: 1_790_000_000_000 };
	const now = jest.spyOn(Date, 'now').mockReturnValue(credential.renewAt - 1);
	try {
		await expect(sign(credential, session)).resolves.toBeDefined();
		await expect(sign({ ...credential, renewAt: 0 }, session)).resolves.toBeDefined();
		now.mockReturnValue(credential.renewAt);
		await expect(sign(credential, session)).rejects.toMatchObject({ response: { status: 401 } });
	} finally {
		now.mockRestore();
	}
});

it('signs with a credential that was stored before it had a choice of authentication and environment', async () => {
	const { authentication, environment, ...stored } = await withToken();
	expect([authentication, environment]).toEqual(['clientCredentials', 'production']);
	expect((await sign(stored, session)).headers).toEqual({ Authorization: 'Bearer token-1' });
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
		"Allowed HTTP Request Domains' of the credential don't include apx.didit.me",
	],
	['a retired endpoint', { statusCode: 404, body: '<html>' }, "Set 'Authentication' to 'API Key'"],
	['a gone endpoint', { statusCode: 410, body: '' }, "Set 'Authentication' to 'API Key'"],
	['a rate limit', { statusCode: 429, body: {} }, 'limiting token requests'],
	['a server error', { statusCode: 503, body: '' }, '(HTTP 503)'],
	['a redirect', { statusCode: 302, body: '' }, "'Authentication URL'"],
	['an answer without a token', { statusCode: 200, body: {} }, "'Authentication URL'"],
	['a page of a firewall', { statusCode: 403, body: ' <!doctype html>' }, '(HTTP 403)'],
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
		"'Client Secret' of the Didit credential is empty",
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
	).rejects.toThrow(
		"No Didit API found at this address. Check the credential's 'Authentication URL'",
	);
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

	it('makes an exchange of its own where the token came from that of another execution', async () => {
		const shared = client();
		await type.preAuthentication.call(didit(token).context, { ...shared });
		expect(await test({ ...shared }, token)).toEqual(['/auth/v2/token/', '/system/healthcheck']);
	});

	it('hands n8n the token to store', async () => {
		const credential = await withToken();
		const { url, headers } = type.test.request;
		await expect(sign(credential, { url, headers })).rejects.toThrow();
		const stored = await type.preAuthentication.call(didit(token).context, credential);
		expect(stored).toEqual({
			accessToken: 'token-1',
			accessTokenFor: credential.accessTokenFor,
			renewAt: credential.renewAt,
		});
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
			'Didit did not accept this API key. Copy it again',
		],
		[
			'a wrong key (403)',
			{
				statusCode: 403,
				body: { detail: 'Authentication credentials were not provided or are invalid.' },
			},
			'Didit did not accept this API key. Copy it again',
		],
		[
			'a missing permission',
			{ statusCode: 403, body: { detail: 'You do not have permission to perform this action.' } },
			"Copy it again from Developers > API Keys in the Didit console; a limited key also needs 'read' access",
		],
		[
			'an address with a path too many',
			{ statusCode: 404, body: { detail: 'Not found.' } },
			"No Didit API found at this address (HTTP 404). Check the 'Verification URL' of the credential",
		],
		[
			'a website that answers everything with a page',
			{ statusCode: 200, body: '<!doctype html>' },
			"No Didit API found at this address (HTTP 200). Check the 'Verification URL'",
		],
		[
			'a firewall in between',
			{ statusCode: 403, body: '<html>Blocked</html>' },
			"No Didit API found at this address (HTTP 403). Check the 'Verification URL'",
		],
		[
			'an unreachable host',
			new Error('getaddrinfo ENOTFOUND'),
			"n8n could not reach Didit at https://verification.didit.me. Check that n8n may connect to it, and the 'Verification URL'",
		],
		['another failure', { statusCode: 500, body: '' }, 'HTTP 500'],
	])('tells of %s', async (_, reply, sentence) => {
		await expect(test(keyed(), reply)).rejects.toThrow(sentence);
	});

	it.each(['never', 'after a while'])(
		'offers to try again only where that can help (%s)',
		async (when) => {
			const reply = { statusCode: when === 'never' ? 404 : 503, body: '' };
			const error = (await test(keyed(), reply).catch((thrown: Error) => thrown)) as Error;
			expect(/try again/i.test(error.message)).toBe(when === 'after a while');
		},
	);

	it.each(['made-up\nkey', 'made-up key', '“made-up-key”'])(
		'says that %j was not copied well, and sends nothing',
		async (apiKey) => {
			await expect(test(keyed({ apiKey }), token)).rejects.toThrow(
				"'API Key' of the Didit credential holds a space, a line break or another character",
			);
		},
	);

	it('asks for an API key that is empty', async () => {
		await expect(test(keyed({ apiKey: ' ' }), token)).rejects.toThrow(
			"'API Key' of the Didit credential is empty",
		);
	});

	it('tells when the token is fine and the sessions are out of reach', async () => {
		await expect(test(client(), token, new Error('connect ECONNREFUSED'))).rejects.toThrow(
			"n8n could not reach Didit at https://verification.didit.me. Check that n8n may connect to it, and the 'Verification URL'",
		);
	});
});
