import { responseErrors, webhookEvents } from '../../contract/index.mts';
import { call, type Json, v3, withSandbox } from './client.mts';

const sandbox = withSandbox();
const PATH = '/v3/webhook/destinations/';
const A = {
	label: 'A',
	url: 'https://n8n.example/webhook/a',
	subscribed_events: ['status.updated'],
};
const B = { ...A, label: 'B', url: 'https://n8n.example/webhook/b' };

async function add(fields: Record<string, unknown> = A): Promise<Json> {
	const { status, body } = await v3(sandbox(), 'POST', PATH, fields);
	expect([status, responseErrors('v3', 'webhook.destinations.create', status, body)]).toEqual([
		201,
		[],
	]);
	return body;
}
const one = (uuid: string) => `${PATH}${uuid}/`;
const legacyUrl = async () => (await v3(sandbox(), 'GET', '/v3/webhook/')).body.webhook_url;

describe('a webhook destination', () => {
	it('is created with a secret of 43 characters, and read with it', async () => {
		const created = await add();
		expect(created).toMatchObject({
			...A,
			enabled: true,
			webhook_version: 'v3',
			secret_shared_key: expect.stringMatching(/^[\w-]{43}$/),
		});
		const { status, body } = await v3(sandbox(), 'GET', one(created.uuid));
		expect([status, responseErrors('v3', 'webhook.destinations.get', status, body), body]).toEqual([
			200,
			[],
			created,
		]);
	});

	it('is listed in a plain list, oldest first, without its secret', async () => {
		const [a, b] = [await add(A), await add(B)];
		const { status, body } = await v3(sandbox(), 'GET', PATH);
		expect([status, responseErrors('v3', 'webhook.destinations.list', status, body)]).toEqual([
			200,
			[],
		]);
		expect(body.map((row: Json) => [row.uuid, row.secret_last4])).toEqual(
			[a, b].map((made) => [made.uuid, made.secret_shared_key.slice(-4)]),
		);
		expect(JSON.stringify(body)).not.toContain(a.secret_shared_key);
	});

	it('is changed: events as a whole, the secret never', async () => {
		const { uuid, secret_shared_key } = await add();
		const { status, body } = await v3(sandbox(), 'PATCH', one(uuid), {
			subscribed_events: ['data.updated'],
			enabled: false,
			url: B.url,
		});
		expect([status, responseErrors('v3', 'webhook.destinations.update', status, body)]).toEqual([
			200,
			[],
		]);
		expect(body).toMatchObject({
			uuid,
			secret_shared_key,
			url: B.url,
			enabled: false,
			subscribed_events: ['data.updated'],
		});
		expect((await v3(sandbox(), 'PATCH', one(uuid), { url: B.url })).status).toBe(200);
	});

	it('is deleted once', async () => {
		const { uuid } = await add();
		expect(await v3(sandbox(), 'DELETE', one(uuid))).toMatchObject({ status: 204, text: '' });
		for (const method of ['GET', 'DELETE'])
			expect(await v3(sandbox(), method, one(uuid))).toMatchObject({
				status: 404,
				body: { detail: 'Webhook destination not found.' },
			});
	});

	it.each([
		[
			'without events',
			{ label: 'x', url: A.url },
			{ subscribed_events: ['This field is required.'] },
		],
		['with no event', { ...A, subscribed_events: [] }, { subscribed_events: [expect.any(String)] }],
		[
			'with unknown events',
			{ ...A, subscribed_events: ['status.updated', 'foo.bar', '*'] },
			{ subscribed_events: ['Unsupported webhook events: foo.bar, *'] },
		],
		[
			'with an event twice',
			{ ...A, subscribed_events: ['status.updated', 'status.updated'] },
			{ subscribed_events: [expect.stringContaining('duplicate')] },
		],
		['without a label', { ...A, label: '' }, { label: [expect.any(String)] }],
		[
			'with another version',
			{ ...A, webhook_version: 'v4' },
			{ webhook_version: ['"v4" is not a valid choice.'] },
		],
		[
			'with plain HTTP',
			{ ...A, url: 'http://n8n.example/hook' },
			{ url: [expect.stringContaining('pattern')] },
		],
		[
			'with an address that is none',
			{ ...A, url: 'n8n' },
			{ url: [expect.any(String), expect.any(String)] },
		],
		[
			'with a private address',
			{ ...A, url: 'https://192.168.1.5/hook' },
			{ url: [expect.stringContaining('reachable from the internet')] },
		],
		['with an unknown field', { ...A, secret: 'mine' }, { secret: ['Unknown field.'] }],
	])('is refused %s', async (_what, body, expected) => {
		const { status, body: answer } = await v3(sandbox(), 'POST', PATH, body);
		expect([status, answer]).toEqual([400, expected]);
		expect(responseErrors('v3', 'webhook.destinations.create', status, answer)).toEqual([]);
		expect(sandbox().destinations).toEqual([]);
	});

	it('is refused for an address that another has, also in a change', async () => {
		await add(A);
		const { uuid } = await add(B);
		const taken = { url: ['This webhook destination already exists for the application.'] };
		expect(await v3(sandbox(), 'POST', PATH, A)).toMatchObject({ status: 400, body: taken });
		expect(await v3(sandbox(), 'PATCH', one(uuid), { url: A.url })).toMatchObject({
			status: 400,
			body: taken,
		});
	});

	it.each([
		'http://127.0.0.1:5678/webhook/x',
		'http://localhost:5678/webhook/x',
		'https://localhost/x',
		'http://[::1]:5678/x',
	])(
		'may be on this machine, unless the sandbox is told to be as strict as Didit: %s',
		async (url) => {
			await add({ ...A, url });
			sandbox().reset();
			sandbox().set({ webhooks: { allowLoopback: false } });
			expect(await v3(sandbox(), 'POST', PATH, { ...A, url })).toMatchObject({
				status: 400,
				body: { url: [expect.any(String)] },
			});
		},
	);

	it('can subscribe to every documented event', async () => {
		expect(
			(await add({ ...A, subscribed_events: [...webhookEvents()] })).subscribed_events,
		).toHaveLength(12);
	});

	it('is out of reach of a key without the permission', async () => {
		expect(
			(await call(sandbox(), 'GET', PATH, { headers: { 'x-api-key': 'sandbox-limited-key' } }))
				.status,
		).toBe(403);
	});

	it('is not found under an id in capitals', async () => {
		const { uuid } = await add();
		expect(
			(await v3(sandbox(), 'GET', one(uuid.toUpperCase() as string))).headers.get('content-type'),
		).toContain('text/html');
	});
});

