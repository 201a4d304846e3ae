/** Deliveries as proxies and attackers can send them, over HTTP to the real n8n, which reads headers and bodies in its own way. */
import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { deflateSync, gzipSync } from 'node:zlib';
import { diditCredential, eventually, n8n, node, world } from './support/world.mts';

const SECRET = 'made-up-webhook-secret';
const sign = (bytes: string | Buffer) => createHmac('sha256', SECRET).update(bytes).digest('hex');
const seconds = () => Math.floor(Date.now() / 1000);

type Headers = Array<[name: string, value: string]>;

let url = '';
let workflow = '';

beforeAll(async () => {
	const credential = await n8n.saveCredential(
		'diditApi',
		'Deliveries',
		diditCredential({
			authentication: 'apiKey',
			apiKey: world.sandbox.apiKey,
			webhookSecret: SECRET,
		}),
	);
	const webhookId = '00000000-0000-4000-8000-00000000de11';
	const trigger = node(
		'Didit Trigger',
		'n8n-nodes-didit.diditTrigger',
		1.1,
		{ registration: 'manual' },
		{ diditApi: credential },
	);
	const { id } = await n8n.createWorkflow({
		name: 'Deliveries',
		nodes: [{ ...trigger, webhookId }],
		connections: {},
		settings: { executionOrder: 'v1' },
	});
	workflow = id;
	await n8n.activate(id);
	url = `${world.n8n.url}/webhook/${webhookId}/didit`;
	await eventually('the webhook', async () => (await send('{}', [])) === 401);
});
afterAll(async () => await n8n.deactivate(workflow));

/** The status that n8n responds with, or 0 if it closes the connection. Unlike `fetch`, this sends the same header twice as two lines, and its name as it is. */
const send = async (body: string | Buffer, headers: Headers): Promise<number> =>
	await new Promise((resolve) => {
		const all: Headers = [
			['Host', new URL(url).host],
			['Content-Length', String(Buffer.byteLength(body))],
			...headers,
		];
		request(url, { method: 'POST', headers: all.flat() }, (response) => {
			response.resume().on('end', () => resolve(response.statusCode ?? 0));
		})
			.on('error', () => resolve(0))
			.end(body);
	});

let counter = 0;
/** The text of an event that Didit could have sent. @param more after its other fields */
const event = (more = '') =>
	`{"event_id":"event-${++counter}","session_id":"11111111-2222-4333-8444-${String(counter).padStart(12, '0')}","status":"Approved","timestamp":${seconds()},"webhook_type":"status.updated"${more}}`;

