// A PDF report of Didit as a file of the item: what the downloads of sessions and users share.
import type { IBinaryKeyData, INodeProperties } from 'n8n-workflow';
import { DiditError, InputError } from '../../transport/errors';
import type { ItemCall } from './itemCall';

export const outputFieldField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	hint: 'The name of the output binary field to put the file in',
};

/** @throws InputError if it is empty */
export function outputField(call: ItemCall): string {
	const name = call.text('binaryPropertyName');
	if (!name) throw new InputError("'Put Output File in Field' is empty", 'Enter a name, e.g. data');
	return name;
}

/** A file name that every system takes, made of parts that tell something. Parts that are missing are left out. */
export function fileName(parts: unknown[], extension: string): string {
	const safe = parts
		.map((part) =>
			String(part ?? '')
				.normalize('NFC')
				.replace(/[^\p{L}\p{N}._-]+/gu, '-')
				.replace(/^[.-]+|[.-]+$/g, ''),
		)
		.filter((part) => part !== '')
		.map((part) => [...part].slice(0, 60).join(''));
	return `${safe.join('_')}.${extension}`;
}

/**
 * Didit's PDF, byte for byte.
 * @param leastTimeout milliseconds, because Didit renders the report on each call
 * @throws DiditError if Didit sends something else
 */
export async function downloadPdf(
	call: ItemCall,
	path: string,
	leastTimeout: number,
): Promise<Buffer> {
	const { body } = await call.request({
		method: 'GET',
		path,
		encoding: 'arraybuffer',
		leastTimeout,
	});
	const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
	if (bytes.subarray(0, 4).toString('latin1') !== '%PDF') {
		throw new DiditError("Didit's answer is not a PDF", 'Try again in a few minutes');
	}
	return bytes;
}

export async function pdfFile(
	call: ItemCall,
	field: string,
	bytes: Buffer,
	name: string,
): Promise<IBinaryKeyData> {
	return { [field]: await call.context.helpers.prepareBinaryData(bytes, name, 'application/pdf') };
}
