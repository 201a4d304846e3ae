// The fields of the Didit Trigger.
import type { INodeProperties } from 'n8n-workflow';
import { SESSION_STATUSES } from '../decision/statuses';
import { DEFAULT_TOLERANCE_SECONDS } from '../webhook/signature';

// n8n shows no other markup in a notice.
const STEPS = `<ul>
<li>Open 'Webhook URLs' above, choose 'Production URL', and click the address to copy it.</li>
<li>In the Didit Business Console, open the webhooks of your application and add the address. Choose version 3 if you are asked, and the same events as here.</li>
<li>Copy the secret that Didit shows for it into 'Webhook Secret' of your Didit credential.</li>
</ul>`;

/** In the order of use. */
const EVENTS = [
	{
		name: 'Session Status Updated',
		value: 'status.updated',
		description: 'A verification started, finished or was reviewed',
	},
	{
		name: 'Session Data Updated',
		value: 'data.updated',
		description: 'Someone corrected session data',
	},
	{ name: 'User Status Updated', value: 'user.status.updated' },
	{ name: 'User Data Updated', value: 'user.data.updated' },
	{ name: 'Business Status Updated', value: 'business.status.updated' },
	{ name: 'Business Data Updated', value: 'business.data.updated' },
	{ name: 'Transaction Created', value: 'transaction.created' },
	{ name: 'Transaction Status Updated', value: 'transaction.status.updated' },
	{ name: 'Travel Rule Status Updated', value: 'travel_rule.status.updated' },
	{ name: 'Workflow Compliance Changed', value: 'workflow.compliance_changed' },
	{ name: 'Transaction Rule Suggestions Created', value: 'transaction_rule_suggestions.created' },
	{
		name: 'Activity Created',
		value: 'activity.created',
		description: 'Not sent for live traffic at the time of writing',
	},
];

const ENVIRONMENTS = [
	{ name: 'Live', value: 'live' },
	{ name: 'Sandbox', value: 'sandbox' },
];

const KINDS = [
	{ name: 'Person', value: 'user' },
	{ name: 'Business', value: 'business' },
];

/** What the canvas shows below the trigger's name: its event, or how many there are. */
export const eventsSubtitle = `={{ ((names, events) =>
	Array.isArray(events) && events.length === 1 ? names[events[0]] || events[0]
	: Array.isArray(events) ? events.length + " events" : ""
)(${JSON.stringify(Object.fromEntries(EVENTS.map(({ name, value }) => [value, name])))}, $parameter["events"]) }}`;

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
					'Publishing the workflow adds its webhook to your Didit application, unpublishing removes it',
			},
			{
				name: 'Manual (Didit Console)',
				value: 'manual',
				description:
					'You add the webhook in the Didit console. The only way for a client ID and secret.',
			},
		],
		default: 'automatic',
		description: 'Who adds the webhook at Didit. Keep Automatic if you have an API key.',
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
		options: EVENTS,
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
				options: ENVIRONMENTS,
				default: '',
				description: 'Whether real or sandbox verifications start the workflow',
			},
			{
				displayName: 'Person or Business',
				name: 'sessionKind',
				type: 'options',
				options: KINDS,
				default: '',
				description: 'Whose verifications start the workflow',
			},
			{
				displayName: 'Statuses',
				name: 'statuses',
				type: 'multiOptions',
				options: SESSION_STATUSES.map((value) => ({ name: value, value })),
				default: [],
				description: 'The statuses of a session that start the workflow',
			},
			{
				displayName: 'Workflow Names or IDs',
				name: 'workflowIds',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: 'loadWorkflows' },
				default: [],
				description:
					'The Didit workflows whose sessions start this workflow. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
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
