/** The example for an n8n that Didit can't call, imported as a builder does it, with nothing chosen but credentials. */
import type { Browser } from 'playwright-core';
import type { DataTable } from '../../harness/n8n/client.mts';
import { publish, webhook } from '../../harness/n8n/workflow.mts';
import {
	addCustomers,
	addressOf,
	begin,
	createSession,
	deactivate,
	importExample,
	mailWith,
	runNow,
	setUp,
	type CreatedSession,
} from './support/examples.mts';
import {
	decide,
	didit,
	eventually,
	n8n,
	node,
	sandbox,
	subjectsTo,
	world,
} from './support/world.mts';

const { key, mail: smtp } = world.credentials;

let browser: Browser;
beforeAll(async () => {
	browser = await begin();
});
afterAll(async () => await browser.close());

describe('results without a public address', () => {
	const SCHEDULE = 'Every Five Minutes';
	let id: string;
	let waiting: DataTable;
	let customers: DataTable;
	let verify: (userId: string) => Promise<CreatedSession>;

	/** A second workflow of the sandbox: a person can have a session of each. */
	const OTHER_WORKFLOW = 'c0000003-0000-4000-8000-000000000001';
	const statusOf = async (userId: string) =>
		(await n8n.rows(customers)).find(({ user_id }) => user_id === userId)?.verification_status;
	const poll = async () => await runNow(id, SCHEDULE);
	const waits = async (sessionId: string) =>
		(await n8n.rows(waiting)).some(({ session_id }) => session_id === sessionId);
	const results = async () => await subjectsTo('caller@shop.example');

	beforeAll(async () => {
		waiting = await n8n.ensureDataTable('waiting', ['session_id', 'resume_url'], []);
		customers = await addCustomers([]);
		id = await importExample(browser, 'results-without-a-public-address.json');
		await setUp(id, { diditApi: key, smtp });
		// What a builder has: a workflow that verifies somebody on its way, and then continues.
		await publish(n8n, {
			name: 'Caller',
			nodes: [
				webhook('verify-inside', { httpMethod: 'POST' }),
				node('Verify', 'n8n-nodes-base.executeWorkflow', 1.2, {
					workflowId: { __rl: true, mode: 'id', value: id },
					workflowInputs: {
						mappingMode: 'defineBelow',
						value: { user_id: '={{ $json.body.user_id }}', email: '={{ $json.body.email }}' },
					},
					options: { waitForSubWorkflow: true },
				}),
				node(
					'Continue',
					'n8n-nodes-base.emailSend',
					2.1,
					{
						fromEmail: 'caller@shop.example',
						toEmail: 'caller@shop.example',
						subject: '={{ $json.vendor_data }}: {{ $json.status }}, {{ $json.verified }}',
						emailFormat: 'text',
						text: 'done',
						options: {},
					},
					{ smtp },
				),
			],
		});
		verify = async (userId) => {
			await fetch(`${world.n8n.url}/webhook/verify-inside`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ user_id: userId, email: addressOf(userId) }),
			});
			const { text } = await mailWith(addressOf(userId), 'Please confirm who you are');
			const session = (await sandbox.sessions()).find(({ vendor_data }) => vendor_data === userId);
			expect(text).toContain(session?.url);
			// The person's browser gets no address that it couldn't reach.
			expect(session?.callback).toBeNull();
			return session as unknown as CreatedSession;
		};
	});
	afterAll(async () => await deactivate(id));

	it('resumes the execution that waits, and tells the customer, without any call from Didit', async () => {
		await addCustomers([{ user_id: 'inside-ada', name: 'Ada' }]);
		const ada = await verify('inside-ada');
		const olga = await verify('inside-olga');
		await decide(ada.session_id, 'Approved');
		const { destinations } = await didit<{ destinations: unknown[] }>(
			'GET',
			'/sandbox/webhooks/destinations',
		);
		expect(destinations).toEqual([]);
		expect(await waits(ada.session_id)).toBe(true);

		await poll();
		await eventually('the caller to continue', async () =>
			(await results()).includes('inside-ada: Approved, true'),
		);
		expect(await waits(ada.session_id)).toBe(false);
		expect(await statusOf('inside-ada')).toBe('Approved');
		expect(await subjectsTo(addressOf('inside-ada'))).toEqual([
			'Please confirm who you are',
			'You are verified',
		]);
		// Nobody else's execution, and nothing twice.
		expect(await waits(olga.session_id)).toBe(true);
		await poll();
		expect(await results()).toEqual(['inside-ada: Approved, true']);
		expect(await subjectsTo(addressOf('inside-ada'))).toHaveLength(2);

		// A review is waited through.
		await decide(olga.session_id, 'In Review');
		await poll();
		expect(await waits(olga.session_id)).toBe(true);
		await decide(olga.session_id, 'Declined');
		// Visits within a few seconds share one look at Didit.
		await eventually('the caller to continue', async () => {
			await poll();
			return (await results()).includes('inside-olga: Declined, false');
		});
		expect(await waits(olga.session_id)).toBe(false);
	});

	it('asks the team once to review, and follows a reviewer who changes their mind, also back again', async () => {
		await addCustomers([{ user_id: 'inside-mia', name: 'Mia' }]);
		const mia = await createSession('inside-mia', 'In Review');
		const subject = `Please review: session ${mia.session_number}`;
		await poll();
		await poll();
		expect((await subjectsTo('team@shop.example')).filter((one) => one === subject)).toHaveLength(
			1,
		);
		for (const status of ['Approved', 'Declined', 'Approved']) {
			await decide(mia.session_id, status);
			await poll();
			expect(await statusOf('inside-mia')).toBe(status);
		}
		expect(await subjectsTo(addressOf('inside-mia'))).toEqual([
			'You are verified',
			'About your verification',
			'You are verified',
		]);
	});

	it('keeps an approval when another session of the same customer expires, whichever is newer', async () => {
		await addCustomers([
			{ user_id: 'inside-tess', name: 'Tess' },
			{ user_id: 'inside-gus', name: 'Gus' },
			{ user_id: 'inside-eve', name: 'Eve' },
		]);
		const older = await createSession('inside-tess', 'In Progress');
		await createSession('inside-tess', 'Approved', OTHER_WORKFLOW);
		await createSession('inside-gus', 'Approved');
		const newer = await createSession('inside-gus', 'In Progress', OTHER_WORKFLOW);
		await createSession('inside-eve', 'Expired');
		await poll();
		await decide(older.session_id, 'Expired');
		await decide(newer.session_id, 'Abandoned');
		await poll();
		for (const one of ['inside-tess', 'inside-gus']) {
			expect(await statusOf(one)).toBe('Approved');
			expect(await subjectsTo(addressOf(one))).toEqual(['You are verified']);
		}
		expect(await subjectsTo(addressOf('inside-eve'))).toEqual([
			'Your verification is not finished',
		]);
	});

	it('tells the others when one address is refused, and the team about that one', async () => {
		await addCustomers([
			{ user_id: '..inside-bounced', name: 'Bo' },
			{ user_id: 'inside-last', name: 'Lee' },
		]);
		await createSession('inside-last', 'Approved');
		await createSession('..inside-bounced', 'Approved');
		await createSession(null, 'Approved');
		await poll();
		await mailWith(addressOf('inside-last'), 'You are verified');
		const { text } = await mailWith('team@shop.example', "Results that weren't sent");
		expect(text).toMatch(/- \.\.inside-bounced \(Approved\): .*recipients were rejected/);
	});
});
