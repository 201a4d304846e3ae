// What can be corrected in a session's document: a row for each field, from which both the screen and the check are made.
import type { INodeProperties } from 'n8n-workflow';
import { DOCUMENT_TYPES } from '../documentTypes';
import { atMost, country, date, jsonObject, oneOf, shortCountry } from '../input';

type Check = (value: string, field: string) => unknown;

interface Row {
	label: string;
	name: string;
	/** Its name at Didit. */
	field: string;
	check: Check;
	/** An example, or the values to choose from by their names. */
	shown: string | Record<string, string>;
	description?: string;
}

const GENDERS = { Female: 'F', Male: 'M', Unknown: 'U' };
const MARITAL_STATUSES = { Divorced: 'DIVORCED', Married: 'MARRIED', Single: 'SINGLE', Unknown: 'UNKNOWN', Widowed: 'WIDOWED' };

const among = (values: Record<string, string>): Check => oneOf(Object.values(values));

export const ROWS: Row[] = [
	{ label: 'Address', name: 'address', field: 'address', check: atMost(255), shown: '1 Example Street, Exampleton' },
	{ label: 'Date of Birth', name: 'dateOfBirth', field: 'date_of_birth', check: date, shown: '1990-05-31', description: 'Year-month-day' },
	{ label: 'Date of Issue', name: 'dateOfIssue', field: 'date_of_issue', check: date, shown: '2021-03-24', description: 'Year-month-day' },
	{ label: 'Document Number', name: 'documentNumber', field: 'document_number', check: atMost(255), shown: 'XX0000001' },
	{ label: 'Document Subtype', name: 'documentSubtype', field: 'document_subtype', check: atMost(128), shown: 'RESIDENT_CARD' },
	{ label: 'Document Type', name: 'documentType', field: 'document_type', check: among(DOCUMENT_TYPES), shown: DOCUMENT_TYPES },
	{ label: 'Expiration Date', name: 'expirationDate', field: 'expiration_date', check: date, shown: '2031-03-24', description: 'Year-month-day' },
	{ label: 'First Name', name: 'firstName', field: 'first_name', check: atMost(255), shown: 'Nora' },
	{ label: 'Gender', name: 'gender', field: 'gender', check: among(GENDERS), shown: GENDERS },
	{ label: 'Issuing State', name: 'issuingState', field: 'issuing_state', check: country, shown: 'ESP', description: 'Three letters' },
	{ label: 'Last Name', name: 'lastName', field: 'last_name', check: atMost(255), shown: 'Sample' },
	{ label: 'Marital Status', name: 'maritalStatus', field: 'marital_status', check: among(MARITAL_STATUSES), shown: MARITAL_STATUSES },
	{ label: 'Nationality', name: 'nationality', field: 'nationality', check: atMost(32), shown: 'ESP' },
	{ label: 'Personal Number', name: 'personalNumber', field: 'personal_number', check: atMost(255), shown: '00000000T' },
	{ label: 'Place of Birth', name: 'placeOfBirth', field: 'place_of_birth', check: atMost(255), shown: 'Exampleton' },
];

/** The parts of the address, which Didit keeps beside the address as one text. */
export const ADDRESS_ROWS: Row[] = [
	{ label: 'City', name: 'city', field: 'city', check: atMost(255), shown: 'Exampleton' },
	{ label: 'Country', name: 'country', field: 'country', check: shortCountry, shown: 'ES', description: 'Two letters' },
	{ label: 'Postal Code', name: 'postalCode', field: 'postal_code', check: atMost(255), shown: '00001' },
	{ label: 'Region', name: 'region', field: 'region', check: atMost(255), shown: 'Example Region' },
	{ label: 'Street', name: 'street1', field: 'street_1', check: atMost(255), shown: '1 Example Street' },
	{ label: 'Street, Second Line', name: 'street2', field: 'street_2', check: atMost(255), shown: 'Flat 2' },
];

const toProperty = ({ label, name, shown, description }: Row): INodeProperties => {
	const common = { displayName: label, name, ...(description && { description }) };
	if (typeof shown === 'string') return { ...common, type: 'string', default: '', placeholder: `e.g. ${shown}` };
	const options = Object.entries(shown).map(([option, value]) => ({ name: option, value }));
	return { ...common, type: 'options', options, default: options[0].value };
};

export const updateFieldsField: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [
		...ROWS.map(toProperty),
		{
			displayName: 'Address Parts',
			name: 'addressParts',
			type: 'collection',
			placeholder: 'Add part',
			default: {},
			options: ADDRESS_ROWS.map(toProperty),
		} as INodeProperties,
		{
			displayName: 'Extra Fields',
			name: 'extraFields',
			type: 'json',
			default: '{}',
			description: 'Fields that only some documents have, as a JSON object',
		} as INodeProperties,
	].sort((a, b) => a.displayName.localeCompare(b.displayName)),
};

export const extraFields = (value: unknown) => jsonObject(value, 'Extra Fields');
