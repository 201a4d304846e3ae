/** Waiting executions as people build them, and as people attack them, in the real n8n. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WorkflowNode } from '../../harness/n8n/client.mts';
import {
	decide,
	defaultWorkflow,
	didit,
	eventually,
	n8n,
	node,
	sandbox,
	world,
} from './support/world.mts';

let workflowId = '';
let counter = 0;

beforeAll(async () => {
	await sandbox.reset();
	workflowId = await defaultWorkflow();
});

const key = () => ({
	diditApi: { id: world.credentials.key.id, name: world.credentials.key.name },
});
const secret = () => ({
	diditApi: { id: world.credentials.secret.id, name: world.credentials.secret.name },
});

function signup(path: string): WorkflowNode {
	return {
		...node('Signup', 'n8n-nodes-base.webhook', 2.1, {
			httpMethod: 'POST',
			path,
			responseMode: 'onReceived',
			options: {},
		}),
		webhookId: path,
	};
}
const create = (more: object = {}, name = 'Create') =>
	node(
		name,
		'n8n-nodes-didit.didit',
		1,
		{
			workflowId: { __rl: true, mode: 'id', value: workflowId },
			afterVerification: 'resume',
			...more,
		},
		key(),
	);
const createV1 = () => ({
	...create({ workflowId: '' }),
	credentials: secret(),
});
/** Puts out what came of the mail, and nothing of the session, as every mail node does. */
const mail = () => ({
	...node('Send Email', 'n8n-nodes-base.set', 3.4, {
		assignments: {
			assignments: [{ id: 'a', name: 'messageId', value: '<1@mail.example>', type: 'string' }],
		},
		includeOtherFields: false,
		options: {},
	}),
});
const wait = (more: object = {}, name = 'Wait for Result') =>
	node(name, 'n8n-nodes-didit.didit', 1, { operation: 'waitForResult', ...more }, key());
const approval = (more: object = {}) => ({
	...node('Approval', 'n8n-nodes-base.wait', 1.1, {
		resume: 'webhook',
		httpMethod: 'POST',
		options: {},
		...more,
	}),
	webhookId: `approval-${++counter}`,
});
const end = () => node('End', 'n8n-nodes-base.noOp', 1, {});
const trigger = (): WorkflowNode => ({
	...node('Didit Trigger', 'n8n-nodes-didit.diditTrigger', 1, {}, key()),
	webhookId: `00000000-0000-4000-8000-${String(Date.now()).slice(-10)}${String(++counter % 100).padStart(2, '0')}`,
});

const link = (name: string) => ({ node: name, type: 'main', index: 0 });
const inARow = (row: WorkflowNode[]) =>
	Object.fromEntries(
		row.slice(1).map((next, index) => [row[index].name, { main: [[link(next.name)]] }]),
	);

async function publish(row: WorkflowNode[], connections: object = inARow(row)): Promise<string> {
	const { id } = await n8n.createWorkflow({
		name: `Waiting ${++counter}`,
		nodes: row,
		connections: connections as Record<string, unknown>,
		settings: { executionOrder: 'v1' },
	});
	await n8n.activate(id);
	return id;
}

