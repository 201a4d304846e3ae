/** Faults on demand: which calls go wrong, how, and how often. Nothing here changes what the sandbox considers right. */
import { type Chaos, CHAOS_SCHEMA, drawer, type Drawn } from './chaos.mts';
import { decides, type Effect, EFFECT_PROPERTIES } from './effects.mts';

/** Which calls a fault matches, and what it does to them. */
export interface FaultSpec extends Effect {
	/** Any method when absent. */
	method?: string;
	/** The whole path without its query; in text, `*` stands for anything. Any API call when absent. */
	path?: string | RegExp;
	/** Calls that are let through before it starts. */
	after?: number;
	/** Calls it applies to; until it is cleared when absent. */
	times?: number;
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

/** The faults in force, oldest first. */
export interface Faults {
	list: Fault[];
	nextId: number;
}

export const FAULT_SCHEMA = {
	type: 'object',
	additionalProperties: false,
	properties: {
		method: { type: 'string', pattern: '^[A-Za-z]+$' },
		path: { type: 'string', minLength: 1 },
		after: { type: 'integer', minimum: 0 },
		times: { type: 'integer', minimum: 1 },
		chaos: CHAOS_SCHEMA,
		...EFFECT_PROPERTIES,
	},
	anyOf: [...Object.keys(EFFECT_PROPERTIES), 'chaos'].map((effect) => ({ required: [effect] })),
};

export const createFaults = (): Faults => ({ list: [], nextId: 1 });

/** No fault stays in force. IDs keep counting, so that a cleared fault is not taken for a new one. */
export function clearFaults(faults: Faults): void {
	faults.list.length = 0;
}

export function resetFaults(faults: Faults): void {
	clearFaults(faults);
	faults.nextId = 1;
}

export function addFault(faults: Faults, spec: FaultSpec): Fault {
	const random = spec.chaos && { drawn: {}, draw: drawer(spec.chaos) };
	const fault: Fault = { ...spec, id: faults.nextId++, seen: 0, applied: 0, ...random };
	faults.list.push(fault);
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

/** What the fault does to this call: what it says, or what was drawn. Undefined when nothing was. */
function effectOf(fault: Fault): Fault | undefined {
	if (!fault.draw || !fault.drawn) return fault;
	const { kind, effect } = fault.draw();
	if (kind) fault.drawn[kind] = (fault.drawn[kind] ?? 0) + 1;
	return kind || effect.latency ? { ...fault, ...effect } : undefined;
}

/** The faults for this call, counted: every latency that matches, and the first of the others. */
export function due(faults: Faults, method: string, path: string): Fault[] {
	const chosen: Fault[] = [];
	let decided = false;
	for (const fault of faults.list) {
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
