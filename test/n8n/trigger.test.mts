// The Didit Trigger against the sandbox: its webhook at Didit, what it takes and refuses, what starts the workflow.
import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import nock from 'nock';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { startSandbox } from '../../sandbox/index.mts';
import type { Sandbox } from '../../sandbox/index.mts';
import { ticketFor } from '../../nodes/Didit/wait/address.ts';
import { TICKET_KEY, sealTicket } from '../../nodes/Didit/wait/ticket.ts';
import { apiKey, clientCredentials } from '../support/n8n.mts';
import { OWN_INSTANCE, TriggerHost } from '../support/trigger.mts';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof import('../support/pauses.mts')>('../support/pauses.mts')
		.withShortPauses(),
);

// The first event waits for Python to start.
jest.setTimeout(30_000);

let sandbox: Sandbox;
const hosts: TriggerHost[] = [];

beforeAll(async () => {
	nock.restore();
	sandbox = await startSandbox({ webhooks: { retrySeconds: [0.05, 0.05] } });
});
afterEach(() => {
	hosts.splice(0).forEach((host) => host.stop());
	sandbox.reset();
});
afterAll(async () => await sandbox.close());

const key = () => apiKey(sandbox.url, { apiKey: sandbox.apiKey });

async function trigger(
	parameters: IDataObject = {},
	{ credentials = key(), url }: { credentials?: ReturnType<typeof apiKey>; url?: string } = {},
) {
	const host = await new TriggerHost(
		credentials,
		{ registration: 'automatic', events: ['status.updated'], ...parameters },
		url,
	).start();
	hosts.push(host);
	return host;
}

async function createSession(more: object = {}): Promise<{ session_id: string }> {
	const workflows = (await (
		await fetch(`${sandbox.url}/v3/workflows/`, { headers: { 'x-api-key': sandbox.apiKey } })
	).json()) as { results: Array<{ workflow_id: string; is_default: boolean }> };
	const workflow = workflows.results.find(({ is_default }) => is_default);
	const answer = await fetch(`${sandbox.url}/v3/session/`, {
		method: 'POST',
		headers: { 'x-api-key': sandbox.apiKey, 'content-type': 'application/json' },
		body: JSON.stringify({ workflow_id: workflow?.workflow_id, vendor_data: 'user-42', ...more }),
	});
	return (await answer.json()) as { session_id: string };
}

async function until(condition: () => boolean): Promise<void> {
	for (let tries = 0; !condition() && tries < 2000; tries++)
		await new Promise((resolve) => setTimeout(resolve, 10));
	expect(condition()).toBe(true);
}

/** A delivery signed as Didit's documentation says. */
function delivery(payload: object, secret: string, more: Record<string, string> = {}) {
	const body = Buffer.from(JSON.stringify(payload));
	const signature = createHmac('sha256', secret).update(body).digest('hex');
	return {
		body,
		headers: {
			'x-signature': signature,
			'x-timestamp': String(Math.floor(Date.now() / 1000)),
			...more,
		},
	};
}

const now = () => Math.floor(Date.now() / 1000);
const event = (more: object = {}) => ({
	event_id: 'aaaaaaaa-0000-4000-8000-000000000001',
	webhook_type: 'status.updated',
	timestamp: now(),
	created_at: now(),
	environment: 'live',
	session_id: '11111111-2222-4333-8444-555555555555',
	status: 'Approved',
	workflow_id: 'cccccccc-0000-4000-8000-000000000003',
	vendor_data: 'user-42',
	metadata: null,
	...more,
});

