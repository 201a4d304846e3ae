// Where sources about Didit contradict each other: the sandbox plays both, and the nodes are right either way.
import testOfSession from '../fixtures/v3_webhook_console_test_status.json';
import testOfUser from '../fixtures/v3_webhook_console_test_user_status.json';
import { until } from '../sandbox/receiver.mts';
import { mac } from '../sandbox/webhookClient.mts';
import { JPEG } from '../support/images.mts';
import { apiKey } from '../support/n8n.mts';
import { byId, runner } from '../support/run.mts';
import { at, withLocalSandbox } from '../support/sandbox.mts';
import { TriggerHost } from '../support/trigger.mts';

const WORKFLOW = 'c0000001-0000-4000-8000-000000000001';
const FACE_LOGIN = 'c0000008-0000-4000-8000-000000000001';

const sandbox = withLocalSandbox();
const hosts: TriggerHost[] = [];

async function trigger(parameters: object = {}): Promise<TriggerHost> {
	const credentials = apiKey(sandbox().url, { apiKey: sandbox().apiKey });
	const host = await new TriggerHost(credentials, {
		registration: 'automatic',
		events: ['status.updated'],
		filters: {},
		options: {},
		...parameters,
	}).start();
	hosts.push(host);
	await host.activate();
	return host;
}

async function create(more: object = {}) {
	const { items, error } = await runner('session', 'create')(
		{ workflowId: byId(WORKFLOW), ...more },
		at(sandbox()),
	);
	if (error) throw error;
	return items[0].json;
}

afterEach(() => {
	for (const host of hosts.splice(0)) host.stop();
});

it.each(['one', 'three'] as const)(
	'takes version 1 events with %s of the signatures',
	async (v1Signatures) => {
		sandbox().set({ webhooks: { v1Signatures } });
		const host = await trigger();
		sandbox().destinations[0].webhook_version = 'v1';
		const { session_id } = await create();
		await until(() => host.runs.length === 1, 'the workflow starts');
		expect(host.runs[0].json).toMatchObject({ session_id, status: 'Not Started' });
		expect(host.received.map(({ status }) => status)).toEqual([200]);
	},
);

it.each(['new', 'old'] as const)(
	'takes a repeated delivery once, whether its time is %s',
	async (repeatedTimestamp) => {
		sandbox().set({ webhooks: { repeatedTimestamp, retrySeconds: [0.05, 0.05] } });
		const host = await trigger();
		// The first attempt gets an error, the second is stored but the answer is lost, the third is the same event again.
		host.broken = true;
		await create();
		await until(() => host.received.length > 0, 'a delivery arrives');
		host.broken = false;
		await until(() => sandbox().deliveries[0].state === 'delivered', 'the first is delivered');
		sandbox().webhooks.resend(sandbox().deliveries[0].uuid);
		await until(() => sandbox().deliveries[1]?.state === 'delivered', 'the second is delivered');
		expect(host.runs).toHaveLength(1);
		expect(host.received.every(({ status }) => status !== 401)).toBe(true);
	},
);

it.each(['clicked', 'atOnce'] as const)(
	'reads a session with a scenario that ends when %s, and hears of it once',
	async (scenarioEnds) => {
		sandbox().set({ scenarioEnds });
		const host = await trigger({ filters: { statuses: ['Declined'] } });
		const session = await create({
			additionalFields: { sandboxScenario: 'decline_document_expired' },
		});
		if (scenarioEnds === 'clicked') sandbox().setStatus(session.session_id as string, 'Declined');
		await until(() => host.runs.length === 1, 'the workflow starts');
		expect(host.runs[0].json).toMatchObject({
			session_id: session.session_id,
			verified: false,
			warnings: [{ risk: 'DOCUMENT_EXPIRED', effect: 'Declined' }],
		});
	},
);

