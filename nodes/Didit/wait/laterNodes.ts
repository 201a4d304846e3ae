// Which nodes of the workflow n8n would release for whoever has the execution's token. n8n has one token for all nodes that
// wait in an execution, and the browser of the person who is verified would get it.
import type { IExecuteFunctions } from 'n8n-workflow';
import { fields } from '../json/read';
import { nodesAfter, nodesBefore, toolsOf } from './workflowNodes';
import type { NodeInfo } from './workflowNodes';

const BY_CLOCK = ['timeInterval', 'specificTime'];
const WITH_LOGIN = ['basicAuth', 'headerAuth', 'jwtAuth'];

/** Nodes with a login of their own, or that wait for the clock alone, cannot be released with the token. */
function isOpen({ type, parameters }: NodeInfo): boolean {
	const { resume, incomingAuthentication, operation } = fields(parameters);
	switch (type) {
		case 'n8n-nodes-base.wait':
			return (
				!BY_CLOCK.includes(resume as string) &&
				!WITH_LOGIN.includes(incomingAuthentication as string)
			);
		case 'n8n-nodes-base.form':
			return true;
		case 'n8n-nodes-base.github':
			return operation === 'dispatchAndWait';
		default:
			// A chat takes an answer from whoever has the token.
			return /^@n8n\/n8n-nodes-langchain\.chat(?:Tool|HitlTool)?$/.test(type);
	}
}

/**
 * The names of nodes that can run in this execution after the node itself, also in other branches and in a loop, and that
 * its token would release.
 */
export function openLaterNodes(context: IExecuteFunctions): string[] {
	const { name } = context.getNode();
	const before = nodesBefore(context, name).map((node) => node.name);
	const following = nodesAfter(context, name);
	const elsewhere = before.flatMap((ancestor) => nodesAfter(context, ancestor));
	const later = [...following, ...elsewhere.filter((node) => !before.includes(node.name))];
	const names = new Set(
		later
			.flatMap((node) => [node, ...toolsOf(context, node.name)])
			.filter((node) => !node.disabled && node.name !== name && isOpen(node))
			.map((node) => node.name),
	);
	return [...names];
}
