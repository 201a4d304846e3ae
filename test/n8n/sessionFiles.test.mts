// Session: Download PDF and Download Media, over real HTTP: bytes as Didit sent them, and no credential for anybody else.
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import nock from 'nock';
import type { INodeExecutionData } from 'n8n-workflow';
import approved from '../fixtures/v3_decision_approved_200.json';
import approvedV1 from '../fixtures/v1_decision_approved_200.json';
import errors from '../fixtures/errors.json';
import { checkedLink } from '../../nodes/Didit/transport/download.ts';
import { ID, byId, runner, schemaProblems } from '../support/run.mts';
import { json, serve, type TestServer } from '../support/server.mts';

const JPEG = Buffer.from('ffd8ffe000104a464946', 'hex');
/** Every byte there is, and then some: text decoding anywhere on the way would show. */
const PDF = Buffer.concat([
	Buffer.from('%PDF-1.7\n'),
	Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
	randomBytes(50_000),
]);

const downloadPdf = runner('session', 'downloadPdf', { sessionId: byId(ID) });
const downloadMedia = runner('session', 'downloadMedia', { sessionId: byId(ID) });

let server: TestServer;

/** Answers with `files` by the end of the path, else as the API does with this decision. */
async function didit(
	files: Record<string, (response: ServerResponse, request: IncomingMessage) => void>,
	decision: object | ((url: string) => object) = approved,
) {
	server = await serve((request, response) => {
		const path = (request.url ?? '').split('?')[0];
		const file = Object.keys(files).find((end) => path.endsWith(end));
		if (file) files[file](response, request);
		else if (path === '/auth/v2/token/')
			json(response, 200, { access_token: 'token-1', expires_in: 86_400 });
		else if (path.endsWith('/decision/'))
			json(response, 200, typeof decision === 'function' ? decision(server.url) : decision);
		else json(response, 404, { detail: 'Not found.' });
	});
	return server;
}

const bytes = (items: INodeExecutionData[], field = 'data') =>
	Buffer.from(items[0].binary?.[field].data ?? '', 'base64');
const pdf = (response: ServerResponse) =>
	void response
		.writeHead(200, {
			'content-type': 'application/pdf',
			'content-disposition': `attachment; filename=session_${ID}.pdf`,
		})
		.end(PDF);
const picture = (response: ServerResponse) => void response.writeHead(200).end(JPEG);

beforeAll(() => {
	nock.disableNetConnect();
	nock.enableNetConnect('127.0.0.1');
});
afterEach(() => server.stop());
afterAll(() => nock.enableNetConnect());

describe('Download PDF', () => {
	it('gives the bytes that Didit sent, a telling name and the result beside them', async () => {
		const { url, seen } = await didit({ '/generate-pdf/': pdf });
		const { items, error } = await downloadPdf({}, { url });
		expect(error).toBeUndefined();
		expect(bytes(items).equals(PDF)).toBe(true);
		const name = `${approved.created_at.slice(0, 10)}_user-42_approved_11111111.pdf`;
		expect(items[0].binary?.data).toMatchObject({
			fileName: name,
			mimeType: 'application/pdf',
			fileExtension: 'pdf',
		});
		expect(items[0]).toMatchObject({
			json: { session_id: ID, status: 'Approved', verified: true, file_name: name },
			pairedItem: { item: 0 },
		});
		expect(schemaProblems('session', 'downloadPdf', items)).toEqual([]);
		expect(seen.map(({ path }) => path)).toEqual([
			`/v3/session/${ID}/generate-pdf/`,
			`/v3/session/${ID}/decision/`,
		]);
	});

	it('works with a client ID and secret, and puts the file where the builder wants it', async () => {
		const { url, seen } = await didit({ '/generate-pdf/': pdf }, approvedV1);
		const { items } = await downloadPdf({ binaryPropertyName: 'report' }, { url, v1: true });
		expect(bytes(items, 'report').equals(PDF)).toBe(true);
		expect(seen.map(({ path }) => path)).toContain(`/v1/session/${ID}/generate-pdf/`);
	});

	it('makes a name of vendor data that is no file name [T65]', async () => {
		const { url } = await didit(
			{ '/generate-pdf/': pdf },
			{ ...approved, vendor_data: '../../etc/ñandú user:42 ' },
		);
		const { items } = await downloadPdf({}, { url });
		expect(items[0].json.file_name).toBe(
			`${approved.created_at.slice(0, 10)}_etc-ñandú-user-42_approved_11111111.pdf`,
		);
	});

	it("shows Didit's words if it is too early, and what to wait for", async () => {
		const { status, body } = errors.v3_403_pdf_wrong_state;
		const { url } = await didit({ '/generate-pdf/': (response) => json(response, status, body) });
		const { error } = await downloadPdf({}, { url });
		expect(error?.message).toBe(body.detail);
		expect(error?.description).toContain('Wait for the result');
	});

	it('never gives a page for a PDF', async () => {
		const { url } = await didit({
			'/generate-pdf/': (response) => void response.writeHead(200).end('<html>Sign in</html>'),
		});
		const { error, items } = await downloadPdf({}, { url });
		expect(error?.message).toBe("Didit's response is not a PDF");
		expect(items).toEqual([]);
	});

	it('waits longer for a report than for other answers', async () => {
		const { url } = await didit({
			'/generate-pdf/': (response) => void setTimeout(() => pdf(response), 1500),
		});
		const { items } = await downloadPdf(
			{ options: { requestSettings: { timeout: 1, maxRetries: 0 } } },
			{ url },
		);
		expect(bytes(items).equals(PDF)).toBe(true);
	});
});

