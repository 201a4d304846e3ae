/** The examples for compliance, imported as a builder does it, with nothing chosen but credentials. */
import type { Browser } from 'playwright-core';
import { mailsTo } from '../../harness/mailbox.mts';
import type { DataTable, Row } from '../../harness/n8n/client.mts';
import {
	addCustomers,
	begin,
	createSession,
	deactivate,
	formLogin,
	formUrl,
	importExample,
	openForm,
	runNow,
	setUp,
} from './support/examples.mts';
import { didit, eventually, n8n, sandbox, world } from './support/world.mts';

const { key, mail: smtp } = world.credentials;

let browser: Browser;
beforeAll(async () => {
	browser = await begin();
});
afterAll(async () => await browser.close());

/** A mail server that doesn't respond. */
const brokenMail = async () =>
	await n8n.saveCredential('smtp', 'Down', { host: '127.0.0.1', port: 1, secure: false });

/** The mails that have come to an address since the number that was there before. */
async function mailsSince(address: string, before: number, count = 1) {
	return await eventually(`${count} mails to ${address}`, async () => {
		const mails = (await mailsTo(world.mailbox.url, address)).slice(before);
		return mails.length >= count && mails;
	});
}

describe('nightly AML screening', () => {
	const COMPLIANCE = 'compliance@shop.example';
	const PEOPLE = {
		'aml-listed': 'Ada Sanctioned',
		'aml-nameless': 'X',
		'aml-clean': 'Bea Clean',
		'aml-official': 'Cleo Exposed',
	};
	let id: string;
	let table: DataTable;

	const change = async (filter: object, data: Row) =>
		await n8n.patch(`${table.path}/rows`, { filter: { type: 'and', filters: [filter] }, data });
	const rename = async (userId: string, name: string) =>
		await change({ columnName: 'user_id', condition: 'eq', value: userId }, { name });
	/** The next night, as far as the table is concerned. */
	const nextNight = async () =>
		await change({ columnName: 'id', condition: 'gt', value: 0 }, { aml_date: '2026-01-01' });
	const rows = async () =>
		Object.fromEntries((await n8n.rows(table)).map((row) => [row.user_id, row]));
	const mailCount = async () => (await mailsTo(world.mailbox.url, COMPLIANCE)).length;

	beforeAll(async () => {
		id = await importExample(browser, 'nightly-aml-screening.json');
		table = await addCustomers([]);
		for (const name of [
			'date_of_birth',
			'nationality',
			'aml_status',
			'aml_date',
			'aml_hits',
			'aml_new_hits',
		])
			await n8n.post(`${table.path}/columns`, { name, type: 'string' });
		await addCustomers(Object.entries(PEOPLE).map(([user_id, name]) => ({ user_id, name })));
	});

	it('tells compliance about a hit even if the mail server was down, and charges nobody again [T343]', async () => {
		await setUp(id, { diditApi: key, smtp: await brokenMail() });
		expect((await n8n.run(id, 'Every Night')).status).toBe('error');
		const charged = await sandbox.count({ path: '/v3/aml/', status: 200 });
		expect(charged).toBeGreaterThanOrEqual(3);
		expect(await mailCount()).toBe(0);

		await setUp(id, { diditApi: key, smtp });
		await runNow(id, 'Every Night');
		expect(await sandbox.count({ path: '/v3/aml/', status: 200 })).toBe(charged);
		const [{ subject, text }, ...others] = await mailsSince(COMPLIANCE, 0);
		expect(others).toEqual([]);
		expect(subject).toBe('AML screening: 2 with new hits, 1 not screened');
		expect(text).toMatch(
			/- aml-listed \(In Review\): Ada Sanctioned \(Invented Sanctions List\), risk score 100/,
		);
		expect(text).toMatch(/- aml-official \(In Review\): Cleo Exposed .*, risk score 85/);
		expect(text).toContain("- aml-nameless: 'Full Name' is not valid");
		expect(text).not.toContain('aml-clean');

		const all = await rows();
		expect(all['aml-clean']).toMatchObject({ aml_status: 'Approved', aml_hits: '' });
		expect(all['aml-listed']).toMatchObject({
			aml_status: 'In Review',
			aml_hits: 'hit-100',
			aml_new_hits: '',
			aml_date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string,
		});
		expect(all['aml-nameless']).toMatchObject({ aml_date: null });
	});

	it('sends no email on a night that brings nothing new', async () => {
		await rename('aml-nameless', 'Xenia Plain');
		await nextNight();
		const before = await mailCount();
		await runNow(id, 'Every Night');
		// Once more on the same night: nobody is due.
		const charged = await sandbox.count({ path: '/v3/aml/', status: 200 });
		await runNow(id, 'Every Night');
		expect(await sandbox.count({ path: '/v3/aml/', status: 200 })).toBe(charged);
		expect(await mailCount()).toBe(before);
		expect((await rows())['aml-nameless']).toMatchObject({ aml_status: 'Approved' });
	});

	it('tells compliance about the new hit of a person only, and not about the one it knows', async () => {
		await rename('aml-listed', 'Ada Sanctioned Exposed');
		await nextNight();
		const before = await mailCount();
		await runNow(id, 'Every Night');
		const [{ subject, text }] = await mailsSince(COMPLIANCE, before);
		expect(subject).toBe('AML screening: 1 with new hits, 0 not screened');
		expect(text).toContain('risk score 85');
		expect(text).not.toContain('risk score 100');
		expect((await rows())['aml-listed']).toMatchObject({ aml_hits: 'hit-100\nhit-85' });
	});

	it('says who was not screened when the credit is used up, and makes up for it in the next run', async () => {
		await nextNight();
		const before = await mailCount();
		await sandbox.set({ balance: '0.0000' });
		await runNow(id, 'Every Night');
		await sandbox.set({ balance: '100.0000' });
		const [{ text }] = await mailsSince(COMPLIANCE, before);
		expect(text).toMatch(/- aml-clean: .*credit/);
		expect((await rows())['aml-clean']).toMatchObject({ aml_date: '2026-01-01' });
		await runNow(id, 'Every Night');
		expect((await rows())['aml-clean']).toMatchObject({ aml_status: 'Approved' });
		expect(await mailCount()).toBe(before + 1);
	});

	afterAll(async () => await deactivate(id));
});

