// Which resources and operations there are. A new operation is one file and one line in its resource.
import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';
import { InputError } from '../transport/errors';
import { account } from './account';
import { business } from './business';
import { check } from './check';
import { optionsFields } from './common/options';
import type { Operation, Resource } from './common/operation';
import { agentFields, guarded } from './guards';
import { list } from './list';
import { session } from './session';
import { transaction } from './transaction';
import { user } from './user';
import { workflow } from './workflow';

/** In the order of use: the panel and the list of actions show them so, and the operations of each in the order of its list. */
export const RESOURCES: Resource[] = [
	session,
	check,
	user,
	business,
	transaction,
	list,
	workflow,
	account,
];

const nameOf = ({ option }: Operation | Resource) => String(option.value);

/** @throws InputError that lists what there is instead */
export function findOperation(resource: string, operation: string): Operation {
	const operations = RESOURCES.find((one) => nameOf(one) === resource)?.operations;
	if (!operations)
		throw new InputError(
			`There is no resource '${resource}'`,
			`Use one of: ${RESOURCES.map(nameOf).join(', ')}`,
		);
	const found = operations.find((one) => nameOf(one) === operation);
	if (!found)
		throw new InputError(
			`'${resource}' has no operation '${operation}'`,
			`Use one of: ${operations.map(nameOf).join(', ')}. For anything else, use the HTTP Request node with the credential 'Didit API'`,
		);
	return guarded(resource, found);
}

function operationField(resource: Resource): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [nameOf(resource)] } },
		options: resource.operations.map(({ option }) => option),
		default: nameOf(resource.operations[0]),
	};
}

function fieldsOf(resource: Resource, operation: Operation): INodeProperties[] {
	const show = { resource: [nameOf(resource)], operation: [nameOf(operation)] };
	const own = operation.fields.map(({ property }) => property);
	return updateDisplayOptions({ show }, [
		...agentFields(nameOf(resource), operation),
		...own,
		...optionsFields(operation),
	]);
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
		...RESOURCES.flatMap((resource) =>
			resource.operations.flatMap((operation) => fieldsOf(resource, operation)),
		),
	];
}