/** Publishes a workflow that begins with a signup, and has someone sign up. */
async function begin(rest: WorkflowNode[], connections?: object, body: object = {}) {
	const path = `waiting-${++counter}`;
	const id = await publish([signup(path), ...rest], connections);
	await eventually('the signup to be taken', async () => {
		const answer = await fetch(`${world.n8n.url}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		return answer.ok;
	});
	return id;
}

async function execution(id: string, status: string, seconds = 30) {
	return await eventually(
		`an execution that is ${status}`,
		async () => {
			const found = (await n8n.executionIds(id)).find((one) => one.status === status);
			if (!found) return undefined;
			const { data } = await n8n.get<{ data: string }>(`/rest/executions/${found.id}`);
			return { id: found.id, data };
		},
		seconds,
	);
}

const statusOf = async (id: string) => (await n8n.executionIds(id)).map(({ status }) => status);
const sessions = async () => await sandbox.sessions();
const newest = async () => (await sessions()).slice(-1)[0];

const triggerAtDidit = async () =>
	await eventually('the webhook at Didit', async () => {
		const all = await didit<Array<{ url: string }>>('GET', '/v3/webhook/destinations/');
		return all.some(({ url }) => url.startsWith(world.n8n.url));
	});

/** Everything that the holder of a link could try with n8n's addresses of the execution. */
async function attack(resume: URL): Promise<number[]> {
	const token = resume.searchParams.get('signature');
	const execution_ = resume.pathname.split('/')[2];
	const answers = [];
	for (const kind of ['webhook-waiting', 'form-waiting'])
		for (const suffix of ['', '/approve', '/didit-result'])
			for (const method of ['POST', 'GET'])
				answers.push(
					(
						await fetch(
							`${world.n8n.url}/${kind}/${execution_}${suffix}?signature=${String(token)}`,
							{ method },
						)
					).status,
				);
	return answers;
}

describe('Create, email, Wait for Result', () => {
	it('waits for the session that was created, with the fields as the editor leaves them', async () => {
		const id = await begin([create(), mail(), wait(), end()]);
		await execution(id, 'waiting');
		const { session_id: session, callback } = await newest();
		await decide(session, 'Approved');
		await fetch(String(callback));
		const { data } = await execution(id, 'success');
		expect(data).toContain('Approved');
		expect(data).toContain(session);
		await n8n.deactivate(id);
	});

	it('is resumed by the Didit Trigger alone, with no token of the execution anywhere but at Didit, encrypted', async () => {
		const results = await publish([trigger(), end()]);
		await triggerAtDidit();
		const id = await begin([
			create({ resumedBy: 'trigger', callback: `${world.n8n.url}/webhook/welcome` }),
			mail(),
			wait(),
			end(),
		]);
		await execution(id, 'waiting');
		const session = await newest();
		expect(session.callback).toBe(`${world.n8n.url}/webhook/welcome`);
		expect(JSON.stringify(session)).not.toMatch(/signature|webhook-waiting/);
		await decide(session.session_id, 'Approved');
		expect((await execution(id, 'success')).data).toContain('Approved');
		await n8n.deactivate(id);
		await n8n.deactivate(results);
	});

	it('is refused before anything is created when no Didit Trigger would resume it', async () => {
		const before = (await sessions()).length;
		const id = await begin([create({ resumedBy: 'trigger' }), mail(), wait(), end()]);
		expect((await execution(id, 'error')).data).toContain('No Didit Trigger would resume');
		expect(await sessions()).toHaveLength(before);
		await n8n.deactivate(id);
	});
});

describe("the person's link", () => {
	it('opens no later node of the execution: with an API key the Didit Trigger resumes it [T141]', async () => {
		const results = await publish([trigger(), end()]);
		await triggerAtDidit();
		const id = await begin([create(), mail(), wait({ goOnWithReview: true }), approval(), end()]);
		const waiting = await execution(id, 'waiting');
		const session = await newest();
		expect(session.callback).toBeNull();
		await decide(session.session_id, 'In Review');
		// The manager's step is next. Nothing that left n8n releases it.
		await eventually('the approval', async () =>
			(await n8n.get<{ data: string }>(`/rest/executions/${waiting.id}`)).data.includes('Approval'),
		);
		const link_ = new URL(`${world.n8n.url}/webhook-waiting/${waiting.id}/didit-result`);
		link_.searchParams.set('signature', String(session.metadata?.n8n_resume_url));
		expect(new Set(await attack(link_))).toEqual(new Set([401]));
		expect(await statusOf(id)).toEqual(['waiting']);
		await n8n.deactivate(id);
		await n8n.deactivate(results);
	});

	it('is not made at all with a client ID and secret when it would open a later node [T142]', async () => {
		const before = (await sessions()).length;
		for (const more of [
			{ resume: 'webhook' },
			{ resume: 'form', formTitle: 'Approve', formFields: { values: [{ fieldLabel: 'Note' }] } },
		]) {
			const id = await begin([createV1(), mail(), wait(), approval(more), end()]);
			expect((await execution(id, 'error')).data).toContain(
				"The person who is verified could also resume 'Approval'",
			);
			await n8n.deactivate(id);
		}
		expect(await sessions()).toHaveLength(before);
	});

	it('opens nothing else where it is made: a wait for the clock, a login, a signed answer [T143]', async () => {
		const login = await n8n.saveCredential('httpHeaderAuth', 'Managers', {
			name: 'x-manager',
			value: 'made-up',
		});
		for (const later of [
			approval({ resume: 'timeInterval', amount: 1, unit: 'hours' }),
			{
				...approval({ incomingAuthentication: 'headerAuth' }),
				credentials: { httpHeaderAuth: login },
			},
		]) {
			const id = await begin([create(), mail(), wait(), later, end()]);
			await execution(id, 'waiting');
			const { session_id: session, callback } = await newest();
			await decide(session, 'Approved');
			await fetch(String(callback));
			await eventually('the later node', async () => {
				const [{ id: found }] = await n8n.executionIds(id);
				const { data } = await n8n.get<{ data: string }>(`/rest/executions/${found}`);
				return data.includes('"Approval"') && data.includes('Approved');
			});
			const answers = await attack(new URL(String(callback)));
			for (const status of answers) expect([401, 403, 404, 409, 500]).toContain(status);
			expect(await statusOf(id)).toEqual(['waiting']);
			await n8n.deactivate(id);
		}
	});

	it('shows each person their own page: in a loop, and with two sessions in one execution', async () => {
		const page = (name: string) => `${world.n8n.url}/webhook/welcome?for=${name}`;
		const id = await begin([
			create({ callback: page('applicant'), vendorData: 'applicant-1' }, 'Applicant'),
			create({ callback: page('guarantor'), vendorData: 'guarantor-1' }, 'Guarantor'),
			wait({ sessionId: byNode('Applicant') }, 'Wait for Applicant'),
			wait({ sessionId: byNode('Guarantor') }, 'Wait for Guarantor'),
			end(),
		]);
		await execution(id, 'waiting');
		const all = await sessions();
		const of = (who: string) => all.find((one) => one.vendor_data === `${who}-1`);
		const visit = async (who: string) =>
			(
				await fetch(String(of(who)?.callback), {
					headers: { accept: 'text/html' },
					redirect: 'manual',
				})
			).headers.get('location');
		expect(await visit('guarantor')).toBe(page('guarantor'));
		expect(await visit('applicant')).toBe(page('applicant'));
		await decide(String(of('applicant')?.session_id), 'Approved');
		// Visits within a few seconds share one read of Didit.
		await eventually('the second wait', async () => {
			// While it runs, n8n answers by itself.
			expect([page('applicant'), null]).toContain(await visit('applicant'));
			const [{ id: found }] = await n8n.executionIds(id);
			const { data } = await n8n.get<{ data: string }>(`/rest/executions/${found}`);
			return data.includes('"Wait for Guarantor"') && data.includes('Approved');
		});
		expect(await visit('applicant')).toBe(page('applicant'));
		expect(await visit('guarantor')).toBe(page('guarantor'));
		await n8n.deactivate(id);
	});

	it('opens no other execution, and nothing after its own has continued, which it does once [T355]', async () => {
		let reached = 0;
		const next = createServer((_, response) => response.end(String(++reached)));
		await new Promise<void>((resolve) => next.listen(0, '127.0.0.1', resolve));
		const { port } = next.address() as AddressInfo;
		const count = node('Count', 'n8n-nodes-base.httpRequest', 4.2, {
			url: `http://127.0.0.1:${port}/`,
			options: {},
		});
		const people = [];
		while (people.length < 2) {
			const id = await begin([create(), mail(), wait(), count]);
			await execution(id, 'waiting');
			const { session_id: session, callback } = await newest();
			await decide(session, 'Approved');
			people.push({ id, link: new URL(String(callback)) });
		}
		const [mine, theirs] = people;

		const token = String(mine.link.searchParams.get('signature'));
		const withToken = (...tokens: string[]) => {
			const url = new URL(theirs.link);
			url.searchParams.delete('signature');
			for (const one of tokens) url.searchParams.append('signature', one);
			return url.href;
		};
		const own = String(theirs.link.searchParams.get('signature'));
		for (const url of [
			withToken(token),
			withToken(token, own),
			withToken(),
			withToken(own.toUpperCase()),
			theirs.link.href.replace('signature=', 'signature[]='),
			`${theirs.link.href.split('/didit-result')[0]}?signature=${token}/didit-result`,
		])
			expect((await fetch(url)).status).toBe(401);
		expect(await statusOf(theirs.id)).toEqual(['waiting']);

		// Everyone at the same moment: the person, their reload, the Didit Trigger.
		const visits = await Promise.all(
			Array.from({ length: 20 }, async () => (await fetch(mine.link)).status),
		);
		expect(visits).toContain(200);
		await execution(mine.id, 'success');
		for (const method of ['GET', 'POST', 'PUT'])
			expect((await fetch(mine.link, { method })).status).toBe(409);
		expect(reached).toBe(1);
		expect(await statusOf(theirs.id)).toEqual(['waiting']);
		next.close();
		for (const { id } of people) await n8n.deactivate(id);
	});

	it('makes n8n ask Didit once in a few seconds, however often it is opened [T144]', async () => {
		const id = await begin([create(), mail(), wait(), end()]);
		await execution(id, 'waiting');
		const { session_id: session, callback } = await newest();
		const reads = async () =>
			(await sandbox.requests()).requests.filter(({ path }) => path.includes(`${session}/decision`))
				.length;
		const before = await reads();
		const begun = Date.now();
		await Promise.all(Array.from({ length: 30 }, async () => await fetch(String(callback))));
		const periods = Math.ceil((Date.now() - begun) / 5_000);
		expect((await reads()) - before).toBeLessThanOrEqual(periods + 1);
		await n8n.deactivate(id);
	});
});