describe('Download Media', () => {
	const [document] = approved.id_verifications;
	const session = (fields: object) => (url: string) => {
		const links = Object.fromEntries(
			Object.entries(fields).map(([name, link]) => [
				name,
				link === null ? null : String(link).replace('{url}', url),
			]),
		);
		return {
			...approved,
			id_verifications: [{ ...document, ...links }],
			liveness_checks: null,
			face_matches: null,
		};
	};
	const both = session({
		front_image: '{url}/media/front?X-Amz-Signature=one',
		back_image: '{url}/media/back?X-Amz-Signature=two',
	});

	it('gives what is ticked, each under its own name, and contacts the links without the credential [T38]', async () => {
		const { url, seen } = await didit(
			{
				'/media/front': picture,
				'/media/back': (response) =>
					void response.writeHead(200, { 'content-type': 'image/jpeg' }).end(PDF),
			},
			both,
		);
		const { items, error } = await downloadMedia(
			{ media: ['documentFront', 'documentBack'] },
			{ url },
		);
		expect(error).toBeUndefined();
		expect(Object.keys(items[0].binary ?? {})).toEqual(['document_back', 'document_front']);
		expect(bytes(items, 'document_front').equals(JPEG)).toBe(true);
		const name = (what: string) => `${approved.created_at.slice(0, 10)}_user-42_${what}`;
		expect(items[0].json).toMatchObject({
			session_id: ID,
			verified: true,
			missing: [],
			files: [
				{
					field: 'document_back',
					file_name: name('document_back_11111111.pdf'),
					mime_type: 'application/pdf',
					bytes: PDF.length,
				},
				{
					field: 'document_front',
					file_name: name('document_front_11111111.jpg'),
					mime_type: 'image/jpeg',
					bytes: JPEG.length,
				},
			],
		});
		expect(schemaProblems('session', 'downloadMedia', items)).toEqual([]);
		const media = seen.filter(({ path }) => path.startsWith('/media/'));
		expect(media).toHaveLength(2);
		for (const { headers, path } of media) {
			expect(headers).not.toHaveProperty('x-api-key');
			expect(headers).not.toHaveProperty('authorization');
			expect(path).toContain('X-Amz-Signature=');
		}
	});

	it('does not lose the others for one that is missing', async () => {
		const { url } = await didit(
			{
				'/media/front': picture,
				'/media/back': (response) => json(response, 403, { detail: 'expired' }),
			},
			both,
		);
		const { items } = await downloadMedia(
			{ media: ['documentFront', 'documentBack', 'selfie'] },
			{ url },
		);
		expect(Object.keys(items[0].binary ?? {})).toEqual(['document_front']);
		expect(items[0].json.missing).toEqual([
			{ media: 'documentBack', reason: 'The link has expired, or the file is gone' },
			{ media: 'selfie', reason: 'The session has none, or the API key may not see media' },
		]);
	});

	it('fails if links are there and none of them works', async () => {
		const { url } = await didit({ '/media/': (response) => json(response, 403, {}) }, both);
		const { error } = await downloadMedia({}, { url });
		expect(error?.message).toBe(
			'No file could be downloaded. The link has expired, or the file is gone',
		);
	});

	it('is content with a session that has no pictures', async () => {
		const { url } = await didit({}, session({ front_image: null, back_image: null }));
		const { items, error } = await downloadMedia({}, { url });
		expect(error).toBeUndefined();
		expect(items[0].json).toMatchObject({
			files: [],
			missing: [{ media: 'documentBack' }, { media: 'documentFront' }, { media: 'selfie' }],
		});
	});

	it('numbers several files of one kind', async () => {
		const [match] = approved.face_matches;
		const { url } = await didit({ '/media/a': picture, '/media/b': picture }, (at) => ({
			...approved,
			face_matches: [{ ...match, source_image: `${at}/media/a`, target_image: `${at}/media/b` }],
		}));
		const { items } = await downloadMedia({ media: ['faceMatch'] }, { url });
		expect(Object.keys(items[0].binary ?? {})).toEqual(['face_match', 'face_match_2']);
	});

	it('tries a file again that did not come at once', async () => {
		let tries = 0;
		const { url } = await didit(
			{
				'/media/front': (response, request) =>
					tries++ === 0 ? request.socket.destroy() : picture(response),
			},
			both,
		);
		const { items } = await downloadMedia({ media: ['documentFront'] }, { url });
		expect(bytes(items, 'document_front').equals(JPEG)).toBe(true);
		expect(tries).toBe(2);
	});

	it('does not follow a redirect, and does not take a page for a picture', async () => {
		const { url, seen } = await didit(
			{
				'/media/front': (response) =>
					void response.writeHead(302, { location: `${server.url}/elsewhere` }).end(),
				'/media/back': (response) =>
					void response.writeHead(200, { 'content-type': 'image/jpeg' }).end('<html>'),
			},
			both,
		);
		const { error } = await downloadMedia(
			{ options: { requestSettings: { maxRetries: 0 } } },
			{ url },
		);
		expect(error?.message).toContain('No file could be downloaded');
		expect(seen.some(({ path }) => path === '/elsewhere')).toBe(false);
	});

	it('breaks off a file without end [T74]', async () => {
		const { url } = await didit(
			{
				'/media/front': (response) => {
					response.writeHead(200, { 'content-type': 'image/jpeg' });
					const more = () => {
						while (response.write(Buffer.alloc(1024 * 1024))) {
							/* until the buffer is full */
						}
					};
					response.on('drain', more);
					more();
				},
			},
			both,
		);
		const { error } = await downloadMedia(
			{ media: ['documentFront'], options: { requestSettings: { maxRetries: 0 } } },
			{ url },
		);
		expect(error?.message).toContain('The file is larger than 100 MB');
	});

	it.each(['={{ [] }}', '=nonsense'])('refuses %s as what to download', async (media) => {
		const { url, seen } = await didit({});
		const { error } = await downloadMedia({ media }, { url });
		expect(error?.message).toMatch(/^'Media' is (empty|not valid)$/);
		expect(seen).toEqual([]);
	});
});

