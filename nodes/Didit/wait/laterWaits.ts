// Whether Create and Wait for Result fit together in this workflow, seen from Create before anything is sent.
import type { IExecuteFunctions } from 'n8n-workflow';
import { nodesAfter, nodesBefore } from './workflowNodes';

/** The names of later nodes that wait for a result. */
export function laterWaits(context: IExecuteFunctions): string[] {
	const { name, type } = context.getNode();
	return nodesAfter(context, name)
		.filter((node) => node.type === type && !node.disabled)
		.filter(({ parameters }) => parameters?.operation === 'waitForResult')
		.map((node) => node.name);
}

/** Of those, one that no node before it makes a session for which resumes this execution. */
export function waitInVain(context: IExecuteFunctions): string | undefined {
	const { type } = context.getNode();
	return laterWaits(context).find(
		(name) =>
			!nodesBefore(context, name).some(
				(node) => node.type === type && node.parameters?.afterVerification === 'resume',
			),
	);
}
