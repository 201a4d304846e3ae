// A Didit made of nock, for both generations: each call by its id in the contract, every request and every answer checked
// against it, so that no test passes on a request that Didit would refuse.
import nock from 'nock';
import {
	headerErrors,
	operation,
	pathErrors,
	queryErrors,
	requestErrors,
	responseErrors,
	type Version,
} from '../../contract/index.mts';

export const DIDIT = 'http://didit.test';

export interface Received {
	id: string;
	/** Parts of the path by name, decoded. */
	params: Record<string, string>;
	query: Record<string, string>;
	body: unknown;
	/** As it was sent, with its query. */
	path: string;
	headers: Record<string, unknown>;
}

export interface Reply {
	status?: number;
	body?: unknown;
	headers?: Record<string, string>;
	/** Wrong on purpose: something that the contract does not know. */
	odd?: boolean;
}
export type Answer = Reply | ((received: Received) => Reply);

export interface Recorder {
	calls: Received[];
	/** The calls with one id. */
	of: (id: string) => Received[];
	/** What the contract does not allow, one line each. */
	problems: string[];
}

const recorders: Recorder[] = [];

function parsed(body: unknown, headers: Record<string, unknown>): unknown {
	if (body === '') return undefined;
	const isForm = String(headers['content-type']).includes('urlencoded');
	return isForm ? Object.fromEntries(new URLSearchParams(body as string)) : body;
}

/** Answers these calls until `nock.cleanAll()`; a later call of this function adds calls. Anything else is refused by nock. */
export function didit(
	answers: Record<string, Answer>,
	version: Version = 'v3',
	delay = 0,
): Recorder {
	const recorder: Recorder = {
		calls: [],
		problems: [],
		of: (id) => recorder.calls.filter((call) => call.id === id),
	};
	recorders.push(recorder);
	for (const [id, answer] of Object.entries(answers)) {
		const { method, path } = operation(version, id);
		const pattern = new RegExp(`^${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
		nock(DIDIT)
			.persist()
			.intercept((uri) => pattern.test(uri.split('?')[0]), method)
			.delay(delay)
			.reply(function (uri, body) {
				const requestHeaders: Record<string, unknown> = { ...this.req.headers };
				const [pathname, search = ''] = uri.split('?');
				const parts = Object.entries(pattern.exec(pathname)?.groups ?? {});
				const received: Received = {
					id,
					params: Object.fromEntries(parts.map(([name, part]) => [name, decodeURIComponent(part)])),
					query: Object.fromEntries(new URLSearchParams(search)),
					body: parsed(body, requestHeaders),
					path: uri,
					headers: requestHeaders,
				};
				recorder.calls.push(received);
				const {
					status = 200,
					body: sent,
					headers,
					odd = false,
				} = typeof answer === 'function' ? answer(received) : answer;
				recorder.problems.push(
					...pathErrors(version, id, received.params),
					...queryErrors(version, id, received.query),
					...requestErrors(version, id, received.body),
					...headerErrors(version, id, requestHeaders),
					...(odd || Buffer.isBuffer(sent) ? [] : responseErrors(version, id, status, sent)),
				);
				return [status, sent as string, headers ?? {}];
			});
	}
	return recorder;
}

/** For `afterEach`: takes the answers away. @throws if a request or an answer was not what the contract says */
export function endDidit(): void {
	nock.cleanAll();
	const problems = recorders.splice(0).flatMap((recorder) => recorder.problems);
	expect(problems).toEqual([]);
}

/** The token exchange of version 1. */
export function tokens(): void {
	didit({ 'token.create': { body: { access_token: 'token-1', expires_in: 86_400 } } }, 'v1');
}

/** A list in pages, as Didit sends it: `next` leads to another host, as behind a proxy. */
/** @param largest rows of a page at most, whatever was asked for */
export function paged(
	rows: object[],
	{ query, path }: Received,
	total = rows.length,
	largest = Infinity,
): Reply {
	const limit = Math.min(largest, Number(query.limit ?? 50));
	const offset = Number(query.offset ?? 0);
	const link = new URLSearchParams({ ...query, offset: String(offset + limit) });
	const next =
		offset + limit < rows.length
			? `https://elsewhere.invalid${path.split('?')[0]}?${link.toString()}`
			: null;
	return {
		body: { count: total, next, previous: null, results: rows.slice(offset, offset + limit) },
	};
}

export interface Count {
	exchanges: number;
	creates: number;
	bodies: unknown[];
}

interface Options {
	/** Seconds. */
	tokenLife?: number;
	/** Tokens that Didit takes; by default every one that it issued. */
	accepts?: (token: string, count: Count) => boolean;
	refusal?: number;
	/** The secret that Didit knows for a client ID. */
	secrets?: Record<string, string>;
	delay?: number;
	/** Answers an exchange in its place. */
	exchange?: (count: Count) => [number, unknown] | undefined;
}

/** Token endpoint and v1 sessions. Issues `token-1`, `token-2`, … */
export function diditV1(options: Options = {}): Count {
	const {
		tokenLife = 86_400,
		refusal = 403,
		secrets = { 'client-one': 'secret-of-client-one', 'client-two': 'secret-of-client-two' },
		delay = 5,
	} = options;
	const count: Count = { exchanges: 0, creates: 0, bodies: [] };
	const issued = new Map<string, string>();

	const exchange = ({ headers }: Received): Reply => {
		count.exchanges++;
		const instead = options.exchange?.(count);
		if (instead) return { status: instead[0], body: instead[1], odd: true };
		const basic = String(headers.authorization).replace('Basic ', '');
		const [id, secret] = Buffer.from(basic, 'base64').toString().split(':');
		if (secrets[id] !== secret) return { status: 401, body: { error: 'invalid_client' } };
		const token = `token-${count.exchanges}`;
		issued.set(token, id);
		return { body: { access_token: token, expires_in: tokenLife } };
	};

	const create = ({ headers, body }: Received): Reply => {
		count.creates++;
		count.bodies.push(body);
		const token = String(headers.authorization).replace('Bearer ', '');
		if (options.accepts ? options.accepts(token, count) : issued.has(token))
			return { status: 201, body: session(count.creates, { client: issued.get(token) }) };
		const detail = 'You do not have permission to perform this action.';
		return { status: refusal, body: { detail } };
	};

	didit({ 'token.create': exchange, 'session.create': create }, 'v1', delay);
	return count;
}

export function session(number: number, more: object = {}) {
	const id = `11111111-2222-4333-8444-${String(number).padStart(12, '0')}`;
	return {
		session_id: id,
		session_token: `session-${number}`,
		url: `${DIDIT}/session/session-${number}`,
		...more,
	};
}
