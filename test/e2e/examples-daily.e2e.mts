/** The examples for daily jobs, imported as a builder does it; what a test chooses or changes beside credentials stands in its `setUp`. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { openPage } from '../../harness/browser.mts';
import { mailsTo } from '../../harness/mailbox.mts';
import { visitor } from './support/browser.mts';
import type { WorkflowJson } from '../../harness/n8n/client.mts';
import { openWorkflow } from '../../harness/n8n/editor.mts';
import {
	addCustomers,
	addressOf,
	begin,
	createSession,
	deactivate,
	editorOf,
	formLogin,
	formUrl,
	importExample,
	mailWith,
	openForm,
	parametersOf,
	pickWorkflow,
	runNow,
	runs,
	setUp,
} from './support/examples.mts';
import { startModel } from './support/model.mts';
import {
	decide,
	defaultWorkflow,
	didit,
	eventually,
	n8n,
	sandbox,
	subjectsTo,
	world,
} from './support/world.mts';

const credentials = { diditApi: world.credentials.key, smtp: world.credentials.mail };

let browser: Browser;
let id = '';
beforeAll(async () => {
	browser = await begin();
});
afterEach(async () => {
	if (id) await deactivate(id);
	id = '';
});
afterAll(async () => await browser.close());

const statusOf = async (sessionId: string) => (await sandbox.session(sessionId))?.status;

it('reminds those who have not finished, once each and with a link that works, and nobody else', async () => {
	id = await importExample(browser, 'reminder-for-unfinished.json');
	await setUp(id, credentials, async (workflow) => {
		await pickWorkflow(workflow, 'Create Fresh Link');
		await pickWorkflow(workflow, 'Find Unfinished Sessions', 'filters');
		// The sessions of this test are of today, not of yesterday.
		for (const name of ['Find Unfinished Sessions', 'Still Open']) {
			const parameters = parametersOf(workflow, name);
			const today = JSON.stringify(parameters).replaceAll('days: 1', 'days: 0');
			Object.assign(parameters, JSON.parse(today));
		}
	});
	await addCustomers(
		['fresh', 'gone', 'approved', 'reviewed', 'declined', 'broken', 'waiting', '..bounced'].map(
			(one) => ({
				user_id: `remind-${one}`,
				name: 'Rita',
			}),
		),
	);
	const unfinished = await createSession('remind-fresh');
	await createSession('remind-gone', 'Abandoned');
	await createSession('remind-approved', 'Abandoned');
	await createSession('remind-approved', 'Approved');
	await createSession('remind-reviewed', 'Abandoned');
	await createSession('remind-reviewed', 'In Review');
	await createSession('remind-declined', 'Abandoned');
	await createSession('remind-declined', 'Declined');
	await createSession('remind-unknown');
	await createSession(null);
	// A workflow waits for this one: creating it again would clear what leads back to the workflow.
	const waiting = await didit<{ session_id: string; url: string }>('POST', '/v3/session/', {
		workflow_id: await defaultWorkflow(),
		vendor_data: 'remind-waiting',
		callback: 'https://shop.example/back',
		metadata: { order: 'A-1' },
	});
	// Something is wrong with one person, who comes before others.
	await createSession('remind-broken');
	await createSession('remind-..bounced');
	await sandbox.addFault({
		path: '/v3/users/remind-broken/',
		respond: { status: 400, body: { detail: 'This record is locked.' } },
	});

	await runNow(id, 'Every Evening');
	const subject = 'Your verification is waiting for you';
	expect((await mailWith(addressOf('remind-fresh'), subject)).text).toContain(unfinished.url);
	const { text } = await mailWith(addressOf('remind-gone'), subject);
	const fresh = await didit<{ results: Array<{ status: string; session_url?: string }> }>(
		'GET',
		'/v3/sessions/?vendor_data=remind-gone&status=Not%20Started',
	);
	expect(fresh.results).toHaveLength(1);
	const { page } = await visitor(browser);
	await page.goto(/http:\/\/\S+/.exec(text)?.[0] ?? '');
	await page.getByRole('button', { name: 'Approve' }).waitFor();
	await page.context().close();

	// On the next run the same links go out again: no third session.
	await runNow(id, 'Every Evening');
	for (const one of ['fresh', 'gone']) {
		const mails = await eventually('two mails', async () => {
			const all = await mailsTo(world.mailbox.url, addressOf(`remind-${one}`));
			return all.length >= 2 && all;
		});
		expect(new Set(mails.map((mail) => mail.text)).size).toBe(1);
	}
	for (const one of ['approved', 'reviewed', 'declined', 'broken'])
		expect(await mailsTo(world.mailbox.url, addressOf(`remind-${one}`))).toEqual([]);

	expect((await mailWith(addressOf('remind-waiting'), subject)).text).toContain(waiting.url);
	expect(await sandbox.session(waiting.session_id)).toMatchObject({
		callback: 'https://shop.example/back',
		metadata: { order: 'A-1' },
	});
	const reports = (await mailsTo(world.mailbox.url, 'team@shop.example')).map(({ text }) => text);
	for (const reason of [
		/remind-broken: This record is locked/,
		/remind-\.\.bounced: .*recipients were rejected/,
	])
		expect(reports).toContainEqual(expect.stringMatching(reason));
});

/** n8n's Slack node calls slack.com and nothing else. Send Email asks in the same way, with the same buttons and answer. */
function askByEmail({ nodes }: WorkflowJson): void {
	const slack = nodes.find(({ name }) => name === 'Ask in Slack');
	if (!slack) throw new Error('There is no Slack node');
	const { message, responseType, approvalOptions, options } = slack.parameters;
	Object.assign(slack, {
		type: 'n8n-nodes-base.emailSend',
		typeVersion: 2.1,
		credentials: { smtp: credentials.smtp },
		parameters: {
			operation: 'sendAndWait',
			fromEmail: 'desk@shop.example',
			toEmail: 'team@desk.example',
			subject: "=Review {{ $('Needs Review').item.json.session_number }}",
			message,
			responseType,
			approvalOptions,
			options,
		},
	});
}

