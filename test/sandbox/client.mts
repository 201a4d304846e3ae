/** Small helpers for the sandbox's tests: calls with its credentials, through real HTTP. */
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/index.mts';

/** What JSON.parse gives: tests look into answers of every shape. */
export type Json = ReturnType<typeof JSON.parse>;

export interface Reply {
	status: number;
	headers: Headers;
	text: string;
	/** Parsed JSON, or the text itself. */
	body: Json;
}

/** Starts one sandbox for the tests of a `describe`, empties it before each test and stops it at the end. */
export function withSandbox(options: SandboxOptions = {}): () => Sandbox {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox(options);
	});
	beforeEach(() => sandbox.reset());
	afterAll(() => sandbox.close());
	return () => sandbox;
}

export async function call(
	sandbox: Sandbox,
	method: string,
	path: string,
	init: { headers?: Record<string, string>; body?: unknown; raw?: string } = {},
): Promise<Reply> {
	const { headers = {}, body, raw } = init;
	const response = await fetch(path.startsWith('http') ? path : `${sandbox.url}${path}`, {
		method,
		redirect: 'manual',
		headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
		body: raw ?? (body === undefined ? undefined : JSON.stringify(body)),
	});
	const text = await response.text();
	let parsed: Json = text;
	try {
		parsed = JSON.parse(text);
	} catch {
		/* The text is the answer then. */
	}
	return { status: response.status, headers: response.headers, text, body: parsed };
}

/** A call of version 3 with the full key. */
export async function v3(
	sandbox: Sandbox,
	method: string,
	path: string,
	body?: unknown,
): Promise<Reply> {
	return await call(sandbox, method, path, { body, headers: { 'x-api-key': sandbox.apiKey } });
}

export async function exchange(
	sandbox: Sandbox,
	{ secret = sandbox.clientSecret, raw = 'grant_type=client_credentials' } = {},
): Promise<Reply> {
	const basic = Buffer.from(`${sandbox.clientId}:${secret}`).toString('base64');
	return await call(sandbox, 'POST', '/auth/v2/token/', {
		raw,
		headers: {
			authorization: `Basic ${basic}`,
			'content-type': 'application/x-www-form-urlencoded',
		},
	});
}

/** A call of version 1 with a fresh token, or the one given. */
export async function v1(
	sandbox: Sandbox,
	method: string,
	path: string,
	body?: unknown,
	token?: string,
): Promise<Reply> {
	const bearer = token ?? (await exchange(sandbox)).body.access_token;
	return await call(sandbox, method, path, {
		body,
		headers: { authorization: `Bearer ${bearer}` },
	});
}

export const WORKFLOW = {
	identity: 'c0000001-0000-4000-8000-000000000001',
	aml: 'c0000002-0000-4000-8000-000000000001',
	full: 'c0000003-0000-4000-8000-000000000001',
	company: 'c0000005-0000-4000-8000-000000000001',
	draft: 'c0000006-0000-4000-8000-000000000001',
	archived: 'c0000007-0000-4000-8000-000000000001',
	faceLogin: 'c0000008-0000-4000-8000-000000000001',
};

/** Creates a session of version 3 and gives the answer's body. */
export async function create(
	sandbox: Sandbox,
	fields: Record<string, unknown> = {},
): Promise<Json> {
	const { status, body } = await v3(sandbox, 'POST', '/v3/session/', {
		workflow_id: WORKFLOW.identity,
		...fields,
	});
	expect(status).toBe(201);
	return body;
}

/** What the sandbox takes for an image. */
export const PORTRAIT = Buffer.from('ffd8ffe000104a46', 'hex').toString('base64');
