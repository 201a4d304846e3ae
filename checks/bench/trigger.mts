/**
 * Deliveries to the Didit Trigger beside the same deliveries to n8n's Webhook node, which verifies nothing, and to the least
 * that a trigger can be: how many executions a second come of them, how soon they are answered, and whether one is lost.
 */
import { median, quantile } from 'simple-statistics';
import { startSandbox, type Sandbox } from '../../sandbox/index.mts';
import { deliver, type Receiver, type Round } from './deliver.mts';
import { signedEvents } from './deliveries.mts';
import type { Aim, Table } from '../../harness/report.mts';
import { keyCredential } from '../../harness/n8n/credentials.mts';
import { node as nodeOf, publish, webhook } from '../../harness/n8n/workflow.mts';
import type { Bench, MeasuredN8n } from './measured.mts';

const KB = 1024;

interface Size {
	name: string;
	bytes: number;
	/** Deliveries in a round. */
	count: number;
}

const MAIN: Size = { name: '10 KB', bytes: 10 * KB, count: 100 };
const OTHERS: Size[] = [
	{ name: '1 KB', bytes: KB, count: 100 },
	{ name: '1 MB', bytes: KB * KB, count: 20 },
];

const [PLAIN, LEAST, DIDIT, REPEATING] = [
	'Webhook node',
	'least possible trigger',
	'Didit Trigger',
	'Didit Trigger, Ignore Duplicates off',
];

/** With this n8n makes a virtual machine for expressions when the first one is evaluated, not at every delivery. */
const LAZY = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' };

/** Medians of the rounds. */
type Figures = Record<string, { runs: number; answers: number; cpu: number; latencies: number[] }>;

export const trigger: Bench = async ({ short, say, inN8n }) => {
	const sandbox = await startSandbox();
	const rounds: Round[] = [];
	const rows: Table['rows'] = [];
	const compare = async (
		n8n: MeasuredN8n,
		{ count, ...size }: Size,
		names: string[],
		label: string,
	): Promise<Figures> => {
		const figures = await inTurn(
			await receivers(n8n, sandbox, names),
			{ ...size, count: short ? count / 2 : count },
			short ? 3 : 5,
			rounds,
			(text) => say(`${size.name}${label}, ${text}`),
		);
		for (const [name, { runs, answers, cpu, latencies }] of Object.entries(figures)) {
			rows.push([
				size.name + label,
				name,
				runs,
				runs / figures[PLAIN].runs,
				answers,
				median(latencies),
				quantile(latencies, 0.99),
				cpu,
			]);
		}
		return figures;
	};
	try {
		const aims: Aim[] = [];
		await inN8n(async (n8n) => {
			aims.push(
				...aimsOf(
					await compare(
						n8n,
						MAIN,
						short ? [PLAIN, LEAST, DIDIT] : [PLAIN, LEAST, DIDIT, REPEATING],
						'',
					),
				),
			);
			if (!short) for (const size of OTHERS) await compare(n8n, size, [PLAIN, LEAST, DIDIT], '');
		});
		if (!short)
			await inN8n(
				async (n8n) => void (await compare(n8n, MAIN, [PLAIN, LEAST, DIDIT], ', lazy')),
				LAZY,
			);
		const sum = (read: (round: Round) => number) =>
			rounds.reduce((total, round) => total + read(round), 0);
		aims.push(
			{ text: 'Trigger: deliveries refused', measured: sum(({ refused }) => refused), atMost: 0 },
			{
				text: 'Trigger: answered deliveries without an execution that ended well',
				measured: sum(({ lost }) => lost),
				atMost: 0,
			},
			{
				text: 'Trigger: requests to Didit because of deliveries',
				measured: sum(({ asked }) => asked),
				atMost: 0,
			},
		);
		return {
			tables: [{ title: 'Deliveries to the trigger', note: NOTE, columns: COLUMNS, rows }],
			aims,
		};
	} finally {
		await sandbox.close();
	}
};

const NOTE =
	'Signed deliveries, each of another event, 8 at a time, to a workflow of the trigger and one node that does nothing; executions are saved, as n8n does by default. All of them answer when n8n has stored the execution. "Executions a second" counts from the first delivery until the last execution has ended. The Didit Trigger is registered automatically and verifies, reads and simplifies every event and looks for duplicates in n8n\'s database; the Webhook node verifies nothing; the least possible trigger is a node of one line that passes the body on. Latencies in milliseconds; CPU time of the n8n process for each delivery. "Lazy": n8n with N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true, where it makes a virtual machine for expressions only when there is one to evaluate.';

