// Create and Wait for Result together: what leads back to the execution, which session is meant, and what the person's
// browser must not get.
import nock from 'nock';
import { NodeConnectionTypes } from 'n8n-workflow';
import type { INode, INodeParameters } from 'n8n-workflow';
import notStarted from '../fixtures/v3_decision_not_started_200.json';
import notStartedV1 from '../fixtures/v1_decision_not_started_200.json';
import approved from '../fixtures/v3_decision_approved_200.json';
import { executionOfCallback } from '../../nodes/Didit/wait/address.ts';
import { DIDIT, diditV1, session } from '../support/didit.mts';
import {
	MANUAL_TRIGGER,
	apiKey,
	clientCredentials,
	runDidit,
	runWorkflow,
	storedText,
} from '../support/n8n.mts';
import type { CredentialStore } from '../support/n8n.mts';

const OWN = 'http://127.0.0.1:1/webhook-waiting/1?signature=x';
const WORKFLOW = { __rl: true, mode: 'id', value: 'cccccccc-0000-4000-8000-000000000003' };

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => nock.enableNetConnect());

interface Sent {
	callback?: string;
	metadata?: Record<string, string>;
}

/** Didit, version 3: remembers what sessions were created with, and says so in their decisions. */
function didit(change: object = {}, webhooks: object[] = []) {
	const sent: Sent[] = [];
	nock(DIDIT)
		.persist()
		.post('/v3/session/')
		.reply(201, (_uri, body) => {
			sent.push(body as Sent);
			return { ...session(sent.length), ...(body as object) };
		});
	const asked: string[] = [];
	nock(DIDIT)
		.persist()
		.get(/\/v3\/session\/.*\/decision\//)
		.reply((uri) => {
			asked.push(uri.split('/')[3]);
			const number = Number(uri.split('/')[3].slice(-4));
			const { callback = null, metadata = null } = sent[number - 1] ?? {};
			return [200, { ...notStarted, session_id: uri.split('/')[3], callback, metadata, ...change }];
		});
	nock(DIDIT).persist().get('/v3/webhook/destinations/').reply(200, webhooks);
	nock(DIDIT).persist().get('/v3/webhook/').reply(200, { webhook_url: null });
	return { sent, asked };
}

const TRIGGER_AT_DIDIT = { uuid: '1', enabled: true, subscribed_events: ['status.updated'] };

function node(name: string, type: string, parameters: INodeParameters, more: object = {}): INode {
	return {
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		...(type === 'n8n-nodes-didit.didit' && { credentials: { diditApi: { id: '1', name: 'D' } } }),
		...more,
	};
}

const create = (name = 'Create', more: INodeParameters = {}) =>
	node(name, 'n8n-nodes-didit.didit', {
		resource: 'session',
		operation: 'create',
		workflowId: WORKFLOW,
		afterVerification: 'resume',
		...more,
	});
const createV1 = (more: INodeParameters = {}) => create('Create', { workflowId: '', ...more });
const mail = () => node('Send Email', 'n8n-nodes-base.emailSend', {});
const wait = (more: INodeParameters = {}, name = 'Wait for Result') =>
	node(name, 'n8n-nodes-didit.didit', {
		resource: 'session',
		operation: 'waitForResult',
		...more,
	});

/** Nodes in a row after a trigger. */
async function run(row: INode[], credentials: CredentialStore = apiKey(DIDIT), more: object = {}) {
	const nodes = [MANUAL_TRIGGER, ...row];
	const connections = Object.fromEntries(
		nodes
			.slice(1)
			.map(({ name }, index) => [
				nodes[index].name,
				{ main: [[{ node: name, type: NodeConnectionTypes.Main, index: 0 }]] },
			]),
	);
	return await runWorkflow({ workflow: { nodes, connections, ...more }, credentials });
}

describe('a session that was lost on the way', () => {
	const get = (value: string) =>
		node('Get', 'n8n-nodes-didit.didit', {
			resource: 'session',
			operation: 'get',
			sessionId: { __rl: true, mode: 'id', value },
		});

	it.each(['={{ $json.session_id }}', '={{ $json.session_id + "" }}', 'null'])(
		'is said to be missing, with the node to drag it from (%s)',
		async (value) => {
			const { sent, asked } = didit();
			const { error } = await run([create("Nora's Session"), mail(), get(value)]);
			expect(sent).toHaveLength(1);
			expect(asked).toEqual([]);
			expect(error).toMatchObject({
				message: "'Session' is empty",
				description:
					"The node before this one passes on no session_id. Drag it from 'Nora's Session', or enter {{ $(\"Nora's Session\").item.json.session_id }}",
			});
		},
	);

	it('asks for one where no node before has any', async () => {
		const { error } = await run([mail(), get('={{ $json.session_id }}')]);
		expect(error).toMatchObject({
			message: "'Session' is empty",
			description: expect.stringContaining('choose a session from the list') as string,
		});
	});
});

describe('which session Wait for Result means', () => {
	it('is the one that this execution created, when the field is left alone and a mail was sent in between', async () => {
		const { asked } = didit();
		const { run: ended, error } = await run([create(), mail(), wait()]);
		expect(error).toBeUndefined();
		expect(ended.waitTill).toBeTruthy();
		expect(asked).toEqual([session(1).session_id]);
	});

	it('is the same when the expression gives nothing after the mail', async () => {
		const { asked } = didit();
		const given = { sessionId: { __rl: true, mode: 'id', value: '={{ $json.session_id }}' } };
		const { run: ended, error } = await run([create(), mail(), wait(given)]);
		expect(error).toBeUndefined();
		expect(ended.waitTill).toBeTruthy();
		expect(asked).toEqual([session(1).session_id]);
	});

	it('is asked for when there are several', async () => {
		const { asked } = didit();
		const { error } = await run([create('Applicant'), create('Guarantor'), mail(), wait()]);
		expect(error).toMatchObject({
			message: "'Session' is empty, and this execution created 2 sessions",
			description: expect.stringContaining('session_id') as string,
		});
		expect(asked).toEqual([]);
	});

	it('is the next one after the result of the first came in', async () => {
		const { asked } = didit({ status: 'Approved' });
		const { error } = await run([create('One'), wait(), create('Two'), mail(), wait({}, 'Again')]);
		expect(error).toBeUndefined();
		expect(asked).toEqual([session(1).session_id, session(2).session_id]);
	});

	it('is missed with a hint where none was created to resume the workflow', async () => {
		didit();
		const { error } = await run([MANUAL_TRIGGER, wait()]);
		expect(error).toMatchObject({
			message: "'Session' is empty, and this execution created no session that resumes it",
			description: expect.stringContaining("'After Verification'") as string,
		});
	});
});

describe('Create looks ahead', () => {
	const redirect = { afterVerification: 'redirect' };

	it('refuses before it sends anything where a later node would wait in vain', async () => {
		const { sent } = didit();
		const { error } = await run([create('Create', redirect), mail(), wait({}, 'Result')]);
		expect(error).toMatchObject({
			message: "Nothing would resume this workflow, and 'Result' would wait in vain",
			description: expect.stringContaining("'After Verification'") as string,
		});
		expect(sent).toEqual([]);
	});

	it.each([
		['waits for the session of another Create', [create('One', redirect), create('Two'), wait()]],
		['is disabled', [create('One', redirect), { ...wait(), disabled: true }]],
		['reads without waiting', [create('One', redirect), wait({ operation: 'get' })]],
	])('lets a workflow run in which the later node %s', async (_what, nodes) => {
		const { sent } = didit();
		await run(nodes);
		expect(sent.length).toBeGreaterThan(0);
	});

	it('says beside the output that nothing waits for the result', async () => {
		didit();
		const { run: ended } = await run([create(), mail()]);
		const { hints } = ended.data.resultData.runData.Create[0];
		expect(hints).toEqual([
			expect.objectContaining({ message: expect.stringContaining("'Wait for Result'") as string }),
		]);
		const { run: waiting } = await run([create(), wait()]);
		expect(waiting.data.resultData.runData.Create[0].hints).toEqual([]);
	});
});

describe('Wait for Result never waits for what cannot come', () => {
	const decided = (more: object) => {
		nock(DIDIT)
			.persist()
			.get(/decision/)
			.reply(200, { ...notStarted, ...more });
	};
	const given = { sessionId: { __rl: true, mode: 'id', value: notStarted.session_id } };

	it.each<[string, object, string]>([
		[
			'that sends the person to a page',
			{ callback: 'https://example.com/thanks', metadata: null },
			"The result of this session wouldn't resume this workflow",
		],
		[
			'without a callback',
			{ callback: null, metadata: null },
			"The result of this session wouldn't resume this workflow",
		],
		[
			'that leads to another execution, as after a retry or with pinned data',
			{ callback: 'http://127.0.0.1:1/webhook-waiting/42/didit-result?signature=x&from=didit' },
			'This session would resume another execution',
		],
		[
			'with the ticket of another execution',
			{ callback: null, metadata: { n8n_resume_url: 'n8n-ticket-AAAA' } },
			'This session would resume another execution',
		],
	])('refuses a session %s', async (_, more, message) => {
		decided(more);
		const { error, run: ended } = await run([wait(given)]);
		expect(error?.message).toBe(message);
		expect(ended.waitTill).toBeFalsy();
	});

	it('gives the result at once if there is one, wherever the session leads', async () => {
		decided({ ...approved, callback: null, metadata: null });
		const { outputs, error } = await run([wait(given)]);
		expect(error).toBeUndefined();
		expect(outputs('Wait for Result')[0].json).toMatchObject({ status: 'Approved' });
	});

	it('knows the ticket that Create put into the metadata, also without a callback', async () => {
		const { sent } = didit({}, [TRIGGER_AT_DIDIT]);
		await run([create('Create', { resumedBy: 'trigger' })]);
		decided({ callback: null, metadata: sent[0].metadata });
		nock.cleanAll();
		decided({ callback: null, metadata: sent[0].metadata });
		const { error, run: ended } = await run([wait(given)]);
		expect(error).toBeUndefined();
		expect(ended.waitTill).toBeTruthy();
	});

	it.each(['constructor', '__proto__', 'prototype'])(
		'asks for another name of a node that n8n could not resume: %s',
		async (name) => {
			didit();
			const { error, run: ended } = await run([create(), wait({}, name)]);
			// With one of the three n8n refuses the workflow itself.
			expect(error?.message).toBe(
				name === '__proto__'
					? 'Destination node not found'
					: `n8n can't resume a node with the name '${name}'`,
			);
			expect(ended.waitTill).toBeFalsy();
		},
	);
});

describe('the session that resumes', () => {
	it('sends the person back to this execution, and carries a ticket that only the API key opens', async () => {
		const { sent } = didit();
		const { outputs } = await run([
			create('Create', {
				callback: 'https://example.com/welcome',
				additionalFields: { metadata: '{"plan":"pro"}' },
			}),
		]);
		const [{ callback = '', metadata = {} }] = sent;
		expect(new URL(callback).pathname).toBe('/webhook-waiting/1/didit-result');
		const token = new URL(callback).searchParams.get('signature') ?? '';
		expect(token.length).toBeGreaterThan(20);
		expect(metadata).toEqual({
			plan: 'pro',
			n8n_resume_url: expect.stringMatching(/^n8n-ticket-/) as string,
		});
		expect(JSON.stringify(metadata)).not.toContain(token);
		expect(outputs('Create')[0].json).toMatchObject({ metadata: { plan: 'pro' }, callback: null });
	});

	it("puts n8n's token into no output, so that no answer to a browser can hold it", async () => {
		const { sent } = didit();
		const { run: ended } = await run([create(), mail(), wait()]);
		const token = new URL(sent[0].callback ?? '').searchParams.get('signature') ?? '';
		const { runData } = ended.data.resultData;
		expect(JSON.stringify(runData)).not.toContain(token);
		expect(storedText({ run: { data: runData } })).not.toContain('didit-result');
	});

	it('is refused for several items before any of them is created', async () => {
		const { sent } = didit();
		const { error } = await runDidit(create().parameters, {
			credentials: apiKey(DIDIT),
			input: [{ json: {} }, { json: {} }],
		});
		expect(error).toMatchObject({
			message: "'Resume This Workflow' processes one item at a time",
			description: expect.stringContaining(
				"'Wait For Sub-Workflow Completion' turned off",
			) as string,
		});
		expect(sent).toEqual([]);
	});
});

describe("the person's browser gets no key to a later node", () => {
	const APPROVAL = 'Approval of the Manager';
	const later = (type: string, parameters: INodeParameters = {}, more: object = {}) =>
		node(APPROVAL, type, parameters, more);
	const manager = later('n8n-nodes-base.wait', { resume: 'webhook' });

	const open: Array<[string, INode]> = [
		['waits for a call', manager],
		[
			'waits for a call, with a suffix that can be guessed',
			later('n8n-nodes-base.wait', { resume: 'webhook', options: { webhookSuffix: 'approve' } }),
		],
		['waits for a form', later('n8n-nodes-base.wait', { resume: 'form' })],
		[
			'waits for what an expression says',
			later('n8n-nodes-base.wait', { resume: '={{ $json.how }}' }),
		],
		['is a form', later('n8n-nodes-base.form')],
		[
			'waits for a GitHub workflow',
			later('n8n-nodes-base.github', { operation: 'dispatchAndWait' }),
		],
		['is a chat', later('@n8n/n8n-nodes-langchain.chat')],
	];

	it.each(open)(
		'with a client ID and secret it is refused before anything is sent: %s',
		async (_, node_) => {
			const count = diditV1();
			const { error } = await run([createV1(), mail(), wait(), node_], clientCredentials(DIDIT));
			expect(error).toMatchObject({
				message: `The person who is verified could also resume '${APPROVAL}'`,
				description: expect.stringMatching(
					/authentication in .* or move Create and Wait for Result to a sub-workflow/,
				) as string,
			});
			expect(count.creates).toBe(0);
		},
	);

	it.each(open)('with an API key only the Didit Trigger resumes it: %s', async (_, node_) => {
		const { sent } = didit({}, [TRIGGER_AT_DIDIT]);
		const { error, run: ended } = await run([
			create('Create', { callback: 'https://example.com/welcome' }),
			mail(),
			wait(),
			node_,
		]);
		expect(error).toBeUndefined();
		expect(ended.waitTill).toBeTruthy();
		expect(sent[0].callback).toBe('https://example.com/welcome');
		expect(sent[0].metadata?.n8n_resume_url).toMatch(/^n8n-ticket-/);
	});

	it.each<[string, object[]]>([
		['there is none', []],
		['it is switched off', [{ ...TRIGGER_AT_DIDIT, enabled: false }]],
		['it gets other events', [{ ...TRIGGER_AT_DIDIT, subscribed_events: ['user.status.updated'] }]],
	])('with an API key it is refused when no webhook gets results: %s', async (_, webhooks) => {
		const { sent } = didit({}, webhooks);
		const { error } = await run([create(), mail(), wait(), manager]);
		expect(error?.message).toBe(`The person who is verified could also resume '${APPROVAL}'`);
		const only = await run([create('Create', { resumedBy: 'trigger' })]);
		expect(only.error?.message).toBe('No Didit Trigger would resume this workflow');
		expect(sent).toEqual([]);
	});

	it('needs no webhook where another workflow resumes it, and gives the browser no key', async () => {
		const { sent } = didit({}, []);
		const page = 'https://example.com/welcome';
		const { error, run: ended } = await run([
			create('Create', { resumedBy: 'workflow', callback: page }),
			mail(),
			wait(),
			manager,
		]);
		expect(error).toBeUndefined();
		expect(ended.waitTill).toBeTruthy();
		expect(sent[0].callback).toBe(page);
	});

	it('another workflow can resume it with a client ID and secret too', async () => {
		diditV1();
		nock(DIDIT)
			.get(/decision/)
			.reply(200, { ...notStartedV1, callback: null });
		const nodes = [createV1({ resumedBy: 'workflow' }), mail(), wait(), manager];
		const { error, run: ended } = await run(nodes, clientCredentials(DIDIT));
		expect(error).toBeUndefined();
		expect(ended.waitTill).toBeTruthy();
	});

	it('where Didit does not say which webhooks there are, the browser gets no key either', async () => {
		const { sent } = didit();
		nock.removeInterceptor({ hostname: 'didit.test', path: '/v3/webhook/destinations/' });
		nock.cleanAll();
		nock(DIDIT).get('/v3/webhook/destinations/').reply(403, { detail: 'made-up' });
		nock(DIDIT)
			.post('/v3/session/')
			.reply(201, (_uri, body) => {
				sent.push(body as Sent);
				return session(1);
			});
		const { error } = await run([create(), manager]);
		expect(error).toBeUndefined();
		expect(sent[0].callback).toBeUndefined();
	});

	it.each<[string, INode]>([
		[
			'a login of its own',
			later('n8n-nodes-base.wait', { resume: 'webhook', incomingAuthentication: 'headerAuth' }),
		],
		['the clock alone', later('n8n-nodes-base.wait', { resume: 'timeInterval' })],
		['the clock alone, by default', later('n8n-nodes-base.wait')],
		[
			'a switch that is off',
			later('n8n-nodes-base.wait', { resume: 'webhook' }, { disabled: true }),
		],
		['a signature of n8n', later('n8n-nodes-base.emailSend', { operation: 'sendAndWait' })],
		['another session', wait({}, APPROVAL)],
	])('a later node is no obstacle with %s', async (_, node_) => {
		diditV1();
		nock(DIDIT)
			.get(/decision/)
			.reply(200, { ...notStartedV1, callback: null });
		const { error } = await run([createV1(), wait(), node_], clientCredentials(DIDIT));
		expect(error).toBeUndefined();
	});

	it('sees nodes in other branches, in a loop before Create, and tools of an agent', async () => {
		diditV1();
		const link = (name: string, type: string = NodeConnectionTypes.Main) => ({
			node: name,
			type,
			index: 0,
		});
		const shapes: Array<[INode[], Record<string, object>]> = [
			[[createV1(), manager], { Manual: { main: [[link('Create'), link(APPROVAL)]] } }],
			[
				[manager, createV1()],
				{
					Manual: { main: [[link(APPROVAL)]] },
					[APPROVAL]: { main: [[link('Create')]] },
					Create: { main: [[link(APPROVAL)]] },
				},
			],
			[
				[
					createV1(),
					node('Agent', '@n8n/n8n-nodes-langchain.agent', {}),
					later('@n8n/n8n-nodes-langchain.chatTool'),
				],
				{
					Manual: { main: [[link('Create')]] },
					Create: { main: [[link('Agent')]] },
					[APPROVAL]: { ai_tool: [[link('Agent', 'ai_tool')]] },
				},
			],
		];
		for (const [row, connections] of shapes) {
			// Only Create is run: the others are no nodes of this test's n8n.
			const { runData, run: ended } = await runWorkflow({
				workflow: { nodes: [MANUAL_TRIGGER, ...row], connections: connections as never },
				credentials: clientCredentials(DIDIT),
				start: createV1().name,
			});
			expect(ended.data.resultData.error?.message ?? runData.Create?.[0].error?.message).toBe(
				`The person who is verified could also resume '${APPROVAL}'`,
			);
		}
	});

	it('a node that ran before Create is no obstacle', async () => {
		const count = diditV1();
		const { error } = await runWorkflow({
			workflow: {
				nodes: [MANUAL_TRIGGER, manager, createV1()],
				connections: {
					Manual: { main: [[{ node: APPROVAL, type: 'main', index: 0 }]] },
					[APPROVAL]: { main: [[{ node: 'Create', type: 'main', index: 0 }]] },
				},
			},
			credentials: clientCredentials(DIDIT),
			start: 'Create',
		});
		expect(error).toBeUndefined();
		expect(count.creates).toBe(1);
	});
});

it('knows its own address behind any path, and no other', () => {
	const own = 'https://n8n.example.com/base/webhook-waiting/12?signature=abc';
	expect(executionOfCallback('https://old.example/base/webhook-waiting/9/didit-result', own)).toBe(
		'9',
	);
	for (const other of [
		'https://n8n.example.com/webhook-waiting/9/didit-result',
		'https://n8n.example.com/base/webhook/9/didit-result',
		'https://n8n.example.com/base/webhook-waiting/9',
		'https://n8n.example.com/base/webhook-waiting/9/didit-result/more',
		'no address',
		7,
		null,
		undefined,
	])
		expect(executionOfCallback(other, own)).toBeUndefined();
	expect(executionOfCallback(OWN.replace('1?', '1/didit-result?'), OWN)).toBe('1');
});
