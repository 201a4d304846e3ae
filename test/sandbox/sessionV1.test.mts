import { responseErrors } from '../../contract/index.mts';
import { call, exchange, v1, withSandbox } from './client.mts';

describe('the token exchange', () => {
	const sandbox = withSandbox();

	it('gives a new token each time, and all of them work', async () => {
		const tokens = await Promise.all(
			[1, 2, 3].map(async () => (await exchange(sandbox())).body.access_token as string),
		);
		expect(new Set(tokens).size).toBe(3);
		for (const token of tokens)
			expect((await v1(sandbox(), 'POST', '/v1/session/', {}, token)).status).toBe(201);
		expect(sandbox().count('POST', '/auth/v2/token/')).toBe(3);
	});

	it('says when the token ends', async () => {
		sandbox().setTokenLifetime(30);
		const { body } = await exchange(sandbox());
		expect(body).toMatchObject({
			expires_in: 30,
			exp: body.iat + 30,
			client_id: 'sandbox-client-id',
		});
		expect(body).not.toHaveProperty('token_type');
	});

	it.each([
		['a wrong secret', { secret: 'wrong' }, 401, { error: 'invalid_client' }],
		[
			'another grant',
			{ raw: 'grant_type=password' },
			400,
			{ grant_type: ['This value must be equal to constant.'] },
		],
		['no grant', { raw: '' }, 400, { grant_type: ['This field is required.'] }],
		[
			'credentials in the form',
			{ raw: 'grant_type=client_credentials&client_id=a' },
			400,
			{ client_id: ['Unknown field.'] },
		],
	])('refuses %s', async (_what, given, status, body) => {
		expect(await exchange(sandbox(), given)).toMatchObject({ status, body });
	});

	it('refuses a JSON body, which the documentation does not have', async () => {
		const authorization = `Basic ${Buffer.from('sandbox-client-id:sandbox-client-secret').toString('base64')}`;
		const { status, body } = await call(sandbox(), 'POST', '/auth/v2/token/', {
			headers: { authorization },
			body: { grant_type: 'client_credentials' },
		});
		expect([status, body.detail]).toEqual([
			415,
			expect.stringContaining('application/x-www-form-urlencoded'),
		]);
	});
});

