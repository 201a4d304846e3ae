// Files of an item that go to Didit: size and kind are known before anything is sent, and the bytes are read while they are.
import type { IBinaryData, IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { InputError } from '../../transport/errors';
import type { Form, Upload } from '../../transport/form';
import { text } from './fieldKinds';
import type { FieldSpec } from './fieldSpecs';
import { fileTypeOf } from './fileTypes';
import type { ItemCall } from './itemCall';

const IMAGES = ['image/jpeg', 'image/png', 'image/webp', 'image/tiff'];

export interface FileField extends FieldSpec<string | undefined> {
	/** Megabytes. */
	most: number;
	pdf: boolean;
}

interface FileInfo {
	label: string;
	name: string;
	diditName: string;
	/** The binary field that is read unless the builder enters another one. */
	default: string;
	most: number;
	pdf?: boolean;
	required?: boolean;
}

const kinds = (pdf: boolean) => `JPEG, PNG, WebP${pdf ? ', TIFF or PDF' : ' or TIFF'}`;

/** The name of a binary field. */
export function fileField({ most, pdf = false, ...info }: FileInfo): FileField {
	const kind = `Input binary field (${kinds(pdf)}, up to ${most} MB)`;
	const description = info.required ? kind : `${kind}. Leave empty if there is none.`;
	const ask = 'Enter the name of the binary field that contains the file';
	return { ...text({ ...info, ask, description }), most, pdf };
}

/**
 * A file of the item itself: what every object has, such as `constructor`, is none.
 * @throws InputError if there is none
 */
export function fileIn(
	{ context, item }: ItemCall,
	{ label }: Pick<FieldSpec, 'label'>,
	property: string,
	advice: string,
): IBinaryData {
	const { binary = {} } = context.getInputData()[item];
	if (Object.keys(binary).includes(property)) return binary[property];
	throw new InputError(`'${label}': the item has no file in '${property.slice(0, 50)}'`, advice);
}

/** Bytes at a time: small, because many files are under way at once. */
const CHUNK = 16 * 1024;

/** n8n keeps a file outside of the item, or as Base64 in it. */
async function* bytesOf(context: IExecuteFunctions, file: IBinaryData): AsyncIterable<Uint8Array> {
	if (file.id) {
		yield* await context.helpers.getBinaryStream(file.id, CHUNK);
		return;
	}
	const step = (CHUNK / 3) | 0;
	for (let at = 0; at < file.data.length; at += 4 * step) {
		yield Buffer.from(file.data.slice(at, at + 4 * step), 'base64');
	}
}

async function sizeOf(context: IExecuteFunctions, { id, data }: IBinaryData): Promise<number> {
	if (id) return (await context.helpers.getBinaryMetadata(id)).fileSize;
	return Buffer.byteLength(data, 'base64');
}

async function startOf(context: IExecuteFunctions, file: IBinaryData): Promise<Buffer> {
	// Leaving the loop closes the stream.
	for await (const chunk of bytesOf(context, file)) return Buffer.from(chunk);
	return Buffer.alloc(0);
}

/**
 * The file that a field names; undefined for none.
 * @throws InputError if the item has no such file, or Didit doesn't take it
 */
export async function readUpload(call: ItemCall, field: FileField): Promise<Upload | undefined> {
	const property = call.read(field);
	if (property === undefined) return undefined;
	const { context } = call;
	const { label, most, pdf } = field;
	const file = fileIn(call, field, property, field.ask);
	const size = await sizeOf(context, file);
	if (size > most * 1024 * 1024) {
		throw new InputError(
			`'${label}': the file in '${property}' is larger than ${most} MB`,
			'Make it smaller, for example with the Edit Image node',
		);
	}
	const type = fileTypeOf(await startOf(context, file));
	if (!type || !(IMAGES.includes(type.mimeType) || (pdf && type.extension === 'pdf'))) {
		throw new InputError(
			`'${label}': the file in '${property}' isn't of a kind that Didit takes`,
			`Use ${kinds(pdf)}`,
		);
	}
	return {
		// Not the name that the file has here: it often is the name of the person.
		name: `${field.diditName}.${type.extension}`,
		mimeType: type.mimeType,
		size,
		read: () => bytesOf(context, file),
	};
}

/** Fields of a request as parts of a form, in which everything is text. */
export function formOf(body: IDataObject, files: Array<[FileField, Upload | undefined]>): Form {
	const texts = Object.entries(body).map(([name, value]) => [
		name,
		typeof value === 'object' ? JSON.stringify(value) : String(value),
	]);
	const given = files.flatMap(([{ diditName = '' }, file]) => (file ? [[diditName, file]] : []));
	return Object.fromEntries([...given, ...texts]) as Form;
}
