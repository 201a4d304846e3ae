// What an operation declares of itself, and everything else is derived from: its effect and its fields.
import type { FieldSpec } from './fieldSpecs';

/**
 * What an operation does to the world. From it follow what an AI agent may do without permission, what is retried after a
 * lost response, and what the tests try.
 * - `reads`: nothing changes, so it can be repeated at will
 * - `waits`: reads, and pauses the workflow
 * - `creates`: makes something new, which twice would be one too many
 * - `changes`: changes or adds data
 * - `decides`: decides about a person or business
 * - `deletes`: removes something for good
 */
export type Effect = 'reads' | 'waits' | 'creates' | 'changes' | 'decides' | 'deletes';

export interface Declaration {
	effect: Effect;
	/** Its fields, in the order of the panel. */
	fields: FieldSpec[];
	options?: FieldSpec[];
	/** Builders run it for many items, so its Options have the request settings too. */
	forMany?: boolean;
}
