// Session: Update Data. Corrects what was misread from a document.
import type { IDataObject } from 'n8n-workflow';
import { InputError } from '../../transport/errors';
import { maskOption, rawOutput } from '../common/privacy';
import { readRows } from '../common/fieldSpecs';
import type { Operation } from '../common/operation';
import { sessionIdField, sessionIdOf } from './sessionId';
import { ROWS, updateFieldsField } from './updateData.fields';

export const updateData: Operation = {
	option: {
		name: 'Update Data',
		value: 'updateData',
		action: 'Update data of session',
		description: "Correct what was misread from a person's identity document",
	},
	fields: [sessionIdField, updateFieldsField],
	options: [maskOption],
	needs: 'apiKey',
	agent: 'ifAllowed',
	async execute(call) {
		const id = sessionIdOf(call);
		const body = readRows(call.collection('updateFields'), ROWS);
		if (Object.keys(body).length === 0)
			throw new InputError("'Update Fields' is empty", 'Add the fields to correct');
		const answer = await call.request({
			method: 'PATCH',
			path: `/v3/session/${id}/update-data/`,
			body,
		});
		return [{ json: { session_id: id, ...rawOutput(call, answer.body as IDataObject) } }];
	},
};
