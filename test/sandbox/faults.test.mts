import { call, create, exchange, type Json, v1, v3, withSandbox, WORKFLOW } from './client.mts';

const sandbox = withSandbox();
const body = { workflow_id: WORKFLOW.identity };
const post = async () => await v3(sandbox(), 'POST', '/v3/session/', body);
const outcome = async (action: () => Promise<{ status: number }>) =>
	await action().then(
		({ status }) => status,
		() => 'dropped' as const,
	);

describe('a fault', () => {
	it('answers what it is told, as often as it is told, and only where it matches', async () => {
		sandbox().faults.add({
			method: 'post',
			path: '/v3/session/',
			after: 1,
			times: 2,
			respond: { status: 429, body: { detail: 'slow down' }, headers: { 'retry-after': '2' } },
		});
		const answers = [
			await post(),
			await post(),
			await v3(sandbox(), 'GET', '/v3/workflows/'),
			await post(),
			await post(),
		];
		expect(answers.map(({ status }) => status)).toEqual([201, 429, 200, 429, 201]);
		expect(answers[1].body).toEqual({ detail: 'slow down' });
		expect(answers[1].headers.get('retry-after')).toBe('2');
		expect(sandbox().sessions).toHaveLength(2);
	});

	it.each([
		['a star for anything', '/v3/session/*/decision/', 503],
		['a pattern', /decision/, 503],
		['another address', '/v3/session/', 200],
		['a part of the address only', '/v3/session', 200],
	])('matches %s', async (_what, path, expected) => {
		const { session_id } = await create(sandbox());
		sandbox().faults.add({ path, respond: { status: 503, body: '<html>Bad gateway</html>' } });
		const { status, headers } = await v3(sandbox(), 'GET', `/v3/session/${session_id}/decision/`);
		expect(status).toBe(expected);
		if (status === 503) expect(headers.get('content-type')).toContain('text/html');
	});

	it('drops the connection before the call takes effect, or after it did', async () => {
		sandbox().faults.add({ drop: 'before', times: 1 });
		expect(await outcome(post)).toBe('dropped');
		expect(sandbox().sessions).toHaveLength(0);
		sandbox().faults.add({ drop: 'after', times: 1 });
		expect(await outcome(post)).toBe('dropped');
		expect(sandbox().sessions).toHaveLength(1);
		expect(sandbox().requests.map(({ dropped, status }) => ({ dropped, status }))).toEqual([
			{ dropped: true, status: null },
			{ dropped: true, status: null },
		]);
	});

	it('breaks the connection off when half of the answer has come', async () => {
		sandbox().faults.add({ drop: 'midway', times: 1 });
		const response = await fetch(`${sandbox().url}/v3/session/`, {
			method: 'POST',
			body: JSON.stringify(body),
			headers: { 'x-api-key': sandbox().apiKey, 'content-type': 'application/json' },
		});
		expect(response.status).toBe(201);
		await expect(response.text()).rejects.toThrow('terminated');
		expect(sandbox().sessions).toHaveLength(1);
	});

	it('revokes the tokens before it looks at the call', async () => {
		const token = (await exchange(sandbox())).body.access_token as string;
		sandbox().faults.add({ path: '/v1/session/', revoke: true, times: 1 });
		expect((await v1(sandbox(), 'POST', '/v1/session/', {}, token)).status).toBe(403);
		expect((await v1(sandbox(), 'POST', '/v1/session/', {})).status).toBe(201);
	});

	it('sends another body after the call took effect', async () => {
		sandbox().faults.add({ alter: { status: 504, body: { detail: 'Gateway timeout' } }, times: 1 });
		sandbox().faults.add({ alter: { body: '<html>Hello</html>' }, times: 1 });
		expect(await post()).toMatchObject({ status: 504, body: { detail: 'Gateway timeout' } });
		const { status, text, headers } = await post();
		expect([status, text, headers.get('content-type')]).toEqual([
			201,
			'<html>Hello</html>',
			'text/html; charset=utf-8',
		]);
		expect(sandbox().sessions).toHaveLength(2);
	});

	it('damages an answer: half of the JSON, missing fields, another status', async () => {
		sandbox().faults.add({ alter: { malformed: true }, times: 1 });
		const { text } = await post();
		expect(() => JSON.parse(text) as unknown).toThrow();
		sandbox().faults.add({ alter: { omit: ['session_id', 'url'], status: 200 }, times: 1 });
		const { status, body: altered } = await post();
		expect(status).toBe(200);
		expect(altered).toMatchObject({ session_token: expect.any(String) });
		expect(altered).not.toHaveProperty('session_id');
		expect(altered).not.toHaveProperty('url');
		expect(sandbox().sessions).toHaveLength(2);
	});

	it('slows calls down, beside a fault that does more', async () => {
		sandbox().faults.add({ latency: 60 });
		sandbox().faults.add({ respond: { status: 500 }, times: 1 });
		const started = performance.now();
		expect([await outcome(post), await outcome(post)]).toEqual([500, 201]);
		expect(performance.now() - started).toBeGreaterThan(110);
	});

	it('also hits the token exchange', async () => {
		sandbox().faults.add({
			path: '/auth/v2/token/',
			respond: { status: 401, body: { error: 'invalid_client' } },
		});
		expect((await exchange(sandbox())).status).toBe(401);
	});

	it('is gone when it is cleared', async () => {
		sandbox().faults.add({ respond: { status: 500 } });
		sandbox().faults.clear();
		expect((await post()).status).toBe(201);
	});
});

