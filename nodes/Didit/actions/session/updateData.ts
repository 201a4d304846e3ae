// Session: Update Data. Corrects what was misread from a document.
import type { IDataObject } from 'n8n-workflow';
import { InputError } from '../../transport';
import { maskOption, rawOutput } from '../privacy';
import type { Operation } from '../types';
import { sessionIdField, sessionIdOf } from './sessionId';
import { ADDRESS_ROWS, ROWS, extraFields, updateFieldsField } from './updateData.fields';

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
		const body = readFields(call.collection('updateFields'));
		const answer = await call.request({ method: 'PATCH', path: `/v3/session/${id}/update-data/`, body });
		return [{ json: { session_id: id, ...rawOutput(call, answer.body as IDataObject) } }];
	},
};

/** Empty fields are left out, so that an expression may give nothing: they never erase what is there. */
function read(values: IDataObject, rows: typeof ROWS): IDataObject {
	const body: IDataObject = {};
	for (const { name, label, field, check } of rows) {
		const value = String(values[name] ?? '').trim();
		if (value !== '') body[field] = check(value, label) as string;
	}
	return body;
}

/** @throws InputError naming the first field that is not valid, or if there is nothing to change */
function readFields(values: IDataObject): IDataObject {
	const address = read((values.addressParts ?? {}) as IDataObject, ADDRESS_ROWS);
	const extra = values.extraFields === undefined || values.extraFields === '' ? {} : (extraFields(values.extraFields) as IDataObject);
	const body = {
		...read(values, ROWS),
		...(Object.keys(address).length > 0 && { parsed_address: address }),
		...(Object.keys(extra).length > 0 && { extra_fields: extra }),
	};
	if (Object.keys(body).length === 0) throw new InputError("'Update Fields' is empty", 'Add the fields to correct');
	return body;
}