const JSON_TYPE: [string, string] = ['Content-Type', 'application/json'];
const timestamp = (value = String(seconds())): [string, string] => ['X-Timestamp', value];
const signature = (of: string | Buffer): [string, string] => ['X-Signature', sign(of)];
const nested = (levels: number) =>
	event(`,"metadata":${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);

type Sent = [body: string | Buffer, headers: Headers];
const plain = (body = event(), more: Headers = [JSON_TYPE, timestamp()]): Sent => [
	body,
	[...more, signature(body)],
];
const withTimestamp = (value: string): Sent => plain(event(), [JSON_TYPE, timestamp(value)]);
const packed = (pack: (body: string) => Buffer, encoding: string, more: Headers = []): Sent => {
	const body = event();
	return [
		pack(body),
		[JSON_TYPE, ['Content-Encoding', encoding], timestamp(), signature(body), ...more],
	];
};
const ofType = (type: string): Sent =>
	plain(event(',"note":"Núria"'), [['Content-Type', type], timestamp()]);

const accepted: Array<[string, () => Sent]> = [
	['as Didit sends it', () => plain()],
	[
		'header names in other letters',
		() => plain(event(), [JSON_TYPE, ['x-TIMESTAMP', String(seconds())]]),
	],
	['white space around a header', () => withTimestamp(`  ${seconds()}\t`)],
	['an empty timestamp, as if a proxy had dropped it', () => withTimestamp('')],
	[
		'two X-Signature headers, beside X-Signature-V2',
		() => {
			const [body, headers] = plain();
			return [body, [...headers, signature(body), ['X-Signature-V2', sign(body)]]];
		},
	],
	['packed by a proxy (gzip)', () => packed(gzipSync, 'gzip')],
	['packed by a proxy (deflate)', () => packed(deflateSync, 'deflate')],
	['as plain text', () => ofType('text/plain')],
	['as a form', () => ofType('application/x-www-form-urlencoded')],
	['as bytes', () => ofType('application/octet-stream')],
	['without a type', () => plain(event(), [timestamp()])],
	['10,000 levels deep', () => plain(nested(10_000))],
	[
		'names that every object has',
		() =>
			plain(
				event(
					',"metadata":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}},"__proto__":{"status":"Declined"}',
				),
			),
	],
];

const refused: Array<[string, () => Sent]> = [
	[
		'two X-Signature headers, both right',
		() => {
			const [body, headers] = plain();
			return [body, [...headers, signature(body)]];
		},
	],
	[
		'two X-Signature headers, one right',
		() => plain(event(), [JSON_TYPE, timestamp(), ['X-Signature', 'f'.repeat(64)]]),
	],
	['two timestamps', () => plain(event(), [JSON_TYPE, timestamp(), timestamp()])],
	...[
		String(Date.now()),
		`${seconds()}.0`,
		new Date().toISOString(),
		'1e9',
		`0x${seconds().toString(16)}`,
		`-${seconds()}`,
		`+${seconds()}`,
		'²³',
		'1'.repeat(400),
	].map((value): [string, () => Sent] => [
		`timestamp ${value.slice(0, 30)}`,
		() => withTimestamp(value),
	]),
	[
		'packed, and signed as packed',
		() => {
			const bytes = gzipSync(event());
			return [bytes, [JSON_TYPE, ['Content-Encoding', 'gzip'], timestamp(), signature(bytes)]];
		},
	],
	[
		'200 MB of spaces in 200 KB',
		() => [
			gzipSync(Buffer.alloc(200_000_000, ' ')),
			[['Content-Encoding', 'gzip'], timestamp(), signature('')],
		],
	],
	['not packed, but said to be', () => packed((body) => Buffer.from(body), 'gzip')],
	['a form with files', () => ofType('multipart/form-data; boundary=x')],
	['another character set', () => ofType('application/json; charset=utf-16')],
	['a byte order mark', () => plain(`\ufeff${event()}`)],
	[
		'bytes that are no UTF-8',
		() => {
			const [start, end] = event(',"vendor_data":"user-#"').split('#');
			const bytes = Buffer.concat([Buffer.from(start), Buffer.from([0xff]), Buffer.from(end)]);
			return [bytes, [JSON_TYPE, timestamp(), signature(bytes)]];
		},
	],
	[
		'10,000 levels deep, and forged',
		() => [nested(10_000), [JSON_TYPE, timestamp(), ['X-Signature', 'f'.repeat(64)]]],
	],
];

it('starts one run for each delivery that is signed, and none for any other, however it is sent [T351]', async () => {
	const answers: Record<string, number> = {};
	for (const [name, make] of [...accepted, ...refused]) answers[name] = await send(...make());
	expect(Object.entries(answers).filter(([, status]) => status === 200)).toEqual(
		accepted.map(([name]) => [name, 200]),
	);
	await eventually('the runs', async () => {
		const all = await n8n.executionIds(workflow);
		return all.filter(({ status }) => status === 'success').length >= accepted.length;
	});
	// One that comes last, so that nothing still on its way is overlooked.
	expect(await send(...plain())).toBe(200);
	await eventually('the last run', async () => {
		const all = await n8n.executionIds(workflow);
		return all.filter(({ status }) => status === 'success').length === accepted.length + 1;
	});
	expect(await n8n.executionIds(workflow)).toHaveLength(accepted.length + 1);
});

it('reads the same of two equal keys that the signature is about, by either signature [T352]', async () => {
	const seen = (await n8n.executionIds(workflow)).map(({ id }) => id);
	for (const [key, header] of [
		['status', 'X-Signature'],
		[String.raw`\u0073tatus`, 'X-Signature'],
		['status', 'X-Signature-V2'],
	]) {
		const body = event(`,"${key}":"Declined"`);
		const last = body
			.replace('"status":"Approved"', '"status":"Declined"')
			.replace(/,"[^"]*tatus":"Declined"}$/, '}');
		const signed = header === 'X-Signature' ? body : last;
		expect(await send(body, [JSON_TYPE, timestamp(), [header, sign(signed)]])).toBe(200);
	}
	await eventually('the runs', async () => {
		const all = (await n8n.executionIds(workflow)).filter(({ id }) => !seen.includes(id));
		return all.filter(({ status }) => status === 'success').length === 3 ? all : undefined;
	});
	for (const { id } of (await n8n.executionIds(workflow)).filter((run) => !seen.includes(run.id))) {
		const { data } = await n8n.get<{ data: string }>(`/rest/executions/${id}`);
		expect(data).toContain('"Declined"');
		expect(data).not.toContain('"verified":true');
	}
});
