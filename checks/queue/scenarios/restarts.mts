/** Redis and PostgreSQL are restarted in the middle of the traffic: what was acknowledged happens, by itself or after n8n's own Retry. */
import { countEmptied, findForgotten, retryFailed } from '../retry.mts';
import { eventually } from '../../../harness/eventually.mts';
import { sendAll, type Sent } from '../sender.mts';
import { approvedEvents, manualTrigger } from '../events.mts';
import { create, effect, newPath, publish, respond, webhook } from '../workflows.mts';
import { counted, repeated, type Scenario, type Setting } from '../scenario.mts';

const PARALLEL = 10;

interface Restart {
	service: 'redis' | 'postgres';
	signal: NodeJS.Signals;
	name: string;
}

const RESTARTS: Restart[] = [
	{ service: 'redis', signal: 'SIGTERM', name: 'Redis, in order' },
	{ service: 'postgres', signal: 'SIGINT', name: 'PostgreSQL, in order' },
	{ service: 'redis', signal: 'SIGKILL', name: 'Redis, killed' },
	{ service: 'postgres', signal: 'SIGQUIT', name: 'PostgreSQL, at once' },
];

export const restarts: Scenario = async (setting) => {
	const rounds: Array<Awaited<ReturnType<typeof round>>> = [];
	for (const restart of setting.short ? RESTARTS.slice(0, 2) : RESTARTS)
		rounds.push(await round(setting, restart));
	const sum = (pick: (one: (typeof rounds)[number]) => number) =>
		rounds.reduce((total, one) => total + pick(one), 0);
	const emptied = sum(({ streams: [, events] }) => events.emptied);
	const plainEmptied = sum(({ streams: [, , plain] }) => plain.emptied);
	const plainCount = sum(({ streams: [, , plain] }) => plain.count);
	return {
		tables: [
			{
				title: 'Redis and PostgreSQL restarted',
				note:
					'Three streams at once, each sent again until it is answered with 2xx: signups (answered after the work), signed events for the Didit Trigger, and calls of n8n\'s own Webhook node followed by one HTTP Request (both answered when the execution is stored). "Interrupted": acknowledged, and nothing came of it at first. ' +
					'"Lost": nor after the executions that n8n shows as failed were run again with Retry. "Emptied": stored by n8n without their data, so that Retry has nothing to run. "Forgotten": executions of all three that n8n took for running until its main process and workers were started again.',
				columns: [
					'restarted',
					'stream',
					'sent',
					'sent again',
					'interrupted',
					'succeeded with Retry',
					'lost',
					'emptied',
					'forgotten',
					'n8n processes that ended',
					'seconds until answered',
				],
				rows: rounds.flatMap((one) =>
					one.streams.map((stream) => [
						one.name,
						stream.name,
						stream.count,
						stream.again,
						stream.interrupted,
						stream.retried,
						stream.lost,
						stream.emptied,
						one.forgotten,
						one.ended,
						one.seconds,
					]),
				),
			},
		],
		aims: [
			{
				text: 'Requests of any kind that were never acknowledged',
				measured: sum(({ streams }) =>
					streams.reduce((all, { unanswered }) => all + unanswered, 0),
				),
				atMost: 0,
			},
			{
				text: 'Signups lost by a restart',
				measured: sum(({ streams: [signups] }) => signups.interrupted),
				atMost: 0,
			},
			{ text: 'Second sessions after a restart', measured: sum(({ double }) => double), atMost: 0 },
			{
				text: 'Events lost by a restart that the Didit Trigger had acknowledged and n8n had kept, after Retry',
				measured: sum(({ streams: [, events] }) => events.lost - events.emptied),
				atMost: 0,
			},
			{
				text: 'Events that n8n stored without their data at a restart, after the Didit Trigger had acknowledged them',
				measured: emptied,
				atMost: 0,
				reason: `a worker that can't reach the database yet ends an execution before it begins, and n8n stores that end over the data, whatever nodes it has: ${emptied} of ${sum(({ streams: [, events] }) => events.count)} events, and ${plainEmptied} of ${plainCount} calls with n8n's own Webhook and HTTP Request nodes in the same run. Didit knows the result: compare with "Session: Get Many", or have the event sent again.`,
			},
		],
	};
};

const missing = (sent: Sent[], done: Map<string, number>) =>
	sent.filter(({ id, acknowledgedAt }) => acknowledgedAt !== undefined && !done.has(id)).length;

