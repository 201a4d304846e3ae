/** The same event delivered to two processes at the same moment: how often what follows the trigger runs twice. */
import { approvedEvents, manualTrigger } from '../events.mts';
import type { SignedEvent } from '../recorder.mts';
import { eventually } from '../../../harness/eventually.mts';
import { effect, isSettled, newPath, node, publish, webhook } from '../workflows.mts';
import type { Scenario, Setting } from '../scenario.mts';

export const duplicates: Scenario = async (setting) => {
	const { short } = setting;
	const apart = await measure(
		setting,
		'one event after the other, its two deliveries a second apart',
		short ? 5 : 10,
		1,
		1_000,
	);
	const alone = await measure(
		setting,
		'one event after the other, its two deliveries at once',
		short ? 20 : 100,
		1,
		0,
	);
	const rush = await measure(
		setting,
		'20 events at a time, each delivered twice at once',
		short ? 20 : 200,
		20,
		0,
	);
	const plain = await measurePlain(
		setting,
		"n8n's own Webhook and Remove Duplicates nodes, one call after the other, twice at once",
		short ? 10 : 100,
	);
	const rounds = [apart, alone, rush];
	return {
		tables: [
			{
				title: 'One event, two processes',
				onPage: true,
				note: "Each event is delivered to the webhook process and to the main process; the executions run at two workers. n8n's memory of what was processed is read and written in two steps; within one worker the trigger lets one event look at a time, across workers nothing in a node can.",
				columns: ['how', 'events', 'ran once', 'ran twice', 'did not run', 'ran twice, in percent'],
				rows: [...rounds, plain].map((one) => [
					one.name,
					one.events,
					one.once,
					one.twice,
					one.none,
					(100 * one.twice) / one.events,
				]),
			},
		],
		aims: [
			{
				text: 'Events that were delivered twice and did not run at all',
				measured: rounds.reduce((sum, { none }) => sum + none, 0),
				atMost: 0,
			},
			{ text: 'Events that ran twice, delivered a second apart', measured: apart.twice, atMost: 0 },
			{
				text: 'Events that ran twice, delivered to two processes at once',
				measured: alone.twice,
				atMost: 0,
				reason: `two workers look into n8n's memory before either has written to it: ${alone.twice} of ${alone.events} events, and ${plain.twice} of ${plain.events} with n8n's own Webhook and Remove Duplicates nodes in the same run. The service that n8n gives to nodes has no step that finds and records at once.`,
			},
		],
	};
};

async function measure(
	setting: Setting,
	name: string,
	count: number,
	atOnce: number,
	pause: number,
) {
	const key = newPath('duplicate');
	const events = await approvedEvents(setting, count, key);
	const trigger = await manualTrigger(setting, `Duplicates: ${name}`, [
		effect(setting, key, '$json.session_id'),
	]);
	const bySession = new Map(events.map((event) => [event.sessionId, event]));
	const deliver = async (process: { url: string }, id: string) =>
		await post(trigger.url(process), bySession.get(id) as SignedEvent);
	await twice(setting, [...bySession.keys()], { atOnce, pause, deliver, workflowId: trigger.id });
	await trigger.remove();
	return { name, ...runsOf(setting, key, [...bySession.keys()]) };
}

async function measurePlain(setting: Setting, name: string, count: number) {
	const key = newPath('plain-duplicate');
	const remove = node(setting, 'Once', 'n8n-nodes-base.removeDuplicates', 2, {
		operation: 'removeItemsSeenInPreviousExecutions',
		logic: 'removeItemsWithAlreadySeenKeyValues',
		dedupeValue: '={{ $json.body.id }}',
		options: {},
	});
	const workflowId = await publish(setting, name, [
		webhook(key, 'onReceived'),
		remove,
		effect(setting, key, '$json.body.id'),
	]);
	const ids = Array.from({ length: count }, (_, index) => `call-${index + 1}`);
	const deliver = async (process: { url: string }, id: string) =>
		await post(`${process.url}/webhook/${key}`, {
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ id }),
		});
	await twice(setting, ids, { atOnce: 1, pause: 0, deliver, workflowId });
	return { name, ...runsOf(setting, key, ids) };
}

interface Twice {
	/** How many different ones at a time. */
	atOnce: number;
	/** Milliseconds between the two deliveries of one. */
	pause: number;
	deliver: (process: { url: string }, id: string) => Promise<void>;
	workflowId: string;
}

async function twice(
	setting: Setting,
	ids: string[],
	{ atOnce, pause, deliver, workflowId }: Twice,
): Promise<void> {
	const { cluster } = setting;
	for (let next = 0; next < ids.length; next += atOnce) {
		await Promise.all(
			ids.slice(next, next + atOnce).map(async (id) => {
				const first = deliver(cluster.webhook, id);
				if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
				await Promise.all([first, deliver(cluster.main, id)]);
			}),
		);
		await eventually('the runs to end', () => isSettled(setting, workflowId), 60);
	}
}

async function post(
	url: string,
	{ headers, body }: Pick<SignedEvent, 'headers' | 'body'>,
): Promise<void> {
	const { status } = await fetch(url, { method: 'POST', headers, body });
	if (status !== 200) throw new Error(`The trigger answered ${status}`);
}

function runsOf({ recorder }: Setting, key: string, ids: string[]) {
	const runs = recorder.effects(key);
	const times = (wanted: number) => ids.filter((id) => (runs.get(id) ?? 0) === wanted).length;
	return { events: ids.length, once: times(1), twice: times(2), none: times(0) };
}
