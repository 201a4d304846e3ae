/** Didit's rate limits: a sliding window for each credential and kind of call (docs.didit.me/integration/rate-limiting). */
import { type Operation } from '../../contract/index.mts';
import { detail } from '../model/errors.mts';
import { type RateLimits } from '../model/settings.mts';
import { now, type State } from '../model/state.mts';

type Bucket = Exclude<keyof RateLimits, 'windowSeconds'>;

const TEXTS: Record<Bucket, string> = {
	get: 'GET request rate limit exceeded.',
	write: 'Write request rate limit exceeded.',
	ingest: 'Write request rate limit exceeded.',
	create: 'Session creation rate limit exceeded.',
	decision: 'Session decision rate limit exceeded.',
	data: 'Session KYC data update rate limit exceeded.',
	pdf: 'Session PDF generation rate limit exceeded.',
	all: 'Rate limit exceeded.',
};

/** The bucket that a call counts in, beside that of all calls; version 1 names none, so the general rules apply. The token exchange has no limit. */
function bucketOf({ auth, rateLimit, path, method }: Operation): Bucket | undefined {
	if (auth === 'basicClientCredentials' || auth === 'none') return undefined;
	if (/^\/v[12]\/.*\/decision\/$/.test(path)) return 'decision';
	if (path.endsWith('/generate-pdf/')) return 'pdf';
	if (/\/update-(poa-)?data\/$/.test(path)) return 'data';
	return rateLimit ?? (method === 'GET' ? 'get' : 'write');
}

/** Counts the call. @throws ApiError 429 with the documented headers when the window is full; such a call is not counted. */
export function countCall(state: State, operation: Operation, caller: string): void {
	const bucket = bucketOf(operation);
	if (!bucket) return;
	const window = state.settings.rateLimits.windowSeconds * 1000;
	const counters = ([bucket, 'all'] as const).flatMap((name) => {
		const allowed = state.settings.rateLimits[name];
		if (allowed === null) return [];
		// Corrections of documents and of proofs of address are counted apart.
		const key = `${name === 'data' ? operation.id : name} ${caller}`;
		const calls = (state.windows.get(key) ?? []).filter((time) => time > now(state) - window);
		state.windows.set(key, calls);
		return [{ name, allowed, calls }];
	});
	const full = counters.find(({ calls, allowed }) => calls.length >= allowed);
	if (!full) {
		for (const { calls } of counters) calls.push(now(state));
		return;
	}
	const { name, allowed, calls } = full;
	const free = (calls[0] ?? now(state)) + window;
	const seconds = Math.max(1, Math.ceil((free - now(state)) / 1000));
	throw detail(429, `${TEXTS[name]} You can make up to ${allowed} requests per minute.`, {
		'retry-after': String(seconds),
		'x-ratelimit-limit': String(allowed),
		'x-ratelimit-remaining': '0',
		'x-ratelimit-reset': String(Math.ceil(free / 1000)),
	});
}
