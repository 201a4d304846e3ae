// What an operation and a resource are. Types only, so that everyone can know them.
import type { INodeExecutionData, INodePropertyOptions } from 'n8n-workflow';
import type { Authentication } from '../../transport/types';
import type { Declaration } from './declaration';
import type { ItemCall } from './itemCall';

export interface Operation extends Declaration {
	/** Its row in the Operation list. */
	option: INodePropertyOptions;
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
