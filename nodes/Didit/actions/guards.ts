// What holds for every operation before and after it runs: the credential that it needs, and what an AI agent may do and see.
import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { DiditError, InputError } from '../transport/errors';
import { withoutMediaLinks } from './common/privacy';
import type { Operation } from './common/operation';
import type { ItemCall } from './common/itemCall';

const allowAgentField: INodeProperties = {
	displayName: 'Allow AI Agent to Do This',
	name: 'allowAgent',
	type: 'boolean',
	// No expression: the agent must not be able to give itself the permission.
	noDataExpression: true,
	displayOptions: { show: { '@tool': [true] } },
	default: false,
	description:
		'Whether an AI agent may run this operation, which decides about people or changes their data',
};

const neverForAgentsField: INodeProperties = {
	displayName:
		'An AI agent cannot use this operation: n8n does not pass files to agents, and an agent does not wait',
	name: 'agentNotice',
	type: 'notice',
	displayOptions: { show: { '@tool': [true] } },
	default: '',
};

/** The fields that the editor shows first when the node is the tool of an agent. */
export function agentFields({ agent }: Operation): INodeProperties[] {
	if (agent === 'ifAllowed') return [allowAgentField];
	return agent === 'never' ? [neverForAgentsField] : [];
}

function checkCredential({ needs, option }: Operation, { client }: ItemCall): void {
	if (needs !== 'apiKey' || client.authentication === 'apiKey') return;
	throw new InputError(
		`'${option.name}' needs an API key, and this credential holds a client ID and secret`,
		'Choose a Didit credential with an API key. With a client ID and secret, sessions can be created, read, approved or declined, and downloaded as a PDF',
	);
}

function checkAgent({ agent, option }: Operation, { context }: ItemCall): void {
	if (agent === 'never') {
		throw new InputError(
			`An AI agent cannot use '${option.name}'`,
			'Use it in a node of the workflow, after the agent',
		);
	}
	// As it was saved: an expression could hold an answer of the agent.
	if (agent === 'ifAllowed' && context.getNode().parameters[allowAgentField.name] !== true) {
		throw new InputError(
			`An AI agent is not allowed to use '${option.name}'`,
			`The builder of the workflow can allow it with '${allowAgentField.displayName}' in this tool`,
		);
	}
}

/** What a model gets: no files, no links to pictures, no empty fields. */
function compact(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(compact);
	if (typeof value !== 'object' || value === null) return value;
	const filled = Object.entries(value).filter(
		([, inner]) => inner !== null && inner !== undefined && inner !== '',
	);
	return Object.fromEntries(filled.map(([name, inner]) => [name, compact(inner)]));
}

/** n8n passes on the message of an error to the model, and not always what to do about it, so that is put into the message. */
function errorForAgent(error: unknown): unknown {
	if (!(error instanceof DiditError) && !(error instanceof InputError)) return error;
	const message = [error.message.replace(/\.$/, ''), error.advice]
		.filter((part) => part !== '')
		.join('. ');
	return error instanceof DiditError
		? new DiditError(message, '', error.status)
		: new InputError(message);
}

async function runForAgent(operation: Operation, call: ItemCall): Promise<INodeExecutionData[]> {
	checkAgent(operation, call);
	const items = await operation.execute(call);
	return items.map(({ json }) => ({ json: compact(withoutMediaLinks(json)) as IDataObject }));
}

/** The operation with these rules around it. */
export function guarded(operation: Operation): Operation {
	return {
		...operation,
		async execute(call) {
			checkCredential(operation, call);
			if (!call.forAgent) return await operation.execute(call);
			return await runForAgent(operation, call).catch(
				async (error) => await Promise.reject(errorForAgent(error)),
			);
		},
	};
}
