/**
 * Deliveries to the Didit Trigger beside the same deliveries to n8n's Webhook node, which verifies nothing, and to the least
 * that a trigger can be: how many executions a second come of them, how soon they are answered, and whether one is lost.
 */
import { median, quantile } from 'simple-statistics';
import { startSandbox, type Sandbox } from '../../sandbox/index.mts';
import { deliver, type Receiver, type Round } from './deliver.mts';
import { SECRET, signedEvents } from './deliveries.mts';
import type { Plot } from '../../harness/plot.mts';
import type { Aim, Table } from '../../harness/report.mts';
import type { Stored, WorkflowNode } from '../../harness/n8n/client.mts';
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
	{ name: '1 KB', bytes: KB, count: 50 },
	{ name: '1 MB', bytes: KB * KB, count: 20 },
];

const [PLAIN, LEAST, DIDIT] = ['Webhook node', 'least possible trigger', 'Didit Trigger'];

/** What n8n itself takes for a trigger that has a credential and never starts the same work twice. */
const REMEMBERING = 'least possible trigger with a credential that remembers deliveries';

/** Registered by hand: the secret is in the credential, which is read at every delivery. */
const [MANUAL, READING] = [
	'Didit Trigger, registered by hand',
	'least possible trigger that remembers deliveries and reads its credential',
];

/** They start nothing. */
const [FILTERED, FORGED, NOTHING] = [
	'Didit Trigger, filtered out',
	'Didit Trigger, forged',
	'least possible trigger that starts nothing',
];

/** With this n8n makes a virtual machine for expressions when the first one is evaluated, not at every delivery. */
const LAZY = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' };

/** Medians of the rounds. */
type Figures = Record<string, { runs: number; answers: number; cpu: number; latencies: number[] }>;

export const trigger: Bench = async ({ short, say, inN8n }) => {
	const sandbox = await startSandbox();
	const rounds: Round[] = [];
	const rows: Table['rows'] = [];
	const plots: Plot[] = [];
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
			const usual = [PLAIN, LEAST, DIDIT];
			const all = [...usual, REMEMBERING, MANUAL, READING, FILTERED, FORGED, NOTHING];
			const main = await compare(n8n, MAIN, short ? [...usual, FILTERED, FORGED] : all, '');
			aims.push(...aimsOf(main));
			if (short) return;
			const bySize: Array<[Size, Figures]> = [[MAIN, main]];
			for (const size of OTHERS)
				bySize.push([size, await compare(n8n, size, [...usual, REMEMBERING, MANUAL, READING], '')]);
			aims.push(...bySize.flatMap(([{ name }, figures]) => added(name, figures)));
			plots.push(plotOf(bySize));
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
			plots,
			aims,
		};
	} finally {
		await sandbox.close();
	}
};

const NOTE =
	'Signed deliveries, each of another event, 8 at a time, to a workflow of the trigger and one node that does nothing; executions are saved, as n8n does by default. All of them answer when n8n has stored the execution. "Executions a second" counts from the first delivery until the last execution has ended. The Didit Trigger is registered automatically and verifies, reads and simplifies every event and looks for duplicates in n8n\'s database; the Webhook node verifies nothing; the least possible trigger is a node of one line that passes the body on. Beside it stands one that has a credential and asks n8n whether it had the delivery before, as the Didit Trigger does, and one that reads the credential too, as a trigger registered by hand does to get its secret. Deliveries that are filtered out or forged start no execution, so for them answers are counted. Latencies in milliseconds; CPU time of the n8n process for each delivery. "Lazy": n8n with N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true, where it makes a virtual machine for expressions only when there is one to evaluate.';

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
		atOnce('filtered out', FILTERED, figures),
		atOnce('forged', FORGED, figures),
	];
}

const MANY = 5;

/** Deliveries that start nothing, beside those that do. */
function atOnce(what: string, name: string, figures: Figures): Aim {
	const measured = figures[name].answers / figures[DIDIT].runs;
	const least = figures[NOTHING] as Figures[string] | undefined;
	return {
		text: `Trigger: deliveries a second that are ${what} ÷ accepted ones, 10 KB`,
		measured,
		// A short run has no measurement beside it that shows what n8n allows.
		atLeast: least ? MANY : 1,
		timing: true,
		...(least &&
			measured < MANY &&
			figures[name].cpu < least.cpu * ADDED && {
				reason: `The least possible trigger that starts nothing, which looks at no delivery at all, takes ${ms(least.cpu)} of CPU time for each and reaches ${(least.answers / figures[DIDIT].runs).toFixed(2)} times the rate of accepted ones; this one takes ${ms(figures[name].cpu)}. The rest is n8n, which makes a virtual machine for expressions before any trigger but its own Webhook node is asked (webhookPhaseNeedsIsolate in its live-webhooks.js).`,
			}),
	};
}

/** What the package may add to the CPU time of the least possible trigger. */
const ADDED = 1.05;

const ms = (value: number) => `${value.toPrecision(3)} ms`;

