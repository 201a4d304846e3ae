import { detail } from '../model/errors.mts';

/** A form with files as the contract describes it: text parts as text, and of a file its name, kind and size. */
export async function readForm(raw: Buffer, contentType: string): Promise<Record<string, unknown>> {
	const response = new Response(new Uint8Array(raw), { headers: { 'content-type': contentType } });
	const form = await response.formData().catch((error: Error) => {
		throw detail(400, `Multipart form parse error - ${error.message}`);
	});
	return Object.fromEntries(
		[...form].map(([name, value]) => [
			name,
			typeof value === 'string'
				? value
				: { filename: value.name, contentType: value.type, size: value.size },
		]),
	);
}
