// The fields of Session: Create.
import type { INodeProperties } from 'n8n-workflow';
import { FEATURE_COMBINATIONS } from '../common/checks';
import { workflowIdField } from '../workflow/workflowId';
import { additionalFields } from './create.details.fields';

const withFeatures = { show: { verifyWith: ['features'] } };
const withWorkflow = { show: { verifyWith: ['workflow'] } };

export const createFields: INodeProperties[] = [
	{
		displayName: 'Verify With',
		name: 'verifyWith',
		type: 'options',
		options: [
			{
				name: 'Feature Combination (Client ID and Secret)',
				value: 'features',
				description: 'Choose here what is checked',
			},
			{
				name: 'Workflow (API Key)',
				value: 'workflow',
				description: 'A workflow that you built in the Didit console decides what is checked',
			},
		],
		default: 'features',
		description: 'How Didit knows what to check. It depends on what your Didit credential holds.',
	},
	{
		displayName: 'Feature Combination',
		name: 'features',
		type: 'options',
		displayOptions: withFeatures,
		options: [
			{
				name: "Use the Didit Console's Settings",
				value: '',
				description: 'What is set for your application in the Didit console',
			},
			...FEATURE_COMBINATIONS.map((value) => ({ name: value, value })),
		],
		default: '',
		description:
			'OCR reads the identity document, NFC its chip, FACE compares the face, AML screens watch lists',
	},
	{
		...workflowIdField,
		displayOptions: withWorkflow,
		description: 'The workflow from the Didit console that the person goes through',
	},
	{
		displayName: 'After Verification',
		name: 'afterVerification',
		type: 'options',
		options: [
			{
				name: 'Resume This Workflow',
				value: 'resume',
				description:
					"This workflow goes on at a later 'Wait for Result'. Keep one open execution per person: a second one with the same vendor data gets the same session.",
			},
			{
				name: 'Send Person to a Page',
				value: 'redirect',
				description: 'The workflow does not wait',
			},
		],
		default: 'redirect',
	},
	{
		displayName: 'Callback URL',
		name: 'callback',
		type: 'string',
		displayOptions: { show: { afterVerification: ['redirect'] } },
		default: '',
		placeholder: 'e.g. https://example.com/welcome',
		description:
			'Where the person is sent in the browser when done. Not a webhook: do not trust the status in its address.',
	},
	{
		displayName: 'Page Afterwards',
		name: 'callback',
		type: 'string',
		displayOptions: { show: { afterVerification: ['resume'] } },
		default: '',
		placeholder: 'e.g. https://example.com/welcome',
		description:
			'Where the person is sent in the browser when done. Leave it empty for a plain thank-you page.',
	},
	{
		displayName: 'Vendor Data',
		name: 'vendorData',
		type: 'string',
		default: '',
		placeholder: 'e.g. user-42',
		description:
			'Your own ID of the person, which comes back with every result. With a workflow, an unfinished session of the same person is returned again instead of creating a second one.',
	},
	{ ...additionalFields, displayOptions: withWorkflow },
];