describe('automatic registration', () => {
	it('adds its own webhook, keeps its secret, and removes it again [T79]', async () => {
		const other = await trigger();
		await other.activate();
		const host = await trigger({ events: ['status.updated', 'data.updated'] });
		await host.activate();
		expect(sandbox.destinations.map(({ url }) => url)).toEqual([other.webhookUrl, host.webhookUrl]);
		expect(sandbox.destinations[1]).toMatchObject({
			webhook_version: 'v3',
			enabled: true,
			subscribed_events: ['status.updated', 'data.updated'],
			label: 'n8n: Results, Didit Trigger',
		});
		expect(host.staticData).toEqual({
			destinationId: sandbox.destinations[1].uuid,
			secret: expect.stringMatching(/.{20}/) as string,
			url: host.webhookUrl,
			application: expect.stringMatching(/^[0-9a-f]{8}$/) as string,
			madeByHand: false,
		});
		await host.deactivate();
		expect(sandbox.destinations.map(({ url }) => url)).toEqual([other.webhookUrl]);
		expect(host.staticData).toEqual({});
	});

	it('follows changed events when the workflow is activated again', async () => {
		const host = await trigger();
		await host.activate();
		host.parameters.events = ['data.updated'];
		await host.activate();
		expect(sandbox.destinations).toHaveLength(1);
		expect(sandbox.destinations[0].subscribed_events).toEqual(['data.updated']);
	});

	it('changes nothing at Didit if nothing changed', async () => {
		const host = await trigger();
		await host.activate();
		await host.activate();
		expect(sandbox.count('PATCH', /destinations/)).toBe(0);
		expect(sandbox.count('POST', '/v3/webhook/destinations/')).toBe(1);
	});

	it('adds it again after it was deleted in the console', async () => {
		const host = await trigger();
		await host.activate();
		await fetch(`${sandbox.url}/v3/webhook/destinations/${sandbox.destinations[0].uuid}/`, {
			method: 'DELETE',
			headers: { 'x-api-key': sandbox.apiKey },
		});
		await host.activate();
		expect(sandbox.destinations).toHaveLength(1);
		expect(host.staticData.destinationId).toBe(sandbox.destinations[0].uuid);
	});

	it('finds its webhook again after the workflow forgot it', async () => {
		const host = await trigger();
		await host.activate();
		const before = { ...host.staticData };
		host.staticData = {};
		await host.activate();
		expect(host.staticData).toEqual(before);
		expect(sandbox.destinations).toHaveLength(1);
	});

	it('is not stopped by a webhook that is gone already', async () => {
		const host = await trigger();
		await host.activate();
		sandbox.destinations.length = 0;
		await expect(host.deactivate()).resolves.toBeUndefined();
		expect(host.staticData).toEqual({});
	});

	it.each([
		'http://n8n.example.com/webhook/1/didit',
		'https://localhost/webhook/1/didit',
		'https://127.0.0.1/webhook/1/didit',
		'https://192.168.1.5/webhook/1/didit',
		'https://10.1.2.3/webhook',
		'https://n8n/webhook',
		'https://n8n.local/webhook',
		'https://100.64.1.2/webhook',
		'https://n8n.example.lan/webhook',
		'https://n8n.home.arpa/webhook',
		'https://n8n.default.svc/webhook',
		'https://n8n.corp/webhook',
		'https://[fd00::1]/webhook',
		'https://[::1]/webhook',
	])('refuses an address that Didit cannot reach: %s', async (url) => {
		const credentials = apiKey(sandbox.url, { environment: 'production' });
		const host = await trigger({}, { credentials, url });
		await expect(host.activate()).rejects.toMatchObject({
			message: expect.stringContaining("Didit can't reach this n8n instance at") as string,
			description: expect.stringContaining('WEBHOOK_URL') as string,
		});
	});

	it('needs an API key', async () => {
		const host = await trigger({}, { credentials: clientCredentials(sandbox.url) as never });
		await expect(host.activate()).rejects.toMatchObject({
			message: expect.stringContaining('needs an API key') as string,
			description: expect.stringContaining("'Manual'") as string,
		});
	});

	it('does not silence an old webhook URL unless told to [T80]', async () => {
		await fetch(`${sandbox.url}/v3/webhook/`, {
			method: 'PATCH',
			headers: { 'x-api-key': sandbox.apiKey, 'content-type': 'application/json' },
			body: JSON.stringify({ webhook_url: 'https://old.example.com/hook' }),
		});
		const host = await trigger();
		await expect(host.activate()).rejects.toMatchObject({
			message: expect.stringContaining('old webhook URL') as string,
			description: expect.stringContaining("'Replace Old Webhook'") as string,
		});
		expect(sandbox.destinations).toHaveLength(0);
		host.parameters.options = { replaceLegacyWebhook: true };
		await host.activate();
		expect(sandbox.destinations).toHaveLength(1);
	});

	it('does not silence an old webhook URL by switching on a webhook that was switched off', async () => {
		const host = await trigger();
		await host.activate();
		const headers = { 'x-api-key': sandbox.apiKey, 'content-type': 'application/json' };
		await fetch(`${sandbox.url}/v3/webhook/destinations/${sandbox.destinations[0].uuid}/`, {
			method: 'PATCH',
			headers,
			body: JSON.stringify({ enabled: false }),
		});
		await fetch(`${sandbox.url}/v3/webhook/`, {
			method: 'PATCH',
			headers,
			body: JSON.stringify({ webhook_url: 'https://old.example.com/hook' }),
		});
		await expect(host.activate()).rejects.toMatchObject({
			message: expect.stringContaining('old webhook URL') as string,
		});
		host.staticData = {};
		await expect(host.activate()).rejects.toMatchObject({
			message: expect.stringContaining('old webhook URL') as string,
		});
		expect(sandbox.destinations[0].enabled).toBe(false);
	});

	it("shows Didit's own words when Didit refuses", async () => {
		const body = { subscribed_events: ['"status.updated" is not a valid choice.'] };
		sandbox.faults.add({
			method: 'POST',
			path: /destinations/,
			times: 1,
			respond: { status: 400, body },
		});
		const host = await trigger();
		await expect(host.activate()).rejects.toMatchObject({
			message: expect.stringMatching(/"status\.updated" is not a valid choice/) as string,
			httpCode: '400',
		});
	});

	it('says what a limited key lacks', async () => {
		const host = await trigger(
			{},
			{ credentials: apiKey(sandbox.url, { apiKey: sandbox.limitedKey }) },
		);
		await expect(host.activate()).rejects.toMatchObject({
			description: expect.stringContaining('limited key') as string,
		});
	});
});

