/**
 * Didit's own client, @didit-protocol/mcp-server, as a judge: driven over stdio against the sandbox, its calls are compared
 * with the contract and with the node. What differs stands in docs/didits-own-client.md, and nothing else may.
 */
import { readFileSync } from 'node:fs';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import {
	headerErrors,
	operation,
	pathErrors,
	queryErrors,
	requestErrors,
	responseErrors,
} from '../../contract/index.mts';
import { startSandbox, type Sandbox } from '../../sandbox/index.mts';
import type { ClientCall, OperationCall } from '../support/diditsClient/call.mts';
import { CALLS } from '../support/diditsClient/calls.mts';
import { fieldsOfNode, fieldsSent, saying } from '../support/diditsClient/fields.mts';
import { type Given, named, prepare } from '../support/diditsClient/given.mts';
import { differences } from '../support/diditsClient/headers.mts';
import { runOperation, startTrigger } from '../support/diditsClient/node.mts';
import {
	type Exchange,
	operationOf,
	type Recorder,
	startRecorder,
} from '../support/diditsClient/recorder.mts';
import { CONTRADICTIONS, FIELDS, HEADERS, rows, WITHOUT } from '../support/diditsClient/table.mts';
import { byId } from '../support/run.mts';
import { v3 } from './client.mts';

let sandbox: Sandbox;
let recorder: Recorder;
let client: Client;
/** By tool: the fields that it names, each with the choices that it offers. */
let fieldsOfTools: Map<string, Array<{ field: string; choices: string[] }>>;

interface Property {
	enum?: string[];
	items?: { enum?: string[] };
}

beforeAll(async () => {
	sandbox = await startSandbox();
	recorder = await startRecorder(sandbox.url);
	client = new Client({ name: 'test', version: '1.0.0' });
	await client.connect(
		new StdioClientTransport({
			command: process.execPath,
			args: [require.resolve('@didit-protocol/mcp-server/dist/index.js')],
			stderr: 'ignore',
			env: {
				DIDIT_API_KEY: sandbox.apiKey,
				DIDIT_API_BASE_URL: `${recorder.url}/v3`,
				DIDIT_AUTH_BASE_URL: `${recorder.url}/auth/v2`,
			},
		}),
	);
	const { tools } = await client.listTools();
	fieldsOfTools = new Map(
		tools.map(({ name, inputSchema }) => [
			name,
			Object.entries((inputSchema.properties ?? {}) as Record<string, Property>).map(
				([field, { enum: choices, items }]) => ({ field, choices: choices ?? items?.enum ?? [] }),
			),
		]),
	);
});
afterAll(async () => {
	await client.close();
	recorder.stop();
	await sandbox.close();
});

async function callTool(name: string, args: Record<string, unknown>): Promise<Exchange> {
	recorder.take();
	await client.callTool({ name, arguments: args });
	const exchanges = recorder.take();
	expect(exchanges).toHaveLength(1);
	return exchanges[0];
}

const fieldsOf = (tool: string) => fieldsOfTools.get(tool) ?? [];

/** The node's request for the same call, and what was there before it. */
async function callNode({ id, node }: ClientCall): Promise<{ request: Exchange; given: Given }> {
	const given = await prepare(sandbox, id);
	const didit = { url: recorder.url, key: sandbox.apiKey };
	recorder.take();
	if ('run' in node!) {
		const trigger = startTrigger(didit);
		if (node.published) {
			await trigger.publish('status.updated');
			given.destination = sandbox.destinations[sandbox.destinations.length - 1].uuid;
			recorder.take();
		}
		await node.run(trigger);
	} else {
		await runOperation(didit, node!, given);
	}
	const exchanges = recorder.take();
	const request = exchanges.find((exchange) => operationOf(exchange)?.id === id);
	if (!request)
		throw new Error(`The node only asks for ${exchanges.map(({ path }) => path).join(', ')}`);
	return { request, given };
}

function problemsOfRequest(exchange: Exchange): string[] {
	const { id, params } = operationOf(exchange)!;
	return [
		...pathErrors('v3', id, params),
		...headerErrors('v3', id, exchange.headers),
		...queryErrors('v3', id, exchange.query),
		...requestErrors('v3', id, exchange.body),
	];
}

function expectValid(exchange: Exchange, id: string): void {
	expect(operationOf(exchange)?.id).toBe(id);
	expect([
		...problemsOfRequest(exchange),
		...responseErrors('v3', id, exchange.status, exchange.answer),
	]).toEqual([]);
	expect(exchange.status).toBeLessThan(300);
}