describe('the rate limits', () => {
	it('refuse the call over the limit, say when to come back, and slide', async () => {
		sandbox().set({ rateLimits: { create: 2 } });
		const first = [await post(), await post()];
		sandbox().advanceClock(40);
		const refused = await post();
		expect([...first, refused].map(({ status }) => status)).toEqual([201, 201, 429]);
		expect(refused.body).toEqual({
			detail: 'Session creation rate limit exceeded. You can make up to 2 requests per minute.',
		});
		expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(19);
		expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(20);
		expect(refused.headers.get('x-ratelimit-limit')).toBe('2');
		expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
		for (const { headers } of first) expect(headers.has('x-ratelimit-limit')).toBe(false);
		sandbox().advanceClock(21);
		expect((await post()).status).toBe(201);
	});

	it.each([
		[
			'get',
			600,
			'GET',
			'/v3/workflows/',
			'GET request rate limit exceeded. You can make up to 600 requests per minute.',
		],
		[
			'create',
			600,
			'POST',
			'/v3/session/',
			'Session creation rate limit exceeded. You can make up to 600 requests per minute.',
		],
	])('are the documented ones: %s %d', async (_bucket, limit, method, path, detail) => {
		const answers = await Promise.all(
			Array.from({ length: limit + 1 }, () =>
				v3(sandbox(), method, path, method === 'POST' ? body : undefined),
			),
		);
		expect(answers.filter(({ status }) => status === 429)).toEqual([
			expect.objectContaining({ body: { detail } }),
		]);
	});

	it('count creating and reading apart, and each credential apart', async () => {
		sandbox().set({ rateLimits: { create: 1, get: 1, write: 1, decision: 1 } });
		const token = (await exchange(sandbox())).body.access_token as string;
		const {
			body: { session_id },
		} = await v1(sandbox(), 'POST', '/v1/session/', {}, token);
		const statuses = [
			await post(),
			await v3(sandbox(), 'GET', '/v3/workflows/'),
			await call(sandbox(), 'POST', '/v3/session/', {
				headers: { 'x-api-key': 'sandbox-limited-key' },
				body,
			}),
			await v1(sandbox(), 'GET', `/v1/session/${session_id}/decision/`, undefined, token),
			await v1(sandbox(), 'GET', `/v1/session/${session_id}/decision/`, undefined, token),
		].map(({ status }) => status);
		expect(statuses).toEqual([201, 200, 201, 200, 429]);
	});
});

