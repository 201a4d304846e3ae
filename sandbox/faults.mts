/** Faults on demand: which calls go wrong, how, and how often. Nothing here changes what the sandbox believes to be right. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type State } from './state.mts';

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
	/** Close the connection without an answer: `before` the call is processed, or `after` it took effect. */
	drop?: 'before' | 'after';
	/** Process the call, then send another status, leave fields out, or cut the JSON (the file) in half. */
	alter?: { status?: number; omit?: string[]; malformed?: boolean };
}

export interface Fault extends FaultSpec {
	id: number;
	/** Calls it has matched. */
	seen: number;
	/** Calls it was applied to. */
	applied: number;
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
			properties: { status: { type: 'integer', minimum: 200, maximum: 599 }, body: {}, headers: { type: 'object', additionalProperties: { type: 'string' } } },
		},
		drop: { enum: ['before', 'after'] },
		alter: {
			type: 'object',
			additionalProperties: false,
			minProperties: 1,
			properties: { status: { type: 'integer', minimum: 200, maximum: 599 }, omit: { type: 'array', items: { type: 'string' } }, malformed: { type: 'boolean' } },
		},
	},
	anyOf: ['latency', 'respond', 'drop', 'alter'].map((effect) => ({ required: [effect] })),
};

export function addFault(state: State, spec: FaultSpec): Fault {
	const fault: Fault = { ...spec, id: state.nextFaultId++, seen: 0, applied: 0 };
	state.faults.push(fault);
	return fault;
}

function matches(fault: Fault, method: string, path: string): boolean {
	if (fault.method && fault.method.toUpperCase() !== method) return false;
	if (fault.path === undefined) return true;
	if (fault.path instanceof RegExp) return fault.path.test(path);
	const pattern = fault.path.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*');
	return new RegExp(`^${pattern}$`).test(path);
}

/** The faults for this call, counted: every latency that matches, and the first of the others. */
export function due(state: State, method: string, path: string): Fault[] {
	const chosen: Fault[] = [];
	let decided = false;
	for (const fault of state.faults) {
		if (!matches(fault, method, path)) continue;
		const slows = !fault.respond && !fault.drop && !fault.alter;
		if (!slows && decided) continue;
		fault.seen++;
		if (fault.seen <= (fault.after ?? 0) || fault.applied >= (fault.times ?? Infinity)) continue;
		fault.applied++;
		decided ||= !slows;
		chosen.push(fault);
	}
	return chosen;
}

/** The fault that decides about this call (slows it, if it does nothing else), for the record and for the answer. */
export function deciding(faults: Fault[]): Fault | undefined {
	return faults.find(({ respond, drop, alter }) => respond ?? drop ?? alter) ?? faults[0];
}

/** Applies what comes before the processing. @returns whether the call is over. */
export async function applyBefore(faults: Fault[], request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
	const latency = faults.reduce((sum, fault) => sum + (fault.latency ?? 0), 0);
	if (latency > 0) await sleep(latency);
	const fault = deciding(faults);
	if (fault?.drop === 'before') {
		reply.hijack();
		request.raw.socket.destroy();
		return true;
	}
	if (!fault?.respond) return false;
	const { status, body = '', headers = {} } = fault.respond;
	if (typeof body === 'string') void reply.type(body.startsWith('<') ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8');
	void reply.code(status).headers(headers).send(body);
	return true;
}

/** The answer as the fault wants it. `payload` is the serialised body. */
export function applyAfter(fault: Fault, request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
	if (fault.drop === 'after') request.raw.socket.destroy();
	if (!fault.alter) return payload;
	const { status, omit = [], malformed } = fault.alter;
	if (status) void reply.code(status);
	if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload;
	let altered = payload;
	if (omit.length > 0 && typeof payload === 'string') {
		const body = JSON.parse(payload) as Record<string, unknown>;
		altered = JSON.stringify(Object.fromEntries(Object.entries(body).filter(([key]) => !omit.includes(key))));
	}
	if (malformed) altered = altered.slice(0, Math.ceil(altered.length / 2));
	void reply.removeHeader('content-length');
	return altered;
}
