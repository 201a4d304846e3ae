// The fields of Session: Update Status.
import type { INodeProperties } from 'n8n-workflow';
import { LANGUAGES } from '../common/languages';
import { sessionIdField } from './sessionId';
import { NOT_PASSED, STEPS } from './updateStatus.steps';

const askingAgain = { show: { newStatus: ['Resubmitted'] } };
const withEmail = { show: { newStatus: ['Resubmitted'], sendEmail: [true] } };

export const updateStatusFields: INodeProperties[] = [
	sessionIdField,
	{
		displayName: 'New Status',
		name: 'newStatus',
		type: 'options',
		options: [
			{ name: 'Approved', value: 'Approved' },
			{
				name: 'Ask Again',
				value: 'Resubmitted',
				description: 'The person repeats steps under the same link. Needs an API key.',
			},
			{ name: 'Declined', value: 'Declined' },
		],
		default: 'Approved',
	},
	{
		displayName: 'Comment',
		name: 'comment',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. Checked by phone',
		description: 'Why. It is kept with the session in the Didit console.',
	},
	{
		displayName: 'Steps to Repeat',
		name: 'stepsToRepeat',
		type: 'multiOptions',
		displayOptions: askingAgain,
		options: [
			{ name: '[All That Did Not Pass]', value: NOT_PASSED },
			...STEPS.map(({ label, feature }) => ({ name: label, value: feature })),
		],
		default: [],
		description: 'Which of the steps of this session. Leave empty to leave the choice to Didit.',
	},
	{
		displayName: 'Send Email',
		name: 'sendEmail',
		type: 'boolean',
		displayOptions: askingAgain,
		default: false,
		description: 'Whether Didit emails the person the link',
	},
	{
		displayName: 'Email Address',
		name: 'emailAddress',
		type: 'string',
		displayOptions: withEmail,
		default: '',
		placeholder: 'e.g. name@example.com',
		description:
			"Leave empty for the address that the session has: the verified one, or the one in 'Contact Details' of Create",
	},
	{
		displayName: 'Email Language',
		name: 'emailLanguage',
		type: 'options',
		displayOptions: withEmail,
		options: LANGUAGES,
		default: 'en',
	},
];
