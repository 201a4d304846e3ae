/** The examples with pages for customers: n8n forms that anyone can open. Imported as a builder does it, and filled in in a browser. */
import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openPage } from '../../harness/browser.mts';
import { readWorkflow } from '../../harness/examples.mts';
import {
	addCustomers,
	begin,
	deactivate,
	formUrl,
	importExample,
	parametersOf,
	setUp,
	type Customer,
} from './support/examples.mts';
import { didit, eventually, n8n, sandbox, world } from './support/world.mts';

const credentials = { diditApi: world.credentials.key };

let browser: Browser;
let id = '';
beforeAll(async () => {
	browser = await begin();
});
afterAll(async () => await browser.close());

/** A person's browser. n8n's forms turn robots away, and take a browser without a screen for one. */
async function visit(url: string): Promise<Page> {
	const { page } = await openPage(browser, {
		viewport: { width: 390, height: 844 },
		userAgent:
			'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
	});
	await page.goto(url);
	return page;
}

/** Submits the page, and waits for the next one. */
async function submit(page: Page, button: string): Promise<void> {
	const next = page.waitForEvent('load');
	await page.getByRole('button', { name: button }).click();
	await next;
}

/** What the ending says, once it is there and the execution has ended, which the page sees to. Closes the page. */
async function ending(page: Page): Promise<string[]> {
	const card = page.locator('.card');
	await card.waitFor();
	await page.waitForLoadState('networkidle');
	const said = [await card.locator('h1').innerText(), await card.locator('p').innerText()];
	await page.context().close();
	return said;
}

/** Empty for a file that was deleted in this moment. */
function contentOf(path: string): Buffer {
	try {
		return readFileSync(path);
	} catch {
		return Buffer.alloc(0);
	}
}

describe('phone code in a form', () => {
	const people: Customer[] = ['001', '002', '003', '004', '005', '666', '777'].map((end) => ({
		user_id: `phone-${end}`,
		name: 'Nora',
		phone: `+34600200${end}`,
	}));
	let url = '';
	beforeAll(async () => {
		id = await importExample(browser, 'phone-code-in-a-form.json');
		await setUp(id, credentials);
		url = await formUrl(id, 'Phone Number');
		await addCustomers(people);
	});
	afterAll(async () => await deactivate(id));

	async function sendTo(phone: string): Promise<Page> {
		const page = await visit(url);
		await page.getByLabel('Phone number').fill(phone);
		await submit(page, 'Send code');
		return page;
	}
	async function enter(page: Page, code: string): Promise<void> {
		await page.getByLabel('Code').fill(code);
		await submit(page, 'Confirm');
	}
	const tryCode = async (phone: string, code: string) =>
		await didit<{ status: string }>('POST', '/v3/phone/check/', { phone_number: phone, code });

	const confirmed = async () =>
		(await n8n.rows(await addCustomers([])))
			.filter(({ phone_status }) => phone_status === 'Confirmed')
			.map(({ user_id }) => user_id);

	const THANKS = ['Your number is confirmed', "Thank you. There's nothing left to do."];
	const NO_LUCK = [
		"Your number isn't confirmed",
		'None of the three codes was right. Open the form again to get another one.',
	];

	it('confirms a number, also after two wrong codes, and updates the row of that customer alone', async () => {
		const page = await sendTo('+34 (600) 200-001');
		await page.getByText('a code is on its way').waitFor();
		for (const wrong of ['111111', 'no code']) {
			await enter(page, wrong);
			await page.getByText("That isn't the code.").waitFor();
		}
		await enter(page, '123 456');
		expect(await ending(page)).toEqual(THANKS);
		expect(await confirmed()).toEqual(['phone-001']);
	});

	it('ends after three wrong codes, and starts again with another one', async () => {
		const before = await sandbox.count({ path: '/v3/phone/check/' });
		const page = await sendTo('+34600200002');
		for (const wrong of ['111111', '222222', '333333']) await enter(page, wrong);
		expect(await ending(page)).toEqual(NO_LUCK);
		expect(await sandbox.count({ path: '/v3/phone/check/' })).toBe(before + 3);
		const again = await sendTo('+34600200002');
		await enter(again, '123456');
		expect(await ending(again)).toEqual(THANKS);
		expect(await confirmed()).toContain('phone-002');
	});

	it('sends nothing to a number of nobody, asks Didit nothing, and says nothing that tells [T231]', async () => {
		const before = (await sandbox.requests()).requests.length;
		const page = await sendTo('+34600200999');
		await page.getByText('If this is the number in your account, a code is on its way').waitFor();
		for (const code of ['123456', '123456']) {
			await enter(page, code);
			await page.getByText("That isn't the code.").waitFor();
		}
		await enter(page, '123456');
		expect(await ending(page)).toEqual(NO_LUCK);
		for (const phone of ['+34600200001,+34600200002', '%', ' '.repeat(9) + '0'.repeat(9_000)]) {
			const odd = await sendTo(phone);
			await odd.getByText('If this is the number in your account').waitFor();
			await odd.context().close();
		}
		expect((await sandbox.requests()).requests).toHaveLength(before);
	});

	it("opens nobody's page for a visitor of another one [T232]", async () => {
		const page = await sendTo('+34600200003');
		const address = new URL(page.url());
		const waiting = async () =>
			(await n8n.executionIds(id)).filter(({ status }) => status === 'waiting');
		const executions = await eventually('the execution to wait', async () => {
			const all = await waiting();
			return all.length > 0 && all;
		});
		for (const execution of executions) {
			const strange = await fetch(`${address.origin}/form-waiting/${execution.id}`);
			expect(strange.status).toBe(401);
		}
		await page.context().close();
	});

	it('says so when Didit blocks the number, and goes on when Didit asks to wait', async () => {
		expect(await ending(await sendTo('+34600200666'))).toEqual([
			"We couldn't send a code",
			"Codes can't be sent to this number. Please use another one, or contact us.",
		]);
		const page = await sendTo('+34600200777');
		await enter(page, '123456');
		expect(await ending(page)).toEqual(THANKS);
		expect(await confirmed()).not.toContain('phone-666');
	});

	it('says so when the code no longer works', async () => {
		const page = await sendTo('+34600200004');
		for (const wrong of ['111111', '222222', '333333']) await tryCode('+34600200004', wrong);
		await enter(page, '123456');
		expect(await ending(page)).toEqual([
			"Your number isn't confirmed",
			'This code no longer works: it has expired, or was tried too often. Open the form again to get another one.',
		]);
		expect(await confirmed()).not.toContain('phone-004');
	});

	it('asks to wait when Didit sends no more codes to the number', async () => {
		for (let count = 0; count < 4; count++)
			await didit('POST', '/v3/phone/send/', { phone_number: '+34600200005' });
		expect(await ending(await sendTo('+34600200005'))).toEqual([
			"We couldn't send a code",
			'Please wait an hour and try again. If it still fails, contact us.',
		]);
	});
});

