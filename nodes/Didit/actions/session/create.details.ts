// The additional fields of a session with a workflow, from the screen's names to Didit's, each checked.
import type { IDataObject } from 'n8n-workflow';
import { InputError } from '../../transport/errors';
import {
	atMost,
	country,
	date,
	email,
	ipAddress,
	jsonObject,
	oneOf,
	phone,
	plainText,
	registryCountry,
	textOf,
} from '../common/checks';
import { LANGUAGE_CODES } from '../common/languages';
import type { ItemCall } from '../common/itemCall';

export const CALLBACK_METHODS = ['initiator', 'completer', 'both'];
export const DOCUMENT_TYPES = ['P', 'ID', 'DL', 'RP', 'HIC', 'TC', 'SSC'];

type Check = (value: string, field: string) => string;

/** A row for each text field: its name on the node, its label on the screen, its name at Didit, and its check. */
type Row = [name: string, label: string, field: string, check?: Check];

const language = oneOf(LANGUAGE_CODES);

const GENERAL: Row[] = [
	['callbackMethod', 'Callback Method', 'callback_method', oneOf(CALLBACK_METHODS)],
	['language', 'Language', 'language', language],
	['sandboxScenario', 'Sandbox Scenario', 'sandbox_scenario', scenario],
];

const CONTACT: Row[] = [
	['email', 'Email', 'email', email],
	['emailLanguage', 'Email Language', 'email_lang', language],
	['phone', 'Phone', 'phone', phone],
];

const EXPECTED: Row[] = [
	['address', 'Address', 'address'],
	['companyName', 'Company Name', 'company_name', atMost(255)],
	['country', 'Country', 'country', country],
	['dateOfBirth', 'Date of Birth', 'date_of_birth', date],
	['firstName', 'First Name', 'first_name'],
	['gender', 'Gender', 'gender', oneOf(['M', 'F'])],
	['idCountry', 'ID Country', 'id_country', country],
	['identificationNumber', 'Identification Number', 'identification_number'],
	['ipAddress', 'IP Address', 'ip_address', ipAddress],
	['lastName', 'Last Name', 'last_name'],
	['nationality', 'Nationality', 'nationality', country],
	['poaCountry', 'Proof of Address Country', 'poa_country', country],
	['registrationNumber', 'Registration Number', 'registration_number', atMost(100)],
	['registryCountry', 'Registry Country', 'registry_country', registryCountry],
];

function scenario(value: string, field: string): string {
	if (!/^[a-z0-9_]+$/.test(value))
		throw new InputError(`'${field}' is not valid`, 'Choose one from the list');
	return value;
}

/** Empty fields are left out, so that an expression may give nothing. */
function read(values: IDataObject, rows: Row[]): IDataObject {
	const body: IDataObject = {};
	for (const [name, label, field, check] of rows) {
		const value = plainText(values[name], label);
		if (value !== '') body[field] = check ? check(value, label) : value;
	}
	return body;
}

function contactDetails(values: IDataObject): IDataObject {
	const details = read(values, CONTACT);
	if (values.sendNotificationEmails === true) {
		if (!details.email)
			throw new InputError(
				"'Email' is empty",
				"Fill it in, or turn off 'Send Notification Emails'",
			);
		details.send_notification_emails = true;
	}
	return details;
}

function expectedDetails(values: IDataObject): IDataObject {
	const details = read(values, EXPECTED);
	const types = [values.expectedDocumentTypes ?? []]
		.flat()
		.map((type) =>
			oneOf(DOCUMENT_TYPES)(textOf(type, 'Expected Document Types'), 'Expected Document Types'),
		);
	if (types.length > 0) details.expected_document_types = [...new Set(types)];
	if (details.address && !details.country && !details.poa_country) {
		throw new InputError(
			"'Address' needs a country",
			"Fill in 'Country' or 'Proof of Address Country' too",
		);
	}
	return details;
}

/** @throws InputError naming the first field that is not valid */
export function additionalDetails(fields: IDataObject): IDataObject {
	const body = read(fields, GENERAL);
	const contact = contactDetails((fields.contactDetails ?? {}) as IDataObject);
	if (Object.keys(contact).length > 0) body.contact_details = contact;
	const expected = expectedDetails((fields.expectedDetails ?? {}) as IDataObject);
	if (Object.keys(expected).length > 0) body.expected_details = expected;
	if (fields.metadata !== undefined && fields.metadata !== '') {
		const metadata = jsonObject(fields.metadata, 'Metadata') as IDataObject;
		if (Object.keys(metadata).length > 0) body.metadata = metadata;
	}
	return body;
}

const MAX_IMAGE_BYTES = 2 * 1024 * 1024;

/** How the picture types that Didit takes begin, in hexadecimal. A file's name or stated type can be wrong. */
const IMAGE_STARTS = [
	/^ffd8ff/,
	/^89504e470d0a1a0a/,
	/^52494646.{8}57454250/,
	/^49492a00/,
	/^4d4d002a/,
];

/** Reads the picture from a binary field of the item. Didit wants it as base64. */
export async function portraitImage(call: ItemCall, fields: IDataObject): Promise<IDataObject> {
	const label = 'Portrait Image Field';
	const property = String(fields.portraitImage ?? '').trim();
	if (property === '') return {};
	if (!call.context.getInputData()[call.item]?.binary?.[property]) {
		throw new InputError(
			`The item has no file in '${property}'`,
			`Enter the name of the field with the picture in '${label}'`,
		);
	}
	const image = await call.context.helpers.getBinaryDataBuffer(call.item, property);
	if (image.length > MAX_IMAGE_BYTES) {
		throw new InputError(
			`The picture in '${property}' is larger than 2 MB`,
			'Make it smaller, for example with the Edit Image node',
		);
	}
	const start = image.subarray(0, 12).toString('hex');
	if (!IMAGE_STARTS.some((pattern) => pattern.test(start))) {
		throw new InputError(
			`The file in '${property}' is not a picture that Didit takes`,
			'Use a JPEG, PNG, WebP or TIFF picture',
		);
	}
	return { portrait_image: image.toString('base64') };
}