/** Opens the message and clicks, as somebody of the team does. */
async function click(html: string, button: string): Promise<void> {
	// n8n takes clicks of robots for a preview of the message, and a browser without a screen for a robot.
	const { page } = await openPage(browser, {
		userAgent:
			'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
	});
	await page.setContent(html);
	const link = await page.getByRole('link', { name: button, exact: true }).getAttribute('href');
	await page.goto(link ?? '');
	await page.context().close();
}

const oneWaits = async () =>
	await eventually('the execution to wait', async () =>
		(await n8n.executionIds(id)).some((one) => one.status === 'waiting'),
	);

it('lets the team approve or decline a verification with one click, until someone else has decided [T202]', async () => {
	id = await importExample(browser, 'review-desk-in-slack.json');
	await setUp(id, credentials, askByEmail);
	for (const [count, [button, status]] of [
		['Approve', 'Approved'],
		['Decline', 'Declined'],
	].entries()) {
		const { session_id, session_number } = await createSession(`review-${button}`, 'In Review');
		const { html } = await mailWith('team@desk.example', `Review ${session_number}`);
		expect(html).toContain(
			`Verification ${session_number} of customer review-${button} needs a decision`,
		);
		// What sent the verification to review, and no remark that did nothing.
		expect(html).toContain('- The similarity of the faces is borderline');
		expect(html).not.toContain('below the threshold');
		expect(await statusOf(session_id)).toBe('In Review');

		await oneWaits();
		await click(html, button);
		await runs(id, count + 1);
		expect(await statusOf(session_id)).toBe(status);
		const reviews = await didit<unknown>('GET', `/v3/sessions/${session_id}/reviews/`);
		expect(JSON.stringify(reviews)).toContain('Decided by the team in Slack');
	}

	// The customer's ID is whatever a signup sent, and Slack makes links and calls out of text.
	const late = await createSession('<!channel> <https://bad.example|Open in Didit>', 'In Review');
	const { html } = await mailWith('team@desk.example', `Review ${late.session_number}`);
	expect(html).toContain('of customer ??channel? ?https???bad.example?Open in Didit? needs');
	// Meanwhile somebody has declined the session in the console.
	await oneWaits();
	await decide(late.session_id, 'Declined');
	await click(html, 'Approve');
	await runs(id, 3);
	expect(await statusOf(late.session_id)).toBe('Declined');
});

