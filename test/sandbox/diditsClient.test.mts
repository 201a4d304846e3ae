/**
 * Didit's own client, @didit-protocol/mcp-server, as a judge: driven over stdio against the sandbox, its calls are compared
 * with the contract and with the node. What differs stands in docs/didits-own-client.md, and nothing else may.
 */
import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import {
	headerErrors,
	operation,
	operations,
	queryErrors,
	requestErrors,
	responseErrors,
} from '../../contract/index.mts';
import { startSandbox, type Sandbox } from '../../sandbox/index.mts';
import { CALLS, type ClientCall, type Given, WORKFLOW } from '../support/diditsClient/calls.mts';
import { fieldsOfNode } from '../support/diditsClient/fields.mts';
import { CONTRADICTIONS, FIELDS, rows, WITHOUT } from '../support/diditsClient/table.mts';
import { attempt } from '../support/generated.mts';
import { serve, type TestServer } from '../support/server.mts';
import { v3 } from './client.mts';

interface Exchange {
	method: string;
	path: string;
	query: Record<string, string>;
	headers: IncomingHttpHeaders;
	body: unknown;
	status: number;
	answer: unknown;
}

let sandbox: Sandbox;
let recorder: TestServer;
let client: Client;
let given: Given;
const exchanges: Exchange[] = [];

const parsed = (text: string): unknown => {
	try {
		return JSON.parse(text);
	} catch {
		return text === '' ? undefined : text;
	}
};

/** Stands between the client and the sandbox, and keeps what they say. */
async function startRecorder(): Promise<string> {
	recorder = await serve((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			void (async () => {
				const body = Buffer.concat(chunks).toString('utf8');
				const { method = '', url = '', headers } = request;
				const forwarded = await fetch(`${sandbox.url}${url}`, {
					method,
					headers: Object.fromEntries(
						Object.entries(headers).filter(
							([name]) => !/^host$|connection|length|encoding/.test(name),
						),
					) as Record<string, string>,
					body: body === '' ? undefined : body,
					redirect: 'manual',
				});
				const answer = await forwarded.text();
				const { pathname, searchParams } = new URL(url, sandbox.url);
				exchanges.push({
					method,
					path: pathname,
					query: Object.fromEntries(searchParams),
					headers,
					body: parsed(body),
					status: forwarded.status,
					answer: parsed(answer),
				});
				response
					.writeHead(forwarded.status, {
						'content-type': forwarded.headers.get('content-type') ?? 'text/plain',
					})
					.end(forwarded.status === 204 ? undefined : answer);
			})();
		});
	});
	return recorder.url;
}

beforeAll(async () => {
	sandbox = await startSandbox();
	const url = await startRecorder();
	client = new Client({ name: 'test', version: '1.0.0' });
	await client.connect(
		new StdioClientTransport({
			command: process.execPath,
			args: [require.resolve('@didit-protocol/mcp-server/dist/index.js')],
			stderr: 'ignore',
			env: {
				DIDIT_API_KEY: sandbox.apiKey,
				DIDIT_API_BASE_URL: `${url}/v3`,
				DIDIT_AUTH_BASE_URL: `${url}/auth/v2`,
			},
		}),
	);
	const create = async (vendor_data: string) => {
		const { body } = await v3(sandbox, 'POST', '/v3/session/', {
			workflow_id: WORKFLOW,
			vendor_data,
		});
		sandbox.setStatus(body.session_id, 'In Review');
		return body.session_id as string;
	};
	const { body: destination } = await v3(sandbox, 'POST', '/v3/webhook/destinations/', {
		label: 'Other',
		url: 'https://n8n.example/webhook/other',
		subscribed_events: ['data.updated'],
	});
	const { body: list } = await v3(sandbox, 'POST', '/v3/lists/', {
		name: 'Ours',
		list_type: 'custom',
		entry_type: 'email',
	});
	const { body: entry } = await v3(sandbox, 'POST', `/v3/lists/${list.uuid}/entries/`, {
		value: 'first@example.com',
	});
	const { body: transaction } = await v3(sandbox, 'POST', '/v3/transactions/', {
		transaction_id: 'client-order-1',
		transaction_category: 'finance',
		transaction_details: { direction: 'outbound', amount: '5', currency: 'EUR' },
		subject: { vendor_data: 'client-session', full_name: 'Nora Sample' },
	});
	given = {
		session: await create('client-session'),
		other: await create('client-other'),
		destination: destination.uuid,
		list: list.uuid,
		entry: entry.uuid,
		transaction: transaction.uuid,
	};
});
afterAll(async () => {
	await client.close();
	recorder.stop();
	await sandbox.close();
});

