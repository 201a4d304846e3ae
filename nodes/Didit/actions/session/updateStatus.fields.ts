// The fields of Session: Update Status.
import { email } from '../common/contactChecks';
import { choice, choices, text, toggle } from '../common/fieldKinds';
import { LANGUAGE_LIST, language } from '../common/languages';
import { sessionId } from './sessionId';
import { NOT_PASSED, STEPS } from './updateStatus.steps';

export const RESUBMITTED = 'Resubmitted';

const askingAgain = { show: { newStatus: [RESUBMITTED] } };
const withEmail = { show: { newStatus: [RESUBMITTED], sendEmail: [true] } };

export const newStatus = choice({
	label: 'New Status',
	name: 'newStatus',
	diditName: 'new_status',
	required: true,
	ask: 'Choose the new status',
	options: [
		{ name: 'Approved', value: 'Approved' },
		{ name: 'Declined', value: 'Declined' },
		{
			name: 'Request Resubmission',
			value: RESUBMITTED,
			description: 'The person repeats steps with the same link. Requires an API key.',
		},
	],
	description: 'Approve or decline the person or business, or ask them to repeat steps',
});

export const comment = text({
	label: 'Comment',
	name: 'comment',
	diditName: 'comment',
	typeOptions: { rows: 2 },
	example: 'Checked by phone',
	description: 'Reason for the decision, shown with the session in the Didit console',
});

export const stepsToRepeat = choices({
	label: 'Steps to Repeat',
	name: 'stepsToRepeat',
	diditName: 'nodes_to_resubmit',
	displayOptions: askingAgain,
	options: [
		{ name: '[All Failed Steps]', value: NOT_PASSED },
		...STEPS.map(({ label, feature }) => ({ name: label, value: feature })),
	],
	description: 'The steps the person has to repeat. Leave empty to let Didit choose.',
});

export const sendEmail = toggle({
	label: 'Send Email',
	name: 'sendEmail',
	diditName: 'send_email',
	displayOptions: askingAgain,
	description: 'Whether Didit emails the link to the person',
});

export const emailAddress = text({
	label: 'Email Address',
	name: 'emailAddress',
	diditName: 'email_address',
	displayOptions: withEmail,
	check: email,
	example: 'name@example.com',
	description:
		"Leave empty to use the session's verified email address, or the one from 'Contact Details'",
});

export const emailLanguage = choice({
	label: 'Email Language',
	name: 'emailLanguage',
	diditName: 'email_language',
	displayOptions: withEmail,
	check: language,
	typeOptions: LANGUAGE_LIST,
	default: 'en',
});

export const updateStatusFields = [
	sessionId,
	newStatus,
	comment,
	stepsToRepeat,
	sendEmail,
	emailAddress,
	emailLanguage,
];