/** The CPU time of a delivery beside that of the least possible trigger, for both kinds of registration. */
function added(size: string, figures: Figures): Aim[] {
	const least = figures[LEAST].cpu;
	const aim = (how: string, name: string, same: string, why: string): Aim => {
		const [own, needed] = [figures[name].cpu, figures[same].cpu];
		const measured = own / least;
		return {
			text: `Trigger, ${how}, ${size}: CPU time of a delivery ÷ that of the least possible trigger`,
			measured,
			atMost: ADDED,
			timing: true,
			...(measured > ADDED &&
				own <= needed * ADDED && {
					reason: `${why} The ${same} takes ${ms(needed)}, with nothing else done to a delivery, and the one that does nothing ${ms(least)}. This trigger takes ${ms(own)}, ${(own / needed).toPrecision(3)} times as much as the former.`,
				}),
		};
	};
	const memory =
		"Whether a delivery came before is asked of n8n's own memory, which reads and writes its database. For each execution n8n looks up whether the workflow may use its credential.";
	return [
		aim('automatic', DIDIT, REMEMBERING, memory),
		aim(
			'registered by hand',
			MANUAL,
			READING,
			`${memory} And the credential is read at every delivery, so that a secret that was replaced is good for nothing at once: n8n loads and decrypts it, and evaluates the one expression that tells whether its fields differ from item to item.`,
		),
		// Off Linux there is no CPU time.
	].filter(({ measured }) => !Number.isNaN(measured));
}

const plotOf = (bySize: Array<[Size, Figures]>): Plot => ({
	name: 'bench-trigger-size',
	title: 'Trigger: CPU time of a delivery, by size of its body',
	x: 'KB',
	y: 'ms',
	logarithmic: ['x'],
	points: bySize.flatMap(([{ bytes }, figures]) =>
		[PLAIN, LEAST, DIDIT, MANUAL].map((line) => ({ x: bytes / KB, y: figures[line].cpu, line })),
	),
});

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
			// Forged deliveries make the trigger ask Didit for the secret, once in ten seconds.
			everything.push(one.answers === 200 ? result : { ...result, asked: 0 });
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

/** A trigger, and what is expected of it. */
interface Kind {
	suffix: string;
	node: (path: string) => WorkflowNode;
	starts?: boolean;
	answers?: number;
	/** What its deliveries are signed with, if it isn't the secret of its webhook at Didit. */
	secret?: string;
}

/** A published workflow for each of the named triggers. */
async function receivers(
	{ client, n8n }: MeasuredN8n,
	sandbox: Sandbox,
	names: string[],
): Promise<Receiver[]> {
	const diditApi = await client.saveCredential('diditApi', 'Bench', keyCredential(sandbox));
	const byHand = await client.saveCredential('diditApi', 'By hand', {
		...keyCredential(sandbox),
		webhookSecret: SECRET,
	});
	const didit = (parameters: object, credential = diditApi): Kind => ({
		suffix: '/didit',
		node: () =>
			nodeOf(
				'Trigger',
				'n8n-nodes-didit.diditTrigger',
				1.1,
				{ events: ['status.updated'], ...parameters },
				{ diditApi: credential },
			),
	});
	const least = (
		type: 'receive' | 'remember',
		parameters: object = {},
		credentials?: Record<string, Stored>,
	): Kind => ({
		suffix: '/receive',
		node: () => nodeOf('Trigger', `n8n-nodes-bench.${type}`, 1.1, parameters, credentials),
	});
	const kinds: Record<string, Kind> = {
		[PLAIN]: { suffix: '', node: (path) => webhook(path, { httpMethod: 'POST' }) },
		[LEAST]: least('receive'),
		[REMEMBERING]: least('remember', {}, { diditApi }),
		[READING]: least('remember', { reads: true }, { diditApi: byHand }),
		[NOTHING]: { ...least('receive', { status: 200 }), starts: false },
		[DIDIT]: didit({}),
		[MANUAL]: { ...didit({ registration: 'manual' }, byHand), secret: SECRET },
		[FILTERED]: { ...didit({ filters: { statuses: ['Expired'] } }), starts: false },
		[FORGED]: { ...didit({}), starts: false, answers: 401, secret: 'a-secret-that-is-wrong' },
	};
	const all: Receiver[] = [];
	for (const name of names) {
		const path = `trigger-${workflows++}`;
		const { suffix, node, starts = true, answers = 200, secret } = kinds[name];
		const first = { ...node(path), webhookId: path };
		const { id: workflowId } = await publish(client, {
			name,
			nodes: [first, nodeOf('Rest', 'n8n-nodes-base.noOp', 1)],
		});
		const url = `${client.url}/webhook/${path}${suffix}`;
		const registered = sandbox.destinations.find((destination) => destination.url === url);
		all.push({
			name,
			url,
			workflowId,
			secret: secret ?? registered?.secret_shared_key,
			starts,
			answers,
			client,
			pid: n8n.pid,
			executions: 0,
			requestsToDidit: () => sandbox.requests.length,
		});
	}
	return all;
}
