/** The examples about results, imported as a builder does it, with nothing chosen but credentials. */
import type { Browser } from 'playwright-core';
import { mailsTo } from '../../harness/mailbox.mts';
import { visitor } from './support/browser.mts';
import {
	addCustomers,
	addressOf,
	begin,
	createSession,
	deactivate,
	importExample,
	mailWith,
	parametersOf,
	runs,
	setUp,
} from './support/examples.mts';
import { decide, eventually, n8n, sandbox, subjectsTo, world } from './support/world.mts';

const { secret, key, mail: smtp } = world.credentials;

let browser: Browser;
beforeAll(async () => {
	browser = await begin();
});
afterAll(async () => await browser.close());

describe('signup, wait, branch', () => {
	let id: string;
	beforeAll(async () => {
		// The demo's own copy has the same webhook path.
		await deactivate(world.onboarding.id);
		id = await importExample(browser, 'signup-wait-branch.json');
	});
	afterAll(async () => {
		await deactivate(id);
		await n8n.activate(world.onboarding.id);
	});

	async function signUp(userId: string, name: string) {
		const response = await fetch(`${world.n8n.url}/webhook/onboarding`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ name, email: addressOf(userId), user_id: userId }),
		});
		expect(response.status).toBe(200);
		const { session_id: sessionId } = (await response.json()) as { session_id: string };
		const { text } = await mailWith(addressOf(userId), 'Please confirm who you are');
		const { url } = (await sandbox.session(sessionId)) ?? {};
		expect(text).toContain(url);
		await eventually('the execution to wait', async () => {
			const waiting = (await n8n.executionIds(id)).filter(({ status }) => status === 'waiting');
			const data = await Promise.all(
				waiting.map(
					async (found) => (await n8n.get<{ data: string }>(`/rest/executions/${found.id}`)).data,
				),
			);
			return data.some((text) => text.includes(sessionId));
		});
		return url ?? '';
	}

	async function finish(url: string, button: string) {
		const { page } = await visitor(browser);
		await page.goto(url);
		await page.getByRole('button', { name: button }).click();
		await page.getByText('Your verification is complete').waitFor();
		await page.context().close();
	}

	it('begins to wait for somebody who never comes', async () => {
		await setUp(id, { diditApi: secret, smtp }, (workflow) => {
			Object.assign(parametersOf(workflow, 'Wait for Result'), {
				waitAmount: 0.1,
				waitUnit: 'minutes',
			});
		});
		await signUp('tim-late', 'Tim');
	});

	it('tells a person who was approved that they are verified', async () => {
		await setUp(id, { diditApi: secret, smtp }, (workflow) => {
			Object.assign(parametersOf(workflow, 'Wait for Result'), { waitAmount: 7, waitUnit: 'days' });
		});
		await finish(await signUp('vera-verified', '<b>Vera</b> https://bad.example'), 'Approve');
		const { text } = await mailWith(addressOf('vera-verified'), 'You are verified');
		expect(text).toMatch(/^Hello bVera?b? /);
		expect(text).not.toContain('bad.example');
	});

	it('tells a person who was declined what happens next, and not that they are verified', async () => {
		await finish(await signUp('dan-declined', 'Dan'), 'Decline');
		const { text } = await mailWith(addressOf('dan-declined'), 'About your verification');
		expect(text).toContain('Hello Dan,');
		expect(text).toContain('could not confirm your identity');
		expect(await subjectsTo(addressOf('dan-declined'))).toEqual([
			'Please confirm who you are',
			'About your verification',
		]);
	});

	it('tells somebody who never came how to get a new link', async () => {
		// n8n looks for executions whose time is up once a minute.
		const { text } = await mailWith(addressOf('tim-late'), 'About your verification', 100);
		expect(text).toContain('Hello Tim,');
		expect(text).toContain('still waiting for your verification');
	});
});

