// Session: Update Data. Corrects what was misread from an ID document or a proof of address.
import type { IDataObject } from 'n8n-workflow';
import { atMost, country, date } from '../common/checks';
import { DOCUMENT_TYPES } from '../common/documentTypes';
import { choice, day, group, json, ownId, text } from '../common/fieldKinds';
import type { Operation } from '../common/operation';
import { maskNumbers, rawOutput } from '../common/privacy';
import { shortText } from '../common/shortText';
import { sessionId } from './sessionId';
import { addressParts } from './updateData.address';
import { PROOF_OF_ADDRESS, proofFields } from './updateData.proof';

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

const ID_DOCUMENT = 'idDocument';

const dataOf = choice({
	label: 'Data Of',
	name: 'dataOf',
	options: [
		{ name: 'ID Document', value: ID_DOCUMENT },
		{ name: 'Proof of Address', value: PROOF_OF_ADDRESS },
	],
	default: ID_DOCUMENT,
});

const nodeId = text({
	label: 'Node ID',
	name: 'nodeId',
	diditName: 'node_id',
	example: 'feature_ocr_1',
	description: 'Which document to correct, if the session has several',
});

const updateFields = group({
	label: 'Update Fields',
	name: 'updateFields',
	ask: 'Add the fields to correct',
	displayOptions: { show: { dataOf: [ID_DOCUMENT] } },
	fields: [
		shortText('Address', 'address', 'address', '1 Example Street, Exampleton'),
		addressParts('parsed_address'),
		dayOf('Date of Birth', 'dateOfBirth', 'date_of_birth', '1990-05-31'),
		dayOf('Date of Issue', 'dateOfIssue', 'date_of_issue', '2021-03-24'),
		ownId({
			label: 'Document Number',
			name: 'documentNumber',
			diditName: 'document_number',
			example: 'XX0000001',
			check: atMost(255),
		}),
		shortText('Document Subtype', 'documentSubtype', 'document_subtype', 'RESIDENT_CARD', 128),
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
		shortText('First Name', 'firstName', 'first_name', 'Nora'),
		choice({ label: 'Gender', name: 'gender', diditName: 'gender', options: GENDERS }),
		text({
			label: 'Issuing State',
			name: 'issuingState',
			diditName: 'issuing_state',
			example: 'ESP',
			check: country,
			description: 'Two or three letters',
		}),
		shortText('Last Name', 'lastName', 'last_name', 'Sample'),
		choice({
			label: 'Marital Status',
			name: 'maritalStatus',
			diditName: 'marital_status',
			options: MARITAL_STATUSES,
		}),
		shortText('Nationality', 'nationality', 'nationality', 'ESP', 32),
		ownId({
			label: 'Personal Number',
			name: 'personalNumber',
			diditName: 'personal_number',
			example: '00000000T',
			check: atMost(255),
		}),
		shortText('Place of Birth', 'placeOfBirth', 'place_of_birth', 'Exampleton'),
	],
});

export const updateData: Operation = {
	option: {
		name: 'Update Data',
		value: 'updateData',
		action: 'Update data of session',
		description: 'Correct what was misread',
	},
	about:
		'Fields of a proof of address go into proofFields. Returns session_id, document_type, document_subtype, document_number, personal_number, date_of_birth, date_of_issue, expiration_date, issuing_state, first_name, last_name, gender, address, place_of_birth, nationality, marital_status, extra_fields, parsed_address; for a proof of address also document_language, issuer, issue_date, poa_address, name_on_document, poa_parsed_address.',
	effect: 'changes',
	fields: [sessionId, dataOf, updateFields, proofFields],
	options: [maskNumbers, nodeId],
	needs: 'apiKey',
	async execute(call) {
		const id = call.need(sessionId);
		const ofProof = call.read(dataOf) === PROOF_OF_ADDRESS;
		const changed = ofProof ? proofFields : updateFields;
		const body = call.read(changed) ?? {};
		if (Object.keys(body).length === 0) call.refuseEmpty(changed);
		const answer = await call.request({
			method: 'PATCH',
			path: `/v3/session/${id}/${ofProof ? 'update-poa-data' : 'update-data'}/`,
			body: { ...body, ...call.optionsBody([nodeId]) },
		});
		return [{ json: { session_id: id, ...rawOutput(call, answer.body as IDataObject) } }];
	},
};
