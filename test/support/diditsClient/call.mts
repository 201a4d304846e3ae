// A call that Didit's own client makes, and who makes it here.
import type { INodeParameters } from 'n8n-workflow';
import type { Given } from './given.mts';

/** Files by the name of the binary field that holds them. */
export type Files = Record<string, string>;

/** A workflow with a trigger, as n8n publishes it and takes it back. */
export interface PublishedTrigger {
	/** @param events as the builder chooses them now */
	publish(...events: string[]): Promise<void>;
	unpublish(): Promise<void>;
}

export interface ClientCall {
	tool: string;
	/** In the contract. */
	id: string;
	/** Its arguments. Those of `path` are parts of the address, those of `files` files on its disk, the others fields. */
	args: (given: Given) => Record<string, unknown>;
	path?: string[];
	/** What the fields of a form are called, by the arguments that name their files. */
	files?: Record<string, string>;
	/** The contract refuses what the client can say: see `CONTRADICTIONS`. */
	refused?: true;
	/** Who makes the same call here. */
	node?: OperationCall | TriggerCall;
}

export interface OperationCall {
	resource: string;
	operation: string;
	/** They name the same things. */
	parameters: (given: Given) => INodeParameters;
	/** Files of the item. */
	files?: Files;
	/** The group of fields that this call takes, where an operation makes several. */
	within?: string;
	/** It has more fields, which aren't of this call. */
	sent?: true;
}

export interface TriggerCall {
	run: (trigger: PublishedTrigger) => Promise<void>;
	/** Published before. */
	published?: true;
	sent: true;
}
