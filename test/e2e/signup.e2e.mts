/** The main job: a signup arrives, a session is created, its link is e-mailed, opened, approved, and the visitor comes back. */
import type { Browser } from 'playwright-core';
import { launch } from '../../harness/browser.mts';
import { mailsTo } from '../../harness/mailbox.mts';
import { screenshot, visitor } from './support/browser.mts';
import { eventually, sandbox, world } from './support/world.mts';

let browser: Browser;
beforeAll(async () => {
	await sandbox.reset();
	browser = await launch();
});
afterAll(async () => await browser.close());

async function signUp(person: object): Promise<Response> {
	return await fetch(`${world.n8n.url}/webhook/signup`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(person),
	});
}

const mailTo = async (address: string) =>
	await eventually(
		`a mail to ${address}`,
		async () => (await mailsTo(world.mailbox.url, address))[0],
	);

it('sends a signup its link, and ends with an approved session and the visitor back on the website', async () => {
	const response = await signUp({
		name: 'Grace Example',
		email: 'grace@mail.example',
		user_id: 'user-1001',
	});
	expect(response.status).toBe(200);
	const { session_id: sessionId } = (await response.json()) as { session_id: string };
	expect(await sandbox.session(sessionId)).toMatchObject({
		status: 'Not Started',
		vendor_data: 'user-1001',
		version: 'v1',
	});

	const mail = await mailTo('grace@mail.example');
	expect(mail.from).toEqual([expect.objectContaining({ address: 'onboarding@shop.example' })]);
	expect(mail.text).toContain('Hello Grace Example,');
	const link = /http:\/\/\S+/.exec(mail.text)?.[0];
	expect(mail.html).toContain(`href="${link}"`);

	const { page, errors, outside } = await visitor(browser);
	await page.goto(link ?? '');
	await screenshot(page, 'hosted-page');
	await page.getByRole('button', { name: 'Approve' }).click();
	await page.waitForURL(/\/webhook\/welcome\?/);
	expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
		verificationSessionId: sessionId,
		status: 'Approved',
	});
	await page.getByRole('heading', { name: 'Back at Example Shop' }).waitFor();
	await screenshot(page, 'welcome-page');
	expect(await sandbox.session(sessionId)).toMatchObject({ status: 'Approved' });
	expect({ errors, outside }).toEqual({ errors: [], outside: [] });
});

it('sends each of several signups at once the link of its own session', async () => {
	const people = ['ada', 'boris', 'chen', 'dina', 'emil'];
	const ids = await Promise.all(
		people.map(async (name) => {
			const response = await signUp({
				name,
				email: `${name}@mail.example`,
				user_id: `user-${name}`,
			});
			return ((await response.json()) as { session_id: string }).session_id;
		}),
	);
	for (const [index, name] of people.entries()) {
		const session = await sandbox.session(ids[index]);
		expect(session?.vendor_data).toBe(`user-${name}`);
		expect((await mailTo(`${name}@mail.example`)).text).toContain(session?.url);
	}
});

it('lets no HTML and no link of a signup into the mail', async () => {
	await signUp({
		name: '<a href="https://bad.example">Win</a> now: https://bad.example',
		email: 'mallory@mail.example',
		user_id: 'user-m',
	});
	const { text, html } = await mailTo('mallory@mail.example');
	for (const body of [text, html]) expect(body).not.toContain('bad.example');
});

/** The next signup gets no session. */
async function refuse(): Promise<void> {
	await sandbox.addFault({
		method: 'POST',
		path: '/v1/session/',
		respond: { status: 403, body: { detail: "You don't have enough credits" } },
	});
}

it('sends no mail, and names no session, when Didit refuses the session', async () => {
	await refuse();
	const response = await signUp({ name: 'Nils', email: 'nils@mail.example', user_id: 'user-n' });
	expect(await response.text()).not.toContain('session_id');
	expect(await mailsTo(world.mailbox.url, 'nils@mail.example')).toEqual([]);
});

it('answers a signup with an error when Didit refuses the session', async () => {
	await refuse();
	expect(
		(await signUp({ name: 'Olga', email: 'olga@mail.example', user_id: 'user-o' })).status,
	).toBe(500);
});
