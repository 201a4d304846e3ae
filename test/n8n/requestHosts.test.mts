/** Where token, key and secret go: over real HTTP to one host, whatever Didit or somebody in its place answers. */
import type { IWebhookFunctions } from 'n8n-workflow';
import nock from 'nock';
import { resumeWaiting } from '../../nodes/Didit/wait/visit.ts';
import { apiKey, clientCredentials, runDidit, storedText } from '../support/n8n.mts';
import { byId, id } from '../support/run.mts';
import { json, serve, type TestServer } from '../support/server.mts';

const KEY = 'key-number-one';
const SECRETS = [
	KEY,
	'secret-of-client-one',
	Buffer.from('client-one:secret-of-client-one').toString('base64'),
];
const SESSION = id(1);
const servers: TestServer[] = [];

beforeAll(() => nock.restore());
afterEach(() => servers.splice(0).forEach((server) => server.stop()));

async function started(answer: Parameters<typeof serve>[0]): Promise<TestServer> {
	const server = await serve(answer);
	servers.push(server);
	return server;
}

const create = { operation: 'create', workflowId: byId(id(3)) };
const get = { operation: 'get', sessionId: byId(SESSION) };
const retries = { options: { requestSettings: { maxRetries: 0, maxWait: 0 } } };

describe.each([301, 302, 303, 307, 308])('a redirect (HTTP %i)', (status) => {
	it.each([
		['of a create', create],
		['of a read', get],
	])('%s is not followed [T32]', async (_, parameters) => {
		const other = await started((_request, response) =>
			json(response, 200, { session_id: SESSION, url: 'x', status: 'Approved' }),
		);
		const didit = await started(
			(_request, response) =>
				void response.writeHead(status, { location: `${other.url}/steal` }).end(),
		);
		const { error, items } = await runDidit(
			{ ...parameters, ...retries },
			{ credentials: apiKey(didit.url) },
		);
		expect([error?.description, items]).toEqual([expect.stringContaining('is not followed'), []]);
		expect(didit.seen.map(({ headers }) => headers['x-api-key'])).toEqual([KEY]);
		expect(other.seen).toEqual([]);
	});

	it('of the token exchange is not followed [T33]', async () => {
		const other = await started((_request, response) =>
			json(response, 200, { access_token: 'stolen', expires_in: 60 }),
		);
		const didit = await started(
			(_request, response) =>
				void response.writeHead(status, { location: `${other.url}/steal` }).end(),
		);
		const { error } = await runDidit({ ...retries }, { credentials: clientCredentials(didit.url) });
		expect(error?.message).toContain("Check the 'Authentication URL'");
		expect(other.seen).toEqual([]);
	});
});

it('a link to a next page on another host gets neither key nor request [T37]', async () => {
	const other = await started((_request, response) =>
		json(response, 200, { results: [], next: null }),
	);
	const didit = await started((request, response) =>
		json(response, 200, {
			results: [{ session_id: String(request.url) }],
			next: request.url?.includes('offset') ? null : `${other.url}/v3/sessions/?offset=1`,
		}),
	);
	await runDidit({ operation: 'getAll', returnAll: true }, { credentials: apiKey(didit.url) });
	expect([didit.seen.length, other.seen.length]).toEqual([2, 0]);
});

it('the erasure of a person sends no ID that could lead elsewhere [T64]', async () => {
	const didit = await started((request, response) => {
		if (request.url?.startsWith('/v3/users/'))
			return json(response, 200, { didit_internal_id: id(9) });
		return json(response, 200, {
			results: [{ session_id: `../users/${SESSION}`, vendor_data: 'user-42' }],
			next: null,
		});
	});
	const { error } = await runDidit(
		{ resource: 'user', operation: 'delete', userId: byId('user-42'), dryRun: false },
		{ credentials: apiKey(didit.url) },
	);
	expect(error?.message).toContain('Nothing was deleted');
	expect(didit.seen.map(({ method }) => method)).toEqual(['GET', 'GET']);
});

it.each([
	['echoes the request', (headers: object) => ({ detail: JSON.stringify(headers) })],
	[
		'puts the secret where the message is cut',
		(headers: object) => ({ detail: 'a'.repeat(380) + JSON.stringify(Object.values(headers)) }),
	],
	[
		'encodes it for a URL',
		(headers: object) => ({ detail: encodeURIComponent(JSON.stringify(headers)) }),
	],
	[
		'encodes it in Base64',
		(headers: object) => ({
			detail: Object.values(headers)
				.map((value) => Buffer.from(`seen: ${value}`).toString('base64'))
				.join(' '),
		}),
	],
	['shouts it', (headers: object) => ({ detail: JSON.stringify(headers).toUpperCase() })],
	['hides it in a field', (headers: object) => ({ [`x ${JSON.stringify(headers)}`]: ['No.'] })],
])('a host that %s gets no secret into what n8n stores [T44]', async (_, answer) => {
	const didit = await started((request, response) => {
		const { 'x-api-key': key, authorization } = request.headers;
		if (request.url === '/auth/v2/token/')
			return json(response, 200, { access_token: 'token-QZ-5512-QZ', expires_in: 600 });
		return json(response, 400, answer({ key, authorization }));
	});
	for (const [parameters, credentials] of [
		[create, apiKey(didit.url)],
		[{}, clientCredentials(didit.url)],
	] as const) {
		for (const onError of ['stopWorkflow', 'continueRegularOutput'] as const) {
			const result = await runDidit(
				{ ...parameters, ...retries },
				{ credentials, node: { onError } },
			);
			const stored = storedText(result);
			expect(stored).toContain('HTTP 400');
			for (const secret of [...SECRETS, 'token-QZ-5512-QZ', 'key-number', 'token-QZ'])
				expect(stored).not.toContain(secret);
		}
	}
});

it('the log line of a result that could not be read has no secret in it [T45]', async () => {
	const log: string[] = [];
	const response = { status: () => response, json: () => {} };
	const context = {
		getNode: () => ({ name: 'Didit', credentials: {} }),
		getCredentials: async () =>
			await Promise.resolve({ authentication: 'apiKey', apiKey: KEY, environment: 'production' }),
		getNodeParameter: (_name: string, fallback: unknown) => fallback,
		getHeaderData: () => ({}),
		getQueryData: () => ({}),
		getExecutionId: () => '1',
		getResponseObject: () => response,
		evaluateExpression: () => SESSION,
		logger: { warn: (text: string) => log.push(text) },
		helpers: {
			httpRequestWithAuthentication: async () =>
				await Promise.resolve({
					statusCode: 403,
					headers: {},
					body: { detail: `The key ${KEY} may not do this.` },
				}),
		},
	};
	await resumeWaiting.call(context as unknown as IWebhookFunctions);
	expect(log).toEqual([expect.stringContaining('The key *** may not do this.')]);
});
