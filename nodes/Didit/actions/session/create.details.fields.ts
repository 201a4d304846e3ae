// The additional fields of Session: Create, for a session with a workflow.
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { LANGUAGES } from '../common/languages';

/** From Didit's documentation of sandbox testing. */
const SCENARIOS: INodePropertyOptions[] = [
	{ name: 'Approve', value: 'approve' },
	{ name: 'Decline: AML Hit', value: 'decline_aml_hit' },
	{ name: 'Decline: Company Not in Registry', value: 'decline_kyb_registry_mismatch' },
	{ name: 'Decline: Database Has No Match', value: 'decline_database_no_match' },
	{ name: 'Decline: Document Expired', value: 'decline_document_expired' },
	{ name: 'Decline: Document Not Recognized', value: 'decline_could_not_recognize_document' },
	{ name: 'Decline: Face Does Not Match', value: 'decline_face_match_low_similarity' },
	{ name: 'Decline: IP on Block List', value: 'decline_ip_blocklist' },
	{ name: 'Decline: Liveness Attack', value: 'decline_liveness_attack' },
	{ name: 'Decline: MRZ Not Valid', value: 'decline_mrz_validation' },
	{ name: 'Decline: NFC Chip Not Verified', value: 'decline_nfc_chip_not_verified' },
	{ name: 'Decline: Proof of Address Differs', value: 'decline_poa_address_mismatch' },
	{ name: 'Decline: Too Young', value: 'decline_minimum_age' },
	{ name: 'Review: Face Match Borderline', value: 'review_face_match_borderline' },
	{ name: 'Review: Possible AML Match', value: 'review_aml_possible_match' },
	{ name: 'Review: Proof of Address Matches in Part', value: 'review_poa_partial_match' },
];

const text = (
	displayName: string,
	name: string,
	placeholder: string,
	description?: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder: `e.g. ${placeholder}`,
	...(description && { description }),
});

const contactFields: INodeProperties[] = [
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		default: '',
		placeholder: 'e.g. name@example.com',
	},
	{
		displayName: 'Email Language',
		name: 'emailLanguage',
		type: 'options',
		options: LANGUAGES,
		default: 'en',
		description: 'The language of the emails that Didit sends',
	},
	text(
		'Phone',
		'phone',
		'+34 600 000 000',
		'With the country code. Ignored for business workflows.',
	),
	{
		displayName: 'Send Notification Emails',
		name: 'sendNotificationEmails',
		type: 'boolean',
		default: false,
		description: 'Whether Didit sends emails about the verification to the person',
	},
];

const expectedFields: INodeProperties[] = [
	text(
		'Address',
		'address',
		'1 Example Street, Exampleton',
		"Needs 'Country' or 'Proof of Address Country' too",
	),
	text('Company Name', 'companyName', 'Example Ltd', 'For business workflows'),
	text('Country', 'country', 'ESP', 'Three letters'),
	text('Date of Birth', 'dateOfBirth', '1990-05-31', 'Year-month-day'),
	{
		displayName: 'Expected Document Types',
		name: 'expectedDocumentTypes',
		type: 'multiOptions',
		options: [
			{ name: 'Driving License', value: 'DL' },
			{ name: 'Health Insurance Card', value: 'HIC' },
			{ name: 'Identity Card', value: 'ID' },
			{ name: 'Passport', value: 'P' },
			{ name: 'Residence Permit', value: 'RP' },
			{ name: 'Social Security Card', value: 'SSC' },
			{ name: 'Tax Card', value: 'TC' },
		],
		default: [],
	},
	text('First Name', 'firstName', 'Nora'),
	{
		displayName: 'Gender',
		name: 'gender',
		type: 'options',
		options: [
			{ name: 'Female', value: 'F' },
			{ name: 'Male', value: 'M' },
		],
		default: 'F',
	},
	text('ID Country', 'idCountry', 'ESP', 'The country that issued the document, three letters'),
	text('Identification Number', 'identificationNumber', '00000000T'),
	text('IP Address', 'ipAddress', '203.0.113.7'),
	text('Last Name', 'lastName', 'Sample'),
	text('Nationality', 'nationality', 'ESP', 'Three letters'),
	text('Proof of Address Country', 'poaCountry', 'ESP', 'Three letters'),
	text('Registration Number', 'registrationNumber', '12345678', 'For business workflows'),
	text(
		'Registry Country',
		'registryCountry',
		'ES',
		'For business workflows. Two letters, or with a region: US-CA.',
	),
];

export const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [
		{
			displayName: 'Callback Method',
			name: 'callbackMethod',
			type: 'options',
			options: [
				{ name: 'Both Devices', value: 'both' },
				{ name: 'Device That Finished', value: 'completer' },
				{ name: 'Device That Started', value: 'initiator' },
			],
			default: 'initiator',
			description:
				"Which device is sent to 'Callback URL' when the person changes to a phone midway",
		},
		{
			displayName: 'Contact Details',
			name: 'contactDetails',
			type: 'collection',
			placeholder: 'Add detail',
			default: {},
			options: contactFields,
		},
		{
			displayName: 'Expected Details',
			name: 'expectedDetails',
			type: 'collection',
			placeholder: 'Add detail',
			default: {},
			options: expectedFields,
			description: 'What you know about the person already. Didit compares it with the document.',
		},
		{
			displayName: 'Language',
			name: 'language',
			type: 'options',
			options: LANGUAGES,
			default: 'en',
			description: "The language of Didit's pages",
		},
		{
			displayName: 'Metadata',
			name: 'metadata',
			type: 'json',
			default: '{}',
			placeholder: 'e.g. {"plan": "pro"}',
			description: 'A JSON object that comes back with every result',
		},
		{
			displayName: 'Portrait Image Field',
			name: 'portraitImage',
			type: 'string',
			default: 'data',
			description:
				'The name of the input field with the picture of the face to compare with: JPEG, PNG, WebP or TIFF, 2 MB at most',
		},
		{
			displayName: 'Sandbox Scenario',
			name: 'sandboxScenario',
			type: 'options',
			options: SCENARIOS,
			default: 'approve',
			description: 'How the verification ends. Only with the API key of a sandbox application.',
		},
	],
};
