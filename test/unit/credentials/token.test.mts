// The calls that the credential makes by itself: what is sent, what is taken for a token or a list, and what the errors say.
import type {
	ICredentialDataDecryptedObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { exchange, isTemporary, issuedFor, proveApiKey } from '../../../credentials/token.ts';

const CLIENT = { clientId: 'client-one', clientSecret: 'secret of client one' };
const KEYED = { authentication: 'apiKey', apiKey: 'key-number-one' };

function didit(statusCode: number | Error, body?: unknown) {
	const asked: IHttpRequestOptions[] = [];
	const helpers = {
		httpRequest: async (options: IHttpRequestOptions) => {
			asked.push(options);
			if (statusCode instanceof Error) throw statusCode;
			return await Promise.resolve({ statusCode, body });
		},
	} as unknown as IHttpRequestHelper['helpers'];
	return { asked, helpers };
}

const tokenFor = async (statusCode: number, body: unknown, more: object = {}) =>
	await exchange(didit(statusCode, body).helpers, { ...CLIENT, ...more });

const errorOf = async (work: Promise<unknown>) =>
	(await work.then(
		() => undefined,
		(error: unknown) => error,
	)) as (Error & { description?: string }) | undefined;

const exchangeError = async (statusCode: number, body: unknown = {}, more: object = {}) =>
	await errorOf(tokenFor(statusCode, body, more));
const keyError = async (statusCode: number, body: unknown = {}) =>
	await errorOf(proveApiKey(didit(statusCode, body).helpers, KEYED));

const CALL = {
	json: true,
	timeout: 30_000,
	returnFullResponse: true,
	ignoreHttpStatusErrors: true,
	disableFollowRedirect: true,
};

it('sends an exchange that waits half a minute and reads any status itself', async () => {
	const { asked, helpers } = didit(200, { access_token: 'token-1' });
	await exchange(helpers, CLIENT);
	expect(asked).toEqual([
		{
			...CALL,
			method: 'POST',
			url: 'https://apx.didit.me/auth/v2/token/',
			headers: {
				Authorization: `Basic ${Buffer.from('client-one:secret of client one').toString('base64')}`,
				'Content-Type': 'application/x-www-form-urlencoded',
			},
			body: 'grant_type=client_credentials',
		},
	]);
});

it('takes a client ID that an expression gives as a number', async () => {
	expect(await tokenFor(200, { access_token: 'token-1' }, { clientId: 7 })).toMatchObject({
		accessToken: 'token-1',
	});
});

it('proves a key with a list of one session', async () => {
	const { asked, helpers } = didit(200, { results: [] });
	await proveApiKey(helpers, KEYED);
	expect(asked).toEqual([
		{
			...CALL,
			url: 'https://verification.didit.me/v3/sessions/',
			qs: { limit: 1 },
			headers: { 'x-api-key': 'key-number-one' },
		},
	]);
});

it.each<[string, object, string, string]>([
	[
		'without slashes behind it',
		{ verificationUrl: 'http://didit.test:8080//', authUrl: ' https://auth.test/x/ ' },
		'http://didit.test:8080/v3/sessions/',
		'https://auth.test/x/auth/v2/token/',
	],
	[
		'of Didit where a field is hidden',
		{},
		'https://verification.didit.me/v3/sessions/',
		'https://apx.didit.me/auth/v2/token/',
	],
])('uses the custom address %s', async (_, addresses, sessions, token) => {
	const { asked, helpers } = didit(200, { access_token: 'token-1', results: [] });
	const custom = { environment: 'custom', ...addresses };
	await proveApiKey(helpers, { ...KEYED, ...custom });
	await exchange(helpers, { ...CLIENT, ...custom });
	expect(asked.map(({ url }) => url)).toEqual([sessions, token]);
});

it.each(['didit.test', 'x https://didit.test', 'https:///path', 'https:// x', 'htps://x'])(
	'asks nobody at %j, which is no address',
	async (verificationUrl) => {
		const { asked, helpers } = didit(200, []);
		const custom = { ...KEYED, environment: 'custom', verificationUrl };
		expect((await errorOf(proveApiKey(helpers, custom)))?.message).toBe(
			"'Verification URL' of the Didit credential is not valid. Enter a full address, e.g. https://verification.didit.me",
		);
		expect(asked).toEqual([]);
	},
);

it('ties a token to its client and hosts, each time differently', () => {
	const others: ICredentialDataDecryptedObject[] = [
		CLIENT,
		{ ...CLIENT, clientId: 'client-two' },
		{ ...CLIENT, clientSecret: 'another' },
		{ ...CLIENT, environment: 'custom', authUrl: 'https://auth.test' },
		{ ...CLIENT, environment: 'custom', verificationUrl: 'https://didit.test' },
	];
	const marks = [...others.map((one) => issuedFor(one, 'token-1')), issuedFor(CLIENT, 'token-2')];
	expect(new Set(marks).size).toBe(6);
	for (const mark of marks) expect(mark).toMatch(/^[0-9a-f]{64}$/);
	expect(issuedFor({ ...CLIENT, clientId: ' client-one ' }, 'token-1')).toBe(marks[0]);
});

it.each<[number, unknown]>([
	[300, { access_token: 'token-1' }],
	[200, { access_token: '' }],
	[200, { access_token: 7 }],
	[200, null],
	[200, undefined],
])('takes nothing for a token from HTTP %i with %j', async (status, body) => {
	expect((await exchangeError(status, body))?.message).toMatch(/without a token/);
});

it('takes a token from any good status, and no life from what is none', async () => {
	for (const expires_in of [0, -60, 'soon', null, undefined])
		expect(await tokenFor(299, { access_token: 'token-1', expires_in })).toEqual({
			accessToken: 'token-1',
			accessTokenFor: issuedFor(CLIENT, 'token-1'),
			renewAt: 0,
		});
});

const NO_TOKEN = (status: number) =>
	`Didit answered without a token (HTTP ${status}). Check the 'Authentication URL' of the credential, or try again in a few minutes`;
const REFUSED = 'Didit refused the client ID or secret. Copy both again from the Didit console';

it.each<[number, unknown, string, boolean]>([
	[299, {}, NO_TOKEN(299), true],
	[300, {}, NO_TOKEN(300), false],
	[399, {}, NO_TOKEN(399), false],
	[302, '<html>', NO_TOKEN(302), false],
	[400, {}, REFUSED, false],
	[403, 'Forbidden <b>', REFUSED, false],
	[403, '\n<html>', NO_TOKEN(403), true],
	[499, {}, REFUSED, false],
	[500, {}, "Didit can't issue a token at the moment (HTTP 500). Try again in a few minutes", true],
	[429, {}, 'Didit is limiting token requests at the moment. Try again in a minute', true],
	[
		404,
		{},
		"Didit no longer offers access by client ID and secret. Set 'Authentication' to 'API Key', and choose a 'Workflow' in your Didit nodes",
		false,
	],
])('HTTP %i with %j instead of a token says so, and whether it may go away', async (...row) => {
	const [status, body, message, temporary] = row;
	const error = await exchangeError(status, body);
	expect([error?.message, isTemporary(error ?? {})]).toEqual([message, temporary]);
});

it.each([404, 410])('HTTP %i of a custom address is the wrong address', async (status) => {
	const error = await exchangeError(status, {}, { environment: 'custom' });
	expect(error?.message).toBe(
		"No Didit API found at this address. Check the credential's 'Authentication URL'",
	);
	expect(isTemporary(error ?? {})).toBe(false);
});

it.each<[string, string, boolean]>([
	[
		'Domain not allowed: restricted',
		"The 'Allowed HTTP Request Domains' of the credential don't include apx.didit.me. Add it to the list",
		false,
	],
	[
		'The request failed: Domain not allowed',
		"n8n could not reach Didit at https://apx.didit.me. Check that n8n may connect to it, and the 'Authentication URL' of the credential",
		true,
	],
])('of no answer (%s) it says what to check', async (cause, message, temporary) => {
	const error = await errorOf(exchange(didit(new Error(cause)).helpers, CLIENT));
	expect([error?.message, isTemporary(error ?? {})]).toEqual([message, temporary]);
});

it.each<[number, unknown]>([
	[200, []],
	[299, { results: [{}] }],
])('takes HTTP %i with %j for the proof of a key', async (status, body) => {
	expect(await keyError(status, body)).toBeUndefined();
});

const NO_API = (status: number) =>
	`No Didit API found at this address (HTTP ${status}). Check the 'Verification URL' of the credential`;
const WRONG_KEY =
	"Didit did not accept this API key. Copy it again from Developers > API Keys in the Didit console; a limited key also needs 'read' access to sessions";

it.each<[number, unknown, string]>([
	[200, null, NO_API(200)],
	[200, { results: 'none' }, NO_API(200)],
	[300, [], NO_API(300)],
	[401, {}, WRONG_KEY],
	[403, {}, WRONG_KEY],
	[401, '<html>', NO_API(401)],
	[403, '\t<html>', NO_API(403)],
	[402, {}, NO_API(402)],
	[429, {}, 'Didit is limiting requests at the moment. Try again in a minute'],
	[499, {}, NO_API(499)],
	[500, {}, 'Didit is not available at the moment (HTTP 500). Try again in a few minutes'],
	[500, '<html>', `${NO_API(500)}, or try again in a few minutes`],
])('HTTP %i with %j is no proof of a key, and the error says what it is', async (...row) => {
	const [status, body, message] = row;
	expect((await keyError(status, body))?.message).toBe(message);
});
