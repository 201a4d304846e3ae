// Who may run an operation: the credential that it needs, and what an AI agent may do and see. Both follow from what the
// operation declares.
import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { DiditError, InputError } from '../transport/errors';
import type { Authentication } from '../transport/types';
import type { ItemCall } from './common/itemCall';
import type { Operation } from './common/operation';
import { withoutMediaLinks } from './common/privacy';

type Guard = 'free' | 'ifAllowed' | 'never';

/** An agent reads. What changes anything needs the builder's permission, and no agent gets files or waits. */
export function agentGuard({ effect, returnsFiles, takesFiles }: Operation): Guard {
	if (effect === 'waits' || returnsFiles || takesFiles) return 'never';
	return effect === 'reads' ? 'free' : 'ifAllowed';
}

const capitalized = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** A name of its own for each operation, so that a permission doesn't hold for another one that is chosen later. */
const permissionName = (resource: string, operation: string) =>
	`allowAgentTo${capitalized(operation)}${capitalized(resource)}`;

const PERMISSION_LABEL = 'Allow AI Agents to Run This Operation';

const EFFECT_WORDS: Record<Operation['effect'], string> = {
	reads: 'It only reads data',
	waits: 'It pauses the workflow',
	creates: 'It creates something new, which can cost credit or send an email',
	changes: 'It changes or adds data',
	decides: 'It decides about a person or business',
	deletes: 'It deletes data permanently',
};

/** The fields that the editor shows first when the node is the tool of an agent. */
export function agentFields(resource: string, operation: Operation): INodeProperties[] {
	const guard = agentGuard(operation);
	if (guard === 'free') return [];
	const displayOptions = { show: { '@tool': [true] } };
	if (guard === 'never') {
		return [
			{
				displayName:
					"AI agents can't use this operation, because it works with files or pauses the workflow",
				name: 'agentNotice',
				type: 'notice',
				displayOptions,
				default: '',
			},
		];
	}
	return [
		{
			displayName: `${EFFECT_WORDS[operation.effect]}.`,
			name: 'agentEffect',
			type: 'notice',
			displayOptions,
			default: '',
		},
		{
			displayName: PERMISSION_LABEL,
			name: permissionName(resource, String(operation.option.value)),
			type: 'boolean',
			// No expression: the agent must not be able to give itself the permission.
			noDataExpression: true,
			displayOptions,
			default: false,
			description: 'Whether AI agents may run this operation',
		},
	];
}

const HOLDS: Record<Authentication, string> = {
	apiKey: 'an API key',
	clientCredentials: 'a client ID and secret',
};

/**
 * @param what what needs that kind of credential, in quotes if it is a name on the screen
 * @param advice what to do with the credential that there is
 * @throws InputError if the credential is of the other kind
 */
export function needCredential(
	call: ItemCall,
	what: string,
	needed: Authentication,
	advice: string,
): void {
	const { authentication } = call.client;
	if (authentication === needed) return;
	throw new InputError(
		`${what} ${HOLDS[needed]}, but this credential uses ${HOLDS[authentication]}`,
		advice,
	);
}

function checkCredential({ needs, option }: Operation, call: ItemCall): void {
	if (!needs) return;
	needCredential(
		call,
		`'${option.name}' requires`,
		needs,
		'Choose a Didit credential with an API key. With a client ID and secret you can create, read, approve and decline sessions, and download their PDF',
	);
}

function checkAgent(resource: string, operation: Operation, { context }: ItemCall): void {
	const guard = agentGuard(operation);
	const { name, value } = operation.option;
	if (guard === 'never') {
		throw new InputError(
			`AI agents can't use '${name}'`,
			'Use it in a node of the workflow, after the agent',
		);
	}
	if (guard === 'free') return;
	// As it was saved: an expression could hold a response of the agent.
	if (context.getNode().parameters[permissionName(resource, String(value))] !== true) {
		throw new InputError(
			`AI agents aren't allowed to use '${name}'`,
			`The builder of the workflow can allow it with '${PERMISSION_LABEL}' in this tool`,
		);
	}
}

/** What a model gets: no files, no links to images, no empty fields. */
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

/** Characters of JSON. A model has to read all of it: 3,000 sessions would be 781,000. */
const MOST_FOR_AGENT = 20_000;

/** As many items as a model can read, at least one, and a word about the rest. */
function readable(items: IDataObject[]): IDataObject[] {
	let length = 0;
	const most = items.findIndex((item, index) => {
		length += JSON.stringify(item).length;
		return index > 0 && length > MOST_FOR_AGENT;
	});
	if (most < 0) return items;
	const note = `These are the first ${most} of ${items.length} results. For others, narrow the search with filters or lower the limit.`;
	return [...items.slice(0, most), { note }];
}

async function runForAgent(
	resource: string,
	operation: Operation,
	call: ItemCall,
): Promise<INodeExecutionData[]> {
	checkAgent(resource, operation, call);
	const items = await operation.execute(call);
	const shown = items.map(({ json }) => compact(withoutMediaLinks(json)) as IDataObject);
	return readable(shown).map((json) => ({ json }));
}

/** The operation with these guards around it. */
export function guarded(resource: string, operation: Operation): Operation {
	return {
		...operation,
		async execute(call) {
			checkCredential(operation, call);
			if (!call.forAgent) return await operation.execute(call);
			return await runForAgent(resource, operation, call).catch(
				async (error) => await Promise.reject(errorForAgent(error)),
			);
		},
	};
}