describe('age check of a photo', () => {
	beforeAll(async () => {
		id = await importExample(browser, 'age-check-of-a-photo.json');
		// What the sticky note says to set: n8n's editor leaves a file's settings out.
		const { settings } = await readWorkflow('examples/age-check-of-a-photo.json');
		await n8n.updateWorkflow(id, { settings });
	});
	afterAll(async () => await deactivate(id));

	/** The start of a PNG, and bytes that are nowhere else. */
	const mark = randomBytes(48);
	const photo = {
		name: 'me.png',
		mimeType: 'image/png',
		buffer: Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), mark]),
	};

	/** @param looks what the sandbox sees in the photo */
	async function upload(looks: string, file = photo): Promise<Page> {
		await setUp(id, credentials, (workflow) => {
			parametersOf(workflow, 'Estimate Age').vendorData = looks;
		});
		const page = await visit(await formUrl(id, 'Photo'));
		await page.locator('input[type=file]').setInputFiles(file);
		await submit(page, 'Check my age');
		return page;
	}

	it.each([
		['lets someone pass who looks old enough', 'age-34', "You're old enough"],
		['turns someone away who looks far too young', 'age-14', "You're too young"],
	])('%s', async (_, looks, title) => {
		const sessions = await sandbox.count({ path: '/v3/session/' });
		const [said] = await ending(await upload(looks));
		expect(said).toBe(title);
		expect(await sandbox.count({ path: '/v3/session/' })).toBe(sessions);
	});

	it.each([
		['looks about 18', 'age-18', photo],
		['looks old enough in a photo of a photo', 'age-34 low', photo],
		['uploads something else', 'age-34', { ...photo, buffer: Buffer.from('no image at all') }],
	])('sends someone to a full verification who %s', async (_, looks, file) => {
		const page = await upload(looks, file);
		await page.getByText("A photo isn't enough").waitFor();
		await page.waitForLoadState('networkidle');
		await page.getByRole('link', { name: 'Confirm my age' }).click();
		await page.getByRole('button', { name: 'Approve' }).waitFor();
		await page.context().close();
	});

	it('keeps the photo nowhere [T233]', async () => {
		await eventually('n8n to forget', async () => (await n8n.executionIds(id)).length === 0);
		const asText = mark.toString('base64').slice(4, -4);
		const folder = dirname(world.n8n.log);
		const kept = () =>
			readdirSync(folder, { recursive: true, withFileTypes: true })
				.filter((entry) => entry.isFile())
				.map((entry) => contentOf(join(entry.parentPath, entry.name)))
				.filter((bytes) => bytes.includes(mark) || bytes.includes(asText));
		await eventually('n8n to delete the photos', () => kept().length === 0);
	});
});

