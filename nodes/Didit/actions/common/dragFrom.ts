// Where a field's value can be dragged from: the node before this one that puts it out, by its name.
import type { IExecuteFunctions, INodeParameters } from 'n8n-workflow';

interface Before {
	name: string;
	type: string;
	/** Early releases of n8n don't tell. */
	parameters?: INodeParameters;
}

const NODE = /\.didit(?:Trigger)?$/;

const creates = ({ parameters }: Before) => parameters?.operation === 'create';

/** A node of another resource has no session. */
const hasSession = ({ type, parameters }: Before) =>
	NODE.test(type) && (parameters?.resource ?? 'session') === 'session';

/** What to do about a session's ID that is missing. Undefined if no node before this one has any. */
export function dragSessionFrom(context: IExecuteFunctions, field: string): string | undefined {
	const before = context.getParentNodes(context.getNode().name, {
		includeNodeParameters: true,
	}) as Before[];
	const sources = before.filter(hasSession);
	const { name } = sources.find(creates) ?? sources[0] ?? {};
	if (name === undefined) return undefined;
	return `The node before this one passes on no ${field}. Drag it from '${name}', or enter {{ $(${JSON.stringify(name)}).item.json.${field} }}`;
}
