// What an operation and a resource are. Types only, so that everyone can know them.
import type { INodeExecutionData, INodePropertyOptions } from 'n8n-workflow';
import type { Authentication } from '../../transport/types';
import type { FieldSpec } from './fieldSpecs';
import type { ItemCall } from './itemCall';

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

export interface Operation {
	/** Its row in the Operation list. */
	option: INodePropertyOptions;
	effect: Effect;
	/** Its fields, in the order of the panel. */
	fields: FieldSpec[];
	/** Its own options, beside those that every operation has. */
	options?: FieldSpec[];
	/** The kind of credential that it needs, if it doesn't work with both. */
	needs?: Authentication;
	/** Its items carry files, which n8n doesn't pass on to AI agents. */
	returnsFiles?: boolean;
	/** What it does for one item. It returns what comes out; the router links it to the item. */
	execute: (call: ItemCall) => Promise<INodeExecutionData[]>;
}

export interface Resource {
	option: INodePropertyOptions;
	/** The first one is preselected. */
	operations: Operation[];
}
