// The node's side: an operation, or the trigger, in n8n's own contexts and with its HTTP client.
import { readFileSync } from 'node:fs';
import { HookContext } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import type {
	IBinaryKeyData,
	INode,
	INodeTypes,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { DiditTrigger } from '../../../nodes/Didit/DiditTrigger.node.ts';
import { apiKey } from '../n8n.mts';
import { runner } from '../run.mts';
import type { Files, OperationCall, PublishedTrigger } from './call.mts';
import type { Given } from './given.mts';

export interface Didit {
	url: string;
	key: string;
}

function binaryOf(files: Files): IBinaryKeyData {
	const read = (path: string) => ({
		data: readFileSync(path).toString('base64'),
		mimeType: 'image/jpeg',
	});
	return Object.fromEntries(Object.entries(files).map(([name, path]) => [name, read(path)]));
}

/** @throws what the node shows */
export async function runOperation(
	didit: Didit,
	{ resource, operation, parameters, files = {} }: OperationCall,
	given: Given,
): Promise<void> {
	const input = [{ json: {}, binary: binaryOf(files) }];
	const { error } = await runner(resource, operation)(parameters(given), { ...didit, input });
	if (error) throw error;
}

export function startTrigger({ url, key }: Didit): PublishedTrigger {
	const trigger = new DiditTrigger();
	const nodeTypes = {
		getByName: () => trigger,
		getByNameAndVersion: () => trigger,
		getKnownTypes: () => ({}),
	} as unknown as INodeTypes;
	const node: INode = {
		id: 'trigger',
		name: 'Didit Trigger',
		type: 'n8n-nodes-didit.diditTrigger',
		typeVersion: 1.1,
		position: [0, 0],
		webhookId: 'results',
		parameters: { registration: 'automatic', events: ['status.updated'] },
		credentials: { diditApi: { id: '1', name: 'Didit' } },
	};
	const workflow = new Workflow({
		id: '1',
		name: 'Results',
		nodes: [node],
		connections: {},
		active: true,
		nodeTypes,
	});
	const additionalData = {
		credentialsHelper: apiKey(url, { apiKey: key }),
		webhookBaseUrl: 'https://n8n.example/webhook',
	} as unknown as IWorkflowExecuteAdditionalData;
	const { default: hooks } = trigger.webhookMethods;
	const run = async (hook: keyof typeof hooks) =>
		await hooks[hook].call(
			new HookContext(
				workflow,
				workflow.getNode(node.name)!,
				additionalData,
				'trigger',
				'activate',
			),
		);
	return {
		async publish(...events) {
			workflow.getNode(node.name)!.parameters.events = events;
			if (!(await run('checkExists'))) await run('create');
		},
		async unpublish() {
			await run('delete');
		},
	};
}
