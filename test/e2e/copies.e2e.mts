/** Two real n8n, the second with a copy of the first one's data, and an n8n whose public address changes. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8N_VERSION } from '../../harness/n8n/release.mts';
import { freePort } from '../support/freePort.mts';
import { startOther, stopOthers } from './support/others.mts';
import { didit, diditCredential, eventually, node, sandbox, world } from './support/world.mts';

/** n8n 2.20 and earlier register webhooks again at each start, so one moves to a new address by itself. */
const REGISTERS_AT_START = ![undefined, N8N_VERSION].includes(process.env.E2E_HOST);

let folder: string;

beforeAll(async () => {
	await sandbox.reset();
	folder = await mkdtemp(join(tmpdir(), 'didit-copies-'));
});
afterAll(async () => {
	await stopOthers();
	await rm(folder, { recursive: true, force: true });
});

async function addresses(): Promise<string[]> {
	const destinations = await didit<Array<{ url: string }>>('GET', '/v3/webhook/destinations/');
	return destinations.map(({ url }) => url).sort();
}

async function toBe(expected: string[]): Promise<void> {
	const wanted = [...expected].sort();
	await eventually(
		'the webhooks',
		async () => JSON.stringify(await addresses()) === JSON.stringify(wanted),
		60,
	).catch(async () => expect(await addresses()).toEqual(wanted));
}

it('a clone of n8n leaves the original’s webhook alone, and an n8n with another address takes its own along [T322]', async () => {
	const [portA, portB] = [await freePort(), await freePort()];
	const [folderA, folderB] = [join(folder, 'a'), join(folder, 'b')];
	const path = '/webhook/00000000-0000-4000-8000-0000000c0b1e/didit';
	const [hookA, hookB, movedA] = [
		`http://127.0.0.1:${portA}${path}`,
		`http://127.0.0.1:${portB}${path}`,
		`http://localhost:${portA}${path}`,
	];

	let a = await startOther(folderA, portA, `http://127.0.0.1:${portA}/`);
	const credential = await a.client.saveCredential(
		'diditApi',
		'Didit',
		diditCredential({ authentication: 'apiKey', apiKey: world.sandbox.apiKey }),
	);
	const trigger = {
		...node('Didit Trigger', 'n8n-nodes-didit.diditTrigger', 1, {}, { diditApi: credential }),
		webhookId: '00000000-0000-4000-8000-0000000c0b1e',
	};
	const { id } = await a.client.createWorkflow({
		name: 'Results',
		nodes: [trigger, node('End', 'n8n-nodes-base.noOp', 1, {})],
		connections: { 'Didit Trigger': { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	});
	await a.client.activate(id);
	await toBe([hookA]);
	await a.stop();
	await cp(folderA, folderB, { recursive: true });

	// While the original is down, as when its data was just copied.
	const b = await startOther(folderB, portB, `http://127.0.0.1:${portB}/`);
	await toBe(REGISTERS_AT_START ? [hookA, hookB] : [hookA]);
	await b.client.deactivate(id);
	await eventually('the line in the log', async () => (await b.log()).includes(hookA), 60);
	await toBe([hookA]);

	a = await startOther(folderA, portA, `http://localhost:${portA}/`);
	const restartedA = REGISTERS_AT_START ? movedA : hookA;
	await b.client.activate(id);
	await toBe([restartedA, hookB]);
	await b.client.deactivate(id);
	await toBe([restartedA]);
	await b.client.activate(id);
	await toBe([restartedA, hookB]);

	// The original has another public address now, and its old one still leads to it.
	await a.client.deactivate(id);
	await a.client.activate(id);
	await toBe([movedA, hookB]);
	await a.client.deactivate(id);
	await toBe([hookB]);
	await b.client.deactivate(id);
	await toBe([]);
}, 600_000);
