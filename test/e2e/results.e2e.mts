/** Results come back: the Didit Trigger and Wait for Result in the real n8n, with a person in a real browser. */
import type { Browser } from 'playwright-core';
import { launch } from '../../harness/browser.mts';
import type { WorkflowNode } from '../../harness/n8n/client.mts';
import { screenshot, visitor } from './support/browser.mts';
import {
	decide,
	defaultWorkflow,
	didit,
	diditCredential,
	eventually,
	n8n,
	node,
	sandbox,
	world,
} from './support/world.mts';

const WORKFLOW = 'workflowId';
let browser: Browser;
let workflowId: string;
let counter = 0;

beforeAll(async () => {
	await sandbox.reset();
	browser = await launch();
	workflowId = await defaultWorkflow();
});
afterAll(async () => await browser.close());

interface Destination {
	uuid: string;
	url: string;
	subscribed_events: string[];
}

const destinations = async () => await didit<Destination[]>('GET', '/v3/webhook/destinations/');
const createSession = async (more: object = {}) =>
	await didit<{ session_id: string; url: string }>('POST', '/v3/session/', {
		workflow_id: workflowId,
		vendor_data: `user-${++counter}`,
		...more,
	});

/** Nodes in a row, published. */
async function publish(name: string, row: WorkflowNode[]): Promise<string> {
	const connections = Object.fromEntries(
		row
			.slice(1)
			.map((next, index) => [
				row[index].name,
				{ main: [[{ node: next.name, type: 'main', index: 0 }]] },
			]),
	);
	const { id } = await n8n.createWorkflow({
		name,
		nodes: row,
		connections,
		settings: { executionOrder: 'v1' },
	});
	await n8n.activate(id);
	return id;
}

const key = () => ({
	diditApi: { id: world.credentials.key.id, name: world.credentials.key.name },
});

function trigger(parameters: object = {}): WorkflowNode {
	counter++;
	return {
		...node('Didit Trigger', 'n8n-nodes-didit.diditTrigger', 1, parameters, key()),
		webhookId: `00000000-0000-4000-8000-${String(Date.now()).slice(-10)}${String(counter % 100).padStart(2, '0')}`,
	};
}

/** The last node keeps what came to it in the execution. */
const end = () => node('End', 'n8n-nodes-base.noOp', 1, {});

const deactivate = async (id: string) => await n8n.deactivate(id);

async function approve(url: string) {
	const { page } = await visitor(browser);
	await page.goto(url);
	await page.getByRole('button', { name: 'Approve' }).click();
	return page;
}

/** The execution of a workflow that is in this state and holds this text. */
async function execution(id: string, status: string, holds = '', seconds = 30) {
	return await eventually(
		`an execution that is ${status}`,
		async () => {
			for (const found of await n8n.executionIds(id)) {
				if (found.status !== status) continue;
				const { data } = await n8n.get<{ data: string }>(`/rest/executions/${found.id}`);
				if (data.includes(holds)) return { id: found.id, data };
			}
			return undefined;
		},
		seconds,
	);
}

