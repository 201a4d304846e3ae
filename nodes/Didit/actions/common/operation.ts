// What an operation and a resource are. Types only, so that everybody can know them.
import type { INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Authentication } from '../../transport/types';
import type { ItemCall } from './itemCall';

export interface Operation {
	/** Its row in the Operation list. */
	option: INodePropertyOptions;
	/** Its fields. The router shows them for this operation only. */
	fields: INodeProperties[];
	/** Its own options, beside those that every operation has. */
	options?: INodeProperties[];
	/** The kind of credential that it needs, if it does not work with both. */
	needs?: Authentication;
	/** For operations that an AI agent may not simply use: `ifAllowed` needs the builder's permission, `never` makes no sense for it. */
	agent?: 'ifAllowed' | 'never';
	/** What it does for one item. It returns what comes out; the router links it to the item. */
	execute: (call: ItemCall) => Promise<INodeExecutionData[]>;
}

export interface Resource {
	option: INodePropertyOptions;
	/** The first one is preselected. */
	operations: Operation[];
}
