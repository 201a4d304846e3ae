// Session: Download PDF. The report of a session as a file, with the result beside it.
import { readVerdict } from '../../decision/verdict';
import { decisionRequest } from '../../transport/decisionRequest';
import { downloadPdf as download, fileName, outputField, pdfFile } from '../common/pdf';
import { maskNumbers } from '../common/privacy';
import type { Operation } from '../common/operation';
import { parseDecision, shownVerdict } from './result';
import { sessionId } from './sessionId';

/** Didit advises to allow a minute. */
const LEAST_TIMEOUT = 60_000;

export const downloadPdf: Operation = {
	option: {
		name: 'Download PDF',
		value: 'downloadPdf',
		action: 'Download PDF of session',
	},
	about: 'Returns a session result with file_name, and the PDF as a binary field.',
	effect: 'reads',
	fields: [sessionId, outputField],
	options: [maskNumbers],
	returnsFiles: true,
	async execute(call) {
		const id = call.need(sessionId);
		const field = call.need(outputField);
		const { version } = call.client;
		// The report first: if there is none yet, Didit says why.
		const bytes = await download(call, `/${version}/session/${id}/generate-pdf/`, LEAST_TIMEOUT);
		const decision = parseDecision(await call.request(decisionRequest(version, id)));
		const { created_at: created, vendor_data: vendorData, status } = readVerdict(decision);
		// The beginning of the ID tells two sessions of one person apart.
		const name = fileName(
			[created?.slice(0, 10), vendorData, status?.toLowerCase(), id.slice(0, 8)],
			'pdf',
		);
		return [
			{
				json: { ...shownVerdict(call, decision), file_name: name },
				binary: await pdfFile(call, field, bytes, name),
			},
		];
	},
};
