// Webhooks at Didit that are not this trigger's own: those of the original of a copied workflow, made by hand, of another
// application, or left behind while Didit was down.
import nock from 'nock';
import { startSandbox } from '../../sandbox/index.mts';
import type { Sandbox } from '../../sandbox/index.mts';
import { apiKey } from '../support/n8n.mts';
import { TriggerHost } from '../support/trigger.mts';

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

const key = (more: object = {}) => apiKey(sandbox.url, { apiKey: sandbox.apiKey, ...more });

async function trigger(publicUrl?: string, credentials = key()): Promise<TriggerHost> {
	const parameters = { registration: 'automatic', events: ['status.updated'] };
	const host = await new TriggerHost(credentials, parameters, publicUrl).start();
	hosts.push(host);
	return host;
}

/** What comes along with a workflow: all of its static data. */
async function copyOf(original: TriggerHost, publicUrl?: string): Promise<TriggerHost> {
	const copy = await trigger(publicUrl);
	copy.staticData = structuredClone(original.staticData);
	return copy;
}

const urls = () => sandbox.destinations.map(({ url }) => url);
const changes = () => [
	sandbox.count('PATCH', /destinations/),
	sandbox.count('DELETE', /destinations/),
];

async function call(method: string, path: string, body?: object): Promise<void> {
	await fetch(`${sandbox.url}${path}`, {
		method,
		headers: { 'x-api-key': sandbox.apiKey, 'content-type': 'application/json' },
		body: body && JSON.stringify(body),
	});
}

describe('a copy of a workflow', () => {
	it('adds a webhook of its own, and removes that one only [T318]', async () => {
		const original = await trigger();
		await original.activate();
		const copy = await copyOf(original);
		await copy.activate();
		expect(urls()).toEqual([original.webhookUrl, copy.webhookUrl]);
		expect(sandbox.count('PATCH', /destinations/)).toBe(0);
		await copy.deactivate();
		expect(urls()).toEqual([original.webhookUrl]);
		expect(copy.staticData).toEqual({});
	});

	it('removes nothing if it is only switched off, and says what it leaves alone [T319]', async () => {
		const original = await trigger();
		await original.activate();
		const copy = await copyOf(original);
		await copy.deactivate();
		expect([urls(), changes()]).toEqual([[original.webhookUrl], [0, 0]]);
		expect(copy.log).toEqual([expect.stringContaining(original.webhookUrl) as string]);
	});

	it.each([
		'a memory of an earlier release, without an address',
		'a memory that says another address',
	])('leaves the original alone with %s', async (memory) => {
		const original = await trigger();
		await original.activate();
		const copy = await copyOf(original);
		if (memory.includes('without')) delete copy.staticData.url;
		else copy.staticData.url = copy.webhookUrl;
		await copy.activate();
		expect(urls()).toEqual([original.webhookUrl, copy.webhookUrl]);
		await copy.deactivate();
		expect([urls(), sandbox.count('PATCH', /destinations/)]).toEqual([[original.webhookUrl], 0]);
	});

	it('on another n8n leaves the original alone also while that is down [T320]', async () => {
		const original = await trigger('https://n8n.example.com/webhook/1/didit');
		await original.activate();
		const clone = await copyOf(original, 'https://staging.example.com/webhook/1/didit');
		clone.workflowId = original.workflowId;
		await clone.activate();
		expect(urls()).toEqual([original.webhookUrl, clone.webhookUrl]);
		await clone.deactivate();
		expect([urls(), sandbox.count('PATCH', /destinations/)]).toEqual([[original.webhookUrl], 0]);
	});

	it('leaves the original alone also if it is tried in the editor [T321]', async () => {
		const original = await trigger();
		await original.activate();
		const editor = await copyOf(
			original,
			original.webhookUrl.replace('/webhook/', '/webhook-test/'),
		);
		editor.workflowId = original.workflowId;
		editor.mode = 'manual';
		await editor.activate();
		await editor.deactivate();
		expect([urls(), sandbox.count('PATCH', /destinations/)]).toEqual([[original.webhookUrl], 0]);
	});
});

