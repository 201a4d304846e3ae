// The additional fields of Session: Create, for a session with a workflow.
import type { IDataObject } from 'n8n-workflow';
import { InputError } from '../../transport/errors';
import { RESERVED_METADATA } from '../../json/reservedMetadata';
import { refuse } from '../common/checks';
import { email, phone } from '../common/contactChecks';
import { choice, group, json, text, toggle } from '../common/fieldKinds';
import { PORTRAIT_TYPES, imageAsBase64 } from '../common/images';
import type { ItemCall } from '../common/itemCall';
import { LANGUAGE_LIST, language } from '../common/languages';
import { expectedDetails } from './create.expected';

/** From Didit's documentation of sandbox testing. */
const SCENARIOS = [
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

const contactEmail = text({
	label: 'Email',
	name: 'email',
	diditName: 'email',
	check: email,
	example: 'name@example.com',
});

const sendNotificationEmails = toggle({
	label: 'Send Notification Emails',
	name: 'sendNotificationEmails',
	diditName: 'send_notification_emails',
	description: 'Whether Didit emails the person about the verification',
});

const contactDetails = group({
	label: 'Contact Details',
	name: 'contactDetails',
	diditName: 'contact_details',
	placeholder: 'Add detail',
	fields: [
		contactEmail,
		choice({
			label: 'Email Language',
			name: 'emailLanguage',
			diditName: 'email_lang',
			typeOptions: LANGUAGE_LIST,
			check: language,
			description: 'The language of the emails that Didit sends',
		}),
		text({
			label: 'Phone',
			name: 'phone',
			diditName: 'phone',
			check: phone,
			example: '+34 600 000 000',
			description: 'With the country code. Ignored for business workflows.',
		}),
		sendNotificationEmails,
	],
	together({ send_notification_emails: sends, ...details }) {
		if (sends !== true) return details;
		if (details.email) return { ...details, send_notification_emails: true };
		throw new InputError(
			`'${contactEmail.label}' is empty`,
			`Enter it, or turn off '${sendNotificationEmails.label}'`,
		);
	},
});

const portraitImage = text({
	label: 'Portrait Image Field',
	name: 'portraitImage',
	diditName: 'portrait_image',
	default: 'data',
	description:
		'Name of the input binary field that contains the reference portrait (JPEG, PNG, WebP or TIFF, up to 2 MB)',
});

export const additionalFields = group({
	label: 'Additional Fields',
	name: 'additionalFields',
	hint: 'With an API key',
	fields: [
		choice({
			label: 'Device That Returns',
			name: 'callbackMethod',
			diditName: 'callback_method',
			options: [
				{ name: 'Device That Started', value: 'initiator' },
				{ name: 'Device That Finished', value: 'completer' },
				{ name: 'Both Devices', value: 'both' },
			],
			description:
				"Which device goes to 'Page Afterwards' if the person switches to a phone during verification",
		}),
		contactDetails,
		expectedDetails,
		choice({
			label: 'Language',
			name: 'language',
			diditName: 'language',
			typeOptions: LANGUAGE_LIST,
			check: language,
			description: "The language of Didit's pages. A language that Didit doesn't have is left out.",
		}),
		json({
			label: 'Metadata',
			name: 'metadata',
			diditName: 'metadata',
			placeholder: 'e.g. {"plan": "pro"}',
			description: 'A JSON object that comes back with every result',
			check(metadata, field) {
				const taken = Object.keys(metadata).find((key) => RESERVED_METADATA.includes(key));
				if (taken !== undefined) refuse(field, `another name for '${taken}', which is reserved`);
			},
		}),
		portraitImage,
		choice({
			label: 'Sandbox Scenario',
			name: 'sandboxScenario',
			diditName: 'sandbox_scenario',
			options: SCENARIOS,
			// Didit adds scenarios, so an expression may name one that isn't in the list.
			check: (value, field) =>
				/^[a-z0-9_]{1,100}$/.test(value) ? value : refuse(field, 'one from the list'),
			description:
				'The simulated outcome. Only with an API key of a sandbox application: a live application ignores it, and charges the session.',
		}),
	],
});

/** The part of the request that the additional fields make. @throws InputError naming the first field that isn't valid */
export async function additionalDetails(call: ItemCall): Promise<IDataObject> {
	const { portrait_image: property, ...body } = call.read(additionalFields) ?? {};
	if (property === undefined) return body;
	return {
		...body,
		portrait_image: await imageAsBase64(call, portraitImage, String(property), PORTRAIT_TYPES),
	};
}
