/** The same event delivered to two processes at the same moment: how often what follows the trigger runs twice. */
import { approvedEvents, manualTrigger } from '../events.mts';
import type { SignedEvent } from '../recorder.mts';
import { eventually } from '../sender.mts';
import { effect, isSettled, newPath } from '../workflows.mts';
import type { Scenario, World } from '../world.mts';

export const duplicates: Scenario = async (world) => {
	const { short } = world;
	const apart = await measure(world, 'one event after the other, its two deliveries a second apart', short ? 5 : 20, 1, 1_000);
	const alone = await measure(world, 'one event after the other, its two deliveries at once', short ? 20 : 100, 1, 0);
	const rush = await measure(world, '20 events at a time, each delivered twice at once', short ? 20 : 200, 20, 0);
	const rounds = [apart, alone, rush];
	return {
		tables: [{
			title: 'One event, two processes',
			note: 'Each event is delivered to the webhook process and to the main process; the executions run at two workers. n8n\'s memory of what was processed is read and written in two steps, which nothing in a node can join.',
			columns: ['how', 'events', 'ran once', 'ran twice', 'did not run', 'ran twice, in percent'],
			rows: rounds.map((one) => [one.name, one.events, one.once, one.twice, one.none, (100 * one.twice) / one.events]),
		}],
		aims: [
			{ text: 'Events that were delivered twice and did not run at all', measured: rounds.reduce((sum, { none }) => sum + none, 0), atMost: 0 },
			{ text: 'Events that ran twice, delivered a second apart', measured: apart.twice, atMost: 0 },
		],
	};
};

async function measure(world: World, name: string, count: number, atOnce: number, pause: number) {
	const { cluster, recorder } = world;
	const key = newPath('duplicate');
	const events = await approvedEvents(world, count, key);
	const trigger = await manualTrigger(world, `Duplicates: ${name}`, [effect(world, key, '$json.session_id')]);
	const deliver = async (to: { url: string }, { headers, body }: SignedEvent) => {
		const { status } = await fetch(trigger.url(to), { method: 'POST', headers, body });
		if (status !== 200) throw new Error(`The trigger answered ${status}`);
	};
	for (let next = 0; next < count; next += atOnce) {
		await Promise.all(events.slice(next, next + atOnce).map(async (event) => {
			const first = deliver(cluster.webhook, event);
			if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
			await Promise.all([first, deliver(cluster.main, event)]);
		}));
		await eventually('the runs to end', () => isSettled(world, trigger.id), 60);
	}
	await trigger.remove();
	const runs = recorder.effects(key);
	const times = (wanted: number) => events.filter(({ sessionId }) => (runs.get(sessionId) ?? 0) === wanted).length;
	return { name, events: count, once: times(1), twice: times(2), none: times(0) };
}