describe('manual registration', () => {
	const manual = { registration: 'manual' };
	const credentials = (webhookSecret = '') =>
		clientCredentials(sandbox.url, { webhookSecret }) as never;

	it('refuses to be activated without a secret [T10]', async () => {
		const host = await trigger(manual, { credentials: credentials() });
		await expect(host.activate()).rejects.toMatchObject({
			message: "The Didit credential has no 'Webhook Secret'",
		});
	});

	it("takes events that are signed with the credential's secret, and asks Didit for nothing", async () => {
		const host = await trigger(manual, { credentials: credentials('made-up-secret') });
		await host.activate();
		const { body, headers } = delivery(event(), 'made-up-secret');
		expect(await host.deliver(body, headers)).toMatchObject({
			status: 200,
			items: [{ json: { status: 'Approved', verified: true } }],
		});
		expect((await host.deliver(body, { ...headers, 'x-signature': 'f'.repeat(64) })).status).toBe(
			401,
		);
		expect(sandbox.requests).toHaveLength(0);
	});
});

describe('what is no choice of the trigger', () => {
	const CASES: Array<[string, IDataObject, string, string]> = [
		['an event', { events: ['approved'] }, "There is no such choice: 'Events'", 'status.updated'],
		[
			'a status',
			{ filters: { statuses: ['Approved', 'approved'] } },
			"There is no such choice: value 2 of 'Statuses'",
			'In Review',
		],
		[
			'an environment',
			{ filters: { environment: 'production' } },
			"There is no such choice: 'Environment'",
			'live, sandbox',
		],
		[
			'a filter',
			{ filters: { status: 'Approved' } },
			"'Filters' has no field 'status'",
			'statuses',
		],
		[
			'an option',
			{ options: { dedupe: true } },
			"'Options' has no field 'dedupe'",
			'ignoreDuplicates',
		],
	];

	it.each(CASES)('is refused when the workflow is activated: %s', async (_what, given, message) => {
		for (const registration of ['automatic', 'manual']) {
			const host = await trigger({ ...given, registration });
			await expect(host.activate()).rejects.toThrow(message);
			expect(sandbox.destinations).toEqual([]);
		}
	});

	it.each(CASES)('is refused with what there is: %s', async (_what, given, _m, choice) => {
		const host = await trigger(given);
		await expect(host.activate()).rejects.toMatchObject({
			description: expect.stringContaining(choice) as string,
		});
	});
});

