/** Redis and PostgreSQL are restarted in the middle of the traffic: what was acknowledged happens. */
import { eventually, sendAll, type Sent } from '../sender.mts';
import { approvedEvents, manualTrigger } from '../events.mts';
import { create, effect, isSettled, newPath, publish, respond, webhook } from '../workflows.mts';
import { counted, repeated, type Scenario, type World } from '../world.mts';

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

export const restarts: Scenario = async (world) => {
	const rounds: Array<Awaited<ReturnType<typeof round>>> = [];
	for (const restart of world.short ? RESTARTS.slice(0, 2) : RESTARTS) rounds.push(await round(world, restart));
	const sum = (pick: (one: (typeof rounds)[number]) => number) => rounds.reduce((total, one) => total + pick(one), 0);
	return {
		tables: [{
			title: 'Redis and PostgreSQL restarted',
			note: 'Three streams at once, each sent again until it is answered with 2xx: signups answered at the end, signed events for the Didit Trigger (answered at once), and calls of n8n\'s own Webhook node (answered at once), whose workflow is one HTTP Request. "Lost": acknowledged, and nothing came of it.',
			columns: ['restarted', 'signups', 'sent again', 'lost', 'two sessions', 'events', 'sent again', 'lost', 'plain calls', 'sent again', 'lost', 'n8n processes that ended', 'seconds until all was well'],
			rows: rounds.map((one) => [one.name, one.signups.count, one.signups.again, one.signups.lost, one.double, one.events.count, one.events.again, one.events.lost, one.plain.count, one.plain.again, one.plain.lost, one.ended, one.seconds]),
		}],
		aims: [
			{ text: 'Signups lost by a restart', measured: sum(({ signups }) => signups.lost + signups.unanswered), atMost: 0 },
			{ text: 'Second sessions after a restart', measured: sum(({ double }) => double), atMost: 0 },
			{ text: 'Events lost by a restart that the Didit Trigger had acknowledged', measured: sum(({ events }) => events.lost + events.unanswered), atMost: 0 },
		],
	};
};

/** What became of a stream: `done` says how often each id had its effect. */
function outcome(sent: Sent[], done: Map<string, number>) {
	return {
		count: sent.length,
		again: sent.filter(({ statuses }) => statuses.length > 1).length,
		unanswered: sent.filter(({ acknowledgedAt }) => acknowledgedAt === undefined).length,
		lost: sent.filter(({ id, acknowledgedAt }) => acknowledgedAt !== undefined && !done.has(id)).length,
	};
}

async function round(world: World, { service, signal, name }: Restart) {
	const { cluster, sandbox, recorder, say, short } = world;
	const count = short ? 40 : 120;
	const path = newPath('restart');
	const members = [cluster.main, cluster.webhook, ...cluster.workers];
	const endedBefore = members.map((member) => member.ended());
	const signupId = await publish(world, `Signups, ${name}`, [webhook(world, path, 'responseNode'), create(world, 'v3'), respond(world)]);
	const plainId = await publish(world, `Plain, ${name}`, [webhook(world, `${path}-plain`, 'onReceived'), effect(world, `${path}-plain`, '$json.body.id')]);
	const events = await approvedEvents(world, count, `${path}-event`);
	const trigger = await manualTrigger(world, `Events, ${name}`, [effect(world, `${path}-event`, '$json.session_id')]);

	let acknowledged = 0;
	const onAcknowledged = () => acknowledged++;
	const signups = sendAll({
		url: `${cluster.webhook.url}/webhook/${path}`, ids: Array.from({ length: count }, (_, index) => `${path}-${index + 1}`),
		body: (user) => ({ user_id: user }), parallel: PARALLEL, timeout: 20_000, onAcknowledged,
	});
	const plain = sendAll({
		url: `${cluster.webhook.url}/webhook/${path}-plain`, ids: Array.from({ length: count }, (_, index) => `plain-${index + 1}`),
		body: (one) => ({ id: one }), parallel: PARALLEL, timeout: 20_000, onAcknowledged,
	});
	const bySession = new Map(events.map((event) => [event.sessionId, event]));
	const delivered = sendAll({
		url: trigger.url(cluster.webhook), ids: [...bySession.keys()], raw: (id) => bySession.get(id) ?? { headers: {}, body: '' }, parallel: PARALLEL, timeout: 20_000, onAcknowledged,
	});
	await eventually('some traffic', () => acknowledged >= count / 2);
	const restartedAt = Date.now();
	await world[service].restart(signal);
	say(`${name}: back after ${(Date.now() - restartedAt) / 1000} s`);
	const [sentSignups, sentPlain, sentEvents] = await Promise.all([signups, plain, delivered]);
	await Promise.all(members.map(async (member) => await member.ready()));
	// What n8n has lost sight of stays "running" until its own clean-up, hours later.
	await eventually('the executions to end', () => [signupId, plainId, trigger.id].every((id) => isSettled(world, id)), 30).catch((error: Error) => say(error.message));
	const seconds = (Date.now() - restartedAt) / 1000;
	await trigger.remove();

	const sessions = counted(sandbox.sessions.map(({ vendor_data }) => String(vendor_data)).filter((id) => id.startsWith(`${path}-`)));
	return {
		name, seconds,
		signups: outcome(sentSignups, sessions),
		double: repeated(sessions),
		events: outcome(sentEvents, recorder.effects(`${path}-event`)),
		plain: outcome(sentPlain, recorder.effects(`${path}-plain`)),
		ended: members.reduce((sum, member, index) => sum + member.ended() - endedBefore[index], 0),
	};
}
