// Check: images and documents, against the sandbox: what is sent, what comes out, and what is refused before that.
import type { IBinaryData, INodeParameters } from 'n8n-workflow';
import { JPEG } from '../support/images.mts';
import { runner, schemaProblems } from '../support/run.mts';
import { at, withLocalSandbox } from '../support/sandbox.mts';
import { json, serve } from '../support/server.mts';

const file = (bytes: Buffer, more: Partial<IBinaryData> = {}): IBinaryData => ({
	data: bytes.toString('base64'),
	mimeType: 'image/jpeg',
	fileName: 'nora-sample.jpg',
	...more,
});

const sandbox = withLocalSandbox();

async function run(
	operation: string,
	parameters: INodeParameters = {},
	binary: Record<string, IBinaryData> = { data: file(JPEG), reference: file(JPEG) },
	url = sandbox().url,
) {
	const own = { ...at(sandbox()), url, input: [{ json: {}, binary }] };
	const { items, error } = await runner('check', operation)(parameters, own);
	if (parameters.simplify !== false) expect(schemaProblems('check', operation, items)).toEqual([]);
	return { json: items[0]?.json ?? {}, error };
}

it.each([
	['faceMatch', 'user-42', {}, { status: 'Approved', verified: true, score: 97.35 }],
	['faceMatch', 'low', {}, { status: 'Declined', verified: false, score: 12.5 }],
	['faceMatch', 'low', { scoreThreshold: 10 }, { status: 'Approved', verified: true }],
	['liveness', 'user-42', {}, { verified: true, score: 97.35, face_quality: 96.5 }],
	['liveness', 'low', {}, { verified: false, warnings: [{ effect: 'Declined' }] }],
	['ageEstimation', 'user-42', {}, { verified: true, age: 34.2 }],
	['ageEstimation', 'age-15', {}, { status: 'Declined', verified: false, age: 15 }],
	['faceSearch', 'user-42', {}, { verified: true, total_matches: 0, matches: [] }],
	['faceSearch', 'known', {}, { verified: true, matches: [{ similarity: 95.2 }] }],
	['faceSearch', 'blocked', {}, { verified: false, matches: [{ is_blocklisted: true }] }],
	['idDocument', 'user-42', {}, { verified: true, full_name: 'Nora Sample', age: 36 }],
	['idDocument', 'fake', {}, { verified: false, warnings: [{ risk: 'MRZ_VALIDATION_FAILED' }] }],
	['idDocument', 'fake', { ignore: ['invalid_mrz_action'] }, { verified: true }],
	['idDocument', 'user-42', { maskDocumentNumbers: true }, { document_number: '*******0001' }],
	['proofOfAddress', 'user-42', {}, { verified: true, issuer: 'Invented Power Co.' }],
])('%s of %s with %j gives one flat result', async (operation, vendorData, options, expected) => {
	const { json, error } = await run(operation, { vendorData, options });
	expect(error).toBeUndefined();
	expect(json).toMatchObject({
		...expected,
		vendor_data: vendorData,
		request_id: expect.any(String) as string,
	});
	expect(JSON.stringify(json)).not.toContain('media.example.invalid');
	expect(sandbox().charged).toHaveLength(1);
});

it('compares a proof of address with the name that it should be in', async () => {
	const named = { firstName: 'Ada', lastName: 'Other' };
	expect((await run('proofOfAddress', named)).json).toMatchObject({ verified: false });
	const options = { ignore: ['poa_name_mismatch_action'] };
	expect((await run('proofOfAddress', { ...named, options })).json).toMatchObject({
		verified: true,
		name_match_score: 20,
	});
	const both = { ...options, declineFor: ['poa_name_mismatch_action'] };
	const { error } = await run('proofOfAddress', { ...named, options: both });
	expect(error?.message).toContain('contradict each other');
});

