// Which resources and operations there are. A new operation is one file and one line in its resource.
import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';
import { optionsWith } from './common/options';
import { agentFields, guarded } from './guards';
import { account } from './account';
import { business } from './business';
import { session } from './session';
import { user } from './user';
import { workflow } from './workflow';
import type { Operation, Resource } from './common/operation';

const RESOURCES: Resource[] = [account, business, session, user, workflow];

export function findOperation(resource: string, operation: string): Operation | undefined {
	const operations = RESOURCES.find(({ option }) => option.value === resource)?.operations ?? [];
	const found = operations.find(({ option }) => option.value === operation);
	return found && guarded(found);
}

function operationField({ option, operations }: Resource): INodeProperties {
	const first = String(operations[0].option.value);
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [String(option.value)] } },
		options: operations
			.map((operation) => operation.option)
			.sort((a, b) => a.name.localeCompare(b.name)),
		default: first,
	};
}

/** All fields of the node, in the order in which the panel shows them. */
export function nodeProperties(): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: RESOURCES.map(({ option }) => option),
			default: 'session',
		},
		...RESOURCES.map(operationField),
		...RESOURCES.flatMap(({ option, operations }) =>
			operations.flatMap((operation) =>
				updateDisplayOptions(
					{
						show: { resource: [String(option.value)], operation: [String(operation.option.value)] },
					},
					[...agentFields(operation), ...operation.fields, optionsWith(operation.options)],
				),
			),
		),
	];
}