describe('a delivery of the sandbox', () => {
	it('starts the workflow with the verdict and the facts of the event', async () => {
		const host = await trigger();
		await host.activate();
		const { session_id: id } = await createSession({ metadata: { plan: 'pro' } });
		sandbox.setStatus(id, 'Approved');
		await until(() => host.runs.some(({ json }) => json.status === 'Approved'));
		const item = host.runs.find(({ json }) => json.status === 'Approved');
		expect(item?.json).toMatchObject({
			session_id: id,
			verified: true,
			final: true,
			vendor_data: 'user-42',
			event_type: 'status.updated',
			event_key: expect.any(String) as string,
			metadata: { plan: 'pro' },
		});
		expect(item?.json.full_name).toEqual(expect.any(String));
	});

	it('is answered while the workflow still runs', async () => {
		const host = await trigger();
		await host.activate();
		const { session_id: id } = await createSession();
		sandbox.setStatus(id, 'Declined');
		await until(() => host.received.length > 0);
		expect(host.received.map(({ status }) => status)).toEqual(host.received.map(() => 200));
		// n8n answers first and runs then in this mode.
		expect(host.node.description.webhooks?.[0].responseMode).toBe('onReceived');
	});

	it('is not acknowledged while n8n cannot store the run, so that Didit sends it again', async () => {
		const host = await trigger();
		await host.activate();
		const { body, headers } = delivery(event(), host.staticData.secret as string);
		host.broken = true;
		expect(await host.deliver(body, headers)).toMatchObject({ status: 500 });
		host.broken = false;
		expect(await host.deliver(body, headers)).toMatchObject({
			status: 200,
			body: { received: true },
			items: [expect.anything()],
		});
	});

	it('still verifies after the secret was rotated, with the old secret in memory and then without', async () => {
		const host = await trigger();
		await host.activate();
		sandbox.webhooks.rotate(sandbox.destinations[0].uuid);
		const { session_id: id } = await createSession();
		sandbox.setStatus(id, 'Approved');
		await until(() => host.runs.length > 0);
		host.staticData.secret = 'of-last-year';
		sandbox.setStatus(id, 'Declined');
		await until(() => host.runs.some(({ json }) => json.status === 'Declined'));
		expect(host.received.map(({ status }) => status)).not.toContain(401);
	});

	it('verifies for a workflow that lost its secret', async () => {
		const host = await trigger();
		await host.activate();
		const { secret } = host.staticData;
		host.staticData = {};
		const { session_id: id } = await createSession();
		sandbox.setStatus(id, 'Approved');
		await until(() => host.runs.length > 0);
		expect(host.received.map(({ status }) => status)).not.toContain(401);
		expect(host.staticData.secret).toBe(secret);
	});

	it('from the console is marked as a test', async () => {
		const host = await trigger();
		await host.activate();
		sandbox.webhooks.test(sandbox.destinations[0].uuid);
		await until(() => host.runs.length > 0);
		expect(host.runs[0].json.test).toBe(true);
	});

	it('is answered 5xx when something breaks here, so that Didit tries again, and 401 if its form is wrong', async () => {
		const host = await trigger();
		await host.activate();
		host.staticData = {};
		const read = host.credentials.stored;
		Object.defineProperty(host.credentials, 'stored', { get: () => ({}) });
		const { body, headers } = delivery(event(), 'made-up');
		expect((await host.deliver(body, headers)).status).toBe(500);
		for (const forged of [{}, { 'x-signature': 'guess' }, { 'x-signature': ['a'] }])
			expect((await host.deliver(body, { 'x-timestamp': String(now()), ...forged })).status).toBe(
				401,
			);
		Object.defineProperty(host.credentials, 'stored', { value: read });
	});
});

describe('filters', () => {
	const secret = 'made-up-secret';
	async function pass(parameters: IDataObject, payload: object) {
		const host = await trigger(
			{ registration: 'manual', ...parameters },
			{ credentials: clientCredentials(sandbox.url, { webhookSecret: secret }) as never },
		);
		const { body, headers } = delivery(payload, secret);
		const received = await host.deliver(body, headers);
		expect(received.status).toBe(200);
		return received.items !== undefined;
	}

	it.each<[string, IDataObject, object, boolean]>([
		['a chosen event', {}, event(), true],
		['another event', {}, event({ webhook_type: 'data.updated' }), false],
		['an event that n8n does not know', {}, event({ webhook_type: 'something.new' }), true],
		['a chosen status', { filters: { statuses: ['Approved'] } }, event(), true],
		['another status', { filters: { statuses: ['Declined'] } }, event(), false],
		[
			'a chosen workflow',
			{ filters: { workflowIds: 'CCCCCCCC-0000-4000-8000-000000000003, x' } },
			event(),
			true,
		],
		[
			'a workflow from the list',
			{ filters: { workflowIds: ['x', 'cccccccc-0000-4000-8000-000000000003'] } },
			event(),
			true,
		],
		[
			'none of the workflows from the list',
			{ filters: { workflowIds: ['x', 'y'] } },
			event(),
			false,
		],
		[
			'filters that were only opened',
			{ filters: { environment: '', sessionKind: '', statuses: [], workflowIds: [] } },
			event(),
			true,
		],
		[
			'another workflow',
			{ filters: { workflowIds: 'dddddddd-0000-4000-8000-000000000003' } },
			event(),
			false,
		],
		['a live event', { filters: { environment: 'live' } }, event(), true],
		[
			'a sandbox event',
			{ filters: { environment: 'live' } },
			event({ environment: 'sandbox' }),
			false,
		],
		['a person', { filters: { sessionKind: 'user' } }, event(), true],
		[
			'a business',
			{ filters: { sessionKind: 'user' } },
			event({ session_kind: 'business', business_session_id: 'x' }),
			false,
		],
		[
			'an entity event beside a filter for statuses',
			{ events: ['user.status.updated'], filters: { statuses: ['Approved'] } },
			{
				...event({ webhook_type: 'user.status.updated', status: 'BLOCKED' }),
				session_id: undefined,
			},
			true,
		],
	])('%s', async (_, parameters, payload, passes) =>
		expect(await pass(parameters, payload)).toBe(passes),
	);
});