describe('result to mail and table', () => {
	let id: string;
	const people = ['Approved', 'Declined', 'In Review', 'Expired'].map((status) => ({
		user_id: `result-${status.toLowerCase().replace(' ', '-')}`,
		name: `Nora ${status}`,
		status,
	}));
	const open = { user_id: 'result-open', name: 'Olga' };
	beforeAll(async () => {
		id = await importExample(browser, 'result-to-mail-and-table.json');
		await setUp(id, { diditApi: key, smtp });
	});
	afterAll(async () => await deactivate(id));

	it('updates the row of each customer and sends the mail that fits', async () => {
		const table = await addCustomers([
			...people.map(({ user_id, name }) => ({ user_id, name })),
			open,
		]);
		await createSession(open.user_id, 'In Progress');
		const sessions = await Promise.all(
			people.map(async ({ user_id, status }) => await createSession(user_id, status)),
		);
		await runs(id, people.length);

		const rows = await n8n.rows(table);
		const statusOf = (userId: string) =>
			rows.find(({ user_id }) => user_id === userId)?.verification_status;
		for (const { user_id, status } of people)
			expect({ user_id, status: statusOf(user_id) }).toEqual({ user_id, status });
		expect(statusOf(open.user_id)).toBe('');

		expect(await subjectsTo(addressOf('result-approved'))).toEqual(['You are verified']);
		expect(await subjectsTo(addressOf('result-declined'))).toEqual(['About your verification']);
		expect(await subjectsTo(addressOf('result-expired'))).toEqual([
			'Your verification is not finished',
		]);
		// A review is a matter for the team.
		expect(await subjectsTo(addressOf('result-in-review'))).toEqual([]);
		const { session_id, session_number } = sessions[2];
		const { text } = await mailWith(
			'team@shop.example',
			`Please review: session ${session_number}`,
		);
		expect(text).toContain(session_id);
		expect(text).toContain('result-in-review');
		const verified = await mailWith(addressOf('result-approved'), 'You are verified');
		expect(verified.text).toContain('Hello Nora Approved,');
	});

	/** The sandbox's workflow with every check: a person can have a session of each workflow. */
	const OTHER_WORKFLOW = 'c0000003-0000-4000-8000-000000000001';

	/** What the table says of a customer, and the subjects of the mails that they got. */
	async function standingOf(userId: string) {
		const rows = await n8n.rows(await addCustomers([]));
		const mails = await mailsTo(world.mailbox.url, addressOf(userId));
		return {
			status: rows.find(({ user_id }) => user_id === userId)?.verification_status,
			mails: mails.map(({ subject }) => subject),
		};
	}

	const reviewsOf = async (sessionNumber: number) =>
		(await mailsTo(world.mailbox.url, 'team@shop.example')).filter(
			({ subject }) => subject === `Please review: session ${sessionNumber}`,
		);

	/** Waits until the workflow has run once more for each thing that is done, one after the other. */
	async function runAfter(...steps: Array<() => Promise<unknown>>) {
		for (const step of steps) {
			const ran = (await n8n.executionIds(id)).length;
			await step();
			await runs(id, ran + 1);
		}
	}

	it.each(['Abandoned', 'Expired', 'Kyc Expired'])(
		'keeps an approval when an older session of the same customer becomes %s [T203]',
		async (status) => {
			const user = `two-sessions-${status.toLowerCase().replace(' ', '-')}`;
			await addCustomers([{ user_id: user, name: 'Tess' }]);
			const older = await createSession(user, 'In Progress');
			const newer = await createSession(user, 'In Progress', OTHER_WORKFLOW);
			await runAfter(
				async () => await decide(newer.session_id, 'Approved'),
				async () => await decide(older.session_id, status),
			);
			expect(await standingOf(user)).toEqual({ status: 'Approved', mails: ['You are verified'] });
		},
	);

	it('keeps an approval of the older session when the newer one is never finished', async () => {
		await addCustomers([{ user_id: 'went-back', name: 'Gus' }]);
		const older = await createSession('went-back', 'In Progress');
		const newer = await createSession('went-back', 'In Progress', OTHER_WORKFLOW);
		await runAfter(
			async () => await decide(older.session_id, 'Approved'),
			async () => await decide(newer.session_id, 'Expired'),
		);
		expect(await standingOf('went-back')).toEqual({
			status: 'Approved',
			mails: ['You are verified'],
		});
	});

	it('follows the newest decision, and a reviewer who changes it', async () => {
		await addCustomers([{ user_id: 'changed-mind', name: 'Mia' }]);
		const older = await createSession('changed-mind', 'In Progress');
		const newer = await createSession('changed-mind', 'In Progress', OTHER_WORKFLOW);
		await runAfter(
			async () => await decide(older.session_id, 'Declined'),
			async () => await decide(newer.session_id, 'Approved'),
			async () => await decide(newer.session_id, 'Declined'),
		);
		expect(await standingOf('changed-mind')).toEqual({
			status: 'Declined',
			mails: ['About your verification', 'You are verified', 'About your verification'],
		});
	});

	it('takes an event that arrives late, or once more, for what it is [T204]', async () => {
		await addCustomers([{ user_id: 'late-event', name: 'Lea' }]);
		const { session_id, session_number } = await createSession('late-event', 'In Progress');
		// Otherwise the trigger would drop what comes once more.
		await setUp(id, { diditApi: key, smtp }, (workflow) => {
			parametersOf(workflow, 'Didit Trigger').options = { ignoreDuplicates: false };
		});
		await runAfter(
			async () => await decide(session_id, 'In Review'),
			async () => await decide(session_id, 'Approved'),
			async () => await sandbox.redeliver(session_id, 'In Review'),
			async () => await sandbox.redeliver(session_id, 'Approved'),
		);
		expect(await standingOf('late-event')).toEqual({
			status: 'Approved',
			mails: ['You are verified'],
		});
		expect(await reviewsOf(session_number)).toHaveLength(1);
	});

	it('asks the team again when a session comes back to review', async () => {
		await addCustomers([{ user_id: 'review-again', name: 'Ria' }]);
		const { session_id, session_number } = await createSession('review-again', 'In Progress');
		await runAfter(async () => await decide(session_id, 'In Review'));
		await decide(session_id, 'Resubmitted');
		await runAfter(async () => await decide(session_id, 'In Review'));
		expect(await reviewsOf(session_number)).toHaveLength(2);
		expect(await standingOf('review-again')).toEqual({ status: 'In Review', mails: [] });
	});

	it('approves nobody for a test event of the Didit console [T205]', async () => {
		// The customer that the sandbox's test event is about.
		await addCustomers([{ user_id: 'test-vendor-data-123', name: 'Tom' }]);
		await runAfter(async () => await sandbox.sendTest('Approved'));
		expect(await standingOf('test-vendor-data-123')).toEqual({ status: '', mails: [] });
	});

	it('leaves the table alone, and sends no mail, for a session of nobody it knows', async () => {
		const table = await addCustomers([]);
		const before = await n8n.rows(table);
		const ran = (await n8n.executionIds(id)).length;
		for (const who of [null, 'somebody-else'])
			await decide((await createSession(who)).session_id, 'Approved');
		await runs(id, ran + 2);
		expect(await n8n.rows(table)).toEqual(before);
	});
});
