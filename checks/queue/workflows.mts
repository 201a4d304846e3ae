/** The workflows under test, as small as they can be: signups, and what follows an event. */
import type { WorkflowNode } from '../../harness/n8n/client.mts';
import type { Credentials } from '../../harness/n8n/credentials.mts';
import {
	node as nodeOf,
	publish as publishIn,
	webhook as webhookAt,
} from '../../harness/n8n/workflow.mts';
import type { Setting } from './scenario.mts';

/** The sandbox's default workflow (sandbox/README.md). */
export const WORKFLOW_ID = 'c0000001-0000-4000-8000-000000000001';

let counter = 0;

type Credential = keyof Credentials;

const TYPES: Record<Credential, string> = { secret: 'diditApi', key: 'diditApi', mail: 'smtp' };

/** A node with one of the credentials. */
export const node = (
	{ credentials }: Pick<Setting, 'credentials'>,
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
	credential?: Credential,
): WorkflowNode =>
	nodeOf(
		name,
		type,
		typeVersion,
		parameters,
		credential && { [TYPES[credential]]: credentials[credential] },
	);

/** Nodes in a row, published. Returns the workflow's ID. */
export const publish = async (
	{ client }: Setting,
	name: string,
	nodes: WorkflowNode[],
): Promise<string> => (await publishIn(client, { name, nodes })).id;

/** A path that no other workflow has. */
export const newPath = (name: string): string => `${name}-${++counter}`;

export const webhook = (path: string, responseMode: 'responseNode' | 'onReceived'): WorkflowNode =>
	webhookAt(path, { httpMethod: 'POST', responseMode }, 'Signup');

/** Creates a session for the `user_id` in the webhook's body. */
export function create(
	setting: Setting,
	version: 'v1' | 'v3',
	more: Record<string, unknown> = {},
): WorkflowNode {
	const chosen =
		version === 'v1' ? {} : { workflowId: { __rl: true, mode: 'id', value: WORKFLOW_ID } };
	return node(
		setting,
		'Create',
		'n8n-nodes-didit.didit',
		1,
		{ ...chosen, vendorData: '={{ $json.body.user_id }}', ...more },
		version === 'v1' ? 'secret' : 'key',
	);
}

export function mail(setting: Setting): WorkflowNode {
	return node(
		setting,
		'Mail',
		'n8n-nodes-base.emailSend',
		2.1,
		{
			fromEmail: 'Shop <onboarding@shop.example>',
			toEmail: "={{ $('Signup').item.json.body.user_id }}@mail.example",
			subject: 'Please confirm who you are',
			emailFormat: 'text',
			text: '={{ $json.url }}',
			options: { appendAttribution: false },
		},
		'mail',
	);
}

export function respond(setting: Setting): WorkflowNode {
	return node(setting, 'Answer', 'n8n-nodes-base.respondToWebhook', 1.5, {
		respondWith: 'json',
		responseBody: "={{ JSON.stringify($('Create').item.json) }}",
		options: {},
	});
}

/** Tells the recorder that this id was handled. */
export function effect(setting: Setting, name: string, id: string): WorkflowNode {
	return node(setting, 'Effect', 'n8n-nodes-base.httpRequest', 4.3, {
		method: 'POST',
		url: `=${setting.recorder.effectsUrl}/${name}/{{ ${id} }}`,
		options: {},
	});
}

/** Executions of a workflow by status. */
export function statuses({ postgres }: Setting, workflowId: string): Map<string, number> {
	return new Map(
		postgres
			.query(
				`SELECT status, count(*) FROM execution_entity WHERE "workflowId" = '${workflowId}' GROUP BY status`,
			)
			.map(([status, count]) => [status, Number(count)]),
	);
}

/** Whether no execution of the workflow is queued or running. */
export const isSettled = ({ postgres }: Setting, workflowId: string): boolean =>
	postgres.query(
		`SELECT id FROM execution_entity WHERE status IN ('new', 'running') AND "workflowId" = '${workflowId}' LIMIT 1`,
	).length === 0;
