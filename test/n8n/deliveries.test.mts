/** Forged deliveries: what they cost, what they tell, and what they reach. */
import crypto from 'node:crypto';
import nock from 'nock';
import { startSandbox, type Sandbox } from '../../sandbox/index.mts';
import { REFUSALS, verifySignature } from '../../nodes/Didit/webhook/signature.ts';
import { apiKey } from '../support/n8n.mts';
import { TriggerHost } from '../support/trigger.mts';

const SECRET = 'made-up-secret';
const body = Buffer.from(
	JSON.stringify({ webhook_type: 'status.updated', session_id: 'x', status: 'Approved' }),
);
const sign = (secret: string) => crypto.createHmac('sha256', secret).update(body).digest('hex');
const seconds = () => String(Math.floor(Date.now() / 1000));

let sandbox: Sandbox;
const hosts: TriggerHost[] = [];
beforeAll(async () => {
	nock.restore();
	sandbox = await startSandbox();
});
afterEach(() => {
	hosts.splice(0).forEach((host) => host.stop());
	sandbox.reset();
});
afterAll(async () => await sandbox.close());

async function started() {
	const host = await new TriggerHost(apiKey(sandbox.url, { apiKey: sandbox.apiKey }), {
		registration: 'automatic',
		events: ['status.updated'],
	}).start();
	hosts.push(host);
	return host;
}

async function activated() {
	const host = await started();
	await host.activate();
	return host;
}

it('a flood of forged calls starts nothing, and has Didit asked for the secret once [T21]', async () => {
	const host = await activated();
	const before = sandbox.requests.length;
	const answers = await Promise.all(
		Array.from(
			{ length: 300 },
			async (_, number) =>
				await host.deliver(body, {
					'x-signature': sign(`guess ${number}`),
					'x-timestamp': seconds(),
				}),
		),
	);
	expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
	expect(host.runs).toEqual([]);
	expect(sandbox.requests.length - before).toBe(1);
});

it('a call without a signature or with an old timestamp has Didit asked for nothing [T22]', async () => {
	const host = await activated();
	const before = sandbox.requests.length;
	for (const headers of [
		{},
		{ 'x-timestamp': seconds() },
		{ 'x-timestamp': '1', 'x-signature': sign(SECRET) },
	])
		expect((await host.deliver(body, headers)).status).toBe(401);
	expect(sandbox.requests.length).toBe(before);
});

it('every signature of the right length is compared in constant time [T17]', () => {
	const compare = jest.spyOn(crypto, 'timingSafeEqual');
	const right = sign(SECRET);
	for (let digit = 0; digit < right.length; digit++) {
		const wrong =
			right.slice(0, digit) + (right[digit] === '0' ? '1' : '0') + right.slice(digit + 1);
		expect(
			verifySignature(
				{
					rawBody: body,
					headers: { 'x-signature': wrong, 'x-timestamp': seconds() },
					now: Date.now(),
				},
				SECRET,
			),
		).toEqual({ ok: false, reason: 'wrong_signature' });
	}
	expect(compare).toHaveBeenCalledTimes(right.length);
	compare.mockRestore();
});

it.each(['x-signature-simple', 'x-signature-v1', 'x-hub-signature-256', 'signature'])(
	'a right signature in the header %s opens nothing [T14]',
	(header) => {
		for (const value of [sign(SECRET), `sha256=${sign(SECRET)}`]) {
			expect(
				verifySignature(
					{
						rawBody: body,
						headers: { [header]: value, 'x-timestamp': seconds() },
						now: Date.now(),
					},
					SECRET,
				),
			).toEqual({ ok: false, reason: 'missing_signature' });
		}
	},
);

it('a refusal gives away neither secret nor signature nor what was sent [T23]', async () => {
	const host = await activated();
	const secret = host.staticData.secret as string;
	const { status, body: said } = await host.deliver(body, {
		'x-signature': sign('guess'),
		'x-timestamp': seconds(),
	});
	expect([status, said]).toEqual([401, { error: REFUSALS.wrong_signature }]);
	for (const text of [secret, sign(secret), 'Approved'])
		expect(JSON.stringify([said, host.log])).not.toContain(text);
});

