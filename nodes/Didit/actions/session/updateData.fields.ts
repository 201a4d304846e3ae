// What can be corrected in a session's document.
import type { INodeProperties } from 'n8n-workflow';
import { DOCUMENT_TYPES } from '../common/documentTypes';
import { atMost, country, date, oneOf, shortCountry } from '../common/checks';
import { choiceRow, groupRow, jsonRow, textRow, toProperties } from '../common/fieldSpecs';

const GENDERS = { Female: 'F', Male: 'M', Unknown: 'U' };
const MARITAL_STATUSES = {
	Divorced: 'DIVORCED',
	Married: 'MARRIED',
	Single: 'SINGLE',
	Unknown: 'UNKNOWN',
	Widowed: 'WIDOWED',
};

const among = (values: Record<string, string>) => oneOf(Object.values(values));

/** The parts of the address, which Didit keeps beside the address as one text. */
const ADDRESS_PARTS = [
	textRow('City', 'city', 'city', atMost(255), 'Exampleton'),
	textRow('Country', 'country', 'country', shortCountry, 'ES', 'Two letters'),
	textRow('Postal Code', 'postalCode', 'postal_code', atMost(255), '00001'),
	textRow('Region', 'region', 'region', atMost(255), 'Example Region'),
	textRow('Street', 'street1', 'street_1', atMost(255), '1 Example Street'),
	textRow('Street, Second Line', 'street2', 'street_2', atMost(255), 'Flat 2'),
];

export const ROWS = [
	textRow('Address', 'address', 'address', atMost(255), '1 Example Street, Exampleton'),
	groupRow('Address Parts', 'addressParts', 'parsed_address', ADDRESS_PARTS),
	textRow('Date of Birth', 'dateOfBirth', 'date_of_birth', date, '1990-05-31', 'Year-month-day'),
	textRow('Date of Issue', 'dateOfIssue', 'date_of_issue', date, '2021-03-24', 'Year-month-day'),
	textRow('Document Number', 'documentNumber', 'document_number', atMost(255), 'XX0000001'),
	textRow('Document Subtype', 'documentSubtype', 'document_subtype', atMost(128), 'RESIDENT_CARD'),
	choiceRow(
		'Document Type',
		'documentType',
		'document_type',
		among(DOCUMENT_TYPES),
		DOCUMENT_TYPES,
	),
	textRow(
		'Expiration Date',
		'expirationDate',
		'expiration_date',
		date,
		'2031-03-24',
		'Year-month-day',
	),
	jsonRow(
		'Extra Fields',
		'extraFields',
		'extra_fields',
		'Fields that only some documents have, as a JSON object',
	),
	textRow('First Name', 'firstName', 'first_name', atMost(255), 'Nora'),
	choiceRow('Gender', 'gender', 'gender', among(GENDERS), GENDERS),
	textRow('Issuing State', 'issuingState', 'issuing_state', country, 'ESP', 'Three letters'),
	textRow('Last Name', 'lastName', 'last_name', atMost(255), 'Sample'),
	choiceRow(
		'Marital Status',
		'maritalStatus',
		'marital_status',
		among(MARITAL_STATUSES),
		MARITAL_STATUSES,
	),
	textRow('Nationality', 'nationality', 'nationality', atMost(32), 'ESP'),
	textRow('Personal Number', 'personalNumber', 'personal_number', atMost(255), '00000000T'),
	textRow('Place of Birth', 'placeOfBirth', 'place_of_birth', atMost(255), 'Exampleton'),
];

export const updateFieldsField: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: toProperties(ROWS),
};