describe('block list from a form', () => {
	const EMAILS = 'b10c0004-0000-4000-8000-000000000001';
	const PUT = 'Put on the block list';
	const TAKE = 'Take off the block list';
	let id: string;

	const entriesOf = async (list: string) =>
		(
			await didit<{ results: Array<{ value: string; comment: string }> }>(
				'GET',
				`/v3/lists/${list}/entries/`,
			)
		).results.map(({ value, comment }) => ({ value, comment }));

	/** Fills the form in, and waits for the page that says what happened. */
	async function ask(what: string, kind: string, value: string, answer: RegExp) {
		const page = await openForm(browser, await formUrl(id, 'Request'));
		await page.getByLabel('What to do').selectOption(what);
		await page.getByLabel('What it is').selectOption(kind);
		await page.getByLabel('Email address, phone number or user ID').fill(value);
		await page.getByLabel('Why, and who asks for it').fill('chargeback, ticket 1042');
		await page.getByRole('button', { name: 'Submit' }).click();
		await page.getByText(answer).waitFor();
		await page.context().close();
	}

	beforeAll(async () => {
		id = await importExample(browser, 'block-list-from-a-form.json');
		await setUp(id, { diditApi: key, ...(await formLogin()) });
	});
	afterAll(async () => await deactivate(id));

	it('opens for those who know the password only', async () => {
		expect((await fetch(await formUrl(id, 'Request'))).status).toBe(401);
	});

	it("puts an email address on Didit's own list and takes it off again, whatever other lists there are", async () => {
		const { uuid: other } = await didit<{ uuid: string }>('POST', '/v3/lists/', {
			name: 'A list of ours',
			list_type: 'custom',
			entry_type: 'email',
		});
		const stays = { value: 'stays@mail.example', comment: 'Another case' };
		await didit('POST', `/v3/lists/${EMAILS}/entries/`, stays);

		await ask(PUT, 'Email address', ' Fraud@Mail.example ', /fraud@mail.example is on the list/);
		expect(await entriesOf(EMAILS)).toEqual(
			expect.arrayContaining([
				stays,
				{ value: 'fraud@mail.example', comment: 'chargeback, ticket 1042' },
			]),
		);
		await ask(PUT, 'Email address', 'fraud@mail.example', /already in the list/);
		await ask(PUT, 'Email address', 'no address', /Enter a valid email address/);
		expect(await entriesOf(EMAILS)).toHaveLength(2);

		await ask(TAKE, 'Email address', 'FRAUD@mail.example', /isn't on the list Email Blocklist/);
		await ask(TAKE, 'Email address', 'stays', /not valid|no entry with this/);
		expect(await entriesOf(EMAILS)).toEqual([stays]);
		expect(await entriesOf(other)).toEqual([]);
	});

	it('finds a phone number however it is written', async () => {
		const list = 'b10c0003-0000-4000-8000-000000000001';
		await ask(PUT, 'Phone number', '+34 600 000 000', /\+34600000000 is on the list/);
		expect(await entriesOf(list)).toHaveLength(1);
		await ask(TAKE, 'Phone number', '+34 (600) 000-000', /isn't on the list Phone Blocklist/);
		expect(await entriesOf(list)).toEqual([]);
	});

	it('keeps a user from verifying until they are taken off', async () => {
		await ask(PUT, 'User ID', 'blocked-user', /blocked-user is on the list/);
		await expect(createSession('blocked-user')).rejects.toThrow(/answered 4\d\d/);
		await createSession('blocked-user-2');
		await ask(TAKE, 'User ID', 'blocked-user', /isn't on the list User Blocklist/);
		await createSession('blocked-user');
	});
});

describe('payment held for review', () => {
	const COLUMNS = ['payment_id', 'user_id', 'amount', 'currency', 'didit_id', 'status', 'told'];
	let id: string;
	let table: DataTable;

	async function pay(payment_id: string, amount: unknown) {
		const response = await fetch(`${world.n8n.url}/webhook/payment`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ ...PAYER, payment_id, amount }),
		});
		const text = await response.text();
		const { status } = (text.startsWith('{') ? JSON.parse(text) : {}) as { status?: string };
		return { code: response.status, status };
	}
	const PAYER = { user_id: 'payer-1', name: 'Nora Sample', currency: 'EUR' };

	const rowOf = async (paymentId: string) =>
		(await n8n.rows(table)).find((row) => row.payment_id === paymentId);
	const reported = async (paymentId: string) =>
		(
			await didit<{ results: Array<{ uuid: string; txn_id: string; amount: string }> }>(
				'GET',
				'/v3/transactions/',
			)
		).results.filter(({ txn_id }) => txn_id === paymentId);
	const subjectsTo = async (address: string, paymentId: string) =>
		(await mailsTo(world.mailbox.url, address))
			.map(({ subject }) => subject)
			.filter((subject) => subject.startsWith(`Payment ${paymentId} `));
	const told = async (paymentId: string) => await subjectsTo('compliance@shop.example', paymentId);
	const decide = async (paymentId: string, status: string) => {
		const [{ uuid }] = await reported(paymentId);
		await didit('PATCH', `/sandbox/transactions/${uuid}`, { status });
	};
	const becomes = async (paymentId: string, status: string) =>
		await eventually(
			`payment ${paymentId} to be ${status}`,
			async () => (await rowOf(paymentId))?.status === status,
		);

	beforeAll(async () => {
		id = await importExample(browser, 'payment-held-for-review.json');
		table = await n8n.ensureDataTable('payments', COLUMNS, []);
		await setUp(id, { diditApi: key, smtp });
	});
	afterAll(async () => await deactivate(id));

	it('releases a payment that the rules let through, reports it once however often it comes, and keeps every digit', async () => {
		for (let times = 0; times < 2; times++)
			expect(await pay('pay-small', '12.100000000000000001')).toEqual({
				code: 200,
				status: 'released',
			});
		expect(await reported('pay-small')).toEqual([
			expect.objectContaining({ amount: '12.100000000000000001' }),
		]);
		expect(await rowOf('pay-small')).toMatchObject({ status: 'released', told: null });
		expect(await told('pay-small')).toEqual([]);
	});

	it('holds a flagged payment, tells compliance once, and releases it when someone approves it', async () => {
		for (let times = 0; times < 2; times++)
			expect(await pay('pay-large', '12000.10')).toEqual({ code: 200, status: 'held' });
		expect(await told('pay-large')).toEqual(['Payment pay-large is held']);
		expect(await reported('pay-large')).toHaveLength(1);

		await decide('pay-large', 'APPROVED');
		await becomes('pay-large', 'released');
		await eventually('the mail', async () =>
			(await subjectsTo('payments@shop.example', 'pay-large')).includes(
				'Payment pay-large is released',
			),
		);
		expect(await pay('pay-large', '12000.10')).toEqual({ code: 200, status: 'released' });
		// A reviewer changes their mind.
		await decide('pay-large', 'DECLINED');
		await becomes('pay-large', 'rejected');
	});

	it('rejects what Didit declines', async () => {
		expect(await pay('pay-huge', '60000')).toEqual({ code: 200, status: 'rejected' });
		expect(await told('pay-huge')).toEqual(['Payment pay-huge is rejected']);
	});

	it('refuses an amount that is a number, and another amount under an ID that it knows [T341]', async () => {
		expect(await pay('pay-number', 1500.5)).toMatchObject({ code: 400 });
		expect(await pay('pay-number', '1.500,50')).toMatchObject({ code: 400 });
		expect(await reported('pay-number')).toEqual([]);
		expect(await pay('pay-small', '49000')).toMatchObject({ code: 409 });
	});

	it('finds a payment that was reported before the workflow could record it', async () => {
		await didit('POST', '/v3/transactions/', {
			transaction_id: 'pay-lost',
			transaction_category: 'finance',
			transaction_details: { direction: 'outbound', amount: '15000', currency: 'EUR' },
			subject: { vendor_data: PAYER.user_id, full_name: PAYER.name },
		});
		expect(await pay('pay-lost', '9')).toMatchObject({ code: 502 });
		expect(await pay('pay-lost', '15000')).toEqual({ code: 200, status: 'held' });
		expect(await rowOf('pay-lost')).toMatchObject({ status: 'held', amount: '15000' });
	});

	it('reports a payment once that comes twice at the same moment [T342]', async () => {
		const answers = await Promise.all([
			pay('pay-twin', '10500'),
			pay('pay-twin', '10500'),
			pay('pay-twin', '10500'),
		]);
		expect(answers).toEqual(answers.map(() => ({ code: 200, status: 'held' })));
		expect(await reported('pay-twin')).toHaveLength(1);
	});

	it('holds the payment while Didit is out of reach, and tells the server to post again', async () => {
		await sandbox.addFault({
			method: 'POST',
			path: '/v3/transactions/',
			times: 1,
			respond: { status: 403, body: { detail: 'You do not have permission.' } },
		});
		expect(await pay('pay-again', '5')).toEqual({ code: 502, status: 'held' });
		expect(await pay('pay-again', '5')).toEqual({ code: 200, status: 'released' });
	});

	it('tells compliance when the payment comes again after the mail server was down', async () => {
		await setUp(id, { diditApi: key, smtp: await brokenMail() });
		expect(await pay('pay-unheard', '20000')).toMatchObject({ code: 500 });
		await setUp(id, { diditApi: key, smtp });
		expect(await pay('pay-unheard', '20000')).toEqual({ code: 200, status: 'held' });
		expect(await told('pay-unheard')).toEqual(['Payment pay-unheard is held']);
		expect(await reported('pay-unheard')).toHaveLength(1);
	});
});