const byNode = (name: string) => ({
	__rl: true,
	mode: 'id',
	value: `={{ $('${name}').item.json.session_id }}`,
});

describe('Wait for Result never waits for what cannot come', () => {
	it('refuses the session of an execution that failed and is retried with the corrected workflow', async () => {
		const path = `waiting-${++counter}`;
		const row = [
			signup(path),
			create(),
			mail(),
			wait({ sessionId: { __rl: true, mode: 'id', value: 'wrong' } }),
			end(),
		];
		const id = await publish(row);
		await eventually(
			'the signup to be taken',
			async () => (await fetch(`${world.n8n.url}/webhook/${path}`, { method: 'POST' })).ok,
		);
		const failed = await execution(id, 'error');
		await n8n.updateWorkflow(id, {
			nodes: row.map((one) =>
				one.name === 'Wait for Result' ? { ...one, ...wait({ sessionId: byNode('Create') }) } : one,
			),
			connections: inARow(row),
		});
		await n8n.post(`/rest/executions/${failed.id}/retry`, { loadWorkflow: true });
		const retried = await eventually('the retried execution', async () =>
			(await n8n.executionIds(id)).find((one) => one.id !== failed.id && one.status !== 'running'),
		);
		expect(retried.status).toBe('error');
		const { data } = await n8n.get<{ data: string }>(`/rest/executions/${retried.id}`);
		expect(data).toContain('This session would resume another execution');
		await n8n.deactivate(id);
	});

	it('refuses a session that sends the person to a page', async () => {
		const { session_id: value } = await didit<{ session_id: string }>('POST', '/v3/session/', {
			workflow_id: workflowId,
			callback: 'https://shop.example/thanks',
		});
		const id = await begin([wait({ sessionId: { __rl: true, mode: 'id', value } }), end()]);
		expect((await execution(id, 'error')).data).toContain(
			"The result of this session wouldn't resume this workflow",
		);
		await n8n.deactivate(id);
	});

	it('is refused by Create already, before it sends anything, where nothing would resume it', async () => {
		const before = (await sandbox.sessions()).length;
		const id = await begin([
			create({ afterVerification: 'redirect', callback: 'https://shop.example/thanks' }),
			wait({ sessionId: byNode('Create') }),
			end(),
		]);
		expect((await execution(id, 'error')).data).toContain('would wait in vain');
		expect(await sandbox.sessions()).toHaveLength(before);
		await n8n.deactivate(id);
	});
});

