/**
 * A worker is killed in the middle of a batch. n8n 2 does not run the interrupted executions again: it ends them with an
 * error as soon as another worker notices, and empties them, so that a Retry has nothing to do. So a signup is safe when it
 * is acknowledged after the work, because the sender then repeats it.
 */
import { LOCK } from '../cluster.mts';
import { retryFailed } from '../retry.mts';
import { eventually } from '../../../harness/eventually.mts';
import { sendAll } from '../sender.mts';
import {
	create,
	isSettled,
	mail,
	newPath,
	node,
	publish,
	respond,
	statuses,
	webhook,
	WORKFLOW_ID,
} from '../workflows.mts';
import { counted, repeated, type Scenario, type Setting } from '../scenario.mts';
import type { WorkflowNode } from '../../../harness/n8n/client.mts';

const PARALLEL = 30;
/** Milliseconds that the sandbox takes for a create, so that many are under way at the kill. */
const LATENCY = 400;

interface Case {
	name: string;
	/** When the webhook is answered: after the last node, or as soon as the execution is queued. */
	answered: 'responseNode' | 'onReceived';
	row: (setting: Setting) => WorkflowNode[];
}

const CASES: Record<'v3' | 'v1' | 'early' | 'plain', Case> = {
	v3: {
		name: 'API key, workflow and vendor data; answered at the end',
		answered: 'responseNode',
		row: (setting) => [create(setting, 'v3'), mail(setting), respond(setting)],
	},
	v1: {
		name: 'client ID and secret; answered at the end',
		answered: 'responseNode',
		row: (setting) => [create(setting, 'v1'), mail(setting), respond(setting)],
	},
	early: {
		name: 'API key; answered at once',
		answered: 'onReceived',
		row: (setting) => [create(setting, 'v3')],
	},
	plain: {
		name: "n8n's own nodes only (HTTP Request); answered at once",
		answered: 'onReceived',
		row: (setting) => [plainCreate(setting)],
	},
};

export const workerKilled: Scenario = async (setting) => {
	const { short } = setting;
	setting.sandbox.faults.add({ method: 'POST', path: '/v*/session/', latency: LATENCY });
	const v3 = await killed(setting, CASES.v3);
	const others = short
		? []
		: [
				await killed(setting, CASES.v1),
				await killed(setting, CASES.early),
				await killed(setting, CASES.plain),
			];
	const [, early, plain] = others;
	setting.sandbox.faults.clear();
	return {
		tables: [
			{
				title: 'A worker killed with SIGKILL',
				note:
					`${PARALLEL} signups at once; one of two workers is killed after a quarter of them and started again. n8n ends what it was doing with an error, once its lock has run out and up to half a minute more has passed (the lock is ${Number(LOCK.QUEUE_WORKER_LOCK_DURATION) / 1000} s here, looked for every ${Number(LOCK.QUEUE_WORKER_STALLED_INTERVAL) / 1000} s; by default 60 s and 30 s), and answers the sender with 500. ` +
					'"Without a session" counts acknowledged signups, before and after the failed executions were run again with n8n\'s own Retry.',
				columns: [
					'create',
					'signups',
					'acknowledged',
					'interrupted',
					'sent again',
					'without a session',
					'succeeded with Retry',
					'then without a session',
					'two sessions',
					'two mails',
					'seconds until the last',
				],
				rows: [v3, ...others].map((one) => [
					one.name,
					one.count,
					one.acknowledged,
					one.interrupted,
					one.again,
					one.without,
					one.retried,
					one.lost,
					one.doubleSessions,
					one.doubleMails,
					one.seconds,
				]),
			},
		],
		aims: [
			{
				text: 'Executions that the kill interrupted (API key)',
				measured: v3.interrupted,
				atLeast: 1,
			},
			{
				text: 'Signups lost by a killed worker',
				measured: v3.count - v3.acknowledged + v3.without,
				atMost: 0,
			},
			{
				text: 'Second sessions after a killed worker (API key, workflow, vendor data)',
				measured: v3.doubleSessions,
				atMost: 0,
			},
			...(early && plain
				? [
						{
							text: 'Signups lost by a killed worker when they were acknowledged before the work',
							measured: early.lost,
							atMost: 0,
							reason: `n8n drops what the killed worker was running, whatever nodes it has: ${plain.lost} of ${plain.count} with n8n's own Webhook and HTTP Request nodes alone in the same run. It stores the execution as failed and without its data, so that Retry has nothing to run. Answer after the work ("Respond to Webhook", or "When Last Node Finishes").`,
						},
					]
				: []),
		],
	};
};

/** A create as a builder without this package would write it. */
function plainCreate(setting: Setting): WorkflowNode {
	return node(setting, 'Create', 'n8n-nodes-base.httpRequest', 4.3, {
		method: 'POST',
		url: `${setting.sandbox.url}/v3/session/`,
		sendHeaders: true,
		headerParameters: { parameters: [{ name: 'x-api-key', value: setting.sandbox.apiKey }] },
		sendBody: true,
		specifyBody: 'json',
		jsonBody: `={{ { workflow_id: '${WORKFLOW_ID}', vendor_data: $json.body.user_id } }}`,
		options: {},
	});
}

async function killed(setting: Setting, { name, answered, row }: Case) {
	const { cluster, sandbox, say, short } = setting;
	const [worker] = cluster.workers;
	const count = short ? 60 : 150;
	const path = newPath('killed');
	const id = await publish(setting, `Killed: ${name}`, [webhook(path, answered), ...row(setting)]);
	const ids = Array.from({ length: count }, (_, index) => `${path}-${index + 1}`);
	const own = () => sandbox.sessions.filter(({ vendor_data }) => ids.includes(String(vendor_data)));

	let killedAt = 0;
	const startedAt = Date.now();
	const sending = sendAll({
		url: `${cluster.webhook.url}/webhook/${path}`,
		ids,
		body: (user) => ({ user_id: user }),
		parallel: PARALLEL,
	});
	await eventually('a quarter of the sessions', () => own().length >= count / 4);
	killedAt = Date.now();
	await worker.kill();
	const sent = await sending;
	await eventually('n8n to notice what was interrupted', () => isSettled(setting, id), 120);
	const seconds = (Date.now() - killedAt) / 1000;
	await worker.ready();
	say(
		`${name}: killed after ${(killedAt - startedAt) / 1000} s, all over after another ${seconds} s`,
	);

	const interrupted =
		(statuses(setting, id).get('error') ?? 0) + (statuses(setting, id).get('crashed') ?? 0);
	const unserved = () => {
		const served = new Set(own().map(({ vendor_data }) => vendor_data));
		return sent.filter(
			({ id: user, acknowledgedAt }) => acknowledgedAt !== undefined && !served.has(user),
		).length;
	};
	const without = unserved();
	// Those that the sender repeated need no retry.
	const retried = answered === 'onReceived' ? await retryFailed(setting, id) : 0;
	const mails = await setting.mails(`${path}-`);
	return {
		name,
		count,
		interrupted,
		seconds,
		without,
		retried,
		lost: unserved(),
		acknowledged: sent.filter(({ acknowledgedAt }) => acknowledgedAt !== undefined).length,
		again: sent.filter(({ statuses: all }) => all.length > 1).length,
		doubleSessions: repeated(counted(own().map(({ vendor_data }) => String(vendor_data)))),
		doubleMails: repeated(mails),
	};
}
