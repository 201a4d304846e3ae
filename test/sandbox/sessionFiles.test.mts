import { responseErrors } from '../../contract/index.mts';
import { type Sandbox } from '../../sandbox/index.mts';
import { call, create, type Json, v1, v3, withSandbox, WORKFLOW } from './client.mts';
import { pagesOf } from './pdf.mts';

const sandbox = withSandbox({ rateLimits: { create: null, get: null } });

async function download(from: Sandbox, path: string, headers: Record<string, string> = {}) {
	const response = await fetch(path.startsWith('http') ? path : `${from.url}${path}`, {
		headers,
		redirect: 'manual',
	});
	return {
		status: response.status,
		headers: response.headers,
		bytes: Buffer.from(await response.arrayBuffer()),
	};
}

/** Follows the table of contents of a PDF: where each object begins, as a reader finds it. */
function objectsOf(file: Buffer): string[] {
	const text = file.toString('latin1');
	const start = Number(/startxref\n(\d+)\n%%EOF/.exec(text)![1]);
	const [, count] = /^xref\n0 (\d+)\n/.exec(text.slice(start))!;
	const entries = [...text.slice(start).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) =>
		Number(offset),
	);
	expect(entries).toHaveLength(Number(count) - 1);
	return entries.map((offset) => text.slice(offset, text.indexOf('endobj', offset)));
}

describe('the PDF of a session', () => {
	const get = async (session_id: string) =>
		await download(sandbox(), `/v3/session/${session_id}/generate-pdf/`, {
			'x-api-key': sandbox().apiKey,
		});

	it.each([
		[
			'a person',
			WORKFLOW.identity,
			'session',
			['Approved', 'Declined', 'In Review', 'Kyc Expired'],
		],
		['a company', WORKFLOW.company, 'business', ['Approved', 'Declined', 'In Review']],
	] as const)('of %s is a file with its facts', async (_what, workflow_id, prefix, statuses) => {
		for (const status of statuses) {
			const { session_id } = await create(sandbox(), { workflow_id });
			sandbox().setStatus(session_id, status);
			const { status: code, headers, bytes } = await get(session_id);
			expect([code, headers.get('content-type'), headers.get('content-disposition')]).toEqual([
				200,
				'application/pdf',
				`attachment; filename=${prefix}_${session_id}.pdf`,
			]);
			expect(headers.get('content-length')).toBe(String(bytes.length));
			expect(responseErrors('v3', 'session.pdf', 200, bytes.toString('latin1'))).toEqual([]);
			const objects = objectsOf(bytes);
			objects.forEach((object, at) => expect(object).toMatch(new RegExp(`^${at + 1} 0 obj\n`)));
			const pages = await pagesOf(bytes);
			expect(pages).not.toEqual([]);
			for (const text of pages) {
				expect(text).toContain(session_id);
				expect(text).toContain(status);
			}
		}
	});

	it.each([
		[
			'a person',
			WORKFLOW.identity,
			['Not Started', 'In Progress', 'Resubmitted', 'Abandoned', 'Expired'],
			'You can only generate a PDF for sessions in review, declined, approved or kyc expired',
		],
		[
			'a company',
			WORKFLOW.company,
			['Not Started', 'Awaiting User', 'Kyc Expired'],
			'You can only generate a PDF for sessions in review, declined or approved',
		],
	] as const)(
		'of %s is refused while there is nothing to report',
		async (_what, workflow_id, statuses, detail) => {
			for (const status of statuses) {
				const { session_id } = await create(sandbox(), { workflow_id });
				sandbox().setStatus(session_id, status);
				expect(await v3(sandbox(), 'GET', `/v3/session/${session_id}/generate-pdf/`)).toMatchObject(
					{ status: 403, body: { detail } },
				);
			}
		},
	);

	it('shows no letter beyond ASCII, so that every reader can show it', async () => {
		const { session_id } = await create(sandbox());
		sandbox().setStatus(session_id, 'In Review');
		await v3(sandbox(), 'PATCH', `/v3/session/${session_id}/update-status/`, {
			new_status: 'Declined',
			comment: '見本 (no)',
		});
		expect(await pagesOf((await get(session_id)).bytes)).toEqual([
			expect.stringContaining('Declined: ?? (no)'),
		]);
	});

	it('is served without the last slash too', async () => {
		const { session_id } = await create(sandbox());
		sandbox().setStatus(session_id, 'Approved');
		expect((await v3(sandbox(), 'GET', `/v3/session/${session_id}/generate-pdf`)).status).toBe(200);
	});

	it('of an unknown session is a 404 even for a bad key', async () => {
		const path = '/v3/session/dddddddd-0000-4000-8000-000000000000/generate-pdf/';
		expect(await call(sandbox(), 'GET', path, { headers: { 'x-api-key': 'wrong' } })).toMatchObject(
			{ status: 404, body: { detail: 'Not found.' } },
		);
	});

	it('can be had fifty times a minute, in its own words', async () => {
		const { session_id } = await create(sandbox());
		const path = `/v3/session/${session_id}/generate-pdf/`;
		for (let asked = 0; asked < 50; asked++)
			expect((await v3(sandbox(), 'GET', path)).status).toBe(403);
		const { status, headers, body } = await v3(sandbox(), 'GET', path);
		expect([status, body.detail]).toEqual([
			429,
			'Session PDF generation rate limit exceeded. You can make up to 50 requests per minute.',
		]);
		expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
	});

	it('exists in version 1', async () => {
		const {
			body: { session_id },
		} = await v1(sandbox(), 'POST', '/v1/session/', { features: 'OCR' });
		const path = `/v1/session/${session_id}/generate-pdf/`;
		expect((await v1(sandbox(), 'GET', path)).status).toBe(403);
		sandbox().setStatus(session_id, 'Approved');
		const { status, headers, text } = await v1(sandbox(), 'GET', path);
		expect([status, headers.get('content-disposition'), text.slice(0, 8)]).toEqual([
			200,
			`attachment; filename=session_${session_id}.pdf`,
			'%PDF-1.7',
		]);
	});

	it('can be cut in half by a fault', async () => {
		const { session_id } = await create(sandbox());
		sandbox().setStatus(session_id, 'Approved');
		sandbox().faults.add({ path: '*/generate-pdf/', times: 1, alter: { malformed: true } });
		const { status, bytes } = await get(session_id);
		expect([status, bytes.toString('latin1').includes('%%EOF')]).toEqual([200, false]);
	});
});