describe('signup form straight to Didit', () => {
	let url = '';
	beforeAll(async () => {
		id = await importExample(browser, 'signup-form-straight-to-didit.json');
		await setUp(id, credentials);
		url = await formUrl(id, 'Sign Up');
	});
	afterAll(async () => await deactivate(id));

	/** Signs up, and is at Didit's page then. */
	async function signUp(name: string): Promise<Page> {
		const page = await visit(url);
		await page.getByLabel('Name').fill(name);
		await page.getByLabel('Email').fill('same@mail.example');
		await submit(page, 'Continue');
		await page.getByRole('button', { name: 'Approve' }).waitFor();
		return page;
	}
	const rowOf = async (name: string) =>
		(await n8n.rows(await addCustomers([]))).filter((row) => row.name === name);

	it.each([
		['Approve', "You're verified"],
		['Decline', "We couldn't confirm your identity"],
		['Review', 'Your verification is being checked'],
	])('goes to Didit and back, and shows the result: %s', async (button, title) => {
		const name = `Val ${button}`;
		const page = await signUp(name);
		await page.getByRole('button', { name: button }).click();
		await page.getByText('One more click').waitFor();
		const address = page.url();
		expect(address).not.toContain('signature');
		await submit(page, 'Show my result');
		expect((await ending(page))[0]).toBe(title);

		// The address can be opened again, and nobody believes what it says.
		const again = await visit(address.replace(/status=\w+/, 'status=Approved'));
		await submit(again, 'Show my result');
		expect((await ending(again))[0]).toBe(title);

		const [row, ...more] = await rowOf(name);
		expect(more).toEqual([]);
		const session = await sandbox.session(
			new URL(address).searchParams.get('verificationSessionId') ?? '',
		);
		expect(session?.vendor_data).toBe(row.user_id);
	});

	it('gives everyone a verification of their own, also with the same email, twice [T234]', async () => {
		const pages = [await signUp('Tess Twice'), await signUp('Tess Twice')];
		expect(new Set(pages.map((page) => page.url())).size).toBe(2);
		expect(new Set((await rowOf('Tess Twice')).map(({ user_id }) => user_id)).size).toBe(2);
		for (const page of pages) await page.context().close();
	});

	it('saves nobody, and creates nothing, for what is not one email address [T237]', async () => {
		const [before, rows] = [await sandbox.count({ path: '/v3/session/' }), await rowOf('Spam')];
		// Without the page's script, which only a browser runs.
		for (const email of ['one@mail.example, two@mail.example', 'Bank <one@mail.example>', '']) {
			const body = new FormData();
			body.set('field-0', 'Spam');
			body.set('field-1', email);
			const answer = await fetch(url, {
				method: 'POST',
				body,
				headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0 Safari/537.36' },
			});
			const { formWaitingUrl } = (await answer.json()) as { formWaitingUrl: string };
			// As the page does: n8n never answers whoever asks for a form page while the workflow runs.
			const status = new URL(formWaitingUrl);
			status.pathname += '/n8n-execution-status';
			await eventually('the ending', async () => {
				return (await (await fetch(status)).text()) === 'form-waiting';
			});
			expect(await (await fetch(formWaitingUrl)).text()).toContain('Please check your email');
		}
		expect([await sandbox.count({ path: '/v3/session/' }), await rowOf('Spam')]).toEqual([
			before,
			rows,
		]);
	});

	it.each([
		['nothing', '', "We can't find your verification"],
		[
			'a made-up session',
			'?verificationSessionId=nobody&status=Approved',
			"We can't find your verification",
		],
		[
			'a session of nobody',
			'?verificationSessionId=7b0c4a3e-0000-4000-8000-00000000abcd&status=Approved',
			"We can't find your verification",
		],
	])('shows no result for %s [T235]', async (_, query, title) => {
		const page = await visit(`${world.n8n.url}/form/your-verification${query}`);
		await submit(page, 'Show my result');
		expect((await ending(page))[0]).toBe(title);
	});

	it('says that a verification is not finished yet', async () => {
		const started = await signUp('Nell');
		const { session_id } = (await sandbox.sessions()).at(-1) ?? {};
		const page = await visit(
			`${world.n8n.url}/form/your-verification?verificationSessionId=${session_id}`,
		);
		await submit(page, 'Show my result');
		expect((await ending(page))[0]).toBe("Your verification isn't finished yet");
		await started.context().close();
	});
});
