// The fields of Session: Create.
import { url } from '../common/checks';
import { choice, ownId, text } from '../common/fieldKinds';
import { workflowId } from '../workflow/workflowId';
import { additionalFields } from './create.details';
import { FEATURE_COMBINATIONS, featureCombination } from './features';

const withFeatures = { show: { verifyWith: ['features'] } };
const withWorkflow = { show: { verifyWith: ['workflow'] } };

export const verifyWith = choice({
	label: 'Verify With',
	name: 'verifyWith',
	options: [
		{
			name: 'Feature Combination (Client ID and Secret)',
			value: 'features',
			description: 'Choose the checks in this node',
		},
		{
			name: 'Workflow (API Key)',
			value: 'workflow',
			description: 'A workflow that you built in the Didit console decides what is checked',
		},
	],
	default: 'features',
	description: 'How to choose what Didit checks. Must match the type of your Didit credential.',
});

export const features = choice({
	label: 'Feature Combination',
	name: 'features',
	diditName: 'features',
	displayOptions: withFeatures,
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
	description:
		'OCR reads the ID document, NFC reads its chip, FACE matches the selfie to the document, AML checks watchlists',
});

export const workflow = workflowId({
	required: true,
	displayOptions: withWorkflow,
	description: 'The workflow from the Didit console that the person goes through',
});

export const afterVerification = choice({
	label: 'After Verification',
	name: 'afterVerification',
	options: [
		{
			name: 'Resume This Workflow',
			value: 'resume',
			description:
				"The workflow continues at a later 'Wait for Result' operation. Run one execution per person at a time: a second one with the same vendor data reuses the session.",
		},
		{
			name: 'Send Person to a Page',
			value: 'redirect',
			description: "The workflow doesn't wait",
		},
	],
	default: 'redirect',
});

export const resumedBy = choice({
	label: 'Resumed By',
	name: 'resumedBy',
	displayOptions: { show: { afterVerification: ['resume'], verifyWith: ['workflow'] } },
	options: [
		{
			name: 'Automatic',
			value: 'automatic',
			description:
				'The person coming back in the browser, or a Didit Trigger. If later nodes wait too, only the Didit Trigger: the browser would get the key to them.',
		},
		{
			name: 'Didit Trigger Only',
			value: 'trigger',
			description:
				'Any active workflow with a Didit Trigger. The person never gets a key to this execution.',
		},
	],
	default: 'automatic',
	description: 'What lets this workflow continue when Didit has a result',
});

export const callbackUrl = text({
	label: 'Callback URL',
	name: 'callback',
	diditName: 'callback',
	displayOptions: { show: { afterVerification: ['redirect'] } },
	check: url,
	example: 'https://example.com/welcome',
	description:
		"URL to redirect the person to after verification. This is not a webhook: don't rely on the status in its query string.",
});

export const returnPage = text({
	label: 'Redirect URL',
	name: 'callback',
	displayOptions: { show: { afterVerification: ['resume'] } },
	check: url,
	example: 'https://example.com/welcome',
	description:
		'URL to redirect the person to after verification. Leave empty to show a simple thank-you page.',
});

export const vendorData = ownId({
	label: 'Vendor Data',
	name: 'vendorData',
	diditName: 'vendor_data',
	example: 'user-42',
	description:
		'Your own ID for the person, returned with every result. With a Didit workflow, an unfinished session for the same ID is reused instead of creating a new one, so make sure that no part of the ID can be empty.',
});

export const createFields = [
	verifyWith,
	features,
	workflow,
	afterVerification,
	resumedBy,
	callbackUrl,
	returnPage,
	vendorData,
	additionalFields,
];
