// Where a field's value can be dragged from: the node before this one that puts it out, by its name.
import type { IExecuteFunctions } from 'n8n-workflow';
import { nodesBefore } from '../../wait/workflowNodes';
import type { NodeInfo } from '../../wait/workflowNodes';

const NODE = /\.didit(?:Trigger)?$/;

const creates = ({ parameters }: NodeInfo) => parameters?.operation === 'create';

/** A node of another resource has no session. */
const hasSession = ({ type, parameters }: NodeInfo) =>
	NODE.test(type) && (parameters?.resource ?? 'session') === 'session';

/** What to do about a session's ID that is missing. Undefined if no node before this one has any. */
export function dragSessionFrom(context: IExecuteFunctions, field: string): string | undefined {
	const sources = nodesBefore(context, context.getNode().name).filter(hasSession);
	const { name } = sources.find(creates) ?? sources[0] ?? {};
	if (name === undefined) return undefined;
	return `The node before this one passes on no ${field}. Drag it from '${name}', or enter {{ $(${JSON.stringify(name)}).item.json.${field} }}`;
}
