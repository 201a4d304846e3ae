/** The n8n workflows that the traffic goes through. Each is a webhook whose posted items become n8n items. */
import type { N8nClient, Stored, WorkflowNode } from '../../harness/n8n/client.mts';
import { node, publish, webhook as webhookAt } from '../../harness/n8n/workflow.mts';
import type { Setting } from './setting.mts';

const DIDIT = 'n8n-nodes-didit.didit';
const WORKFLOW = { __rl: true, mode: 'id', value: 'c0000001-0000-4000-8000-000000000001' };
/** Seconds. Shorter than the slowest answers of the sandbox, so that some come too late. */
const options = { requestSettings: { timeout: 4 } };
const metadata = '={{ JSON.stringify({ soak: $json.id }) }}';
const viaWorkflow = {
	workflowId: WORKFLOW,
	additionalFields: { metadata },
	options,
};
const sessionId = { __rl: true, mode: 'id', value: '={{ $json.session_id }}' };

type Credential = keyof Setting['credentials'];

/** `separate`: failed items leave by the error output; otherwise by the only one. */
interface Operation {
	credential: Credential;
	separate: boolean;
	parameters: object;
}

const featureSession = {
	operation: 'create',
	features: '={{ $json.features }}',
	vendorData: '={{ $json.id }}',
	options,
};
const workflowSession = { operation: 'create', ...viaWorkflow, vendorData: '={{ $json.id }}' };
const anonymousSession = { operation: 'create', ...viaWorkflow };

/** Name (and path of the webhook) to what the Didit node in it does. */
export const OPERATIONS = {
	'create-v1': { credential: 'secret', separate: false, parameters: featureSession },
	'create-v1-separate': { credential: 'secret', separate: true, parameters: featureSession },
	'create-v3': { credential: 'key', separate: false, parameters: workflowSession },
	'create-v3-separate': { credential: 'key', separate: true, parameters: workflowSession },
	'create-v3-anonymous': { credential: 'key', separate: false, parameters: anonymousSession },
	'create-v3-anonymous-separate': {
		credential: 'key',
		separate: true,
		parameters: anonymousSession,
	},
	'get-v1': {
		credential: 'secret',
		separate: true,
		parameters: { operation: 'get', sessionId, options },
	},
	'get-v3': {
		credential: 'key',
		separate: false,
		parameters: { operation: 'get', sessionId, options },
	},
	'find-one': {
		credential: 'key',
		separate: false,
		parameters: {
			operation: 'getAll',
			limit: 5,
			filters: { vendorData: '={{ $json.vendor }}' },
			options,
		},
	},
	'list-many': {
		credential: 'key',
		separate: true,
		parameters: { operation: 'getAll', limit: 300, options },
	},
} satisfies Record<string, Operation>;

export type OperationName = keyof typeof OPERATIONS;

/** Publishes the workflow. The answer of its webhook is what the last node put out, each row with the `item` it is linked to. */
export async function publishOperation(
	client: N8nClient,
	name: OperationName,
	credentials: Setting['credentials'],
): Promise<void> {
	const { credential, separate, parameters }: Operation = OPERATIONS[name];
	const webhook = webhookAt(name, {
		httpMethod: 'POST',
		responseMode: 'lastNode',
		responseData: 'allEntries',
	});
	const items = node('Items', 'n8n-nodes-base.splitOut', 1, {
		fieldToSplitOut: 'body.items',
		options: {},
	});
	const didit: WorkflowNode = {
		...node(
			'Didit',
			DIDIT,
			1,
			{ resource: 'session', ...parameters },
			{ diditApi: credentials[credential] },
		),
		onError: separate ? 'continueErrorOutput' : 'continueRegularOutput',
	};
	const merge = node('Merge', 'n8n-nodes-base.merge', 3.2, {});
	// n8n finds the item that a row belongs to by the links between items.
	const assignment = {
		id: 'item',
		name: 'item',
		value: "={{ $('Items').item.json.id }}",
		type: 'string',
	};
	const result = node('Result', 'n8n-nodes-base.set', 3.4, {
		assignments: { assignments: [assignment] },
		includeOtherFields: true,
		options: {},
	});
	const to = (target: string, index = 0) => [{ node: target, type: 'main', index }];
	const connections = {
		Webhook: { main: [to('Items')] },
		Items: { main: [to('Didit')] },
		Didit: { main: separate ? [to('Merge'), to('Merge', 1)] : [to('Result')] },
		...(separate && { Merge: { main: [to('Result')] } }),
	};
	const nodes = [webhook, items, didit, ...(separate ? [merge] : []), result];
	await publish(client, { name: `Soak ${name}`, nodes, connections });
}

export interface Trigger {
	workflow: string;
	url: string;
}

/** What a run of a trigger's workflow leaves in its last node, before the id of the session. */
export const RAN = 'ran:';

/** Publishes a workflow with a Didit Trigger that wants results only, and one node after it. */
export async function publishTrigger(
	{ client, n8n }: Pick<Setting, 'client' | 'n8n'>,
	registration: 'automatic' | 'manual',
	credential: Stored,
): Promise<Trigger> {
	const webhookId = `soak-${registration}`;
	const trigger: WorkflowNode = {
		...node(
			'Didit Trigger',
			'n8n-nodes-didit.diditTrigger',
			1,
			{ registration, events: ['status.updated'], filters: { statuses: ['Approved', 'Declined'] } },
			{ diditApi: credential },
		),
		webhookId,
	};
	const assignment = {
		id: 'ran',
		name: 'ran',
		value: `=${RAN}{{ $json.session_id }}`,
		type: 'string',
	};
	const after = node('After', 'n8n-nodes-base.set', 3.4, {
		assignments: { assignments: [assignment] },
		options: {},
	});
	const { id: workflow } = await publish(client, {
		name: `Soak trigger-${registration}`,
		nodes: [trigger, after],
	});
	return { workflow, url: `${n8n.url}/webhook/${webhookId}/didit` };
}
