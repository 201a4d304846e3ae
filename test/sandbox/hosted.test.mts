import { call, create, type Reply, v1, v3, withSandbox, WORKFLOW } from './client.mts';

const sandbox = withSandbox();
const CALLBACK = 'https://shop.example/done';

const open = async (url: string): Promise<Reply> => await call(sandbox(), 'GET', url);
async function press(
	url: string,
	result: string,
	more: Record<string, string> = {},
): Promise<Reply> {
	return await call(sandbox(), 'POST', url, {
		raw: new URLSearchParams({ result, ...more }).toString(),
		headers: { 'content-type': 'application/x-www-form-urlencoded' },
	});
}
const status = async (id: string): Promise<string> =>
	(await v3(sandbox(), 'GET', `/v3/session/${id}/decision/`)).body.status;

describe('the hosted page', () => {
	it('says that it is a sandbox and what is checked, and starts the session', async () => {
		const { url, session_id } = await create(sandbox(), { workflow_id: WORKFLOW.aml });
		const { status: code, text } = await open(url);
		expect(code).toBe(200);
		for (const part of [
			'Sandbox.',
			'enter or upload real data',
			'Identity and AML',
			'Sanctions and watchlists',
			'Approve',
			'Decline',
			'Send to review',
			'Abandon without finishing',
		])
			expect(text).toContain(part);
		expect(await status(session_id)).toBe('In Progress');
		await open(url);
		expect(sandbox().sessions[0].history.map((entry) => entry.status)).toEqual([
			'Not Started',
			'In Progress',
		]);
	});

	it('shows the features of a version 1 session', async () => {
		const { body } = await v1(sandbox(), 'POST', '/v1/session/', { features: 'OCR + NFC + FACE' });
		const { text } = await open(body.url);
		for (const part of ['ID document', 'Document chip', 'Liveness', 'Face match'])
			expect(text).toContain(part);
	});

	it('works under the address of a language', async () => {
		const { url, session_id } = await create(sandbox(), { language: 'de', callback: CALLBACK });
		expect((await open(url)).status).toBe(200);
		expect((await press(url, 'approve')).status).toBe(303);
		expect(await status(session_id)).toBe('Approved');
	});

	it('loads nothing from elsewhere and does not let its address leak', async () => {
		const { url } = await create(sandbox());
		const { text, headers } = await open(url);
		expect(text).not.toMatch(/(src|href)="https?:/);
		expect(headers.get('content-security-policy')).toContain("default-src 'none'");
		expect(headers.get('referrer-policy')).toBe('no-referrer');
	});

	it.each([
		['approve', 'Approved'],
		['decline', 'Declined'],
		['review', 'In Review'],
		['abandon', 'Abandoned'],
	])('goes to the callback after %s', async (button, result) => {
		const { url, session_id } = await create(sandbox(), { callback: CALLBACK });
		await open(url);
		const { status: code, headers } = await press(url, button);
		const target = new URL(headers.get('location')!);
		expect([code, target.origin + target.pathname]).toEqual([303, CALLBACK]);
		expect(Object.fromEntries(target.searchParams)).toEqual({
			verificationSessionId: session_id,
			status: result,
		});
		expect(await status(session_id)).toBe(result);
	});

	it.each([
		[
			'a query',
			'https://n8n.example/resume?signature=a%2Fb+c',
			'https://n8n.example/resume?signature=a%2Fb+c&verificationSessionId=ID&status=In+Review',
		],
		[
			'a fragment',
			'https://shop.example/#/done',
			'https://shop.example/?verificationSessionId=ID&status=In+Review#/done',
		],
		['an app scheme', 'myapp://done', 'myapp://done?verificationSessionId=ID&status=In+Review'],
		[
			'letters outside ASCII',
			'https://shop.example/fertig/größe',
			'https://shop.example/fertig/gr%C3%B6%C3%9Fe?verificationSessionId=ID&status=In+Review',
		],
	])('keeps a callback with %s as it is', async (_what, callback, expected) => {
		const { url, session_id } = await create(sandbox(), { callback });
		expect(
			(await press(url, 'review')).headers.get('location')!.replace(session_id as string, 'ID'),
		).toBe(expected);
	});

	it('joins a second question mark to a query when so set', async () => {
		sandbox().set({ callbackQuery: '?' });
		const { url, session_id } = await create(sandbox(), { callback: `${CALLBACK}?x=1` });
		expect((await press(url, 'approve')).headers.get('location')).toBe(
			`${CALLBACK}?x=1?verificationSessionId=${session_id}&status=Approved`,
		);
	});

	it('says that the page can be closed when there is no callback, or when the visitor does not go back', async () => {
		const { url } = await create(sandbox());
		expect(await press(url, 'approve')).toMatchObject({
			status: 200,
			text: expect.stringContaining('You can close this page'),
		});
		const { url: other, session_id } = await create(sandbox(), { callback: CALLBACK });
		expect(await press(other, 'approve', { stay: '1' })).toMatchObject({
			status: 200,
			text: expect.stringContaining('You can close this page'),
		});
		expect(await status(session_id)).toBe('Approved');
	});

	it('offers the result that the scenario leads to', async () => {
		const { url, session_id } = await create(sandbox(), {
			sandbox_scenario: 'decline_document_expired',
			callback: CALLBACK,
		});
		expect((await open(url)).text).toContain('End as in the scenario: Declined');
		await press(url, 'scenario');
		const { body } = await v3(sandbox(), 'GET', `/v3/session/${session_id}/decision/`);
		expect(body).toMatchObject({
			status: 'Declined',
			id_verifications: [{ status: 'Declined', expiration_date: '2020-01-31' }],
		});
	});

	it.each([
		['Approved', 200, 'already verified'],
		['Declined', 200, 'finished'],
		['In Review', 200, 'being reviewed'],
		['Abandoned', 200, 'left unfinished'],
		['Expired', 410, 'expired'],
		['Kyc Expired', 200, 'too old'],
	] as const)(
		'of a session that is %s says so and changes nothing',
		async (result, code, words) => {
			const { url, session_id } = await create(sandbox(), { callback: CALLBACK });
			sandbox().setStatus(session_id, result);
			for (const reply of [await open(url), await press(url, 'approve')])
				expect(reply).toMatchObject({ status: code, text: expect.stringContaining(words) });
			expect(await status(session_id)).toBe(result);
		},
	);

	it('expires with its session', async () => {
		const { url } = await create(sandbox());
		sandbox().advanceClock(604_801);
		expect((await open(url)).status).toBe(410);
	});

	it('of an unknown link says so', async () => {
		expect(await open(`${sandbox().url}/session/nonsense1234`)).toMatchObject({
			status: 404,
			text: expect.stringContaining('This link doesn&#39;t work'),
		});
	});

	it('does not take a button that it does not have', async () => {
		const { url, session_id } = await create(sandbox());
		for (const result of ['', 'scenario', 'constructor'])
			expect((await press(url, result)).status).toBe(400);
		expect(await status(session_id)).toBe('Not Started');
	});

	it('is not started by a look that does not show it', async () => {
		const { url, session_id } = await create(sandbox());
		await call(sandbox(), 'HEAD', url);
		expect(await status(session_id)).toBe('Not Started');
	});
});

describe('the dashboard', () => {
	const EVIL = '<script>alert("x")</script>';

	it('shows sessions with their history, and calls without secrets, bodies or values of queries', async () => {
		const { url, session_id } = await create(sandbox(), {
			vendor_data: 'user-42',
			metadata: { note: 'secret note' },
			contact_details: { email: 'ana@example.com' },
		});
		await open(url);
		await v3(sandbox(), 'GET', '/v3/sessions/?search=Ana%20Inventada');
		await v1(sandbox(), 'POST', '/v1/session/', {});
		sandbox().faults.add({
			method: 'POST',
			path: '/v3/session/',
			respond: { status: 500 },
			times: 2,
		});
		const { text } = await open(sandbox().url);
		for (const part of [
			'user-42',
			'In Progress',
			'visitor',
			'POST /v3/session/',
			'with search',
			'responds with 500',
			'0 of 2',
			url,
			sandbox().clientId,
		])
			expect(text).toContain(part);
		// Among the access data, and nowhere in what was received.
		for (const secret of [sandbox().apiKey, sandbox().clientSecret])
			expect(text.split(`>${secret}<`)).toHaveLength(2);
		for (const secret of [sandbox().apiKey, sandbox().clientSecret])
			expect(text.split('Requests received')[1]).not.toContain(secret);
		for (const secret of [
			'sandbox-token',
			'secret note',
			'ana@example.com',
			'Inventada',
			session_id,
		])
			expect(text).not.toContain(secret);
	});

	it('shows users, who is blocked, the balance and emails without their addresses', async () => {
		const { session_id } = await create(sandbox(), { vendor_data: 'user-42' });
		await create(sandbox(), { vendor_data: 'user-42', workflow_id: WORKFLOW.aml });
		await v3(sandbox(), 'PATCH', '/v3/users/user-42/update-status/', { status: 'BLOCKED' });
		sandbox().setStatus(session_id, 'In Review');
		await v3(sandbox(), 'PATCH', `/v3/session/${session_id}/update-status/`, {
			new_status: 'Approved',
			send_email: true,
			email_address: 'ana@example.com',
			email_language: 'de',
		});
		const { text } = await open(sandbox().url);
		for (const part of [
			'$ 100.0000',
			'BLOCKED',
			'no new sessions',
			'<td>2</td>',
			'a…@example.com',
			'<td>de</td>',
		])
			expect(text).toContain(part);
		expect(text).not.toContain('ana@example.com');
		expect(text).not.toContain('No session can be created');
		sandbox().set({ balance: '0' });
		expect((await open(sandbox().url)).text).toContain(
			'No session can be created: Create gets a 400.',
		);
	});

	it('escapes what callers send', async () => {
		await create(sandbox(), { vendor_data: EVIL });
		sandbox().faults.add({ path: EVIL, latency: 1 });
		await call(sandbox(), 'GET', `/v3/${encodeURIComponent(EVIL)}/?${EVIL}=1`, {
			headers: { 'x-api-key': '<b>x' },
		});
		const { text } = await open(sandbox().url);
		expect(text).not.toContain(EVIL);
		expect(text).not.toContain('<b>x');
		expect(text).toContain('&lt;script&gt;');
	});
});
