/** Workflows made by a program: nodes without a place on the canvas, mostly in a row. */
import type { N8nClient, Stored, WorkflowNode } from './client.mts';

/** Position and ID don't matter to n8n. */
export function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: object = {},
	credentials?: Record<string, Stored>,
): WorkflowNode {
	return {
		name,
		type,
		typeVersion,
		id: name.toLowerCase().replace(/\W+/g, '-'),
		position: [0, 0],
		parameters: parameters as Record<string, unknown>,
		...(credentials && {
			credentials: Object.fromEntries(
				Object.entries(credentials).map(([kind, { id, name: called }]) => [
					kind,
					{ id, name: called },
				]),
			),
		}),
	};
}

/** The Webhook node, at `/webhook/<path>`. */
export const webhook = (path: string, parameters: object = {}, name = 'Webhook'): WorkflowNode => ({
	...node(name, 'n8n-nodes-base.webhook', 2.1, { path, options: {}, ...parameters }),
	webhookId: path,
});

/** Each node leads to the next one. */
export const inRow = (nodes: WorkflowNode[]): Record<string, unknown> =>
	Object.fromEntries(
		nodes
			.slice(1)
			.map(({ name }, index) => [
				nodes[index].name,
				{ main: [[{ node: name, type: 'main', index: 0 }]] },
			]),
	);

interface Unpublished {
	name: string;
	nodes: WorkflowNode[];
	/** In a row unless given. */
	connections?: Record<string, unknown>;
	settings?: Record<string, unknown>;
}

/** Resolves when the workflow is active. */
export async function publish(
	client: N8nClient,
	{ name, nodes, connections = inRow(nodes), settings }: Unpublished,
): Promise<Stored> {
	const stored = await client.createWorkflow({
		name,
		nodes,
		connections,
		settings: { executionOrder: 'v1', ...settings },
	});
	await client.activate(stored.id);
	return stored;
}
