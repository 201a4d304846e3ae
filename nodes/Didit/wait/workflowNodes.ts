// The other nodes of the workflow, as n8n tells of them.
import type { IExecuteFunctions, INodeParameters } from 'n8n-workflow';

export interface NodeInfo {
	name: string;
	type: string;
	disabled: boolean;
	/** Early releases of n8n do not tell. */
	parameters?: INodeParameters;
}

const WITH_PARAMETERS = { includeNodeParameters: true };

export const nodesBefore = (context: IExecuteFunctions, name: string): NodeInfo[] =>
	context.getParentNodes(name, WITH_PARAMETERS);

export const nodesAfter = (context: IExecuteFunctions, name: string): NodeInfo[] =>
	context.getChildNodes(name, WITH_PARAMETERS);

export const toolsOf = (context: IExecuteFunctions, name: string): NodeInfo[] =>
	context.getParentNodes(name, { ...WITH_PARAMETERS, connectionType: 'ai_tool' });
