/** The credential in the real n8n: what its "Test" says, and its use in the HTTP Request node. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { diditCredential, n8n, node, sandbox, webhookWorkflow, world } from './support/world.mts';

const apiKey = (key: string) =>
	diditCredential({ authentication: 'apiKey', apiKey: key, clientId: '', clientSecret: '' });

/** Saves and tests, as the window of the credential does. */
async function test(data: Record<string, unknown>) {
	return await n8n.testCredential(
		'diditApi',
		await n8n.saveCredential('diditApi', 'Credential under test', data),
		data,
	);
}

beforeEach(async () => await sandbox.reset());

describe('the test of the credential', () => {
	it('accepts a good client ID and secret, after a real exchange every time', async () => {
		for (const exchanges of [1, 2]) {
			expect(await test(diditCredential())).toMatchObject({ status: 'OK' });
			expect(await sandbox.exchanges()).toBe(exchanges);
		}
	});

	it('accepts a good API key, after reading one session', async () => {
		expect(await test(apiKey(world.sandbox.apiKey))).toMatchObject({ status: 'OK' });
		const { requests } = await sandbox.requests();
		expect(requests).toContainEqual(
			expect.objectContaining({ path: '/v3/sessions/', status: 200 }),
		);
	});

	it('accepts an API key that may work with sessions and nothing else', async () => {
		expect(await test(apiKey(world.sandbox.limitedKey))).toMatchObject({ status: 'OK' });
	});

	const nobody = 'http://127.0.0.1:9';
	it.each<[string, Record<string, unknown>, RegExp]>([
		[
			'a wrong client secret',
			diditCredential({ clientSecret: 'made-up-wrong-one' }),
			/refused the client ID or secret/,
		],
		[
			'a wrong client ID',
			diditCredential({ clientId: 'made-up-wrong-one' }),
			/refused the client ID or secret/,
		],
		[
			'a wrong API key',
			apiKey('made-up-wrong-one'),
			/did not accept this API key\. Copy it again .* limited key/,
		],
		[
			'an address for the token that nobody answers',
			diditCredential({ authUrl: nobody }),
			/could not reach Didit at http:\/\/127\.0\.0\.1:9\b.*Authentication URL/,
		],
		[
			'an address for sessions that nobody answers',
			diditCredential({ verificationUrl: nobody }),
			/could not reach Didit at http:\/\/127\.0\.0\.1:9\b.*Verification URL/,
		],
		[
			'an address that nobody answers, for an API key',
			{ ...apiKey(world.sandbox.apiKey), verificationUrl: nobody },
			/could not reach Didit at http:\/\/127\.0\.0\.1:9\b.*Verification URL/,
		],
	])('says so for %s', async (_case, data, sentence) => {
		const { status, message } = await test(data);
		expect({ status, message }).toEqual({
			status: 'Error',
			message: expect.stringMatching(sentence),
		});
		expect(message).not.toContain('made-up-wrong-one');
	});

	it('says that the API key is wrong where Didit tells a wrong key from a missing permission', async () => {
		await sandbox.set({ authFailureStatus: 401 });
		expect(await test(apiKey('made-up-wrong-one'))).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/did not accept this API key\. Copy it again/),
		});
	});

	it('says which permission an API key lacks', async () => {
		await sandbox.addFault({
			path: '/v3/sessions/',
			respond: {
				status: 403,
				body: { detail: 'You do not have permission to perform this action.' },
			},
		});
		const { status, message } = await test(apiKey(world.sandbox.apiKey));
		expect({ status, message }).toEqual({
			status: 'Error',
			message: expect.stringMatching(/a limited key also needs 'read' access to sessions/),
		});
	});
});

describe('the HTTP Request node with the Didit credential', () => {
	const request = (path: string, credential: 'secret' | 'key') =>
		node(
			'Call',
			'n8n-nodes-base.httpRequest',
			4.5,
			{
				method: 'GET',
				url: `${world.sandbox.url}${path}`,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: 'diditApi',
				options: {},
			},
			{ diditApi: world.credentials[credential] },
		);

	it('reaches an endpoint of version 1 with a client ID and secret, and gets a token by itself', async () => {
		const create = node(
			'Didit',
			'n8n-nodes-didit.didit',
			1,
			{ resource: 'session', operation: 'create' },
			{ diditApi: world.credentials.secret },
		);
		const run = await webhookWorkflow(
			'http-request-v1',
			[create, request('/v1/session/{{ $json.session_id }}/decision/', 'secret')].map((one) => ({
				...one,
				parameters: {
					...one.parameters,
					...(one.name === 'Call' && { url: `=${one.parameters.url as string}` }),
				},
			})),
		);
		const [decision] = await run([{}]);
		expect(decision).toMatchObject({ status: 'Not Started', session_id: expect.any(String) });
	});

	it('reaches an endpoint of version 3 with an API key', async () => {
		const run = await webhookWorkflow('http-request-v3', [
			request('/v3/workflows/?limit=1', 'key'),
		]);
		const [page] = await run([{}]);
		expect(page).toMatchObject({
			results: [expect.objectContaining({ workflow_id: expect.any(String) })],
		});
	});

	/** Another host, under a name of its own: it notes the keys that reach it. */
	async function withElsewhere(
		test: (url: string, keys: unknown[]) => Promise<void>,
	): Promise<void> {
		const keys: unknown[] = [];
		const elsewhere = createServer(({ headers }, response) => {
			keys.push(headers['x-api-key']);
			response.end('{}');
		});
		await new Promise<void>((resolve) => elsewhere.listen(0, 'localhost', resolve));
		try {
			await test(`http://localhost:${(elsewhere.address() as AddressInfo).port}/`, keys);
		} finally {
			elsewhere.close();
		}
	}

	it('does not send the key to another host [T40]', async () => {
		await withElsewhere(async (url, keys) => {
			const call = request('', 'key');
			const run = await webhookWorkflow('http-request-elsewhere', [
				{ ...call, parameters: { ...call.parameters, url } },
			]);
			await expect(run([{}])).rejects.toThrow('The workflow ended with 500');
			expect(keys).toEqual([]);
		});
	});

	it('does not hand the key on when Didit redirects to another host [T35]', async () => {
		await withElsewhere(async (location, keys) => {
			await sandbox.addFault({
				path: '/v3/workflows/',
				respond: { status: 302, headers: { location } },
			});
			const run = await webhookWorkflow('http-request-redirect', [
				request('/v3/workflows/', 'key'),
			]);
			await run([{}]).catch(() => undefined);
			expect((await sandbox.requests()).requests).toContainEqual(
				expect.objectContaining({ path: '/v3/workflows/', status: 302 }),
			);
			expect(keys.filter(Boolean)).toEqual([]);
		});
	});
});