it('a made-up memory of an imported workflow reaches no other address of Didit, and its secret opens nothing [T24]', async () => {
	for (const destinationId of [
		'../../session/11111111-2222-4333-8444-555555555555/delete',
		'..',
		'%2e%2e',
		'x?y=',
		'',
	]) {
		const host = await started();
		host.staticData = { destinationId, secret: SECRET };
		const before = sandbox.requests.length;
		await host.deactivate();
		host.staticData = { destinationId, secret: SECRET };
		await host.activate();
		const paths = sandbox.requests.slice(before).map(({ path }) => path.split('?')[0]);
		expect(
			paths.filter((path) => !/^\/v3\/webhook\/(destinations\/([0-9a-f-]{36}\/)?)?$/.test(path)),
		).toEqual([]);
		expect(
			(await host.deliver(body, { 'x-signature': sign(SECRET), 'x-timestamp': seconds() })).status,
		).toBe(401);
		sandbox.reset();
	}
});

const signedWith = (secret: string) => ({ 'x-signature': sign(secret), 'x-timestamp': seconds() });

it('a forged call of the test URL brings no test secret to the production URL [T301]', async () => {
	const production = await activated();
	const test = await started();
	test.workflowId = production.workflowId;
	test.mode = 'manual';
	await test.activate();
	const { secret } = production.staticData;
	const testSecret = test.staticData.secret as string;
	expect(testSecret).not.toBe(secret);
	expect((await test.deliver(body, signedWith('guess'))).status).toBe(401);
	expect((await production.deliver(body, signedWith(testSecret))).status).toBe(401);
	expect(production.staticData.secret).toBe(secret);
	expect((await production.deliver(body, signedWith(secret as string))).status).toBe(200);
});

it('while Didit is down a malformed call gets 401, one that cannot be judged 5xx, and the log one line [T302]', async () => {
	const host = await activated();
	host.credentials.stored['1'].verificationUrl = 'http://127.0.0.1:9';
	const malformed = [{}, { 'x-signature': 'guess' }, { 'x-signature-v2': 'f'.repeat(63) }];
	for (const headers of malformed)
		expect((await host.deliver(body, { 'x-timestamp': seconds(), ...headers })).status).toBe(401);
	expect(host.log).toEqual([]);
	const genuine = signedWith(host.staticData.secret as string);
	expect((await host.deliver(body, genuine)).status).toBe(200);
	const answers = await Promise.all(
		Array.from({ length: 50 }, async (_, number) => {
			const { status } = await host.deliver(body, signedWith(`guess ${number}`));
			return status;
		}),
	);
	expect(new Set(answers)).toEqual(new Set([500]));
	expect(host.log).toEqual([expect.stringContaining('the webhook secret could not be read')]);
	expect(host.runs).toHaveLength(1);
});

it('a wrong secret of a manual registration is told to the builder in one line, however many calls come [T303]', async () => {
	const host = await new TriggerHost(
		apiKey(sandbox.url, { apiKey: sandbox.apiKey, webhookSecret: 'mistyped' }),
		{ registration: 'manual', events: ['status.updated'] },
	).start();
	hosts.push(host);
	for (let number = 0; number < 20; number++)
		expect((await host.deliver(body, signedWith(SECRET))).status).toBe(401);
	expect(host.log).toEqual([expect.stringMatching(/'Webhook Secret' in the credential.*copy it/)]);
	for (const text of ['mistyped', SECRET, 'Approved']) expect(host.log[0]).not.toContain(text);
	expect((await host.deliver(body, {})).status).toBe(401);
	expect(host.log).toHaveLength(1);
});

it('a missing secret of a manual registration is told to the builder too [T304]', async () => {
	const host = await new TriggerHost(apiKey(sandbox.url), {
		registration: 'manual',
		events: ['status.updated'],
	}).start();
	hosts.push(host);
	for (let number = 0; number < 5; number++) await host.deliver(body, signedWith(SECRET));
	expect(host.log).toEqual([expect.stringContaining("has no 'Webhook Secret'")]);
});

it('a webhook left behind at another application is told to the builder in one line [T305]', async () => {
	const host = await activated();
	for (let number = 0; number < 20; number++)
		expect((await host.deliver(body, signedWith('secret of the old one'))).status).toBe(401);
	expect(host.log).toEqual([expect.stringContaining('another Didit application')]);
});
