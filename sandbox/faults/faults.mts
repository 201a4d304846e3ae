/** Faults on demand: which calls go wrong, how, and how often. Nothing here changes what the sandbox believes to be right. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Readable } from 'node:stream';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { revokeTokens } from '../api/auth.mts';
import { type Chaos, CHAOS_SCHEMA, drawer, type Drawn } from './chaos.mts';
import { type State } from '../model/state.mts';

/** What a fault does to the calls it matches. A fault with a latency alone slows the call and lets it pass. */
export interface FaultSpec {
	/** Any method when absent. */
	method?: string;
	/** The whole path without its query; in text, `*` stands for anything. Any API call when absent. */
	path?: string | RegExp;
	/** Calls that are let through before it starts. */
	after?: number;
	/** Calls it applies to; until it is cleared when absent. */
	times?: number;
	/** Milliseconds to wait first. */
	latency?: number;
	/** Answer this instead of processing the call. Text is sent as it is (HTML if it begins with `<`). */
	respond?: { status: number; body?: unknown; headers?: Record<string, string> };
	/** Close the connection: `before` the call is processed, `after` it took effect, or `midway` through the answer about that. */
	drop?: 'before' | 'after' | 'midway';
	/** Process the call, then send another status or body, leave fields out, or cut the JSON (the file) in half. */
	alter?: { status?: number; body?: unknown; omit?: string[]; malformed?: boolean };
	/** Every token given out so far stops working first. */
	revoke?: true;
	/** Draw for each call what happens to it. */
	chaos?: Chaos;
}

export interface Fault extends FaultSpec {
	id: number;
	/** Calls it has matched. */
	seen: number;
	/** Calls it was applied to. */
	applied: number;
	/** How often each kind was drawn. */
	drawn?: Record<string, number>;
	draw?: () => Drawn;
}

export const FAULT_SCHEMA = {
	type: 'object',
	additionalProperties: false,
	properties: {
		method: { type: 'string', pattern: '^[A-Za-z]+$' },
		path: { type: 'string', minLength: 1 },
		after: { type: 'integer', minimum: 0 },
		times: { type: 'integer', minimum: 1 },
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
		chaos: CHAOS_SCHEMA,
	},
	anyOf: ['latency', 'respond', 'drop', 'alter', 'revoke', 'chaos'].map((effect) => ({
		required: [effect],
	})),
};

export function addFault(state: State, spec: FaultSpec): Fault {
	const random = spec.chaos && { drawn: {}, draw: drawer(spec.chaos) };
	const fault: Fault = { ...spec, id: state.nextFaultId++, seen: 0, applied: 0, ...random };
	state.faults.push(fault);
	return fault;
}

function matches(fault: Fault, method: string, path: string): boolean {
	if (fault.method && fault.method.toUpperCase() !== method) return false;
	if (fault.path === undefined) return true;
	if (fault.path instanceof RegExp) return fault.path.test(path);
	const pattern = fault.path
		.split('*')
		.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
		.join('.*');
	return new RegExp(`^${pattern}$`).test(path);
}

/** Does more than slow a call down. */
const decides = ({ respond, drop, alter, revoke }: FaultSpec) =>
	Boolean(respond ?? drop ?? alter ?? revoke);

/** What the fault does to this call: what it says, or what was drawn. Undefined when nothing was. */
function effectOf(fault: Fault): Fault | undefined {
	if (!fault.draw || !fault.drawn) return fault;
	const { kind, effect } = fault.draw();
	if (kind) fault.drawn[kind] = (fault.drawn[kind] ?? 0) + 1;
	return kind || effect.latency ? { ...fault, ...effect } : undefined;
}

/** The faults for this call, counted: every latency that matches, and the first of the others. */
export function due(state: State, method: string, path: string): Fault[] {
	const chosen: Fault[] = [];
	let decided = false;
	for (const fault of state.faults) {
		if (!matches(fault, method, path)) continue;
		if (decided && (fault.draw ?? decides(fault))) continue;
		fault.seen++;
		if (fault.seen <= (fault.after ?? 0) || fault.applied >= (fault.times ?? Infinity)) continue;
		const effect = effectOf(fault);
		if (!effect) continue;
		fault.applied++;
		decided ||= decides(effect);
		chosen.push(effect);
	}
	return chosen;
}

/** The fault that decides about this call (slows it, if it does nothing else), for the record and for the answer. */
export function deciding(faults: Fault[]): Fault | undefined {
	return faults.find(decides) ?? faults[0];
}

const typeOf = (text: string) =>
	text.startsWith('<') ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8';

/** Applies what comes before the processing. @returns whether the call is over. */
export async function applyBefore(
	state: State,
	faults: Fault[],
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<boolean> {
	const latency = faults.reduce((sum, fault) => sum + (fault.latency ?? 0), 0);
	if (latency > 0) await sleep(latency);
	const fault = deciding(faults);
	if (fault?.revoke) revokeTokens(state);
	if (fault?.drop === 'before') {
		reply.hijack();
		request.raw.socket.destroy();
		return true;
	}
	if (!fault?.respond) return false;
	const { status, body = '', headers = {} } = fault.respond;
	if (typeof body === 'string') void reply.type(typeOf(body));
	void reply.code(status).headers(headers).send(body);
	return true;
}

/** The answer as the fault wants it. `payload` is the serialised body. */
export function applyAfter(
	fault: Fault,
	request: FastifyRequest,
	reply: FastifyReply,
	payload: unknown,
): unknown {
	if (fault.drop === 'after') request.raw.socket.destroy();
	if (fault.drop === 'midway') return brokenOff(request, reply, payload);
	if (!fault.alter) return payload;
	const { status, body, omit = [], malformed } = fault.alter;
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

/** An answer that announces its whole length, of which only the first half comes before the connection breaks. */
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
