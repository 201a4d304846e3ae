// How often a token is exchanged, on the real code path of n8n-core.
import nock from 'nock';
import { DIDIT, diditV1, endDidit } from '../support/didit.mts';
import { apiKey, clientCredentials, runDidit } from '../support/n8n.mts';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof import('../support/pauses.mts')>('../support/pauses.mts')
		.withShortPauses(),
);

const items = (count: number) =>
	Array.from({ length: count }, (_, number) => ({ json: { number } }));

// An exchange that fails for a while is tried again after seconds.
jest.setTimeout(60_000);
beforeAll(() => nock.disableNetConnect());
afterEach(endDidit);
afterAll(() => nock.enableNetConnect());

it('exchanges a token once for 100 executions within its life', async () => {
	const count = diditV1({ delay: 0 });
	const credentials = clientCredentials(DIDIT);
	for (let execution = 0; execution < 100; execution++) {
		const { error } = await runDidit({}, { credentials });
		expect(error).toBeUndefined();
	}
	expect(count).toMatchObject({ exchanges: 1, creates: 100 });
});

it('exchanges a token once for 20 items in parallel that have none', async () => {
	const count = diditV1();
	const { items: out } = await runDidit(
		{},
		{ credentials: clientCredentials(DIDIT), input: items(20) },
	);
	expect(out).toHaveLength(20);
	expect(count).toMatchObject({ exchanges: 1, creates: 20 });
});

it('exchanges a token once for 10 executions that start at the same moment without one', async () => {
	const count = diditV1();
	const credentials = clientCredentials(DIDIT);
	const runs = await Promise.all(
		Array.from({ length: 10 }, async () => await runDidit({}, { credentials, input: items(3) })),
	);
	expect(runs.map(({ error }) => error)).toEqual(Array(10).fill(undefined));
	expect(count).toMatchObject({ exchanges: 1, creates: 30 });
});

it('exchanges once more for 10 executions that meet a revoked token at the same moment', async () => {
	let revoked = '';
	const count = diditV1({ accepts: (token) => token !== revoked });
	const credentials = clientCredentials(DIDIT);
	await runDidit({}, { credentials });
	revoked = 'token-1';
	const runs = await Promise.all(
		Array.from({ length: 10 }, async () => await runDidit({}, { credentials, input: items(3) })),
	);
	expect(runs.map(({ error }) => error)).toEqual(Array(10).fill(undefined));
	expect(count.exchanges).toBe(2);
});

it('uses what another execution got while n8n has not stored it yet', async () => {
	const count = diditV1();
	// Two stores of the same credential: the second one knows nothing of what the first one has stored.
	const [first, second] = [1, 2].map(() =>
		clientCredentials(DIDIT, { accessTokenFor: 'the same' }),
	);
	await runDidit({}, { credentials: first });
	await runDidit({}, { credentials: second });
	expect(count.exchanges).toBe(1);
	// That token is refused now, so it must not come back.
	second.stored['1'] = { ...second.stored['1'], accessToken: '' };
	await runDidit({}, { credentials: second });
	expect(count.exchanges).toBe(2);
});

it('shares an exchange that fails, and not its failure with the next one', async () => {
	nock(DIDIT).post('/auth/v2/token/').reply(400, {});
	const credentials = clientCredentials(DIDIT);
	const failed = await Promise.all([1, 2, 3].map(async () => await runDidit({}, { credentials })));
	expect(failed.map(({ error }) => error?.message)).toEqual(
		Array(3).fill(expect.stringContaining('Didit refused the client ID or secret')),
	);
	const count = diditV1();
	expect((await runDidit({}, { credentials })).error).toBeUndefined();
	expect(count.exchanges).toBe(1);
});

it.each([401, 403])(
	'exchanges one more token when 20 items meet a revoked one (HTTP %i), and all succeed',
	async (refusal) => {
		let revoked = '';
		const count = diditV1({ refusal, accepts: (token) => token !== revoked });
		const credentials = clientCredentials(DIDIT);
		await runDidit({}, { credentials });
		revoked = 'token-1';
		const { items: out, error } = await runDidit({}, { credentials, input: items(20) });
		expect(error).toBeUndefined();
		expect(out).toHaveLength(20);
		expect(count.exchanges).toBe(2);
		expect(credentials.stored['1'].accessToken).toBe('token-2');
	},
);

it('asks for one more token at most when Didit really says no, and says so', async () => {
	let allowed = true;
	const count = diditV1({ refusal: 403, accepts: () => allowed });
	const credentials = clientCredentials(DIDIT);
	await runDidit({}, { credentials });
	allowed = false;
	const { error } = await runDidit({}, { credentials, input: items(20) });
	expect(count.exchanges).toBe(2);
	expect(error).toMatchObject({
		message: 'You do not have permission to perform this action.',
		description: expect.stringContaining('even with a new token') as string,
		httpCode: '403',
	});
});