/** How the executions of a workflow ended, for whoever looks for the reason of a loss. */
function statusesOf({ postgres }: Setting, workflowId: string): string {
	const rows = postgres.query(
		`SELECT mode, status, count(*) FROM execution_entity WHERE "workflowId" = '${workflowId}' GROUP BY mode, status`,
	);
	return rows.map(([mode, status, count]) => `${count} ${mode} ${status}`).join(', ');
}

/** What became of a stream: `done` says how often each id had its effect. Retries what failed if the sender has not. */
async function outcome(
	setting: Setting,
	name: string,
	sent: Sent[],
	done: () => Map<string, number>,
	retry?: string,
) {
	const interrupted = missing(sent, done());
	const retried = retry ? await retryFailed(setting, retry) : 0;
	const lost = missing(sent, done());
	const emptied = retry ? countEmptied(setting, retry) : 0;
	if (lost > 0 && retry) setting.say(`${name}, ${lost} lost: ${statusesOf(setting, retry)}`);
	return {
		name,
		interrupted,
		retried,
		count: sent.length,
		again: sent.filter(({ statuses }) => statuses.length > 1).length,
		unanswered: sent.filter(({ acknowledgedAt }) => acknowledgedAt === undefined).length,
		lost,
		emptied,
	};
}

async function round(setting: Setting, { service, signal, name }: Restart) {
	const { cluster, sandbox, recorder, say, short } = setting;
	const count = short ? 40 : 120;
	const path = newPath('restart');
	const members = [cluster.main, cluster.webhook, ...cluster.workers];
	const endedBefore = members.map((member) => member.ended());
	const signupId = await publish(setting, `Signups, ${name}`, [
		webhook(path, 'responseNode'),
		create(setting, 'v3'),
		respond(setting),
	]);
	const plainId = await publish(setting, `Plain, ${name}`, [
		webhook(`${path}-plain`, 'onReceived'),
		effect(setting, `${path}-plain`, '$json.body.id'),
	]);
	const events = await approvedEvents(setting, count, `${path}-event`);
	const trigger = await manualTrigger(setting, `Events, ${name}`, [
		effect(setting, `${path}-event`, '$json.session_id'),
	]);

	let acknowledged = 0;
	const onAcknowledged = () => acknowledged++;
	const signups = sendAll({
		url: `${cluster.webhook.url}/webhook/${path}`,
		ids: Array.from({ length: count }, (_, index) => `${path}-${index + 1}`),
		body: (user) => ({ user_id: user }),
		parallel: PARALLEL,
		timeout: 20_000,
		onAcknowledged,
	});
	const plain = sendAll({
		url: `${cluster.webhook.url}/webhook/${path}-plain`,
		ids: Array.from({ length: count }, (_, index) => `plain-${index + 1}`),
		body: (one) => ({ id: one }),
		parallel: PARALLEL,
		timeout: 20_000,
		onAcknowledged,
	});
	const bySession = new Map(events.map((event) => [event.sessionId, event]));
	const delivered = sendAll({
		url: trigger.url(cluster.webhook),
		ids: [...bySession.keys()],
		raw: (id) => bySession.get(id) ?? { headers: {}, body: '' },
		parallel: PARALLEL,
		timeout: 20_000,
		onAcknowledged,
	});
	await eventually('some traffic', () => acknowledged >= count / 2);
	const restartedAt = Date.now();
	await setting[service].restart(signal);
	say(`${name}: back after ${(Date.now() - restartedAt) / 1000} s`);
	const [sentSignups, sentPlain, sentEvents] = await Promise.all([signups, plain, delivered]);
	await Promise.all(members.map(async (member) => await member.ready()));
	const seconds = (Date.now() - restartedAt) / 1000;
	const ended = members.reduce(
		(all, member, index) => all + member.ended() - endedBefore[index],
		0,
	);
	const forgotten = await findForgotten(setting, [signupId, plainId, trigger.id], 8);
	const sessions = () =>
		counted(
			sandbox.sessions
				.map(({ vendor_data }) => String(vendor_data))
				.filter((id) => id.startsWith(`${path}-`)),
		);
	const streams = [
		await outcome(setting, 'signups', sentSignups, sessions),
		await outcome(
			setting,
			'events',
			sentEvents,
			() => recorder.effects(`${path}-event`),
			trigger.id,
		),
		await outcome(
			setting,
			"n8n's own nodes",
			sentPlain,
			() => recorder.effects(`${path}-plain`),
			plainId,
		),
	];
	await trigger.remove();
	return { name, seconds, streams, forgotten, ended, double: repeated(sessions()) };
}
