/** What a fault does to a call: before it is processed, or to its answer. */
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type State } from '../model/state.mts';
import { revokeTokens } from '../model/tokens.mts';

/** An effect with a latency alone slows the call down and lets it pass. */
export interface Effect {
	/** Milliseconds to wait first. */
	latency?: number;
	/** Send this instead of processing the call. Text is sent as it is (HTML if it begins with `<`). */
	respond?: { status: number; body?: unknown; headers?: Record<string, string> };
	/** Close the connection: `before` the call is processed, `after` it took effect, or `midway` through the response. */
	drop?: 'before' | 'after' | 'midway';
	/** Process the call, then send another status or body, leave fields out, or cut the JSON (the file) in half. */
	alter?: { status?: number; body?: unknown; omit?: string[]; malformed?: boolean };
	/** Every token issued so far stops working first. */
	revoke?: true;
}

export const EFFECT_PROPERTIES = {
	latency: { type: 'integer', minimum: 0, maximum: 600_000 },
	respond: {
		type: 'object',
		additionalProperties: false,
		required: ['status'],
		properties: {
			status: { type: 'integer', minimum: 200, maximum: 599 },
			body: {},
			headers: { type: 'object', additionalProperties: { type: 'string' } },
		},
	},
	drop: { enum: ['before', 'after', 'midway'] },
	alter: {
		type: 'object',
		additionalProperties: false,
		minProperties: 1,
		properties: {
			status: { type: 'integer', minimum: 200, maximum: 599 },
			body: {},
			omit: { type: 'array', items: { type: 'string' } },
			malformed: { type: 'boolean' },
		},
	},
	revoke: { const: true },
};

/** Does more than slow a call down. */
export const decides = ({ respond, drop, alter, revoke }: Effect) =>
	Boolean(respond ?? drop ?? alter ?? revoke);

/** The effect that decides this call (or slows it, if that is all), for the record and for the response. */
export function deciding<E extends Effect>(effects: E[]): E | undefined {
	return effects.find(decides) ?? effects[0];
}

const typeOf = (text: string) =>
	text.startsWith('<') ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8';

/** Applies what comes before processing. @returns whether the call is over. */
export async function applyBefore(
	state: State,
	effects: Effect[],
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<boolean> {
	const latency = effects.reduce((sum, effect) => sum + (effect.latency ?? 0), 0);
	if (latency > 0) await sleep(latency);
	const effect = deciding(effects);
	if (effect?.revoke) revokeTokens(state);
	if (effect?.drop === 'before') {
		reply.hijack();
		request.raw.socket.destroy();
		return true;
	}
	if (!effect?.respond) return false;
	const { status, body = '', headers = {} } = effect.respond;
	if (typeof body === 'string') void reply.type(typeOf(body));
	void reply.code(status).headers(headers).send(body);
	return true;
}

/** The response as the effect wants it. `payload` is the serialized body. */
export function applyAfter(
	effect: Effect,
	request: FastifyRequest,
	reply: FastifyReply,
	payload: unknown,
): unknown {
	if (effect.drop === 'after') request.raw.socket.destroy();
	if (effect.drop === 'midway') return brokenOff(request, reply, payload);
	if (!effect.alter) return payload;
	const { status, body, omit = [], malformed } = effect.alter;
	if (status) void reply.code(status);
	if (body !== undefined) {
		void reply
			.removeHeader('content-length')
			.type(typeof body === 'string' ? typeOf(body) : 'application/json; charset=utf-8');
		return typeof body === 'string' ? body : JSON.stringify(body);
	}
	if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload;
	let altered = payload;
	if (omit.length > 0 && typeof payload === 'string') {
		const body = JSON.parse(payload) as Record<string, unknown>;
		altered = JSON.stringify(
			Object.fromEntries(Object.entries(body).filter(([key]) => !omit.includes(key))),
		);
	}
	if (malformed) altered = altered.slice(0, Math.ceil(altered.length / 2));
	void reply.removeHeader('content-length');
	return altered;
}

/** Long enough for the first half to be sent. */
const MIDWAY_MS = 20;

/** Announces its whole length, but only the first half arrives before the connection breaks. */
function brokenOff(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
	const bytes = Buffer.isBuffer(payload)
		? payload
		: Buffer.from(typeof payload === 'string' ? payload : '');
	void reply.header('content-length', Math.max(2, bytes.length));
	return Readable.from(
		(async function* () {
			yield bytes.subarray(0, Math.ceil(bytes.length / 2));
			await sleep(MIDWAY_MS);
			request.raw.socket.destroy();
		})(),
		{ objectMode: false },
	);
}
