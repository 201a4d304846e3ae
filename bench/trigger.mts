/**
 * Deliveries to the Didit Trigger beside the same deliveries to n8n's Webhook node, which verifies nothing: how fast they are
 * answered, how many executions a second come of them, and whether one is lost.
 */
import autocannon from 'autocannon';
import { median, quantile } from 'simple-statistics';
import type { N8nClient } from '../demo/n8n/client.mts';
import { startSandbox, type Sandbox } from '../sandbox/index.mts';
import type { Signed } from '../sandbox/webhooks/signer.mts';
import type { Bench } from './cases.mts';
import { another, signedEvents, type Delivery } from './deliveries.mts';
import { nodeOf, startWorld, webhook } from './world.mts';

const KB = 1024;

interface Size {
	name: string;
	bytes: number;
	/** Deliveries in a round. */
	count: number;
}

const SIZES: Size[] = [
	{ name: '10 KB', bytes: 10 * KB, count: 200 },
	{ name: '1 KB', bytes: 1 * KB, count: 200 },
	{ name: '1 MB', bytes: KB * KB, count: 30 },
];

/** Deliveries under way at once. */
const CONNECTIONS = 8;

interface Contender {
	name: string;
	url: string;
	workflowId: string;
	/** Executions so far. */
	executions: number;
}

interface Round {
	/** Answers, and executions that have ended, for each second since the first delivery. */
	answers: number;
	runs: number;
	latencies: number[];
	lost: number;
	refused: number;
}

export const trigger: Bench = async ({ short, say }) => {
	const sandbox = await startSandbox();
	try {
		const world = await startWorld(say);
		try {
			return await measure(world.client, sandbox, short, say);
		} finally {
			await world.stop();
		}
	} finally {
		await sandbox.close();
	}
};

async function measure(client: N8nClient, sandbox: Sandbox, short: boolean, say: (text: string) => void): ReturnType<Bench> {
	const key = await client.saveCredential('diditApi', 'Bench', { authentication: 'apiKey', apiKey: sandbox.apiKey, environment: 'custom', verificationUrl: sandbox.url });
	const contender = async (name: string, node: ReturnType<typeof nodeOf>, path: string): Promise<Contender> => {
		const { id } = await client.createWorkflow({
			name,
			nodes: [node, nodeOf('Rest', 'n8n-nodes-base.noOp', 1)],
			connections: { [node.name]: { main: [[{ node: 'Rest', type: 'main', index: 0 }]] } },
			settings: { executionOrder: 'v1' },
		});
		await client.activate(id);
		return { name, url: `${client.url}/webhook/${path}`, workflowId: id, executions: 0 };
	};
	const verified = async (name: string, path: string, parameters: object) =>
		await contender(name, { ...nodeOf('Didit Trigger', 'n8n-nodes-didit.diditTrigger', 1, { events: ['status.updated'], ...parameters }, { diditApi: key }), webhookId: path }, `${path}/didit`);
	const plain = await contender('Webhook node', webhook('plain', { httpMethod: 'POST' }), 'plain');
	const didit = await verified('Didit Trigger', 'verified', {});
	const repeating = await verified('Didit Trigger, duplicates not looked for', 'repeating', { options: { ignoreDuplicates: false } });
	const secretOf = ({ url }: Contender) => sandbox.destinations.find((destination) => destination.url === url)?.secret_shared_key;

	const asked = sandbox.requests.length;
	const rounds = short ? 3 : 5;
	const rows: Array<Array<string | number>> = [];
	const all: Round[] = [];
	const ratios: Record<string, { answers: number; runs: number }> = {};
	for (const size of short ? SIZES.slice(0, 1) : SIZES) {
		const event = (await signedEvents([size.bytes]))[0];
		const contenders = size === SIZES[0] ? [plain, didit, repeating] : [plain, didit];
		const results = new Map<Contender, Round[]>(contenders.map((one) => [one, []]));
		// One round more, before the first, to warm up.
		for (let round = 0; round <= rounds; round++) {
			say(`${size.name}, round ${round} of ${rounds}`);
			for (const one of round % 2 ? contenders : [...contenders].reverse()) {
				const result = await deliver(client, one, event, secretOf(one), size.count);
				all.push(result);
				if (round > 0) results.get(one)?.push(result);
			}
		}
		const figure = (one: Contender, read: (round: Round) => number) => median((results.get(one) ?? []).map(read));
		for (const one of contenders) {
			const latencies = (results.get(one) ?? []).flatMap((round) => round.latencies);
			rows.push([size.name, one.name, figure(one, ({ runs }) => runs), figure(one, ({ answers }) => answers), median(latencies), quantile(latencies, 0.99)]);
		}
		ratios[size.name] = { runs: figure(didit, ({ runs }) => runs) / figure(plain, ({ runs }) => runs), answers: figure(didit, ({ answers }) => answers) / figure(plain, ({ answers }) => answers) };
	}
	const sum = (read: (round: Round) => number) => all.reduce((total, round) => total + read(round), 0);
	return {
		tables: [
			{
				title: 'Deliveries to the trigger',
				note: `Signed deliveries, each of another event, ${CONNECTIONS} at a time, to a workflow of the trigger and one node that does nothing; executions are saved, as n8n does by default. The Webhook node verifies nothing and answers when n8n has stored the execution; the Didit Trigger answers as soon as the delivery is verified, before that. So answers a second are not comparable as they stand, and "executions a second" counts from the first delivery until the last execution has ended. Medians of ${rounds} alternating rounds; latency of the answer in milliseconds, over all rounds.`,
				columns: ['body', 'trigger', 'executions a second', 'answers a second', 'median', '99 %'],
				rows,
			},
		],
		aims: [
			{ text: 'Trigger: executions a second at 10 KB, share of the Webhook node\'s', measured: ratios['10 KB'].runs, atLeast: 0.9, timing: true },
			{ text: 'Trigger: answers a second at 10 KB, share of the Webhook node\'s', measured: ratios['10 KB'].answers, atLeast: 0.9, timing: true },
			{ text: 'Trigger: deliveries refused', measured: sum(({ refused }) => refused), atMost: 0 },
			{ text: 'Trigger: answered deliveries without an execution that ended well', measured: sum(({ lost }) => lost), atMost: 0 },
			{ text: `Trigger: requests to Didit for ${sum(({ latencies }) => latencies.length)} deliveries`, measured: sandbox.requests.length - asked, atMost: 0 },
		],
	};
}

