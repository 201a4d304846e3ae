/**
 * Faults at random: each call draws its own, from given chances and a seed. Calls that arrive in the same order draw the
 * same faults again; calls that overlap may change places.
 */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { type Effect } from './effects.mts';

/** What can go wrong with a call, and whether the call takes effect all the same. `choice` is from 0 to below 1. */
const KINDS = {
	/** 429 with a Retry-After of a second. */
	limited: () => ({
		respond: {
			status: 429,
			body: { detail: 'Request was throttled.' },
			headers: { 'retry-after': '1' },
		},
	}),
	/** 429 without Retry-After. */
	limitedSilently: () => ({ respond: { status: 429, body: { detail: 'Request was throttled.' } } }),
	/** 500, 502, 503 or 504, and nothing was done. */
	failed: (choice) => ({
		respond: { status: serverError(choice), body: { detail: 'Invented failure.' } },
	}),
	/** The same statuses, but the call took effect. */
	failedAfter: (choice) => ({
		alter: { status: serverError(choice), body: { detail: 'Invented failure.' } },
	}),
	/** A page that says 502, as a proxy sends it. */
	badGateway: () => ({
		respond: {
			status: 502,
			body: '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>',
		},
	}),
	/** A page that says 200: something else has answered, and nothing was done. */
	page: () => ({
		respond: {
			status: 200,
			body: '<html><head><title>Maintenance</title></head><body><h1>We will be back soon</h1></body></html>',
		},
	}),
	/** The call took effect, and half of its JSON comes back as if it were all. */
	truncated: () => ({ alter: { malformed: true } }),
	/** The connection breaks: before the call, after it took effect, or (after that) in the middle of the answer. */
	droppedBefore: () => ({ drop: 'before' }),
	droppedAfter: () => ({ drop: 'after' }),
	droppedMidway: () => ({ drop: 'midway' }),
	/** Every token stops working just before this call is looked at. */
	revoked: () => ({ revoke: true }),
} satisfies Record<string, (choice: number) => Effect>;

export type Kind = keyof typeof KINDS;

const serverError = (choice: number) => [500, 502, 503, 504][Math.floor(choice * 4)];

export interface Chaos {
	/** 1 when absent. */
	seed?: number;
	/** Chance of each kind for each call, 0 to 1. What goes beyond 1 in all never happens. */
	chances?: Partial<Record<Kind, number>>;
	/** Chance that a call is slow, whatever else happens to it, and the most milliseconds that it then waits. */
	slow?: { chance: number; most: number };
}

const chance = { type: 'number', minimum: 0, maximum: 1 };

export const CHAOS_SCHEMA = {
	type: 'object',
	additionalProperties: false,
	anyOf: [{ required: ['chances'] }, { required: ['slow'] }],
	properties: {
		seed: { type: 'integer' },
		chances: {
			type: 'object',
			additionalProperties: false,
			properties: Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, chance])),
		},
		slow: {
			type: 'object',
			additionalProperties: false,
			required: ['chance', 'most'],
			properties: { chance, most: { type: 'integer', minimum: 1, maximum: 600_000 } },
		},
	},
};

export interface Drawn {
	kind?: Kind;
	effect: Effect;
}

/** Every draw takes the same number of random numbers, so that another chance changes as little as possible. */
export function drawer({ seed = 1, chances = {}, slow }: Chaos): () => Drawn {
	const random = xoroshiro128plus(seed);
	return () => {
		const [which, choice, isSlow, howSlow] = Array.from({ length: 4 }, () =>
			uniformFloat64(random),
		);
		const latency = slow && isSlow < slow.chance ? { latency: Math.ceil(howSlow * slow.most) } : {};
		let left = which;
		const kind = (Object.keys(KINDS) as Kind[]).find((name) => (left -= chances[name] ?? 0) < 0);
		return { kind, effect: { ...latency, ...(kind && KINDS[kind](choice)) } };
	};
}