it('does not say that time is up while it waits', async () => {
	const path = `waiting-${++counter}`;
	const id = await publish([
		{
			...signup(path),
			parameters: { httpMethod: 'POST', path, responseMode: 'lastNode', options: {} },
		},
		create(),
		wait(),
	]);
	const answer = await eventually('the answer', async () => {
		const response = await fetch(`${world.n8n.url}/webhook/${path}`, { method: 'POST' });
		return response.ok ? await response.text() : undefined;
	});
	expect(answer).toContain('Not Started');
	expect(answer).not.toContain('timed_out');
	await n8n.deactivate(id);
});

it('several people at once: a sub-workflow for each, which the parent does not wait for', async () => {
	const child = await publish([
		node('Start', 'n8n-nodes-base.executeWorkflowTrigger', 1.1, { inputSource: 'passthrough' }),
		create({ vendorData: '={{ $json.who }}' }),
		mail(),
		wait(),
		end(),
	]);
	const id = await begin(
		[
			node('People', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.people', options: {} }),
			node('Each', 'n8n-nodes-base.splitInBatches', 3, { options: {} }),
			node('Sub-workflow', 'n8n-nodes-base.executeWorkflow', 1.3, {
				workflowId: { __rl: true, mode: 'id', value: child },
				mode: 'once',
				options: { waitForSubWorkflow: false },
			}),
		],
		{
			Signup: { main: [[link('People')]] },
			People: { main: [[link('Each')]] },
			Each: { main: [[], [link('Sub-workflow')]] },
			'Sub-workflow': { main: [[link('Each')]] },
		},
		{ people: [{ who: 'sub-1' }, { who: 'sub-2' }] },
	);
	const waiting = await eventually('two waiting people', async () => {
		const found = (await n8n.executionIds(child)).filter(({ status }) => status === 'waiting');
		return found.length === 2 ? found : undefined;
	});
	await execution(id, 'success');
	for (const [who, status] of [
		['sub-1', 'Approved'],
		['sub-2', 'Declined'],
	]) {
		const session = (await sessions()).find((one) => one.vendor_data === who);
		await decide(String(session?.session_id), status);
		await fetch(String(session?.callback));
	}
	for (const { id: one } of waiting) {
		const { data } = await eventually('the end of a sub-workflow', async () => {
			const found = await n8n.get<{ data: string; status: string }>(`/rest/executions/${one}`);
			return found.status === 'success' ? found : undefined;
		});
		expect(data).toContain(data.includes('sub-1') ? 'Approved' : 'Declined');
	}
	await n8n.deactivate(id);
	await n8n.deactivate(child);
});
