/** The workflows under test, as small as they can be: signups, and what follows an event. */
import type { WorkflowNode } from '../../harness/n8n/client.mts';
import type { World } from './world.mts';

/** The sandbox's default workflow (sandbox/README.md). */
export const WORKFLOW_ID = 'c0000001-0000-4000-8000-000000000001';

let counter = 0;

type Credential = keyof World['credentials'];

const TYPES: Record<Credential, string> = { secret: 'diditApi', key: 'diditApi', mail: 'smtp' };

/** Position and id do not matter to n8n. */
export function node(
	{ credentials }: Pick<World, 'credentials'>,
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown>,
	credential?: Credential,
): WorkflowNode {
	const stored = credential && credentials[credential];
	return {
		name,
		type,
		typeVersion,
		id: name.toLowerCase().replace(/\W+/g, '-'),
		position: [0, 0],
		parameters,
		...(stored && { credentials: { [TYPES[credential]]: { id: stored.id, name: stored.name } } }),
	};
}

/** Nodes in a row, published. Returns the workflow's id. */
export async function publish(
	{ client }: World,
	name: string,
	row: WorkflowNode[],
): Promise<string> {
	const connections = Object.fromEntries(
		row
			.slice(1)
			.map((next, index) => [
				row[index].name,
				{ main: [[{ node: next.name, type: 'main', index: 0 }]] },
			]),
	);
	const { id } = await client.createWorkflow({
		name,
		nodes: row,
		connections,
		settings: { executionOrder: 'v1' },
	});
	await client.activate(id);
	return id;
}

/** A path that no other workflow has. */
export const newPath = (name: string): string => `${name}-${++counter}`;

export function webhook(
	world: World,
	path: string,
	responseMode: 'responseNode' | 'onReceived',
): WorkflowNode {
	return {
		...node(world, 'Signup', 'n8n-nodes-base.webhook', 2.1, {
			httpMethod: 'POST',
			path,
			responseMode,
			options: {},
		}),
		webhookId: path,
	};
}

/** Creates a session for the `user_id` in the webhook's body. */
export function create(
	world: World,
	version: 'v1' | 'v3',
	more: Record<string, unknown> = {},
): WorkflowNode {
	const chosen =
		version === 'v1'
			? { verifyWith: 'features' }
			: { verifyWith: 'workflow', workflowId: { __rl: true, mode: 'id', value: WORKFLOW_ID } };
	return node(
		world,
		'Create',
		'n8n-nodes-didit.didit',
		1,
		{ ...chosen, vendorData: '={{ $json.body.user_id }}', ...more },
		version === 'v1' ? 'secret' : 'key',
	);
}

export function mail(world: World): WorkflowNode {
	return node(
		world,
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

export function respond(world: World): WorkflowNode {
	return node(world, 'Answer', 'n8n-nodes-base.respondToWebhook', 1.5, {
		respondWith: 'json',
		responseBody: "={{ JSON.stringify($('Create').item.json) }}",
		options: {},
	});
}

/** Tells the recorder that this id was handled. */
export function effect(world: World, name: string, id: string): WorkflowNode {
	return node(world, 'Effect', 'n8n-nodes-base.httpRequest', 4.3, {
		method: 'POST',
		url: `=${world.recorder.effectsUrl}/${name}/{{ ${id} }}`,
		options: {},
	});
}

/** Executions of a workflow by status. */
export function statuses({ postgres }: World, workflowId: string): Map<string, number> {
	return new Map(
		postgres
			.query(
				`SELECT status, count(*) FROM execution_entity WHERE "workflowId" = '${workflowId}' GROUP BY status`,
			)
			.map(([status, count]) => [status, Number(count)]),
	);
}

/** Whether no execution of the workflow is queued or running. */
export const isSettled = ({ postgres }: World, workflowId: string): boolean =>
	postgres.query(
		`SELECT id FROM execution_entity WHERE status IN ('new', 'running') AND "workflowId" = '${workflowId}' LIMIT 1`,
	).length === 0;