it('works with a token that lives 30 seconds', async () => {
	const count = diditV1({ tokenLife: 30 });
	const credentials = clientCredentials(DIDIT);
	await runDidit({}, { credentials });
	const { items: out } = await runDidit({}, { credentials, input: items(5) });
	expect(out).toHaveLength(5);
	expect(count.exchanges).toBe(1);
});

it('renews a token before it expires, without sending the old one', async () => {
	const count = diditV1({ accepts: (token) => token === 'token-2' || count.exchanges < 2 });
	const credentials = clientCredentials(DIDIT);
	await runDidit({}, { credentials });
	credentials.stored['1'].renewAt = Date.now() - 1;
	const { items: out } = await runDidit({}, { credentials, input: items(20) });
	expect(out).toHaveLength(20);
	expect(count).toMatchObject({ exchanges: 2, creates: 21 });
});

it('uses a changed secret at once [T42]', async () => {
	const count = diditV1({ secrets: { 'client-one': 'secret-of-client-one' } });
	const credentials = clientCredentials(DIDIT);
	await runDidit({}, { credentials });
	credentials.stored['1'].clientSecret = 'mistyped';
	const { error } = await runDidit({}, { credentials });
	expect(error?.message).toBe(
		'Didit refused the client ID or secret. Copy both again from the Didit console',
	);
	expect(count).toMatchObject({ exchanges: 2, creates: 1 });
});

it('takes a token that another process has renewed meanwhile', async () => {
	const count = diditV1({ accepts: (token) => token === 'token-2' || count.exchanges < 2 });
	const credentials = clientCredentials(DIDIT);
	await runDidit({}, { credentials });
	const other = clientCredentials(DIDIT);
	await runDidit({}, { credentials: other });
	expect(count.exchanges).toBe(2);
	const read = credentials.getDecrypted.bind(credentials);
	let reads = 0;
	credentials.getDecrypted = async (...args) => {
		// The other process stores its token after this execution has read the credential.
		if (++reads > 1) Object.assign(credentials.stored['1'], other.stored['1']);
		return await read(...args);
	};
	const { items: out } = await runDidit({}, { credentials, input: items(3) });
	expect(out).toHaveLength(3);
	expect(count.exchanges).toBe(2);
});

it('exchanges once and stops when the secret is wrong, however many items there are', async () => {
	const count = diditV1();
	const { error } = await runDidit(
		{},
		{ credentials: clientCredentials(DIDIT, { clientSecret: 'mistyped' }), input: items(20) },
	);
	expect(error?.message).toContain('Didit refused the client ID or secret');
	expect(count).toMatchObject({ exchanges: 1, creates: 0 });
});

it('gives two items whose credential resolves differently a token each [T41]', async () => {
	const count = diditV1();
	const credentials = clientCredentials(DIDIT, {
		clientId: '={{ $json.client }}',
		clientSecret: '=secret-of-{{ $json.client }}',
	});
	const input = ['client-one', 'client-two', 'client-one', 'client-two'].map((client) => ({
		json: { client },
	}));
	const { items: out } = await runDidit({}, { credentials, input });
	expect(out.map(({ json }) => json.client)).toEqual([
		'client-one',
		'client-two',
		'client-one',
		'client-two',
	]);
	expect(count).toMatchObject({ exchanges: 2, creates: 4 });
	expect(credentials.stored['1'].clientId).toBe('={{ $json.client }}');
});

it('gives two items their own API key where it is an expression', async () => {
	const seen: unknown[] = [];
	nock(DIDIT)
		.persist()
		.get('/v3/billing/balance/')
		.reply(function () {
			seen.push(this.req.headers['x-api-key']);
			return [
				200,
				{
					balance: '1.0000',
					auto_refill_enabled: false,
					auto_refill_amount: null,
					auto_refill_threshold: null,
				},
			];
		});
	const credentials = apiKey(DIDIT, { apiKey: '={{ $json.tenant?.key ?? "key-of-all" }}' });
	const input = [{}, { tenant: { key: 'key-one' } }, {}, { tenant: { key: 'key-two' } }].map(
		(json) => ({ json }),
	);
	const { error } = await runDidit(
		{ resource: 'account', operation: 'getBalance' },
		{ credentials, input },
	);
	expect(error).toBeUndefined();
	expect([...seen].sort()).toEqual(['key-of-all', 'key-of-all', 'key-one', 'key-two']);
});

it('asks n8n for a credential without expressions a few times, not for each of 200 items', async () => {
	diditV1();
	const credentials = clientCredentials(DIDIT);
	const { items: out } = await runDidit({}, { credentials, input: items(200) });
	expect(out).toHaveLength(200);
	expect(credentials.reads).toBeLessThan(5);
});