describe.each(CALLS)('$tool', (call: ClientCall) => {
	const { tool, id, args, path = [], files = {}, node, refused } = call;
	const known = FIELDS.filter((row) => row.tool === tool);
	let client: Exchange;
	let given: Given;

	beforeAll(async () => {
		given = await prepare(sandbox, id);
		client = await callTool(tool, args(given));
	});

	it('says what the contract allows, and gets an answer that it allows', () => {
		if (!refused) return expectValid(client, id);
		expect(operationOf(client)?.id).toBe(id);
		expect(CONTRADICTIONS.map((row) => row.tool)).toContain(tool);
	});

	it('offers no choice that the contract refuses', () => {
		const { method, query, body } = client;
		const offered = fieldsOf(tool).flatMap(({ field, choices }) =>
			choices.map((choice) => [field, choice]),
		);
		for (const [field, choice] of offered) {
			const problems =
				method === 'GET'
					? queryErrors('v3', id, { ...query, [field]: choice })
					: requestErrors('v3', id, { ...(body as object), [field]: choice });
			expect(problems.filter((problem) => problem.includes(`.${field}`))).toEqual([]);
		}
	});

	if (!node) {
		it('has no counterpart in the node, and the table says why', () => {
			expect(WITHOUT.flatMap(({ tools }) => tools)).toContain(tool);
		});
		return;
	}

	describe('beside the node', () => {
		let ours: Exchange;
		let oursGiven: Given;

		beforeAll(async () => {
			({ request: ours, given: oursGiven } = await callNode(call));
		});

		it('asks for the same address', () => {
			expectValid(ours, id);
			const { path } = named(client, given);
			// The node asks for a PDF with the slash: without it Didit once redirected, which lost the key.
			const slashed = path.endsWith('/') ? path : `${path}/`;
			expect(`${ours.method} ${named(ours, oursGiven).path}`).toBe(`${client.method} ${slashed}`);
		});

		it('shows the same key, and other headers differ as the table says', () => {
			for (const { headers } of [client, ours]) {
				expect(headers['x-api-key']).toBe(sandbox.apiKey);
				expect(headers.authorization).toBeUndefined();
			}
			const expected = HEADERS.filter((row) => row.of(ours)).map(({ header, client, node }) => ({
				header,
				client,
				node,
			}));
			const found = differences(call, client, ours);
			expect(found).toEqual(expect.arrayContaining(expected));
			for (const one of found) expect(expected).toContainEqual(one);
		});

		it('can send fields that differ as the table says, and not otherwise', () => {
			const theirs = fieldsOf(tool)
				.filter(({ field }) => !path.includes(field))
				.map(({ field }) => files[field] ?? field);
			const sent = fieldsSent(ours);
			const own = node.sent ? sent : [...new Set([...fieldsOfNode(node), ...sent])];
			const found = [
				...theirs.filter((name) => !own.includes(name)).map((field) => `client ${field}`),
				...own.filter((name) => !theirs.includes(name)).map((field) => `node ${field}`),
			];
			expect(found.sort()).toEqual(known.map(({ side, field }) => `${side} ${field}`).sort());
		});

		it('says the same in all others', () => {
			const others = [...known.map(({ field }) => field), ...path];
			expect(saying(named(ours, oursGiven), others)).toEqual(saying(named(client, given), others));
		});
	});
});

it.each(CONTRADICTIONS)(
	'$tool with $what is refused, as the table says',
	async ({ tool, args, problem, status = 400, taken }) => {
		const call = CALLS.find((one) => one.tool === tool)!;
		const given = await prepare(sandbox, call.id);
		const refused = await callTool(tool, args(given));
		expect(operationOf(refused)?.id).toBe(call.id);
		expect([...problemsOfRequest(refused), JSON.stringify(refused.answer)]).toContainEqual(
			expect.stringMatching(problem),
		);
		expect(refused.status).toBe(status);
		if (!taken) return;
		sandbox.set(taken);
		expect((await callTool(tool, args(given))).status).toBe(
			Number(Object.keys(operation('v3', call.id).responses)[0]),
		);
	},
);

it('only the node reaches a record whose ID has marks of an address in it', async () => {
	const vendor_data = 'tenant/user 9?x';
	const given = await prepare(sandbox, 'session');
	await v3(sandbox, 'POST', '/v3/users/create/', { vendor_data });
	const lost = await callTool('didit_get_user', { vendor_data });
	expect([operationOf(lost), lost.status]).toEqual([undefined, 404]);
	const get: OperationCall = {
		resource: 'user',
		operation: 'get',
		parameters: () => ({ userId: byId(vendor_data) }),
	};
	await runOperation({ url: recorder.url, key: sandbox.apiKey }, get, given);
	const [found] = recorder.take();
	expect([operationOf(found), found.status]).toEqual([
		{ id: 'user.get', params: { vendor_data } },
		200,
	]);
});

it('every tool of the client is compared, or the table says why not', () => {
	const known = [...CALLS.map(({ tool }) => tool), ...WITHOUT.flatMap((row) => row.tools)];
	expect([...fieldsOfTools.keys()].sort()).toEqual([...new Set(known)].sort());
	expect(client.getServerVersion()?.version).toBe('4.0.0');
});

it('the page shows the same tables', () => {
	const shown = readFileSync('docs/didits-own-client.md', 'utf8')
		.split('\n')
		.filter((line) => line.startsWith('| `'))
		.map((line) =>
			line
				.split('|')
				.slice(1, -1)
				.map((cell) => cell.trim()),
		);
	expect(shown).toEqual(rows());
});
