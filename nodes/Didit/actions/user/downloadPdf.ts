// User: Download PDF. One report of all sessions of a person that have a result.
import type { IDataObject } from 'n8n-workflow';
import { pick } from '../../json/read';
import { InputError } from '../../transport/errors';
import { readRecordId, parseRecord } from '../vendorRecord/vendorRecord';
import { downloadPdf as download, fileName, outputField, pdfFile } from '../common/pdf';
import type { Operation } from '../common/operation';
import { user } from './user';

/** Didit advises to allow two minutes. */
const LEAST_TIMEOUT = 120_000;

export const downloadPdf: Operation = {
	option: {
		name: 'Download PDF',
		value: 'downloadPdf',
		action: 'Download PDF of user',
	},
	about: 'Returns a user record with file_name, and the PDF as a binary field.',
	effect: 'reads',
	fields: [user.idField, outputField],
	needs: 'apiKey',
	returnsFiles: true,
	async execute(call) {
		const field = call.need(outputField);
		const { vendorData, recordPath } = readRecordId(call, user);
		if (vendorData.includes('/')) {
			throw new InputError(
				"Didit has no report for an ID with a slash in 'User'",
				'Download the PDFs of the sessions one by one',
			);
		}
		const bytes = await download(call, `${recordPath}generate-pdf/`, LEAST_TIMEOUT);
		const record = parseRecord((await call.request({ method: 'GET', path: recordPath })).body);
		const name = fileName(
			[new Date().toISOString().slice(0, 10), vendorData, 'all-sessions'],
			'pdf',
		);
		const facts = pick(record, user.simpleFields) as IDataObject;
		return [
			{ json: { ...facts, file_name: name }, binary: await pdfFile(call, field, bytes, name) },
		];
	},
};