it('gives no image back unasked, also none that Didit did not save', async () => {
	const raw = { simplify: false };
	const links = (await run('idDocument', raw)).json.id_verification;
	expect(links).toMatchObject({ front_image: null, full_name: 'Nora Sample' });
	const unsaved = await run('idDocument', { ...raw, options: { saveCheck: false } });
	expect(unsaved.json.id_verification).toMatchObject({ front_image: null });
	const asked = { saveCheck: false, includeMediaLinks: true };
	const kept = await run('idDocument', { ...raw, options: asked });
	expect(kept.json.id_verification).toMatchObject({ front_image: expect.any(String) as string });
});

const big = (bytes: number) => Buffer.concat([JPEG, Buffer.alloc(bytes)]);
const PDF = Buffer.from('%PDF-1.7 invented');

it.each<[string, string, Record<string, IBinaryData>, string]>([
	['nothing', 'liveness', {}, "no file in 'data'"],
	['text', 'liveness', { data: file(Buffer.from('hello')) }, "isn't of a kind that Didit takes"],
	['an empty file', 'liveness', { data: file(Buffer.alloc(0)) }, "isn't of a kind"],
	['a PDF', 'liveness', { data: file(PDF) }, "isn't of a kind that Didit takes"],
	['6 MB', 'liveness', { data: file(big(6_000_000)) }, 'larger than 5 MB'],
	['11 MB', 'idDocument', { data: file(big(11_000_000)) }, 'larger than 10 MB'],
	['16 MB', 'proofOfAddress', { data: file(big(16_000_000)) }, 'larger than 15 MB'],
	['one image', 'faceMatch', { data: file(JPEG) }, "no file in 'reference'"],
])('refuses %s for %s before anything is sent', async (_, operation, binary, message) => {
	expect((await run(operation, {}, binary)).error?.message).toContain(message);
	expect(sandbox().requests).toEqual([]);
});

it('takes a PDF of a document', async () => {
	expect((await run('proofOfAddress', {}, { data: file(PDF) })).json.verified).toBe(true);
});

it('sends every byte, with a neutral name and the kind that the file really has', async () => {
	const bytes = Buffer.concat([
		JPEG,
		Buffer.from(Array.from({ length: 100_000 }, (_, at) => at % 251)),
	]);
	const forms: Array<{ length: number; content: Promise<FormData> }> = [];
	const server = await serve((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const form = Buffer.concat(chunks);
			const headers = { 'content-type': String(request.headers['content-type']) };
			const content = new Response(new Uint8Array(form), { headers }).formData();
			forms.push({ length: form.length, content });
			json(response, 200, { request_id: 'x', id_verification: { status: 'Approved' } });
		});
	});
	const binary = { data: file(bytes, { mimeType: 'text/plain', fileName: 'Nora Sample.txt' }) };
	const { error } = await run(
		'idDocument',
		{ vendorData: 'user-42', options: { detectCopies: true, declineFor: ['invalid_mrz_action'] } },
		binary,
		server.url,
	);
	server.stop();
	expect(error).toBeUndefined();
	expect(server.seen[0].headers['content-length']).toBe(String(forms[0].length));
	const { front_image: image, ...rest } = Object.fromEntries(await forms[0].content);
	expect(rest).toEqual({
		vendor_data: 'user-42',
		perform_document_liveness: 'true',
		invalid_mrz_action: 'DECLINE',
	});
	expect(image).toMatchObject({ name: 'front_image.jpg', type: 'image/jpeg' });
	expect(Buffer.from(await (image as File).arrayBuffer()).equals(bytes)).toBe(true);
});

it('sends the file again after a rate limit, and never after a lost response', async () => {
	sandbox().faults.add({
		path: '/v3/poa/',
		respond: { status: 429, headers: { 'retry-after': '1' } },
		times: 1,
	});
	expect((await run('proofOfAddress')).json.verified).toBe(true);
	sandbox().faults.add({ path: '/v3/poa/', drop: 'after', times: 1 });
	const { error } = await run('proofOfAddress');
	expect(error?.description).toContain('It is not known whether Didit did what was asked');
	expect(sandbox().charged).toHaveLength(2);
	sandbox().faults.add({ path: '/v3/poa/', respond: { status: 502 }, times: 1 });
	expect((await run('proofOfAddress')).error?.description).toContain('may have been charged');
	expect(sandbox().count('POST', '/v3/poa/')).toBe(4);
});
