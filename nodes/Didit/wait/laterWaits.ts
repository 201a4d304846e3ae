// Whether Create and Wait for Result fit together in this workflow, seen from Create before anything is sent.
import type { IExecuteFunctions, INodeParameters } from 'n8n-workflow';

interface NodeInfo {
	name: string;
	type: string;
	disabled: boolean;
	/** Early releases of n8n do not tell. */
	parameters?: INodeParameters;
}

const WITH_PARAMETERS = { includeNodeParameters: true };

/** The names of later nodes that wait for a result. */
export function laterWaits(context: IExecuteFunctions): string[] {
	const { name, type } = context.getNode();
	const later = context.getChildNodes(name, WITH_PARAMETERS) as NodeInfo[];
	return later
		.filter((node) => node.type === type && !node.disabled)
		.filter(({ parameters }) => parameters?.operation === 'waitForResult')
		.map((node) => node.name);
}

/** Of those, one that no node before it makes a session for which resumes this execution. */
export function waitInVain(context: IExecuteFunctions): string | undefined {
	const { type } = context.getNode();
	return laterWaits(context).find((name) => {
		const before = context.getParentNodes(name, WITH_PARAMETERS) as NodeInfo[];
		return !before.some(
			(node) => node.type === type && node.parameters?.afterVerification === 'resume',
		);
	});
}
