// What an operation and a resource are. Types only, so that everyone can know them.
import type { IExecuteFunctions, INodeExecutionData, INodePropertyOptions } from 'n8n-workflow';
import type { Authentication } from '../../transport/types';
import type { Declaration } from './declaration';
import type { ItemCall } from './itemCall';

export interface Operation extends Declaration {
	/**
	 * Its row in the Operation list. No description where another resource has an operation of the same value: n8n shows a
	 * language model the first one for all of them.
	 */
	option: INodePropertyOptions;
	/**
	 * For a language model that builds workflows: what can't be seen from name and fields, and "Returns" with the fields that
	 * come out, or the name of a shape in ../hints.ts.
	 */
	about: string;
	/** What the canvas shows below the node's name; its action, if it says nothing. */
	subtitle?: string;
	/** The kind of credential that it needs, if it doesn't work with both. */
	needs?: Authentication;
	/** Its items carry files, which n8n doesn't pass on to AI agents. */
	returnsFiles?: boolean;
	/** Called once, before any item. @throws InputError for what is wrong with the workflow */
	checkFirst?: (context: IExecuteFunctions) => void;
	/** It reads files of the item, which AI agents don't have. */
	takesFiles?: boolean;
	/** What it does for one item. It returns what comes out; the router links it to the item. */
	execute: (call: ItemCall) => Promise<INodeExecutionData[]>;
}

export interface Resource {
	option: INodePropertyOptions;
	/** In the order of use. The first one is preselected. */
	operations: Operation[];
}