describe('the Didit Trigger', () => {
	it('registers itself, starts the workflow with the verdict when the person is approved, and leaves others alone', async () => {
		const other = await didit<Destination>('POST', '/v3/webhook/destinations/', {
			label: 'Other',
			url: 'http://127.0.0.1:9/hook',
			subscribed_events: ['status.updated'],
		});
		const before = (await destinations()).length;
		const id = await publish('Results', [trigger({ filters: { statuses: ['Approved'] } }), end()]);
		const own = await eventually('the webhook at Didit', async () => {
			const all = await destinations();
			return all.length === before + 1
				? all.find(({ url }) => url.startsWith(world.n8n.url))
				: undefined;
		});
		expect(own.subscribed_events).toEqual(['status.updated']);

		const { session_id: sessionId, url } = await createSession();
		await approve(url);
		const { data } = await execution(id, 'success', sessionId);
		expect(data).toContain('verified');
		expect(data).toContain('Approved');
		// In Progress was reported too, and filtered out without a run.
		expect(await n8n.executionIds(id)).toHaveLength(1);

		await deactivate(id);
		await eventually(
			'the webhook to be gone',
			async () => !(await destinations()).some(({ uuid }) => uuid === own.uuid),
		);
		expect((await destinations()).map(({ uuid }) => uuid)).toContain(other.uuid);
		await didit('DELETE', `/v3/webhook/destinations/${other.uuid}/`);
	});

	it('starts nothing for a forged event, and answers 401 [T4]', async () => {
		const id = await publish('Forged', [trigger(), end()]);
		const [{ url }] = await destinations();
		const event = {
			webhook_type: 'status.updated',
			session_id: '11111111-2222-4333-8444-555555555555',
			status: 'Approved',
			timestamp: Math.floor(Date.now() / 1000),
		};
		for (const headers of [
			{},
			{ 'x-signature': 'f'.repeat(64), 'x-timestamp': String(event.timestamp) },
		]) {
			const answer = await fetch(url, {
				method: 'POST',
				headers: { 'content-type': 'application/json', ...(headers as Record<string, string>) },
				body: JSON.stringify(event),
			});
			expect(answer.status).toBe(401);
			expect(Object.keys((await answer.json()) as object)).toEqual(['error']);
		}
		expect(await n8n.executionIds(id)).toHaveLength(0);
		await deactivate(id);
	});

	it('starts the following nodes once when the same event is delivered twice', async () => {
		const id = await publish('Duplicates', [
			trigger({ filters: { statuses: ['Approved'] } }),
			end(),
		]);
		const { session_id: sessionId, url } = await createSession();
		await approve(url);
		await execution(id, 'success', sessionId);
		// Delivered again as after an answer that got lost: the same event at the same time.
		await sandbox.redeliver(sessionId, 'Approved');
		await eventually('the second run', async () => (await n8n.executionIds(id)).length === 2);
		const reached = [];
		for (const found of await n8n.executionIds(id)) {
			const { data } = await n8n.get<{ data: string }>(`/rest/executions/${found.id}`);
			reached.push(data.includes('"End"') && data.includes(sessionId));
		}
		expect(reached.filter(Boolean)).toHaveLength(1);
		await deactivate(id);
	});

	it('refuses to be activated by hand without a secret', async () => {
		const manual = await n8n.saveCredential('diditApi', 'No webhook secret', diditCredential());
		const row = [
			{
				...trigger({ registration: 'manual' }),
				credentials: { diditApi: { id: manual.id, name: manual.name } },
			},
			end(),
		];
		await expect(publish('Manual', row)).rejects.toThrow(/Webhook Secret/);
	});
});

/** Webhook → Create (resumes) → answer with the link → Wait for Result → End. */
async function onboarding(name: string, create: object = {}, wait: object = {}) {
	const path = `onboard-${++counter}`;
	const id = await publish(name, [
		{
			...node('Signup', 'n8n-nodes-base.webhook', 2.1, {
				httpMethod: 'POST',
				path,
				responseMode: 'responseNode',
				options: {},
			}),
			webhookId: path,
		},
		node(
			'Create',
			'n8n-nodes-didit.didit',
			1,
			{
				[WORKFLOW]: { __rl: true, mode: 'id', value: workflowId },
				afterVerification: 'resume',
				vendorData: `={{ "${path}" }}`,
				...create,
			},
			key(),
		),
		node('Answer', 'n8n-nodes-base.respondToWebhook', 1.4, {
			respondWith: 'json',
			responseBody: '={{ JSON.stringify($json) }}',
			options: {},
		}),
		// Its name is part of an expression that n8n evaluates.
		node(
			'Wait for "ä" }}',
			'n8n-nodes-didit.didit',
			1,
			{
				operation: 'waitForResult',
				sessionId: { __rl: true, mode: 'id', value: '={{ $json.session_id }}' },
				...wait,
			},
			key(),
		),
		end(),
	]);
	const start = async () => {
		const answer = await fetch(`${world.n8n.url}/webhook/${path}`, { method: 'POST' });
		const { session_id: sessionId, url } = (await answer.json()) as {
			session_id: string;
			url: string;
		};
		await execution(id, 'waiting', sessionId);
		const session = await sandbox.session(sessionId);
		return { session_id: sessionId, url, callback: String(session?.callback) };
	};
	return { id, start };
}

