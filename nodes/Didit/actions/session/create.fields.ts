// The fields of Session: Create.
import { url } from '../common/checks';
import { choice, notice, text } from '../common/fieldKinds';
import { vendorDataField } from '../common/vendorData';
import { workflowId } from '../workflow/workflowId';
import { additionalFields } from './create.details';
import { FEATURE_COMBINATIONS, featureCombination } from './features';

const resuming = { show: { afterVerification: ['resume'] } };

/** What is checked. The credential says which of the two fields counts; the other one must be left as it is. */
export const workflow = workflowId({
	hint: 'With an API key. Empty: the default workflow of the Didit console.',
	description: 'The workflow from the Didit console that the person goes through',
});

export const features = choice({
	label: 'Feature Combination',
	name: 'features',
	diditName: 'features',
	check: featureCombination,
	options: [
		{
			name: "Use the Didit Console's Settings",
			value: '',
			description: 'Use the checks configured for your application in the Didit console',
		},
		...FEATURE_COMBINATIONS.map((value) => ({ name: value, value })),
	],
	default: '',
	hint: 'With a client ID and secret',
	description:
		'OCR reads the ID document, NFC reads its chip, FACE matches the selfie to the document, AML checks watchlists',
});

export const vendorData = vendorDataField({
	description:
		'Your own ID for the person or business, returned with every result. With an API key, an unfinished session for the same ID is reused, so make sure that no part of the ID can be empty.',
});

export const afterVerification = choice({
	label: 'After Verification',
	name: 'afterVerification',
	options: [
		{
			name: "Don't Wait",
			value: 'redirect',
			description: 'A Didit Trigger or Session: Get collects the result',
		},
		{
			name: 'Resume This Workflow',
			value: 'resume',
			description: "The workflow continues at a later 'Wait for Result'",
		},
	],
	default: 'redirect',
	description: 'What this workflow does once the person has finished',
});

const reuseNotice = notice(
	'Run one execution per person at a time. With an API key, a second one with the same user ID reuses the unfinished session, and only the later execution resumes.',
	'reuseNotice',
	{
		displayOptions: {
			show: { afterVerification: ['resume'], vendorData: [{ _cnd: { exists: true } }] },
		},
	},
);

export const resumedBy = choice({
	label: 'Resumed By',
	name: 'resumedBy',
	displayOptions: resuming,
	options: [
		{
			name: 'Automatic',
			value: 'automatic',
			description: 'The person coming back in the browser, or a Didit Trigger',
		},
		{
			name: 'Didit Trigger Only',
			value: 'trigger',
			description: 'Any published workflow with a Didit Trigger. Requires an API key.',
		},
		{
			name: 'Another Workflow',
			value: 'workflow',
			description:
				"One that calls this execution's address, for an n8n that nobody outside can reach",
		},
	],
	default: 'automatic',
	description:
		"What lets this workflow continue. 'Didit Trigger Only' never gives the person's browser the key to this execution; nor does 'Automatic' if later nodes wait too. 'Another Workflow': one that calls this execution's address, where nobody outside can reach n8n.",
});

export const pageAfterwards = text({
	label: 'Page Afterwards',
	name: 'callback',
	diditName: 'callback',
	check: url,
	example: 'https://example.com/welcome',
	description:
		"Where the person's browser goes after verification (Didit's callback URL). Works with both choices above. Empty: Didit's own page, or with 'Resume This Workflow' a thank-you page. Not a webhook: don't rely on the status in its address.",
});

export const createFields = [
	workflow,
	features,
	vendorData,
	afterVerification,
	reuseNotice,
	resumedBy,
	pageAfterwards,
	additionalFields,
];