describe('what comes out', () => {
	const secret = 'made-up-secret';
	const manual = async (parameters: IDataObject = {}) =>
		await trigger(
			{ registration: 'manual', ...parameters },
			{ credentials: clientCredentials(sandbox.url, { webhookSecret: secret }) as never },
		);

	it('is the raw event if the builder wants that', async () => {
		const host = await manual({ simplify: false });
		const payload = event({ extra: { kept: true } });
		const { body, headers } = delivery(payload, secret);
		expect((await host.deliver(body, headers)).items).toEqual([
			{ json: { ...payload, event_key: payload.event_id }, pairedItem: { item: 0 } },
		]);
	});

	const payment = {
		webhook_type: 'transaction.status.updated',
		session_id: undefined,
		vendor_data: undefined,
		transaction_id: '70000000-0000-4000-8000-000000000001',
		txn_id: 'order-1042',
		status: 'DECLINED',
		previous_status: 'IN_REVIEW',
		score: 65,
		direction: 'OUTBOUND',
		amount: '12500.00',
		currency: 'EUR',
		applicant_vendor_data: 'user-42',
		rules_matched_count: 1,
		reason: 'analyst_declined',
		internal: { anything: true },
	};

	it('of a transaction is what happened to it, in the same fields every time, with the amount as text', async () => {
		const host = await manual({ events: ['transaction.status.updated'] });
		const { body, headers } = delivery(event(payment), secret);
		const [{ json }] = (await host.deliver(body, headers)).items ?? [];
		expect(json).toMatchObject({
			event_type: 'transaction.status.updated',
			transaction_id: payment.transaction_id,
			txn_id: 'order-1042',
			status: 'DECLINED',
			previous_status: 'IN_REVIEW',
			amount: '12500.00',
			counterparty_vendor_data: null,
			reason: 'analyst_declined',
		});
		expect(json).not.toHaveProperty('internal');
		expect(json).not.toHaveProperty('verified');
	});

	it('of a transaction is all of it if the builder wants that, and of the travel rule always', async () => {
		for (const [simplify, webhook_type] of [
			[false, 'transaction.created'],
			[true, 'travel_rule.status.updated'],
		]) {
			const host = await manual({ simplify, events: [webhook_type] });
			const { body, headers } = delivery(event({ ...payment, webhook_type }), secret);
			const [{ json }] = (await host.deliver(body, headers)).items ?? [];
			expect(json).toMatchObject({ webhook_type, internal: { anything: true } });
		}
	});

	const RESUMES = 'http://127.0.0.1/webhook-waiting/1/didit-result?signature=x';

	it.each([{ simplify: false }, { webhook_type: 'something.new' }])(
		'has links to pictures only if the builder wants them, and never the address that resumes an execution, raw because of %j',
		async (why) => {
			const picture = 'https://media.example.com/front.jpg?X-Amz-Signature=x';
			const payload = event({
				callback: RESUMES,
				decision: {
					id_verifications: [{ front_image: picture, full_name: 'Nora' }],
					callback: encodeURIComponent(RESUMES),
					metadata: { n8n_resume_url: 'n8n-ticket-signature=x', copy: [RESUMES] },
				},
				metadata: { n8n_resume_url: RESUMES, plan: 'pro' },
				...why,
			});
			for (const includeMediaLinks of [undefined, false, true]) {
				const host = await manual({
					simplify: (why as IDataObject).simplify,
					options: { includeMediaLinks },
				});
				const { body, headers } = delivery(payload, secret);
				const [item] = (await host.deliver(body, headers)).items ?? [];
				expect(item.json).toMatchObject({
					decision: {
						id_verifications: [
							{ front_image: includeMediaLinks ? picture : null, full_name: 'Nora' },
						],
					},
					metadata: { plan: 'pro' },
				});
				for (const trace of ['signature=x', 'signature%3Dx', 'n8n_resume_url'])
					expect(JSON.stringify(item)).not.toContain(trace);
			}
		},
	);

	it.each(['constructor', '__proto__', 'toString'])(
		'passes an unknown event called %s through like any other [T69]',
		async (type) => {
			const host = await manual();
			const { body, headers } = delivery(event({ webhook_type: type, extra: 1 }), secret);
			expect((await host.deliver(body, headers)).items?.[0].json).toMatchObject({
				webhook_type: type,
				extra: 1,
			});
		},
	);

	it('passes an unknown event through raw', async () => {
		const host = await manual();
		const payload = { webhook_type: 'something.new', timestamp: now(), data: { a: 1 } };
		const { body, headers } = delivery(payload, secret);
		expect((await host.deliver(body, headers)).items?.[0].json).toMatchObject(payload);
	});

	it('keeps all of an unknown event, also about a session', async () => {
		const host = await manual({ filters: { statuses: ['Declined'] } });
		const payload = event({ webhook_type: 'session.note.added', note: 'made-up' });
		const { body, headers } = delivery(payload, secret);
		expect((await host.deliver(body, headers)).items?.[0].json).toMatchObject({ note: 'made-up' });
	});

	it('says which steps the person has to repeat', async () => {
		const host = await manual();
		const { body, headers } = delivery(
			event({ status: 'Resubmitted', resubmit_info: { nodes_to_resubmit: ['feature_ocr_1'] } }),
			secret,
		);
		expect((await host.deliver(body, headers)).items?.[0].json).toMatchObject({
			status: 'Resubmitted',
			resubmit_info: { nodes_to_resubmit: ['feature_ocr_1'] },
		});
	});

	it('does not come again for a recorded event with the unsigned mark of a test [T9]', async () => {
		const host = await manual();
		const { body, headers } = delivery(event(), secret);
		await host.deliver(body, headers);
		await host.deliver(body, { ...headers, 'x-didit-test-webhook': 'true' });
		expect(host.runs).toHaveLength(1);
	});

	it.each<[string, object, Record<string, unknown>, number, boolean]>([
		[
			'comes every time for a test of the console, and says so',
			{ test_webhook: true },
			{ 'x-didit-test-webhook': 'true' },
			2,
			true,
		],
		[
			'comes once for a visitor’s metadata that looks like a test [T324]',
			{ test_webhook: true },
			{},
			1,
			false,
		],
		[
			'comes once for a header that nobody has signed',
			{},
			{ 'x-didit-test-webhook': 'true' },
			1,
			false,
		],
		[
			'comes once for two headers of a test',
			{ test_webhook: true },
			{ 'x-didit-test-webhook': ['true'] },
			1,
			false,
		],
	])('%s', async (_, metadata, marks, runs, isTest) => {
		const host = await manual();
		const { body, headers } = delivery(event({ metadata }), secret);
		for (const again of [headers, { ...headers }]) await host.deliver(body, { ...again, ...marks });
		expect(host.runs).toHaveLength(runs);
		expect(host.runs[0].json.test === true).toBe(isTest);
	});

	it('is nothing for an event that came before, with a hint what to do', async () => {
		const host = await manual();
		const { body, headers } = delivery(event(), secret);
		await host.deliver(body, headers);
		expect(host.hints).toEqual([]);
		await host.deliver(body, headers);
		expect(host.hints).toEqual([
			expect.stringMatching(/delivered this event before.*retry.*'Ignore Duplicates'/) as string,
		]);
	});

	it('never holds the address that resumes an execution [T53]', async () => {
		const host = await manual();
		const { body, headers } = delivery(
			event({
				metadata: {
					n8n_resume_url: 'http://127.0.0.1/webhook-waiting/1/didit-result?signature=x',
					plan: 'pro',
				},
			}),
			secret,
		);
		expect((await host.deliver(body, headers)).items?.[0].json.metadata).toEqual({ plan: 'pro' });
	});

	it('comes once for an event that is delivered twice, also under a new event ID [T8]', async () => {
		const host = await manual();
		const payload = event();
		for (const again of [payload, payload, { ...payload, event_id: 'another' }]) {
			const { body, headers } = delivery(again, secret);
			expect((await host.deliver(body, headers)).status).toBe(200);
		}
		expect(host.runs).toHaveLength(1);
	});

	it('comes for each of the first events, also when they are delivered at the same moment', async () => {
		const host = await manual();
		await Promise.all(
			Array.from({ length: 8 }, async (_, number) => {
				const { body, headers } = delivery(
					event({ event_id: `event-${number}`, session_id: `session-${number}` }),
					secret,
				);
				await host.deliver(body, headers);
			}),
		);
		expect(host.runs).toHaveLength(8);
	});

	it('comes once for each of many events at the same moment, also when they are all delivered again', async () => {
		const host = await manual();
		const deliveries = Array.from({ length: 20 }, (_, number) =>
			delivery(event({ event_id: `event-${number}`, session_id: `session-${number}` }), secret),
		);
		await Promise.all(
			deliveries.map(async ({ body, headers }) => await host.deliver(body, headers)),
		);
		for (const { body, headers } of deliveries) await host.deliver(body, headers);
		expect(host.runs).toHaveLength(20);
	});

	it('comes once for an event that is delivered several times at the same moment to the same process', async () => {
		const host = await manual();
		const earlier = delivery(event({ event_id: 'event-0', session_id: 'session-0' }), secret);
		await host.deliver(earlier.body, earlier.headers);
		const { body, headers } = delivery(event(), secret);
		await Promise.all(Array.from({ length: 5 }, async () => await host.deliver(body, headers)));
		expect(host.runs).toHaveLength(2);
	});

	it('comes for every status of a session', async () => {
		const host = await manual();
		for (const [position, status] of ['In Progress', 'In Review', 'Approved'].entries()) {
			const { body, headers } = delivery(event({ status, event_id: `event-${position}` }), secret);
			await host.deliver(body, headers);
		}
		expect(host.runs.map(({ json }) => json.status)).toEqual([
			'In Progress',
			'In Review',
			'Approved',
		]);
	});

	it('comes every time if duplicates are wanted, and while the builder tries things out', async () => {
		const wanted = await manual({ options: { ignoreDuplicates: false } });
		const manually = await manual();
		manually.mode = 'manual';
		for (const host of [wanted, wanted, manually, manually]) {
			const { body, headers } = delivery(event(), secret);
			await host.deliver(body, headers);
		}
		expect([wanted.runs.length, manually.runs.length]).toEqual([2, 2]);
	});
});

