// An image from a binary field of the item, as text: Didit takes some images inside of JSON. Nothing is sent that Didit can't use.
import { InputError } from '../../transport/errors';
import type { FieldSpec } from './fieldSpecs';
import { fileTypeOf } from './fileTypes';
import type { ItemCall } from './itemCall';
import { fileIn } from './upload';

const MAX_IMAGE_BYTES = 2 * 1024 * 1024;

interface ImageTypes {
	types: string[];
	names: string;
}

export const FACE_TYPES: ImageTypes = {
	types: ['image/jpeg', 'image/png', 'image/webp'],
	names: 'JPEG, PNG or WebP',
};

export const PORTRAIT_TYPES: ImageTypes = {
	types: [...FACE_TYPES.types, 'image/tiff'],
	names: 'JPEG, PNG, WebP or TIFF',
};

/**
 * @param field the field that holds the name of the binary field
 * @returns base64
 * @throws InputError if there is no file, or it is too large or no such image
 */
export async function imageAsBase64(
	call: ItemCall,
	field: FieldSpec,
	property: string,
	{ types, names }: ImageTypes,
): Promise<string> {
	fileIn(call, field, property, 'Enter the name of the binary field that contains the image');
	const image = await call.context.helpers.getBinaryDataBuffer(call.item, property);
	if (image.length > MAX_IMAGE_BYTES) {
		throw new InputError(
			`'${field.label}': the image in '${property}' is larger than 2 MB`,
			'Make it smaller, for example with the Edit Image node',
		);
	}
	if (!types.includes(fileTypeOf(image)?.mimeType ?? '')) {
		throw new InputError(
			`'${field.label}': the file in '${property}' isn't an image format that Didit supports`,
			`Use a ${names} image`,
		);
	}
	return image.toString('base64');
}
