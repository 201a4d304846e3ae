// Runs one operation of the Didit node in-process, with the credential of a builder.
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { DIDIT } from './didit.mts';
import { apiKey, clientCredentials, runDidit } from './n8n.mts';

export { ID, byId, id, schemaFile, schemaProblems } from './schema.mts';

export interface Run {
	input?: INodeExecutionData[];
	/** With client ID and secret instead of an API key. */
	v1?: boolean;
	url?: string;
	key?: string;
	onError?: 'continueRegularOutput' | 'continueErrorOutput';
	/** As the tool of an AI agent. */
	tool?: boolean;
}

export function runner(resource: string, operation: string, defaults: INodeParameters = {}) {
	return async (
		parameters: INodeParameters = {},
		{ input, v1, url = DIDIT, key, onError, tool }: Run = {},
	) =>
		await runDidit(
			{ resource, operation, ...defaults, ...parameters },
			{
				credentials: v1 ? clientCredentials(url) : apiKey(url, key ? { apiKey: key } : {}),
				input,
				node: { ...(onError && { onError }), ...(tool && { type: 'n8n-nodes-didit.diditTool' }) },
			},
		);
}