const COLUMNS = [
	'body',
	'trigger',
	'executions a second',
	'÷ Webhook node',
	'answers a second',
	'median latency',
	'99 %',
	'CPU, ms',
];

function aimsOf(figures: Figures): Aim[] {
	const share = (name: string, of: string) => figures[name].runs / figures[of].runs;
	const reason = `n8n takes a short cut for its own Webhook node alone: for every other trigger it makes one more virtual machine for expressions at each delivery, whether or not there is an expression to evaluate (webhookPhaseNeedsIsolate in its live-webhooks.js). The least possible trigger, which does nothing but pass the body on, reaches ${share(LEAST, PLAIN).toFixed(2)} of the Webhook node's rate in the same run.`;
	const measured = share(DIDIT, PLAIN);
	return [
		{
			text: "Trigger: executions a second at 10 KB ÷ the Webhook node's",
			measured,
			atLeast: 0.9,
			timing: true,
			...(measured < 0.9 && { reason }),
		},
		// What is left is the search for duplicates: it reads and writes n8n's database once for each event.
		{
			text: 'Trigger: executions a second at 10 KB ÷ those of the least possible trigger',
			measured: share(DIDIT, LEAST),
			atLeast: 0.8,
			timing: true,
		},
		{
			text: 'Trigger: CPU time of a delivery of 10 KB ÷ that of the least possible trigger',
			measured: figures[DIDIT].cpu / figures[LEAST].cpu,
			atMost: 1.1,
			timing: true,
		},
	].filter((aim) => !Number.isNaN(aim.measured));
}

/** A warm-up, then rounds in which everybody takes their turn, the order changing. */
async function inTurn(
	all: Receiver[],
	{ bytes, count }: Size,
	rounds: number,
	everything: Round[],
	say: (text: string) => void,
): Promise<Figures> {
	const [event] = await signedEvents([bytes]);
	const results = new Map<Receiver, Round[]>(all.map((one) => [one, []]));
	for (let round = 0; round <= rounds; round++) {
		say(`round ${round} of ${rounds}`);
		for (const one of round % 2 ? all : [...all].reverse()) {
			const result = await deliver(one, event, count);
			everything.push(result);
			if (round > 0) results.get(one)?.push(result);
		}
	}
	const figures = (list: Round[]) => {
		const middle = (read: (round: Round) => number) => median(list.map(read));
		return {
			runs: middle(({ runs }) => runs),
			answers: middle(({ answers }) => answers),
			cpu: middle(({ cpu }) => cpu),
			latencies: list.flatMap(({ latencies }) => latencies),
		};
	};
	return Object.fromEntries([...results].map(([{ name }, list]) => [name, figures(list)]));
}

let workflows = 0;

/** A published workflow for each of the named triggers. */
async function receivers(
	{ client, n8n }: MeasuredN8n,
	sandbox: Sandbox,
	names: string[],
): Promise<Receiver[]> {
	const diditApi = await client.saveCredential('diditApi', 'Bench', keyCredential(sandbox));
	const didit = (options: object) =>
		nodeOf(
			'Trigger',
			'n8n-nodes-didit.diditTrigger',
			1.1,
			{ events: ['status.updated'], options },
			{ diditApi },
		);
	const triggers: Record<
		string,
		{ suffix: string; node: (path: string) => ReturnType<typeof nodeOf> }
	> = {
		[PLAIN]: { suffix: '', node: (path) => webhook(path, { httpMethod: 'POST' }) },
		[LEAST]: { suffix: '/receive', node: () => nodeOf('Trigger', 'n8n-nodes-bench.receive', 1.1) },
		[DIDIT]: { suffix: '/didit', node: () => didit({}) },
		[REPEATING]: { suffix: '/didit', node: () => didit({ ignoreDuplicates: false }) },
	};
	const all: Receiver[] = [];
	for (const name of names) {
		const path = `trigger-${workflows++}`;
		const { suffix, node } = triggers[name];
		const first = { ...node(path), webhookId: path };
		const { id: workflowId } = await publish(client, {
			name,
			nodes: [first, nodeOf('Rest', 'n8n-nodes-base.noOp', 1)],
		});
		const url = `${client.url}/webhook/${path}${suffix}`;
		const secret = sandbox.destinations.find(
			(destination) => destination.url === url,
		)?.secret_shared_key;
		all.push({
			name,
			url,
			workflowId,
			secret,
			client,
			pid: n8n.pid,
			executions: 0,
			requestsToDidit: () => sandbox.requests.length,
		});
	}
	return all;
}