describe('a version 1 session', () => {
	const sandbox = withSandbox();

	it('is created with exactly three fields', async () => {
		const { status, body } = await v1(sandbox(), 'POST', '/v1/session/', {
			features: 'OCR + FACE',
			callback: 'https://example.com/done',
			vendor_data: 'user-42',
		});
		expect(status).toBe(201);
		expect(Object.keys(body).sort()).toEqual(['session_id', 'session_token', 'url']);
		expect(body.url).toBe(`${sandbox().url}/session/${body.session_token}`);
		expect(sandbox().sessions).toEqual([
			expect.objectContaining({
				vendor_data: 'user-42',
				callback: 'https://example.com/done',
				features: 'OCR + FACE',
				status: 'Not Started',
			}),
		]);
	});

	it('checks what the console says when no features are named', async () => {
		await v1(sandbox(), 'POST', '/v1/session/', {});
		expect(sandbox().sessions[0].features).toBe('OCR + FACE');
	});

	it('is made anew by every call, also with the same vendor data', async () => {
		const ids = await Promise.all(
			[1, 2].map(
				async () =>
					(await v1(sandbox(), 'POST', '/v1/session/', { vendor_data: 'same' })).body.session_id,
			),
		);
		expect(new Set(ids).size).toBe(2);
	});

	it.each([
		[{ features: 'FACE' }, { features: ['"FACE" is not a valid choice.'] }],
		[{ features: 'OCR+FACE' }, { features: ['"OCR+FACE" is not a valid choice.'] }],
		[{ features: '' }, { features: ['"" is not a valid choice.'] }],
		[{ vendor_data: 42 }, { vendor_data: ['This value must be string.'] }],
		[{ redirect_url: 'https://example.com' }, { redirect_url: ['Unknown field.'] }],
		[{ callback: 'example.com' }, { callback: [expect.stringContaining('must match pattern')] }],
	])('is refused for %j, naming the field', async (body, expected) => {
		expect(await v1(sandbox(), 'POST', '/v1/session/', body)).toMatchObject({
			status: 400,
			body: expected,
		});
		expect(sandbox().sessions).toEqual([]);
	});

	it.each([
		'Not Started',
		'In Progress',
		'Approved',
		'Declined',
		'In Review',
		'Abandoned',
		'Expired',
		'Kyc Expired',
		'Resubmitted',
	] as const)('has a decision that keeps the contract when it is %s', async (status) => {
		for (const features of ['OCR', 'OCR + NFC + FACE + AML']) {
			const {
				body: { session_id },
			} = await v1(sandbox(), 'POST', '/v1/session/', { features });
			sandbox().setStatus(session_id, status);
			const { status: code, body } = await v1(
				sandbox(),
				'GET',
				`/v1/session/${session_id}/decision/`,
			);
			expect(code).toBe(200);
			expect(responseErrors('v1', 'session.decision', 200, body)).toEqual([]);
			expect(body.features).toBe(features);
			expect(body.kyc === null).toBe(['Not Started', 'In Progress', 'Expired'].includes(status));
		}
	});

	it('is not found under an id in capitals: the router answers that with a page', async () => {
		const {
			body: { session_id },
		} = await v1(sandbox(), 'POST', '/v1/session/', {});
		for (const id of [String(session_id).toUpperCase(), 'abc']) {
			const { status, headers } = await v1(sandbox(), 'GET', `/v1/session/${id}/decision/`);
			expect([status, headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
		}
	});

	it('shows who was verified and what is missing', async () => {
		const {
			body: { session_id },
		} = await v1(sandbox(), 'POST', '/v1/session/', { features: 'OCR + AML' });
		sandbox().setStatus(session_id, 'In Review');
		const { body } = await v1(sandbox(), 'GET', `/v1/session/${session_id}/decision/`);
		expect(body).toMatchObject({
			kyc: { status: 'Approved', full_name: expect.any(String) },
			aml: { status: 'In Review', total_hits: 3 },
			face: null,
			warnings: [
				{ feature: 'AML', risk: 'HIT_BELOW_THRESHOLD', log_type: 'information' },
				{ feature: 'AML', risk: 'POSSIBLE_MATCH_FOUND', log_type: 'warning' },
			],
		});
	});
});

describe('a bearer token', () => {
	const sandbox = withSandbox();
	const DENIED = { detail: 'Authentication credentials were not provided or are invalid.' };

	it.each([
		['unknown', () => Promise.resolve('no-such-token')],
		[
			'expired',
			async () => {
				sandbox().setTokenLifetime(30);
				const token = (await exchange(sandbox())).body.access_token;
				sandbox().advanceClock(31);
				return token;
			},
		],
		[
			'revoked',
			async () => {
				const token = (await exchange(sandbox())).body.access_token;
				sandbox().revokeTokens();
				return token;
			},
		],
	])('that is %s is refused with 403, or with 401 when so set', async (_what, get) => {
		const token = await get();
		expect(await v1(sandbox(), 'POST', '/v1/session/', {}, token)).toMatchObject({
			status: 403,
			body: DENIED,
		});
		sandbox().set({ authFailureStatus: 401 });
		expect(await v1(sandbox(), 'POST', '/v1/session/', {}, token)).toMatchObject({
			status: 401,
			body: { detail: 'Invalid or missing API key' },
		});
		expect(sandbox().sessions).toEqual([]);
	});

	it('is not needed by anybody who sends an API key to version 1: that is refused', async () => {
		const { status } = await call(sandbox(), 'POST', '/v1/session/', {
			headers: { 'x-api-key': sandbox().apiKey },
			body: {},
		});
		expect(status).toBe(403);
	});
});