describe('the webhook settings of the application', () => {
	it('can be read and changed, and get a new secret on demand', async () => {
		const { status, body } = await v3(sandbox(), 'PATCH', '/v3/webhook/', {
			webhook_url: A.url,
			webhook_version: 'v2',
			data_retention_months: 12,
		});
		expect([status, responseErrors('v3', 'webhook.config.update', status, body)]).toEqual([
			200,
			[],
		]);
		expect(body).toMatchObject({
			webhook_url: A.url,
			webhook_version: 'v2',
			data_retention_months: 12,
		});
		const { body: rotated } = await v3(sandbox(), 'PATCH', '/v3/webhook/', {
			rotate_secret_key: true,
		});
		expect(rotated.secret_shared_key).not.toBe(body.secret_shared_key);
		const read = await v3(sandbox(), 'GET', '/v3/webhook/');
		expect([responseErrors('v3', 'webhook.config.get', 200, read.body), read.body]).toEqual([
			[],
			rotated,
		]);
	});

	it('refuse plain HTTP and private addresses', async () => {
		for (const webhook_url of ['http://shop.example', 'https://10.0.0.8/x'])
			expect(await v3(sandbox(), 'PATCH', '/v3/webhook/', { webhook_url })).toMatchObject({
				status: 400,
				body: { webhook_url: [expect.any(String)] },
			});
	});

	it('are rewritten by every change of a destination: to the oldest enabled one, or to nothing', async () => {
		await v3(sandbox(), 'PATCH', '/v3/webhook/', { webhook_url: 'https://legacy.example/hook' });
		const steps: Array<string | null> = [await legacyUrl()];
		const a = await add({ ...A, enabled: false });
		steps.push(await legacyUrl());
		const b = await add(B);
		steps.push(await legacyUrl());
		await v3(sandbox(), 'PATCH', one(a.uuid), { enabled: true });
		steps.push(await legacyUrl());
		await v3(sandbox(), 'DELETE', one(a.uuid));
		steps.push(await legacyUrl());
		await v3(sandbox(), 'DELETE', one(b.uuid));
		steps.push(await legacyUrl());
		expect(steps).toEqual(['https://legacy.example/hook', null, B.url, A.url, B.url, null]);
	});
});