describe('the address /sandbox', () => {
	const control = async (method: string, path: string, given?: unknown) =>
		await call(sandbox(), method, `/sandbox/${path}`, { body: given });

	it('adds, lists and clears faults', async () => {
		expect(
			await control('POST', 'faults', {
				method: 'POST',
				path: '/v3/session/',
				respond: { status: 500 },
				times: 1,
			}),
		).toMatchObject({ status: 201, body: { id: 1 } });
		expect((await post()).status).toBe(500);
		expect((await control('GET', 'faults')).body.faults).toEqual([
			expect.objectContaining({ id: 1, applied: 1 }),
		]);
		expect((await control('DELETE', 'faults')).status).toBe(204);
		expect((await control('GET', 'faults')).body.faults).toEqual([]);
	});

	it.each([
		['faults', 'POST', { chaos: {} }],
		['faults', 'POST', { chaos: { chances: { earthquake: 1 } } }],
		['faults', 'POST', { chaos: { chances: { page: 2 } } }],
		['faults', 'POST', {}],
		['faults', 'POST', { respond: {} }],
		['faults', 'POST', { drop: 'sometimes' }],
		['faults', 'POST', { latency: '5' }],
		['faults', 'POST', { latency: 1, colour: 'red' }],
		['settings', 'PATCH', { tokenLifetime: 0 }],
		['settings', 'PATCH', { rateLimits: { coffee: 1 } }],
		['clock', 'POST', {}],
	])('refuses a wrong body for %s', async (path, method, given) => {
		expect(await control(method, path, given)).toMatchObject({
			status: 400,
			body: { detail: expect.stringContaining('body') },
		});
	});

	it('revokes tokens, changes settings and moves the clock', async () => {
		const token = (await exchange(sandbox())).body.access_token as string;
		expect((await control('POST', 'tokens/revoke')).body).toEqual({ revoked: 1 });
		expect((await v1(sandbox(), 'POST', '/v1/session/', {}, token)).status).toBe(403);
		expect(
			(await control('PATCH', 'settings', { tokenLifetime: 30, rateLimits: { create: null } }))
				.body,
		).toMatchObject({ tokenLifetime: 30, rateLimits: { create: null, get: 600 } });
		const short = (await exchange(sandbox())).body.access_token as string;
		expect((await v1(sandbox(), 'POST', '/v1/session/', {}, short)).status).toBe(201);
		await control('POST', 'clock', { advance: 31 });
		expect((await v1(sandbox(), 'POST', '/v1/session/', {}, short)).status).toBe(403);
	});

	it('lists every token given out, also one that was revoked', async () => {
		const tokens = [
			(await exchange(sandbox())).body.access_token,
			(await exchange(sandbox())).body.access_token,
		];
		await control('POST', 'tokens/revoke');
		expect((await control('GET', 'tokens')).body).toEqual({ tokens });
		expect((await control('POST', 'tokens/revoke')).body).toEqual({ revoked: 0 });
	});

	it('tells which calls arrived, without secrets', async () => {
		await exchange(sandbox());
		await post();
		const { body: all } = await control('GET', 'requests');
		expect(
			all.requests.map((request: Json) => [
				request.method,
				request.path,
				request.status,
				request.authorizationKind,
				request.operation,
			]),
		).toEqual([
			['POST', '/auth/v2/token/', 200, 'basic', 'token.create'],
			['POST', '/v3/session/', 201, 'api key', 'session.create'],
		]);
		expect(JSON.stringify(all)).not.toContain(sandbox().apiKey);
		expect((await control('GET', 'requests?method=POST&path=/auth/v2/token/')).body.count).toBe(1);
		expect(sandbox().count('POST', /session/)).toBe(1);
	});

	it('counts how many calls were under way at once', async () => {
		sandbox().faults.add({ latency: 50 });
		await Promise.all([post(), post(), post()]);
		expect(sandbox().peakInFlight()).toBe(3);
		expect((await control('GET', 'requests')).body.peak_in_flight).toBe(3);
	});

	it('shows sessions and sets their status', async () => {
		const { session_id } = await create(sandbox(), { vendor_data: 'user-42' });
		expect(
			await control('PATCH', `sessions/${session_id}`, { status: 'Kyc Expired' }),
		).toMatchObject({ status: 200, body: { status: 'Kyc Expired' } });
		expect((await control('GET', 'sessions')).body.sessions).toEqual([
			expect.objectContaining({
				session_id,
				vendor_data: 'user-42',
				history: [
					expect.anything(),
					expect.objectContaining({ status: 'Kyc Expired', by: 'sandbox' }),
				],
			}),
		]);
		expect((await control('PATCH', 'sessions/none', { status: 'Approved' })).status).toBe(404);
	});

	it('forgets everything on reset', async () => {
		await create(sandbox());
		await control('PATCH', 'settings', { tokenLifetime: 30 });
		await control('POST', 'faults', { respond: { status: 500 } });
		const { sessions, requests } = sandbox();
		expect((await control('POST', 'reset')).status).toBe(204);
		expect([
			sessions,
			requests,
			(await control('GET', 'faults')).body.faults,
			(await control('GET', 'settings')).body.tokenLifetime,
		]).toEqual([[], [], [], 86_400]);
	});
});