describe('refuses with 401 and without a run', () => {
	const secret = 'made-up-secret';
	const good = () => delivery(event(), secret);

	it.each<[string, () => { body?: Buffer; headers: Record<string, unknown> }]>([
		['a wrong secret [T1]', () => delivery(event(), 'another')],
		[
			'a changed byte',
			() => ({ ...good(), body: Buffer.from(JSON.stringify(event({ status: 'Declined' }))) }),
		],
		[
			'an old timestamp [T6]',
			() => ({ ...good(), headers: { ...good().headers, 'x-timestamp': String(now() - 601) } }),
		],
		[
			'a timestamp of the future',
			() => ({ ...good(), headers: { ...good().headers, 'x-timestamp': String(now() + 602) } }),
		],
		[
			'a recorded event with a new timestamp [T7]',
			() => delivery(event({ timestamp: now() - 4_000 }), secret),
		],
		[
			'no timestamp, and none in the body',
			() => {
				const { body, headers } = delivery(event({ timestamp: undefined }), secret);
				return { body, headers: { ...headers, 'x-timestamp': undefined } };
			},
		],
		['no signature [T2]', () => ({ ...good(), headers: { 'x-timestamp': String(now()) } })],
		['no body', () => ({ headers: good().headers })],
		[
			'a short signature',
			() => ({ ...good(), headers: { ...good().headers, 'x-signature': 'ab' } }),
		],
		[
			'a signature of another kind',
			() => ({ ...good(), headers: { ...good().headers, 'x-signature': ['a', 'b'] } }),
		],
		['truncated JSON', () => ({ ...good(), body: good().body.subarray(0, 50) })],
		[
			'another encoding',
			() => ({ ...good(), body: Buffer.from(JSON.stringify(event()), 'utf16le') }),
		],
		['ten megabytes [T18]', () => ({ ...good(), body: Buffer.alloc(10 * 1024 * 1024, 'x') })],
		[
			'the simple signature alone [T13]',
			() => {
				const { status, session_id: id, webhook_type: type, timestamp } = event();
				return {
					body: good().body,
					headers: {
						'x-timestamp': String(now()),
						'x-signature-simple': createHmac('sha256', secret)
							.update(`${timestamp}:${id}:${status}:${type}`)
							.digest('hex'),
					},
				};
			},
		],
	])('%s', async (_, make) => {
		const host = await trigger(
			{ registration: 'manual' },
			{ credentials: clientCredentials(sandbox.url, { webhookSecret: secret }) as never },
		);
		const { body, headers } = make();
		const received = await host.deliver(body, headers);
		expect(received.status).toBe(401);
		expect(received.items).toBeUndefined();
		expect(JSON.stringify(received.body).length).toBeLessThan(200);
	});
});

