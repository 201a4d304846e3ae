// Session: Download Media. The images, videos and files that the builder ticks, as files of the item. One that is missing
// does not lose the others.
import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';
import { readVerdict } from '../../decision/verdict';
import { decisionRequest } from '../../transport/decisionRequest';
import { DiditError } from '../../transport/errors';
import { choices } from '../common/fieldKinds';
import { fileTypeOf } from '../common/fileTypes';
import { fileName } from '../common/pdf';
import { maskNumbers } from '../common/privacy';
import type { Operation } from '../common/operation';
import type { ItemCall } from '../common/itemCall';
import { MEDIA, linksOf } from './media';
import { parseDecision, shownVerdict } from './result';
import { sessionId } from './sessionId';

const media = choices({
	label: 'Media',
	name: 'media',
	required: true,
	ask: 'Choose what to download',
	options: MEDIA.map(({ label, value }) => ({ name: label, value })),
	default: ['documentFront', 'documentBack', 'selfie'],
	description: 'What to download. Each file gets its own field, e.g. document_front.',
});

export const downloadMedia: Operation = {
	option: {
		name: 'Download Media',
		value: 'downloadMedia',
		action: 'Download media of session',
		description: 'Get images, videos and documents',
	},
	about:
		'Returns a session result with files[{field, file_name, mime_type, bytes}] and missing[], and the files as binary fields.',
	effect: 'reads',
	fields: [sessionId, media],
	options: [maskNumbers],
	needs: 'apiKey',
	returnsFiles: true,
	async execute(call) {
		const id = call.need(sessionId);
		const wanted = call.need(media);
		const decision = parseDecision(await call.request(decisionRequest(call.client.version, id)));
		const { binary, files, missing } = await downloads(call, decision, wanted, id);
		const lost = missing.filter(({ link }) => link);
		if (files.length === 0 && lost.length > 0) {
			throw new DiditError(
				`No file could be downloaded. ${String(lost[0].reason)}`,
				'Run the node again: each run gets new links from Didit',
			);
		}
		const shown = missing.map(({ media, reason }) => ({ media, reason }));
		return [{ json: { ...shownVerdict(call, decision), files, missing: shown }, binary }];
	},
};

async function downloads(call: ItemCall, decision: IDataObject, wanted: string[], id: string) {
	const binary: IBinaryKeyData = {};
	const files: IDataObject[] = [];
	const missing: IDataObject[] = [];
	const { created_at: created, vendor_data: vendorData } = readVerdict(decision);
	for (const kind of MEDIA.filter(({ value }) => wanted.includes(value))) {
		const links = linksOf(decision, kind);
		if (links.length === 0)
			missing.push({
				media: kind.value,
				reason: 'The session has none, or the API key may not see media',
			});
		for (const [index, link] of links.entries()) {
			const field = index === 0 ? kind.field : `${kind.field}_${index + 1}`;
			const got = await download(call, link);
			if (typeof got === 'string') {
				missing.push({ media: kind.value, reason: got, link: true });
				continue;
			}
			const name = fileName(
				[created?.slice(0, 10), vendorData, field, id.slice(0, 8)],
				got.extension,
			);
			binary[field] = await call.context.helpers.prepareBinaryData(got.bytes, name, got.mimeType);
			files.push({ field, file_name: name, mime_type: got.mimeType, bytes: got.bytes.length });
		}
	}
	return { binary, files, missing };
}

/** The file, or why there is none. */
async function download(call: ItemCall, link: string) {
	try {
		const { body: bytes } = await call.download(link);
		const type = fileTypeOf(bytes);
		return type ? { bytes, ...type } : 'The link does not give an image, video or PDF';
	} catch (error) {
		const { status, message } = error as DiditError;
		if (status === undefined) return message;
		return [401, 403, 404, 410].includes(status)
			? 'The link has expired, or the file is gone'
			: `The link answers with HTTP ${status}`;
	}
}