it('gets over an exchange that fails in passing', async () => {
	const count = diditV1({
		exchange: ({ exchanges }) => (exchanges < 3 ? [exchanges === 1 ? 503 : 429, {}] : undefined),
	});
	const { items: out, error } = await runDidit(
		{},
		{ credentials: clientCredentials(DIDIT), input: items(20) },
	);
	expect(error).toBeUndefined();
	expect(out).toHaveLength(20);
	expect(count).toMatchObject({ exchanges: 3, creates: 20 });
});

it('does not ask for token after token for items that Didit keeps refusing among good ones', async () => {
	const count = diditV1({ refusal: 401, accepts: (_token, { creates }) => creates % 10 !== 0 });
	const credentials = clientCredentials(DIDIT);
	await runDidit(
		{},
		{ credentials, input: items(100), node: { onError: 'continueRegularOutput' } },
	);
	expect(count.exchanges).toBeLessThanOrEqual(2);
});

it.each([401, 403])(
	'gets over a token that is refused twice within a minute (HTTP %i): all items succeed',
	async (refusal) => {
		// Each token works for a few requests, then Didit refuses it for good.
		const uses = new Map<string, number>();
		const count = diditV1({
			refusal,
			accepts: (token) => {
				uses.set(token, (uses.get(token) ?? 0) + 1);
				return Number(uses.get(token)) <= 25 || token === 'token-3';
			},
		});
		const { items: out, error } = await runDidit(
			{ options: { requestSettings: { maxConcurrency: 5 } } },
			{ credentials: clientCredentials(DIDIT), input: items(80) },
		);
		expect(error).toBeUndefined();
		expect(out).toHaveLength(80);
		expect(count.exchanges).toBe(3);
	},
);

it('gets over a token that is refused twice within a minute, one item after the other', async () => {
	const uses = new Map<string, number>();
	const count = diditV1({
		accepts: (token) => {
			uses.set(token, (uses.get(token) ?? 0) + 1);
			return Number(uses.get(token)) <= 3 || token === 'token-3';
		},
	});
	const { items: out, error } = await runDidit(
		{ options: { requestSettings: { maxConcurrency: 1 } } },
		{ credentials: clientCredentials(DIDIT), input: items(10) },
	);
	expect(error).toBeUndefined();
	expect(out).toHaveLength(10);
	expect(count.exchanges).toBe(3);
});

it.each<[string, number]>([
	['of a site under maintenance', 200],
	['of a firewall', 403],
	['of a gateway', 502],
])(
	'gets over an exchange that answers with a page %s',
	async (_, status) => {
		const count = diditV1({
			exchange: ({ exchanges }) =>
				exchanges < 3 ? [status, '<!doctype html><title>One moment</title>'] : undefined,
		});
		const { items: out, error } = await runDidit(
			{},
			{ credentials: clientCredentials(DIDIT), input: items(20) },
		);
		expect(error).toBeUndefined();
		expect(out).toHaveLength(20);
		expect(count).toMatchObject({ exchanges: 3, creates: 20 });
	},
	30_000,
);

it('does not fail the rest of the items for good when an exchange failed for a while', async () => {
	// The first items wait through all tries in vain; then Didit has recovered.
	const count = diditV1({
		exchange: ({ exchanges }) => (exchanges <= 4 ? [200, '<html>One moment</html>'] : undefined),
	});
	const { items: out } = await runDidit(
		{ options: { requestSettings: { maxConcurrency: 5 } } },
		{
			credentials: clientCredentials(DIDIT),
			input: items(30),
			node: { onError: 'continueRegularOutput' },
		},
	);
	const failed = out.filter(({ json }) => json.error !== undefined);
	expect([out.length, failed.length]).toEqual([30, 5]);
	expect(count).toMatchObject({ exchanges: 5, creates: 25 });
});

it('names the field whose expression gives nothing, and sends nothing', async () => {
	const { error } = await runDidit(
		{ resource: 'account', operation: 'getBalance' },
		{ credentials: apiKey(DIDIT, { apiKey: '={{ $json.tenant_key }}' }), input: [{ json: {} }] },
	);
	expect(error?.message).toContain("'API Key' of the Didit credential is empty");
});

it('exchanges a token when the one that another process stored is refused too', async () => {
	const revoked: string[] = [];
	const count = diditV1({ accepts: (token) => !revoked.includes(token) });
	const credentials = clientCredentials(DIDIT);
	await runDidit({}, { credentials });
	const other = clientCredentials(DIDIT);
	await runDidit({}, { credentials: other });
	revoked.push('token-1', 'token-2');
	const read = credentials.getDecrypted.bind(credentials);
	let reads = 0;
	credentials.getDecrypted = async (...args) => {
		if (++reads === 2) Object.assign(credentials.stored['1'], other.stored['1']);
		return await read(...args);
	};
	const { items: out, error } = await runDidit({}, { credentials });
	expect(error).toBeUndefined();
	expect(out).toHaveLength(1);
	expect(count.exchanges).toBe(3);
});