async function callTool(name: string, args: Record<string, unknown>): Promise<Exchange> {
	exchanges.length = 0;
	await client.callTool({ name, arguments: args });
	expect(exchanges).toHaveLength(1);
	return exchanges[0];
}

describe.each(CALLS)('$tool', ({ tool, id, args, node }: ClientCall) => {
	it('says what the contract allows, and gets an answer that it allows', async () => {
		const { method, path, query, headers, body, status, answer } = await callTool(
			tool,
			args(given),
		);
		const pattern = operation('v3', id).path.replace(/\{\w+\}/g, '[^/]+');
		expect([method, path]).toEqual([
			operation('v3', id).method,
			expect.stringMatching(new RegExp(`^${pattern}$|^${pattern.slice(0, -1)}$`)),
		]);
		expect([
			...headerErrors('v3', id, headers),
			...queryErrors('v3', id, query),
			...requestErrors('v3', id, body),
			...responseErrors('v3', id, status, answer),
		]).toEqual([]);
		expect(status).toBeLessThan(300);
		if (!node) return;
		const { sent } = await attempt(node.resource, node.operation, node.parameters(given));
		expect(sent.map((request) => `${request.method} ${request.path}`)).toContain(
			// The node asks for a PDF with the slash: without it Didit once redirected, which lost the key.
			`${method} ${path.endsWith('/') ? path : `${path}/`}`,
		);
	});
});

describe.each(CALLS.filter(({ node }) => node))(
	'the fields of $tool',
	({ tool, path = [], node }) => {
		it('differ as the table says, and not otherwise', async () => {
			const { tools } = await client.listTools();
			const schema = tools.find(({ name }) => name === tool)?.inputSchema;
			const theirs = Object.keys(schema?.properties ?? {}).filter((name) => !path.includes(name));
			const ours = fieldsOfNode(node!.resource, node!.operation, node!.within);
			const found = [
				...theirs.filter((name) => !ours.includes(name)).map((field) => `client ${field}`),
				...ours.filter((name) => !theirs.includes(name)).map((field) => `node ${field}`),
			];
			const known = FIELDS.filter((row) => row.tool === tool).map(
				({ side, field }) => `${side} ${field}`,
			);
			expect(found.sort()).toEqual(known.sort());
		});
	},
);

it.each(CONTRADICTIONS)(
	'$tool with $what is refused by the contract, as the table says',
	async ({ tool, args, problem }) => {
		const { query, body, status, path, method } = await callTool(tool, args(given));
		const id = operations('v3').find(
			(candidate) =>
				candidate.method === method &&
				new RegExp(`^${candidate.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(path),
		)!.id;
		const found = [...queryErrors('v3', id, query), ...requestErrors('v3', id, body)];
		expect(found).toContainEqual(expect.stringMatching(problem));
		expect(status).toBe(400);
	},
);

it('every tool of the client is compared, or the table says why not', async () => {
	const { tools } = await client.listTools();
	const known = [
		...CALLS.map(({ tool }) => tool),
		...CONTRADICTIONS.map(({ tool }) => tool),
		...WITHOUT.flatMap((row) => row.tools),
	];
	expect(tools.map(({ name }) => name).sort()).toEqual([...new Set(known)].sort());
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