describe('a picture or video', () => {
	/** The links of a decision by the names of their files. */
	async function links(
		workflow_id = WORKFLOW.full,
	): Promise<{ session_id: string; links: Record<string, string> }> {
		const { session_id } = await create(sandbox(), { workflow_id });
		sandbox().setStatus(session_id, 'Approved');
		const { text } = await v3(sandbox(), 'GET', `/v3/session/${session_id}/decision/`);
		const found = [...text.matchAll(/"(http[^"]*\/media\/[^"]*?([\w-]+\.\w+)\?[^"]*)"/g)].map(
			([, url, name]) => [name, url],
		);
		return { session_id, links: Object.fromEntries(found) as Record<string, string> };
	}

	const isJpeg = (file: Buffer) =>
		file.toString('hex', 0, 3) === 'ffd8ff' && file.toString('hex').endsWith('ffd9');
	const isPng = (file: Buffer) =>
		file.toString('hex', 0, 8) === '89504e470d0a1a0a' && file.includes('IEND');
	/** The boxes of the file, one after the other, reach its end exactly. */
	function isMp4(file: Buffer): boolean {
		const kinds: string[] = [];
		let at = 0;
		while (at < file.length) {
			kinds.push(file.toString('latin1', at + 4, at + 8));
			at += file.readUInt32BE(at);
		}
		return at === file.length && kinds[0] === 'ftyp' && kinds.includes('moov');
	}

	it.each([
		['front.jpg', 'image/jpeg', isJpeg],
		['back.jpg', 'image/jpeg', isJpeg],
		['full-front.jpg', 'image/jpeg', isJpeg],
		['full-back.jpg', 'image/jpeg', isJpeg],
		['portrait.jpg', 'image/jpeg', isJpeg],
		['selfie.jpg', 'image/jpeg', isJpeg],
		['chip-portrait.jpg', 'image/jpeg', isJpeg],
		['signature.png', 'image/png', isPng],
		['selfie.mp4', 'video/mp4', isMp4],
		['bill.pdf', 'application/pdf', (file: Buffer) => objectsOf(file).length > 0],
	] as const)(
		'is a real file behind its link, without any credential: %s',
		async (name, type, isReal) => {
			const { links: all } = await links();
			const { status, headers, bytes } = await download(sandbox(), all[name]);
			expect([status, headers.get('content-type'), isReal(bytes)]).toEqual([200, type, true]);
		},
	);

	it('differs from one session and one file to the next', async () => {
		const [first, second] = [await links(), await links()];
		const read = async (url: string) => (await download(sandbox(), url)).bytes.toString('base64');
		const files = await Promise.all(
			[first.links['front.jpg'], second.links['front.jpg'], first.links['back.jpg']].map(read),
		);
		expect(new Set(files).size).toBe(3);
		expect(await read(first.links['front.jpg'])).toBe(files[0]);
	});

	it('can be had for an hour', async () => {
		const { links: all } = await links();
		sandbox().advanceClock(3590);
		expect((await download(sandbox(), all['front.jpg'])).status).toBe(200);
		sandbox().advanceClock(10);
		const { status, headers, bytes } = await download(sandbox(), all['front.jpg']);
		expect([status, headers.get('content-type'), bytes.toString()]).toEqual([
			403,
			'application/xml',
			expect.stringContaining('<Message>Request has expired</Message>'),
		]);
	});

	it.each([
		['a link without its signature', (url: string) => url.split('?')[0], 403],
		['the signature of another file', (url: string) => url.replace('front.jpg', 'back.jpg'), 403],
		['a later date', (url: string) => url.replace(/(X-Amz-Date=)\d{4}/, '$12099'), 403],
	])('is refused for %s', async (_what, bend, status) => {
		const { links: all } = await links();
		expect((await download(sandbox(), bend(all['front.jpg']))).status).toBe(status);
	});

	it('is refused to somebody who sends a token, and recorded with what was sent', async () => {
		const { links: all } = await links();
		expect(
			(await download(sandbox(), all['front.jpg'], { authorization: 'Bearer x' })).status,
		).toBe(400);
		await download(sandbox(), all['front.jpg']);
		expect(
			sandbox()
				.requests.filter(({ path }) => path.startsWith('/media/'))
				.map(({ authorizationKind, status }) => [authorizationKind, status]),
		).toEqual([
			['bearer', 400],
			['none', 200],
		]);
	});

	it('is gone with its session, and by a fault', async () => {
		const { session_id, links: all } = await links();
		sandbox().faults.add({ path: '/media/*/back.jpg', respond: { status: 404 } });
		expect((await download(sandbox(), all['back.jpg'])).status).toBe(404);
		expect((await download(sandbox(), all['front.jpg'])).status).toBe(200);
		await v3(sandbox(), 'DELETE', `/v3/session/${session_id}/delete/`);
		expect((await download(sandbox(), all['front.jpg'])).status).toBe(404);
	});

	it('is linked in a decision of version 1', async () => {
		const {
			body: { session_id },
		}: Json = await v1(sandbox(), 'POST', '/v1/session/', { features: 'OCR + FACE' });
		sandbox().setStatus(session_id, 'Approved');
		const { body } = await v1(sandbox(), 'GET', `/v1/session/${session_id}/decision/`);
		for (const url of [body.kyc.front_image, body.face.video_url])
			expect((await download(sandbox(), url)).status).toBe(200);
	});
});