it('takes a delivery whose X-Timestamp a proxy has dropped, by its signed timestamp [T317]', async () => {
	const host = await trigger(
		{ registration: 'manual' },
		{ credentials: clientCredentials(sandbox.url, { webhookSecret: 'made-up' }) as never },
	);
	const { body, headers } = delivery(event(), 'made-up');
	const answer = await host.deliver(body, { ...headers, 'x-timestamp': undefined });
	expect([answer.status, answer.items?.length]).toEqual([200, 1]);
	const late = delivery(event({ timestamp: now() - 330, event_id: 'second retry' }), 'made-up');
	expect(
		(await host.deliver(late.body, { ...late.headers, 'x-timestamp': undefined })).status,
	).toBe(200);
	expect(
		(await host.deliver(late.body, { ...late.headers, 'x-timestamp': String(now() - 330) })).status,
	).toBe(200);
});

describe('resuming', () => {
	const secret = 'made-up-secret';
	const credentials = (more: IDataObject = {}) =>
		apiKey(sandbox.url, { webhookSecret: secret, ...more } as never) as never;
	/** What Create puts into the session's metadata, with the API key of the credential above. */
	const ticket = (more: object = {}, key = 'key-number-one') =>
		sealTicket(
			{ instance: OWN_INSTANCE, execution: '7', token: 'x', ...more },
			createHmac('sha256', key).update(TICKET_KEY).digest(),
		);

	/** Somebody who listens at an address like that of a waiting execution. */
	const servers: Server[] = [];
	afterEach(() => servers.splice(0).forEach((server) => server.close()));

	async function waitingExecution(answers: Array<[number, object]> = []) {
		const visits: string[] = [];
		const server = createServer((request, response) => {
			const [status, body] = answers[visits.length] ?? [200, { result: 'done' }];
			visits.push(String(request.url));
			response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
		});
		servers.push(server);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		return { visits, origin };
	}

	async function arrival(
		waiting: { origin: string },
		metadata: unknown,
		{ parameters = {}, status = 'Approved', signedWith = secret, more = {} } = {},
	) {
		const host = await trigger(
			{ registration: 'manual', ...parameters },
			{ credentials: credentials(more), url: `${waiting.origin}/webhook/1/didit` },
		);
		const { body, headers } = delivery(event({ status, metadata } as never), signedWith);
		await host.deliver(body, headers);
		return host;
	}

	it.each<[string, IDataObject, () => unknown, string, boolean]>([
		['calls the execution that waits for the session', {}, ticket, secret, true],
		[
			'also if the event itself is filtered out',
			{ filters: { statuses: ['Declined'] } },
			ticket,
			secret,
			true,
		],
		[
			'does not if switched off',
			{ options: { resumeWaitingExecutions: false } },
			ticket,
			secret,
			false,
		],
		['does not for a forged event [T29]', {}, ticket, 'another', false],
		[
			'does not for an address that somebody put into the metadata [T28]',
			{},
			() => 'http://127.0.0.1/webhook-waiting/7/didit-result?signature=x',
			secret,
			false,
		],
		[
			'does not for the execution of another n8n with the same application',
			{},
			() => ticket({ instance: 'another n8n' }),
			secret,
			false,
		],
	])('%s', async (_, parameters, sealed, signedWith, visited) => {
		const waiting = await waitingExecution();
		await arrival(waiting, { n8n_resume_url: sealed() }, { parameters, signedWith });
		if (visited) await until(() => waiting.visits.length > 0);
		else await new Promise((resolve) => setTimeout(resolve, 100));
		expect(waiting.visits).toEqual(visited ? ['/webhook-waiting/7/didit-result?signature=x'] : []);
	});

	it('finds the execution at the address that n8n has now, whatever it had when the session was created', async () => {
		const waiting = await waitingExecution();
		const made = ticketFor({
			evaluateExpression: () => 'https://old-tunnel.example/webhook-waiting/7?signature=x',
			getInstanceId: () => OWN_INSTANCE,
		} as unknown as IExecuteFunctions);
		await arrival(waiting, { n8n_resume_url: ticket(made) });
		await until(() => waiting.visits.length > 0);
		expect(waiting.visits).toEqual(['/webhook-waiting/7/didit-result?signature=x']);
	});

	it('says in the log why it cannot resume an execution', async () => {
		const waiting = await waitingExecution();
		const host = await arrival(waiting, { n8n_resume_url: ticket({}, 'key-number-two') });
		expect(host.log).toEqual([expect.stringContaining('Use the same API key')]);
		expect(waiting.visits).toEqual([]);
	});

	it.each<[string, [number, object]]>([
		['that does not wait yet', [409, {}]],
		['whose result Didit cannot give yet', [503, { result: 'unavailable' }]],
		['whose decision is not final yet', [200, { result: 'pending' }]],
	])('calls an execution again %s', async (_, first) => {
		const waiting = await waitingExecution([first]);
		await arrival(waiting, { n8n_resume_url: ticket() });
		await until(() => waiting.visits.length === 2);
	});

	// n8n writes an error into its log for each of these calls.
	it('calls an execution once that has gone on before, by the browser for example', async () => {
		const over = { code: 409, message: 'The execution "7 has finished already.' };
		const waiting = await waitingExecution([[409, over]]);
		await arrival(waiting, { n8n_resume_url: ticket() });
		await until(() => waiting.visits.length === 1);
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect(waiting.visits).toHaveLength(1);
	});

	it('does not call for a status that is no result', async () => {
		const waiting = await waitingExecution();
		await arrival(waiting, { n8n_resume_url: ticket() }, { status: 'In Progress' });
		await new Promise((resolve) => setTimeout(resolve, 100));
		expect(waiting.visits).toEqual([]);
	});
});

it('is in the examples as the version that the editor adds, which is not 1: there n8n evaluates an expression at every delivery', () => {
	const { version } = new TriggerHost(key(), {}).node.description;
	expect(version).not.toBe(1);
	const nodes = readdirSync('examples')
		.filter((file) => file.endsWith('.json'))
		.flatMap(
			(file) =>
				(
					JSON.parse(readFileSync(`examples/${file}`, 'utf8')) as {
						nodes: Array<{ type: string; typeVersion: number }>;
					}
				).nodes,
		);
	const triggers = nodes.filter(({ type }) => type === 'n8n-nodes-didit.diditTrigger');
	expect(triggers.map(({ typeVersion }) => typeVersion)).toEqual(triggers.map(() => version));
	expect(triggers.length).toBeGreaterThan(0);
});