it.each([false, true])(
	'sends a portrait that Didit takes, whether it also takes addresses: %s',
	async (portraitByAddress) => {
		sandbox().set({ portraitByAddress });
		const binary = { data: { data: JPEG.toString('base64'), mimeType: 'image/jpeg' } };
		const { items, error } = await runner('session', 'create')(
			{ workflowId: byId(WORKFLOW), additionalFields: { portraitImage: 'data' } },
			{ ...at(sandbox()), input: [{ json: {}, binary }] },
		);
		expect(error).toBeUndefined();
		expect(items[0].json).toMatchObject({ status: 'Not Started' });
	},
);

it.each(['refused', 'livenessOnly'] as const)(
	'logs in by face whoever is known; for others Didit says that it is %s',
	async (missingPortrait) => {
		sandbox().set({ missingPortrait });
		const login = async (vendorData: string) =>
			await runner('session', 'create')(
				{ workflowId: byId(FACE_LOGIN), vendorData },
				at(sandbox()),
			);
		const { session_id } = await create({ vendorData: 'known' });
		sandbox().setStatus(session_id as string, 'Approved');
		expect((await login('known')).items[0].json).toMatchObject({ status: 'Not Started' });
		const { items, error } = await login('unknown');
		if (missingPortrait === 'livenessOnly') {
			expect(items[0].json).toMatchObject({ status: 'Not Started' });
		} else {
			expect(error?.message).toContain(
				'Portrait Image Field: No stored face image was found for this user',
			);
		}
	},
);

it.each([null, 4])(
	'creates every session once at %s calls in a moment, as a free account has them',
	async (all) => {
		sandbox().set({ rateLimits: { all, windowSeconds: 0.5 } });
		const input = Array.from({ length: 10 }, (_, number) => ({ json: { id: `user-${number}` } }));
		const parameters = { workflowId: byId(WORKFLOW), vendorData: '={{ $json.id }}' };
		const { items, error } = await runner('session', 'create')(parameters, {
			...at(sandbox()),
			input,
		});
		expect(error).toBeUndefined();
		expect(items.map(({ json }) => json.vendor_data)).toEqual(input.map(({ json }) => json.id));
		expect(sandbox().sessions).toHaveLength(10);
		expect(sandbox().requests.some(({ status }) => status === 429)).toBe(all !== null);
	},
	30_000,
);

it.each([false, true])(
	'finds the sessions of a day, whether Didit takes times in filters: %s',
	async (timesInFilters) => {
		sandbox().set({ timesInFilters });
		const { session_id } = await create();
		const sessionsOf = async (day: string) => {
			const { items, error } = await runner('session', 'getAll')(
				{ returnAll: true, filters: { dateFrom: day, dateTo: day } },
				at(sandbox()),
			);
			expect(error).toBeUndefined();
			return items.map(({ json }) => json.session_id);
		};
		const today = new Date(Date.now()).toISOString().slice(0, 10);
		expect(await sessionsOf(today)).toEqual([session_id]);
		expect(await sessionsOf(`${today}T09:30:00.000Z`)).toEqual([session_id]);
		expect(await sessionsOf('2020-01-01')).toEqual([]);
	},
);

it("marks the console's test of a trigger as a test, though it says that somebody is verified", async () => {
	const host = await trigger();
	sandbox().webhooks.test(sandbox().destinations[0].uuid);
	await until(() => host.runs.length === 1, 'the workflow starts');
	expect(host.runs[0].json).toMatchObject({
		test: true,
		verified: true,
		event_type: 'status.updated',
	});
});

it.each([
	['status.updated', testOfSession, { verified: true, vendor_data: 'test-vendor-data-123' }],
	['user.status.updated', testOfUser, { status: 'Approved', previous_status: 'In Review' }],
])('takes what the console really sent to try %s', async (type, captured, expected) => {
	const host = await trigger({ events: [type] });
	const { secret_shared_key: secret } = sandbox().destinations[0];
	const timestamp = Math.floor(Date.now() / 1000);
	const body = Buffer.from(JSON.stringify({ ...captured, timestamp }));
	const { status } = await host.deliver(body, {
		'x-timestamp': String(timestamp),
		'x-signature': mac(secret, body),
		'x-didit-test-webhook': 'true',
	});
	expect(status).toBe(200);
	expect(host.runs[0].json).toMatchObject({ test: true, ...expected });
});