describe('a link', () => {
	const production = 'https://verification.didit.me';
	const sandbox = 'http://127.0.0.1:4180';
	beforeEach(async () => void (await didit({})));

	it.each([
		['https://media.example.com/front.jpg?X-Amz-Signature=x', production],
		['https://media.example.com:8443/front.jpg', production],
		['http://127.0.0.1:4180/media/front.jpg', sandbox],
		['http://localhost:4180/media/front.jpg', sandbox],
		['http://didit.test/media/front.jpg', 'http://didit.test'],
		['https://media.example.com/front.jpg', sandbox],
	])('to %s is followed for an API at %s', (link, api) =>
		expect(checkedLink(link, api).href).toBe(link),
	);

	it.each([
		['http://media.example.com/front.jpg', production],
		['http://127.0.0.1:4180/front.jpg', production],
		['https://127.0.0.1/front.jpg', production],
		['https://0x7f000001/front.jpg', production],
		['https://[::1]/front.jpg', production],
		['https://169.254.169.254/latest/meta-data/', production],
		['https://metadata.google.internal/x', production],
		['https://intranet/front.jpg', production],
		['https://user:password@media.example.com/front.jpg', production],
		['file:///etc/passwd', production],
		['data:image/png;base64,AAAA', production],
		['front.jpg', production],
		['', production],
		['http://media.example.com/front.jpg', sandbox],
		['http://10.0.0.1/front.jpg', sandbox],
	])('to %s is not followed for an API at %s', (link, api) =>
		expect(() => checkedLink(link, api)).toThrow("isn't safe to open"),
	);
});