describe('Wait for Result', () => {
	it('goes on when the person is done and comes back, and shows a friendly page', async () => {
		const { id, start } = await onboarding('Wait, page');
		const { session_id: sessionId, url, callback } = await start();
		const page = await approve(url);
		await page.getByText('Your verification is complete').waitFor();
		await screenshot(page, 'thank-you');
		const { data } = await execution(id, 'success', sessionId);
		expect(data).toContain('Approved');
		expect(data).toContain('"End"');
		// n8n's own answer to a late visit, which no node can change (docs/decisions.md).
		const late = await fetch(callback, { headers: { accept: 'text/html' } });
		expect(late.status).toBe(409);
		expect(late.headers.get('content-type')).toContain('application/json');
		await deactivate(id);
	});

	it.each(['?', '&'])(
		"goes on when Didit appends to the callback with %j, and sends the person to the builder's page",
		async (callbackQuery) => {
			await sandbox.set({ callbackQuery });
			const { id, start } = await onboarding(`Wait ${callbackQuery}`, {
				callback: `${world.n8n.url}/webhook/welcome`,
			});
			const { url } = await start();
			const page = await approve(url);
			await page.waitForURL(/\/webhook\/welcome$/);
			await execution(id, 'success');
			await sandbox.set({ callbackQuery: '&' });
			await deactivate(id);
		},
	);

	it('keeps waiting after a forged callback, and shows the person a page [T26]', async () => {
		const { id, start } = await onboarding('Wait, forged');
		const { session_id: sessionId, callback } = await start();
		const forged = await fetch(`${callback}&verificationSessionId=${sessionId}&status=Approved`, {
			headers: { accept: 'text/html' },
		});
		expect(forged.status).toBe(200);
		expect(await forged.text()).toContain('is being checked');
		await fetch(callback.replace(/signature=[^&]+/, 'signature=0'));
		expect((await n8n.executionIds(id)).map(({ status }) => status)).toEqual(['waiting']);
		await deactivate(id);
	});

	it('refuses whoever calls the address of an execution without its signature', async () => {
		const { id, start } = await onboarding('Wait, no signature');
		const { callback } = await start();
		const guessed = callback.replace(/signature=[^&]+/, 'signature=0');
		await deactivate(id);
		expect((await fetch(guessed)).status).toBe(401);
	});

	it('is resumed by the Didit Trigger when the person closed the browser', async () => {
		const results = await publish('Resume', [
			trigger({ filters: { statuses: ['Declined'] } }),
			end(),
		]);
		const { id, start } = await onboarding('Wait, browser closed');
		const { session_id: sessionId } = await start();
		await decide(sessionId, 'Approved');
		const { data } = await execution(id, 'success', sessionId);
		expect(data).toContain('Approved');
		await deactivate(id);
		await deactivate(results);
	});

	it('goes on after n8n crashed and was started again', async () => {
		const { id, start } = await onboarding('Wait, crash');
		const { session_id: sessionId, url } = await start();
		expect((await fetch(world.crashUrl, { method: 'POST' })).status).toBe(200);
		const page = await approve(url);
		await page.getByText('Your verification is complete').waitFor();
		await execution(id, 'success', sessionId);
		await deactivate(id);
	});

	it('passes on an item that says so when time is up', async () => {
		const { id, start } = await onboarding(
			'Wait, time is up',
			{},
			{ waitAmount: 0.1, waitUnit: 'minutes' },
		);
		const { session_id: sessionId } = await start();
		// n8n looks for executions whose time is up once a minute.
		const { data } = await execution(id, 'success', sessionId, 100);
		expect(data).toContain('timed_out');
		expect(data).not.toContain('Approved');
		await deactivate(id);
	});
});