describe('AML hit from a message', () => {
	/** The sandbox's workflow that screens as well. Its review has two open hits, and one that was dismissed. */
	const WITH_AML = 'c0000002-0000-4000-8000-000000000001';

	let imported = '';
	beforeEach(async () => {
		imported ||= await importExample(browser, 'aml-hit-from-a-message.json');
		id = imported;
	});

	/** A session in review, and the message about it. */
	async function asked(user: string) {
		const session = await createSession(user, 'In Review', WITH_AML);
		const { html } = await mailWith('team@desk.example', `Review ${session.session_number}`);
		await oneWaits();
		return { ...session, html };
	}
	/** Clicks in the message, and waits until the workflow has run to its end. */
	async function decideBy(html: string, button: string): Promise<void> {
		await click(html, button);
		await runs(id, (await n8n.executionIds(id)).length);
	}
	/** The session's status, and what was said of its hits. */
	async function outcome(sessionId: string) {
		const reviews = await didit<unknown>('GET', `/v3/sessions/${sessionId}/reviews/`);
		const [, marks] = /"new_value":({"hit_[^}]*})/.exec(JSON.stringify(reviews)) ?? [];
		return [
			(await sandbox.session(sessionId))?.status,
			...Object.values(JSON.parse(marks ?? '{}') as Record<string, string>),
		];
	}

	it.each([
		['Not This Person', ['Approved', 'False Positive', 'False Positive']],
		['Confirmed Match', ['Declined', 'Confirmed Match', 'Confirmed Match']],
	])('has the team decide with one click: %s', async (button, expected) => {
		await setUp(id, credentials, askByEmail);
		const { session_id, session_number, html } = await asked(`aml-${button}`);
		expect(html).toContain(
			`Verification ${session_number} of customer aml-${button} has 2 possible matches on watchlists`,
		);
		expect(html).toContain('- An invented public figure (');
		expect(html).not.toContain('namesake');
		await decideBy(html, button);
		expect(await outcome(session_id)).toEqual(expected);
	});

	it('leaves a verification in review that someone has to look at for another reason, or that has more hits than the message', async () => {
		await setUp(id, credentials, askByEmail);
		const { session_id, html } = await asked('aml-other-reason');
		const path = `/v3/session/${session_id}/decision/`;
		const decision = await didit<{ face_matches: Array<{ warnings: object[] }> }>('GET', path);
		decision.face_matches[0].warnings.push({
			feature: 'FACEMATCH',
			risk: 'FACE_MATCH_BORDERLINE',
			log_type: 'warning',
			short_description: 'The similarity of the faces is borderline',
		});
		await sandbox.addFault({ path, times: 1, respond: { status: 200, body: decision } });
		await decideBy(html, 'Not This Person');
		expect(await outcome(session_id)).toEqual(['In Review', 'False Positive', 'False Positive']);

		await setUp(id, credentials, (workflow) => {
			const marks = parametersOf(workflow, 'Mark as False Positive');
			marks.hitIds = String(marks.hitIds).replace('slice(0, 10)', 'slice(0, 1)');
		});
		const more = await asked('aml-more');
		await decideBy(more.html, 'Not This Person');
		expect(await outcome(more.session_id)).toEqual(['In Review', 'False Positive']);
	});

	it('counts no click after someone else has decided, and asks nothing where there is no hit [T236]', async () => {
		await setUp(id, credentials, askByEmail);
		const late = await asked('<!channel> <https://bad.example|Open in Didit>');
		expect(late.html).toContain('of customer ??channel? ?https???bad.example?Open in Didit? has');
		await decide(late.session_id, 'Declined');
		await decideBy(late.html, 'Not This Person');
		expect((await sandbox.session(late.session_id))?.status).toBe('Declined');

		const count = (await n8n.executionIds(id)).length;
		const other = await createSession('aml-none', 'In Review');
		await runs(id, count + 1);
		expect(await subjectsTo('team@desk.example')).not.toContain(`Review ${other.session_number}`);
	});
});

it('keeps the PDF and the pictures of a decided verification in a folder', async () => {
	id = await importExample(browser, 'evidence-archive.json');
	await setUp(id, credentials, (workflow) => {
		const write = parametersOf(workflow, 'Write to Folder');
		write.fileName = String(write.fileName).replace('/home/node/.n8n-files', world.files);
	});
	const { session_id } = await createSession('archive/me', 'Approved');
	await runs(id, 1);
	const files = readdirSync(world.files)
		.filter((name) => name.includes(session_id.slice(0, 8)))
		.sort();
	const starts = files.map((name) =>
		readFileSync(join(world.files, name)).subarray(0, 4).toString('latin1'),
	);
	expect({ files, starts }).toEqual({
		files: [
			expect.stringMatching(/approved.*\.pdf$/),
			expect.stringMatching(/document_back.*\.(jpg|png)$/),
			expect.stringMatching(/document_front.*\.(jpg|png)$/),
			expect.stringMatching(/selfie.*\.(jpg|png)$/),
		],
		starts: ['%PDF', expect.any(String), expect.any(String), expect.any(String)],
	});
	for (const start of starts.slice(1))
		expect(['\xff\xd8\xff', '\x89PN']).toContain(start.slice(0, 3));

	// Another decision about the same session leaves the first one's files alone. Didit's times are in seconds.
	await new Promise((resolve) => setTimeout(resolve, 1100));
	await decide(session_id, 'Declined');
	await runs(id, 2);
	const all = readdirSync(world.files).filter((name) => name.includes(session_id.slice(0, 8)));
	expect(all).toHaveLength(8);
	expect(all).toEqual(expect.arrayContaining(files));
});

it('shows what would be erased, erases a person and leaves others, and keeps a receipt', async () => {
	const receipt = ['user_id', 'reference', 'sessions_deleted', 'records_deleted', 'time'];
	id = await importExample(browser, 'erase-a-person.json');
	await setUp(id, { ...credentials, ...(await formLogin()) });
	const mine = [
		await createSession('erase-me', 'Approved'),
		await createSession('erase-me', 'Declined'),
	];
	const other = await createSession('erase-me-not', 'Approved');
	const url = await formUrl(id, 'Request');
	const ask = async (what: string) => {
		const page = await openForm(browser, url);
		await page.getByLabel('Your ID for the person').fill('erase-me');
		await page.getByLabel('Your reference for the request').fill('ticket 1042');
		await page.getByLabel('What to do').selectOption(what);
		await page.getByRole('button', { name: 'Submit' }).click();
		return page;
	};

	expect((await fetch(url)).status).toBe(401);

	// The table was forgotten: a receipt could not be kept.
	const forgotten = await ask('Erase for good');
	await eventually('the run to fail', async () =>
		(await n8n.executionIds(id)).some(({ status }) => status === 'error'),
	);
	await forgotten.context().close();
	for (const { session_id } of mine) expect(await statusOf(session_id)).toBeDefined();
	const erasures = await n8n.ensureDataTable('erasures', receipt, []);

	const looked = await ask('Show what would be erased');
	await looked.getByText(/2 sessions of this person would be erased/).waitFor();
	await looked.context().close();
	for (const { session_id } of mine) expect(await statusOf(session_id)).toBeDefined();
	expect(await n8n.rows(erasures)).toEqual([]);

	const erased = await ask('Erase for good');
	await erased.getByText(/2 sessions and 1 record of this person were erased/).waitFor();
	await erased.context().close();
	for (const { session_id } of mine) expect(await statusOf(session_id)).toBeUndefined();
	expect(await statusOf(other.session_id)).toBe('Approved');
	expect(await n8n.rows(erasures)).toEqual([
		expect.objectContaining({
			user_id: 'erase-me',
			reference: 'ticket 1042',
			sessions_deleted: '2',
			records_deleted: '1',
			time: expect.stringContaining('T'),
		}),
	]);
});

it('invites everybody in a CSV file, and makes no second session when it is uploaded again', async () => {
	id = await importExample(browser, 'bulk-invitations.json');
	await setUp(
		id,
		{ ...credentials, ...(await formLogin()) },
		async (workflow) => await pickWorkflow(workflow, 'Create Sessions'),
	);
	const url = await formUrl(id, 'Upload List');
	// As Excel writes the file: with a byte order mark. And IDs that are numbers for a spreadsheet only.
	const people = Array.from({ length: 12 }, (_, index) => ({
		user_id: index === 11 ? '0076159173374952512' : `bulk-${index}`,
		name: `Person ${String.fromCharCode(65 + index)}`,
	}));
	const rows = [
		...people.map(({ user_id, name }) => `${user_id},${name},${addressOf(user_id)}`),
		'bulk-3,Again,again@mail.example',
		',Nobody,nobody@mail.example',
		'bulk-x,No Address,',
		`bulk-y,Two Addresses,"${addressOf('bulk-y')}, spam@mail.example"`,
		`bulk-0 ,Blank at the End,${addressOf('bulk-z')}`,
	];
	const file = {
		name: 'people.csv',
		mimeType: 'text/csv',
		buffer: Buffer.from(['\ufeffuser_id,name,email', ...rows].join('\n')),
	};
	const links = async () =>
		await Promise.all(
			people.map(async ({ user_id, name }) => {
				const { text } = await mailWith(addressOf(user_id), 'Please confirm who you are');
				expect(text).toContain(`Hello ${name},`);
				return /http:\/\/\S+/.exec(text)?.[0];
			}),
		);

	for (const count of [1, 2]) {
		const page = await openForm(browser, url);
		await page.locator('input[type=file]').setInputFiles(file);
		await page.getByRole('button', { name: 'Submit' }).click();
		await page.getByText('The invitations are on their way.').waitFor();
		await page.context().close();
		await runs(id, count);
	}
	expect(new Set(await links()).size).toBe(people.length);
	const { results } = await didit<{ results: Array<{ vendor_data: string | null }> }>(
		'GET',
		'/v3/sessions/?limit=100',
	);
	const invited = results.map(({ vendor_data }) => vendor_data);
	expect(invited.filter((one) => /^(bulk-|00)/.test(one ?? '')).sort()).toEqual(
		people.map(({ user_id }) => user_id).sort(),
	);
	for (const address of [
		'again@mail.example',
		'nobody@mail.example',
		'spam@mail.example',
		addressOf('bulk-y'),
		addressOf('bulk-z'),
	])
		expect(await mailsTo(world.mailbox.url, address)).toEqual([]);
	const { text } = await mailWith('team@shop.example', "Invitations that weren't sent");
	expect(text).toContain('Not invited from the uploaded file (4):');
	for (const one of ['no ID', 'bulk-x', 'bulk-y', 'bulk-0 '])
		expect(text).toContain(`- ${one}: needs an ID and one email address`);
});

it('invites the others when Didit refuses one person or an address does not exist, and tells the team', async () => {
	id = await importExample(browser, 'bulk-invitations.json');
	await setUp(
		id,
		{ ...credentials, ...(await formLogin()) },
		async (workflow) => await pickWorkflow(workflow, 'Create Sessions'),
	);
	await didit('POST', '/v3/users/create/', { vendor_data: 'some-blocked' });
	await didit('PATCH', '/v3/users/some-blocked/update-status/', { status: 'BLOCKED' });
	const rows = [
		`some-first,Ada,${addressOf('some-first')}`,
		`some-blocked,Bea,${addressOf('some-blocked')}`,
		// No mail server takes two dots in a row.
		'some-bounced,Cleo,cleo..typo@mail.example',
		`some-last,Dina,${addressOf('some-last')}`,
	];
	const page = await openForm(browser, await formUrl(id, 'Upload List'));
	await page.locator('input[type=file]').setInputFiles({
		name: 'people.csv',
		mimeType: 'text/csv',
		buffer: Buffer.from(['user_id,name,email', ...rows].join('\n')),
	});
	await page.getByRole('button', { name: 'Submit' }).click();
	await runs(id, 1);
	await page.context().close();
	for (const one of ['some-first', 'some-last'])
		await mailWith(addressOf(one), 'Please confirm who you are');
	expect(await mailsTo(world.mailbox.url, addressOf('some-blocked'))).toEqual([]);
	const reports = (await mailsTo(world.mailbox.url, 'team@shop.example')).map(({ text }) => text);
	for (const reason of [
		/some-blocked: .*blocked and cannot create new verification sessions/,
		/some-bounced: .*recipients were rejected/,
	])
		expect(reports).toContainEqual(expect.stringMatching(reason));
});

it('warns the team when the credit gets low, and only then', async () => {
	id = await importExample(browser, 'low-credit-alarm.json');
	await setUp(id, credentials);
	const subject = 'Didit credit is low';
	await runNow(id, 'Every Morning');
	expect(
		(await mailsTo(world.mailbox.url, 'team@shop.example')).filter(
			(mail) => mail.subject === subject,
		),
	).toEqual([]);
	await sandbox.set({ balance: '12.5000' });
	await runNow(id, 'Every Morning');
	expect((await mailWith('team@shop.example', subject)).text).toContain('12.5 US dollars');
	await sandbox.set({ balance: '100.0000' });
});

it('answers "What is the status of user 42?" with what Didit says, and lets the model do nothing but read', async () => {
	const model = await startModel(
		['Get_User', 'Get_Sessions_of_User'].map((tool) => ({ tool, input: { user_id: 'user-42' } })),
	);
	id = await importExample(browser, 'status-agent.json');
	const openAiApi = await n8n.saveCredential('openAiApi', 'Scripted model', {
		apiKey: 'made-up',
		url: model.url,
	});
	await setUp(id, { ...credentials, openAiApi });
	const { session_id } = await createSession('user-42', 'Approved');

	const { page } = await editorOf(browser);
	await openWorkflow(page, `${world.n8n.url}/workflow/${id}`);
	await page.locator('[data-test-id="workflow-chat-button"]').click();
	await page
		.locator('[data-test-id="chat-input"] textarea, textarea[data-test-id="chat-input"]')
		.first()
		.fill('What is the status of user 42?');
	await page.keyboard.press('Enter');
	await page
		.getByText(/The tools say: .*user-42/)
		.first()
		.waitFor();
	await model.close();

	const [person, sessions] = model.answers;
	expect(person).toMatch(/"vendor_data":"user-42".*"approved_count":1/);
	expect(sessions).toContain(`"session_id":"${session_id}"`);
	expect(sessions).toContain('"status":"Approved"');
	const tools = model.tools.map(({ function: { name, parameters } }) => ({
		name,
		takes: Object.keys(parameters.properties),
	}));
	expect(tools).toHaveLength(2);
	expect(tools).toEqual(
		expect.arrayContaining([
			{ name: 'Get_User', takes: ['user_id'] },
			{ name: 'Get_Sessions_of_User', takes: ['user_id'] },
		]),
	);
});
