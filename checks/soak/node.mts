/** A node of a workflow under test. */
import type { Stored, WorkflowNode } from '../../harness/n8n/client.mts';

/** Position and id do not matter to n8n. */
export const node = (
	name: string,
	type: string,
	typeVersion: number,
	parameters: object,
	credentials?: Record<string, Stored>,
): WorkflowNode => ({
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
});
