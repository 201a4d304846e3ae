// A Didit made of nock for the operations: each call by its id in the contract, every request and every good answer checked
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
import { DIDIT } from './didit.mts';

export interface Received {
	id: string;
	/** Parts of the path by name, decoded. */
	params: Record<string, string>;
	query: Record<string, string>;
	body: unknown;
	/** As it was sent, with its query. */
	path: string;
}

export type Reply = { status?: number; body?: unknown; headers?: Record<string, string> };
export type Answer = Reply | ((received: Received) => Reply);

export interface Recorder {
	calls: Received[];
	/** The calls with one id. */
	of: (id: string) => Received[];
	/** What the contract does not allow, one line each. */
	problems: string[];
}

const recorders: Recorder[] = [];

const parsed = (body: unknown) => (body === '' ? undefined : body);

/** Answers these calls until `nock.cleanAll()`; a later call of this function adds calls. Anything else is refused by nock. */
export function didit(answers: Record<string, Answer>, version: Version = 'v3'): Recorder {
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
			.reply(function (uri, body) {
				const [pathname, search = ''] = uri.split('?');
				const parts = Object.entries(pattern.exec(pathname)?.groups ?? {});
				const received: Received = {
					id,
					params: Object.fromEntries(parts.map(([name, part]) => [name, decodeURIComponent(part)])),
					query: Object.fromEntries(new URLSearchParams(search)),
					body: parsed(body),
					path: uri,
				};
				recorder.calls.push(received);
				const {
					status = 200,
					body: sent,
					headers,
				} = typeof answer === 'function' ? answer(received) : answer;
				recorder.problems.push(
					...pathErrors(version, id, received.params),
					...queryErrors(version, id, received.query),
					...requestErrors(version, id, received.body),
					...headerErrors(version, id, { ...this.req.headers }),
					...(Buffer.isBuffer(sent) ? [] : responseErrors(version, id, status, sent)),
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
	nock(DIDIT)
		.persist()
		.post('/auth/v2/token/')
		.reply(200, { access_token: 'token-1', expires_in: 86_400 });
}

/** A list in pages, as Didit sends it: `next` leads to another host, as behind a proxy. */
export function paged(rows: object[], { query, path }: Received, total = rows.length): Reply {
	const limit = Number(query.limit ?? 50);
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
