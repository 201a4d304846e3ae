// The options of Session: Delete, which are about what stays.
import type { INodeProperties } from 'n8n-workflow';

export const deleteOptions: INodeProperties[] = [
	{
		displayName: 'Face Retention Days',
		name: 'faceRetentionDays',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 3650 },
		default: 365,
		description: 'For how many days a retained face is kept',
	},
	{
		displayName: 'Face Retention Deadline',
		name: 'faceRetentionDeadline',
		type: 'dateTime',
		default: '',
		description: 'Until when a retained face is kept',
	},
	{
		displayName: 'Reason',
		name: 'deletionInstruction',
		type: 'options',
		options: [
			{
				name: 'Housekeeping',
				value: 'operational_session_delete',
				description: 'The session is no longer needed',
			},
			{
				name: 'Privacy Request',
				value: 'privacy_erasure',
				description: 'The person asks for erasure: the stored face goes too',
			},
		],
		default: 'operational_session_delete',
	},
	{
		displayName: 'Reference',
		name: 'instructionId',
		type: 'string',
		default: '',
		placeholder: 'e.g. ticket 1042',
		description: 'Your own reference of the request, which Didit keeps in its log',
	},
	{
		displayName: 'Retain Face',
		name: 'retainFace',
		type: 'boolean',
		default: false,
		description:
			'Whether Didit keeps the face of the person for later comparisons. Without this option the settings of the Didit console count.',
	},
];