describe('another public address of n8n', () => {
	it('moves the webhook along while the old address still leads here', async () => {
		const host = await trigger();
		await host.activate();
		const [{ uuid }] = sandbox.destinations;
		host.publicUrl = host.webhookUrl.replace('127.0.0.1', 'localhost');
		await host.activate();
		expect(urls()).toEqual([host.webhookUrl]);
		expect(sandbox.destinations[0].uuid).toBe(uuid);
		await host.deactivate();
		expect(urls()).toEqual([]);
	});

	it('moves along also if the workflow is switched off and on, and leaves nothing behind in the end', async () => {
		const host = await trigger();
		await host.activate();
		const old = host.webhookUrl;
		host.publicUrl = old.replace('127.0.0.1', 'localhost');
		await host.deactivate();
		expect(urls()).toEqual([old]);
		await host.activate();
		expect(urls()).toEqual([host.webhookUrl]);
		await host.deactivate();
		expect(urls()).toEqual([]);
	});

	it('adds a second webhook and says so if nobody can tell who lives at the old address', async () => {
		const host = await trigger();
		host.publicUrl = 'http://127.0.0.1:9/webhook/1/didit';
		await host.activate();
		host.publicUrl = undefined;
		await host.activate();
		expect(urls()).toEqual(['http://127.0.0.1:9/webhook/1/didit', host.webhookUrl]);
		expect(host.log).toEqual([expect.stringContaining('http://127.0.0.1:9/webhook/1/didit')]);
	});

	it('is not asked for by strangers', async () => {
		const host = await trigger();
		await host.activate();
		const { status } = await host.deliver(Buffer.from('{}'), { 'n8n-didit-address-check': 'x' });
		expect(status).toBe(401);
	});
});

describe('a webhook that was made by hand', () => {
	it('is used and kept in step, but not removed', async () => {
		const host = await trigger();
		await call('POST', '/v3/webhook/destinations/', {
			label: 'Results',
			url: host.webhookUrl,
			webhook_version: 'v3',
			subscribed_events: ['data.updated'],
		});
		await host.activate();
		expect(sandbox.destinations).toMatchObject([{ subscribed_events: ['status.updated'] }]);
		await host.activate();
		await host.deactivate();
		expect(urls()).toEqual([host.webhookUrl]);
		expect(host.staticData).toEqual({});
	});
});

describe('a credential of another application', () => {
	it('says that the webhook of the old one stays behind, and how to remove it', async () => {
		const host = await trigger();
		await host.activate();
		const [{ uuid, url }] = sandbox.destinations;
		sandbox.destinations.length = 0;
		// The same Didit under another name stands for another application: the webhook isn't there.
		const verificationUrl = sandbox.url.replace('127.0.0.1', 'localhost');
		host.credentials.stored['1'] = { ...host.credentials.stored['1'], verificationUrl };
		await host.deactivate();
		expect(host.log).toEqual([expect.stringMatching(/another Didit application.*console/)]);
		expect(host.log[0]).toContain(url);
		expect(host.log[0]).not.toContain(uuid);
		expect(JSON.stringify([host.log, host.staticData])).not.toContain(sandbox.apiKey);
	});

	it('says nothing of the kind for a webhook that was deleted in the console', async () => {
		const host = await trigger();
		await host.activate();
		sandbox.destinations.length = 0;
		await host.deactivate();
		expect(host.log).toEqual([]);
	});
});

describe('while Didit is down', () => {
	it('the trigger is switched off all the same, and its webhook is removed at the next chance [T326]', async () => {
		const host = await trigger();
		await host.activate();
		const { verificationUrl } = host.credentials.stored['1'];
		host.credentials.stored['1'].verificationUrl = 'http://127.0.0.1:9';
		await expect(host.deactivate()).resolves.toBeUndefined();
		expect(host.log).toEqual([expect.stringContaining('could not be removed from Didit')]);
		expect(host.log[0]).toContain(host.webhookUrl);
		host.credentials.stored['1'].verificationUrl = verificationUrl;
		await host.activate();
		expect(urls()).toEqual([host.webhookUrl]);
		await host.deactivate();
		expect([urls(), host.staticData]).toEqual([[], {}]);
	});

	it('the trigger is switched off also without a credential that works', async () => {
		const host = await trigger();
		await host.activate();
		host.credentials.stored['1'] = {};
		await expect(host.deactivate()).resolves.toBeUndefined();
		expect(host.log).toHaveLength(1);
	});
});

it('an error of Didit shows no webhook secret [T314]', async () => {
	const host = await trigger();
	await host.activate();
	const secret = host.staticData.secret as string;
	const original = sandbox.destinations[0];
	host.parameters.events = ['status.updated', 'data.updated'];
	sandbox.faults.add({
		method: 'PATCH',
		path: /destinations/,
		times: 1,
		respond: { status: 400, body: { subscribed_events: [`"${secret}" is not a valid choice.`] } },
	});
	const error = (await host.activate().catch((thrown: unknown) => thrown)) as Error;
	expect(error.message).toContain('***');
	expect(JSON.stringify([error.message, error])).not.toContain(secret);
	expect(sandbox.destinations).toEqual([original]);
});