/** One round of one contender: all deliveries, then the end of all executions. */
async function deliver(client: N8nClient, contender: Contender, event: Signed, secret: string | undefined, count: number): Promise<Round> {
	const deliveries: Delivery[] = Array.from({ length: count }, () => another(event, secret));
	const latencies: number[] = [];
	let refused = 0;
	let next = 0;
	const started = Date.now();
	let answered = started;
	await new Promise<void>((resolve, reject) => {
		const requests = [{ method: 'POST' as const, setupRequest: (request: object) => ({ ...request, ...deliveries[next++ % count] }) }];
		const load = autocannon({ url: contender.url, connections: CONNECTIONS, amount: count, timeout: 60, requests }, (error) => (error ? reject(error as Error) : resolve()));
		load.on('response', (_client, status, _bytes, milliseconds) => {
			latencies.push(milliseconds);
			answered = Date.now();
			if (status !== 200) refused++;
		});
	});
	contender.executions += count;
	const ended = await lastEnd(client, contender);
	return {
		answers: (latencies.length / (answered - started)) * 1000,
		runs: (count / (ended.at - started)) * 1000,
		latencies,
		refused: refused + count - latencies.length,
		lost: contender.executions - ended.count,
	};
}

const WITHIN_MS = 120_000;

/** Waits until as many executions have ended as were started. Says how many ended well, and when the last one did. */
async function lastEnd(client: N8nClient, { workflowId, executions }: Contender): Promise<{ count: number; at: number }> {
	const ask = async (status: string[]) =>
		await client.get<{ count: number; results: Array<{ stoppedAt: string }> }>(`/rest/executions?filter=${encodeURIComponent(JSON.stringify({ workflowId, status }))}&limit=100`);
	const deadline = Date.now() + WITHIN_MS;
	for (;;) {
		const { count, results } = await ask(['success', 'error', 'crashed', 'canceled']);
		if (count >= executions || Date.now() > deadline) return { count: (await ask(['success'])).count, at: Math.max(...results.map(({ stoppedAt }) => Date.parse(stoppedAt))) };
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}
