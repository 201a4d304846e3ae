// The fields of the Didit Trigger.
import type { INodeProperties } from 'n8n-workflow';
import { SESSION_STATUSES } from '../decision/statuses';
import { DEFAULT_TOLERANCE_SECONDS } from '../webhook/signature';

const STEPS = `In the Didit Business Console:
<ul>
<li>First, open the webhooks of your application, and add the <b>Production URL</b> shown above.</li>
<li>Then choose version 3 if you are asked, and the same events as here.</li>
<li>Last, copy the secret that Didit shows for it into <b>Webhook Secret</b> of your Didit credential.</li>
</ul>`;

export const triggerFields: INodeProperties[] = [
	{
		displayName: 'Registration',
		name: 'registration',
		type: 'options',
		options: [
			{
				name: 'Automatic (API Key)',
				value: 'automatic',
				description:
					'Adds the webhook to your Didit application when the workflow is activated, and removes it again',
			},
			{
				name: 'Manual (Didit Console)',
				value: 'manual',
				description:
					'You add the webhook in the Didit console. For a client ID and secret this is the only way.',
			},
		],
		default: 'automatic',
	},
	{
		displayName: STEPS,
		name: 'manualSteps',
		type: 'notice',
		default: '',
		displayOptions: { show: { registration: ['manual'] } },
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: [
			{ name: 'Activity Created', value: 'activity.created' },
			{ name: 'Business Data Updated', value: 'business.data.updated' },
			{ name: 'Business Status Updated', value: 'business.status.updated' },
			{
				name: 'Session Data Updated',
				value: 'data.updated',
				description: 'Someone corrected session data',
			},
			{
				name: 'Session Status Updated',
				value: 'status.updated',
				description: 'A verification started, finished or was reviewed',
			},
			{ name: 'Transaction Created', value: 'transaction.created' },
			{
				name: 'Transaction Rule Suggestions Created',
				value: 'transaction_rule_suggestions.created',
			},
			{ name: 'Transaction Status Updated', value: 'transaction.status.updated' },
			{ name: 'Travel Rule Status Updated', value: 'travel_rule.status.updated' },
			{ name: 'User Data Updated', value: 'user.data.updated' },
			{ name: 'User Status Updated', value: 'user.status.updated' },
			{ name: 'Workflow Compliance Changed', value: 'workflow.compliance_changed' },
		],
		default: ['status.updated'],
		required: true,
		description: 'What starts the workflow',
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		options: [
			{
				displayName: 'Environment',
				name: 'environment',
				type: 'options',
				options: [
					{ name: 'Live', value: 'live' },
					{ name: 'Sandbox', value: 'sandbox' },
				],
				default: 'live',
				description: 'Whether real or sandbox verifications start the workflow',
			},
			{
				displayName: 'Person or Business',
				name: 'sessionKind',
				type: 'options',
				options: [
					{ name: 'Business', value: 'business' },
					{ name: 'Person', value: 'user' },
				],
				default: 'user',
			},
			{
				displayName: 'Statuses',
				name: 'statuses',
				type: 'multiOptions',
				options: [...SESSION_STATUSES].sort().map((value) => ({ name: value, value })),
				default: [],
				description: 'The statuses of a session that start the workflow',
			},
			{
				displayName: 'Workflow IDs',
				name: 'workflowIds',
				type: 'string',
				default: '',
				placeholder: 'e.g. 11111111-2222-4333-8444-555555555555',
				description:
					'The Didit workflows whose sessions start this workflow, as comma-separated IDs',
			},
		],
	},
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Ignore Duplicates',
				name: 'ignoreDuplicates',
				type: 'boolean',
				default: true,
				description:
					'Whether to ignore events that Didit delivers more than once. Deliveries that arrive at the same moment can both get through.',
			},
			{
				displayName: 'Include Media Links',
				name: 'includeMediaLinks',
				type: 'boolean',
				default: false,
				description:
					'Whether to keep links to images, videos and files in the raw event. Anyone with a link can open it for about an hour.',
			},
			{
				displayName: 'Replace Old Webhook',
				name: 'replaceLegacyWebhook',
				type: 'boolean',
				default: false,
				displayOptions: { show: { '/registration': ['automatic'] } },
				description:
					"Whether to register even if Didit then stops sending events to your application's old webhook URL",
			},
			{
				displayName: 'Resume Waiting Executions',
				name: 'resumeWaitingExecutions',
				type: 'boolean',
				default: true,
				description:
					"Whether a result resumes the execution that is waiting for it in 'Wait for Result', even if the person closed their browser",
			},
			{
				displayName: 'Timestamp Tolerance (Seconds)',
				name: 'timestampTolerance',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: DEFAULT_TOLERANCE_SECONDS,
				description:
					"Maximum difference in seconds between the delivery's timestamp and this server's clock",
			},
		],
	},
];
