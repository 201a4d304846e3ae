// Session: Update Data. Corrects what was misread from a document.
import type { IDataObject } from 'n8n-workflow';
import { atMost, country, date, shortCountry } from '../common/checks';
import { DOCUMENT_TYPES } from '../common/documentTypes';
import { choice, day, group, json, ownId, text } from '../common/fieldKinds';
import type { Operation } from '../common/operation';
import { maskNumbers, rawOutput } from '../common/privacy';
import { sessionId } from './sessionId';

const short = (label: string, name: string, diditName: string, example: string, most = 255) =>
	text({ label, name, diditName, example, check: atMost(most) });

const dayOf = (label: string, name: string, diditName: string, example: string) =>
	day({ label, name, diditName, example, check: date, description: 'Year-month-day' });

const GENDERS = [
	{ name: 'Female', value: 'F' },
	{ name: 'Male', value: 'M' },
	{ name: 'Unknown', value: 'U' },
];

const MARITAL_STATUSES = [
	{ name: 'Divorced', value: 'DIVORCED' },
	{ name: 'Married', value: 'MARRIED' },
	{ name: 'Single', value: 'SINGLE' },
	{ name: 'Unknown', value: 'UNKNOWN' },
	{ name: 'Widowed', value: 'WIDOWED' },
];

/** The parts of the address, which Didit keeps beside the address as one text. */
const addressParts = group({
	label: 'Address Parts',
	name: 'addressParts',
	diditName: 'parsed_address',
	fields: [
		short('City', 'city', 'city', 'Exampleton'),
		text({
			label: 'Country',
			name: 'country',
			diditName: 'country',
			example: 'ES',
			check: shortCountry,
			description: 'Two letters',
		}),
		short('Postal Code', 'postalCode', 'postal_code', '00001'),
		short('Region', 'region', 'region', 'Example Region'),
		short('Street', 'street1', 'street_1', '1 Example Street'),
		short('Street, Second Line', 'street2', 'street_2', 'Flat 2'),
	],
});

const updateFields = group({
	label: 'Update Fields',
	name: 'updateFields',
	ask: 'Add the fields to correct',
	fields: [
		short('Address', 'address', 'address', '1 Example Street, Exampleton'),
		addressParts,
		dayOf('Date of Birth', 'dateOfBirth', 'date_of_birth', '1990-05-31'),
		dayOf('Date of Issue', 'dateOfIssue', 'date_of_issue', '2021-03-24'),
		ownId({
			label: 'Document Number',
			name: 'documentNumber',
			diditName: 'document_number',
			example: 'XX0000001',
			check: atMost(255),
		}),
		short('Document Subtype', 'documentSubtype', 'document_subtype', 'RESIDENT_CARD', 128),
		choice({
			label: 'Document Type',
			name: 'documentType',
			diditName: 'document_type',
			options: DOCUMENT_TYPES,
		}),
		dayOf('Expiration Date', 'expirationDate', 'expiration_date', '2031-03-24'),
		json({
			label: 'Extra Fields',
			name: 'extraFields',
			diditName: 'extra_fields',
			description: 'Fields that only some documents have, as a JSON object',
		}),
		short('First Name', 'firstName', 'first_name', 'Nora'),
		choice({ label: 'Gender', name: 'gender', diditName: 'gender', options: GENDERS }),
		text({
			label: 'Issuing State',
			name: 'issuingState',
			diditName: 'issuing_state',
			example: 'ESP',
			check: country,
			description: 'Three letters',
		}),
		short('Last Name', 'lastName', 'last_name', 'Sample'),
		choice({
			label: 'Marital Status',
			name: 'maritalStatus',
			diditName: 'marital_status',
			options: MARITAL_STATUSES,
		}),
		short('Nationality', 'nationality', 'nationality', 'ESP', 32),
		ownId({
			label: 'Personal Number',
			name: 'personalNumber',
			diditName: 'personal_number',
			example: '00000000T',
			check: atMost(255),
		}),
		short('Place of Birth', 'placeOfBirth', 'place_of_birth', 'Exampleton'),
	],
});

export const updateData: Operation = {
	option: {
		name: 'Update Data',
		value: 'updateData',
		action: 'Update data of session',
		description: "Correct what was misread from a person's ID document",
	},
	about:
		'Returns session_id, document_type, document_subtype, document_number, personal_number, date_of_birth, date_of_issue, expiration_date, issuing_state, first_name, last_name, gender, address, place_of_birth, nationality, marital_status, extra_fields, parsed_address.',
	effect: 'changes',
	fields: [sessionId, updateFields],
	options: [maskNumbers],
	needs: 'apiKey',
	async execute(call) {
		const id = call.need(sessionId);
		const body = call.read(updateFields) ?? {};
		if (Object.keys(body).length === 0) call.refuseEmpty(updateFields);
		const answer = await call.request({
			method: 'PATCH',
			path: `/v3/session/${id}/update-data/`,
			body,
		});
		return [{ json: { session_id: id, ...rawOutput(call, answer.body as IDataObject) } }];
	},
};
