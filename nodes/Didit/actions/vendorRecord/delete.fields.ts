// The fields of User: Delete and Business: Delete.
import type { INodeProperties } from 'n8n-workflow';

export const dryRunField: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: true,
	description:
		'Whether only to list what would be deleted. Turn it off to delete it: there is no way back.',
};

export const deleteOptions: INodeProperties[] = [
	{
		displayName: 'Max Sessions',
		name: 'maxSessions',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 100,
		description:
			'Nothing is deleted if there are more sessions than this, for example because many people share an ID',
	},
	{
		displayName: 'Reference',
		name: 'instructionId',
		type: 'string',
		default: '',
		placeholder: 'e.g. ticket 1042',
		description: 'Your own reference of the request, for the receipt and the log of Didit',
	},
];
