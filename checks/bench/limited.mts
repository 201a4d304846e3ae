/** A server that limits creates as Didit documents it, only in a shorter window: does everything arrive, once, and how soon? */
import { startSandbox, type Sandbox } from '../../sandbox/index.mts';
import { httpRequest, thisNode, type Contender } from './contenders.mts';
import type { Aim, Table } from '../../harness/report.mts';
import type { Bench, MeasuredN8n } from './measured.mts';

const LATENCY_MS = 20;

export const limited: Bench = async ({ short, say, inN8n }) => {
	const items = short ? 400 : 1_000;
	const perWindow = 200;
	const windowSeconds = 10;
	// All windows but the last must have passed before the last items may be sent.
	const shortest = (Math.ceil(items / perWindow) - 1) * windowSeconds;
	// Max Wait is twice Didit's real window by default, and so it is here.
	const ours = thisNode({ requestSettings: { maxWait: 2 * windowSeconds } });
	const contenders: Record<string, Contender> = {
		'this node': ours,
		'HTTP Request node': httpRequest(),
		'HTTP Request node, batches set by hand': batched(perWindow, windowSeconds),
	};

	const sandbox = await startSandbox({ rateLimits: { write: perWindow, windowSeconds } });
	const compare = async (n8n: MeasuredN8n) => {
		const rows: Table['rows'] = [];
		const aims: Aim[] = [];
		for (const [name, contender] of Object.entries(contenders)) {
			say(name);
			const { seconds, failed, doubles, refused } = await measure(n8n, sandbox, contender, items);
			rows.push([name, seconds, seconds / shortest, failed, doubles, refused]);
			if (contender === ours) {
				aims.push(
					{ text: 'Limited API: failed items', measured: failed, atMost: 0 },
					{ text: 'Limited API: double sessions', measured: doubles, atMost: 0 },
					{
						text: 'Limited API: time ÷ shortest possible',
						measured: seconds / shortest,
						atMost: 1.1,
						timing: true,
					},
				);
			}
		}
		return {
			tables: [
				{
					title: `Create: ${items} items on a server that takes ${perWindow} in ${windowSeconds} s`,
					onPage: true,
					note: `Didit documents 600 in 60 s; limit and window (and Max Wait) are scaled down. The sandbox counts in a sliding window and answers 429 with Retry-After in whole seconds. The shortest possible time is ${shortest} s: so long must the last items wait for room. The HTTP Request node reports refused items as failed; with its batches set by hand to the limit it can do better, if nothing else uses the key.`,
					columns: [
						'',
						'time, s',
						'÷ shortest possible',
						'failed items',
						'double sessions',
						'refused requests',
					],
					rows,
				},
			],
			aims,
		};
	};
	try {
		return await inN8n(compare);
	} finally {
		await sandbox.close();
	}
};

async function measure(
	{ client, measured }: MeasuredN8n,
	sandbox: Sandbox,
	contender: Contender,
	items: number,
) {
	sandbox.reset();
	sandbox.faults.add({ path: '/v1/session/', latency: LATENCY_MS });
	const run = await measured(await contender(client, sandbox));
	const { wall, failed, items: out } = await run(items);
	const users = new Set(sandbox.sessions.map(({ vendor_data }) => vendor_data));
	return {
		seconds: wall / 1000,
		failed: failed + items - out,
		doubles: sandbox.sessions.length - users.size,
		refused: sandbox.requests.filter(({ status }) => status === 429).length,
	};
}

const batched =
	(batchSize: number, seconds: number): Contender =>
	async (client, server) => {
		const node = await httpRequest()(client, server);
		node.parameters.options = { batching: { batch: { batchSize, batchInterval: seconds * 1000 } } };
		return node;
	};
