/** What a node holds in memory while answers come in: a run with a look at the heap after many of them. */
import { randomUUID } from 'node:crypto';
import type { N8nClient, WorkflowNode } from '../../harness/n8n/client.mts';
import { node as nodeOf, publish, webhook } from '../../harness/n8n/workflow.mts';
import { UNSAVED } from './measured.mts';

/** In bytes. */
export interface Kept {
	items: number;
	/** By how much what is in use, garbage aside, grew at most while answers came in. */
	peak: number;
	/** The same items freshly read from JSON. */
	own: number;
}

/**
 * Runs the node once.
 * @param answers how many there will be
 * @param items how many it is given
 * @param buffers whether those count too
 */
export async function watched(
	client: N8nClient,
	node: WorkflowNode,
	answers: number,
	items = 1,
	buffers = false,
): Promise<Kept> {
	const path = `watched-${randomUUID()}`;
	const nodes = [
		webhook(path, { responseMode: 'lastNode' }),
		nodeOf('Items', 'n8n-nodes-bench.items', 1, { count: items }),
		nodeOf('Watch', 'n8n-nodes-bench.watch', 1, { answers, buffers }),
		node,
		nodeOf('Watched', 'n8n-nodes-bench.watched', 1),
	];
	await publish(client, { name: path, nodes, settings: UNSAVED });
	const response = await fetch(`${client.url}/webhook/${path}`);
	if (!response.ok) throw new Error(`A run of '${node.name}' ended with ${response.status}`);
	return (await response.json()) as Kept;
}
