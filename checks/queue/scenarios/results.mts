/** Results come back to any process: an event to the webhook process starts a run on a worker, and an execution that waits is resumed through the webhook process. */
import { approvedEvents, manualTrigger } from '../events.mts';
import { eventually } from '../../../harness/eventually.mts';
import { sendAll } from '../sender.mts';
import { create, effect, newPath, node, publish, respond, webhook } from '../workflows.mts';
import type { Scenario, Setting } from '../scenario.mts';

export const results: Scenario = async (setting) => {
	const { cluster, sandbox, recorder, short } = setting;
	const count = short ? 5 : 20;

	// An event reaches the webhook process, a worker runs what follows.
	const trigger = await manualTrigger(setting, 'Results', [
		effect(setting, 'verdict', "$json.session_id + '-' + $json.status"),
	]);
	const events = await approvedEvents(setting, count, 'result');
	for (const { body, headers } of events)
		await fetch(trigger.url(cluster.webhook), { method: 'POST', headers, body });
	const verdicts = recorder.effects('verdict');
	await eventually('the runs of the trigger', () => verdicts.size >= count);
	const triggered = events.filter(
		({ sessionId }) => verdicts.get(`${sessionId}-Approved`) === 1,
	).length;

	// A person comes back to the webhook process, which resumes what a worker left waiting.
	const redirected = await waitAndResume(
		setting,
		count,
		'redirect',
		async ({ session_id: sessionId }) => {
			// No output of the node shows the address that resumes: Didit alone has it.
			const callback = sandbox.sessions.find(
				(session) => session.session_id === sessionId,
			)?.callback;
			sandbox.setStatus(sessionId, 'Approved');
			const answer = await fetch(`${callback}&verificationSessionId=${sessionId}&status=Approved`, {
				headers: { accept: 'text/html' },
			});
			return (
				answer.status === 200 && (await answer.text()).includes('Your verification is complete')
			);
		},
	);

	// The browser was closed: the signed event alone.
	const signalled = await waitAndResume(
		setting,
		count,
		'event',
		async ({ session_id: sessionId }) => {
			sandbox.setStatus(sessionId, 'Approved');
			await eventually('the event', () => recorder.event(sessionId, 'Approved') !== undefined);
			const { headers, body } = recorder.event(sessionId, 'Approved') ?? { headers: {}, body: '' };
			return (
				(await fetch(trigger.url(cluster.webhook), { method: 'POST', headers, body })).status ===
				200
			);
		},
	);

	const onWorkers = [...redirected.executions, ...signalled.executions].filter((id) => {
		const started = cluster.workers.map(
			(worker) =>
				worker.log().match(new RegExp(`Worker started execution ${id} `, 'g'))?.length ?? 0,
		);
		// Once until it waits, once more when it goes on.
		return started.reduce((sum, times) => sum + times, 0) === 2;
	}).length;
	const forged = await fetch(trigger.url(cluster.webhook), {
		method: 'POST',
		headers: {
			...events[0].headers,
			'x-signature-v2': '0',
			'x-signature': '0',
			'x-signature-simple': '0',
		},
		body: events[0].body,
	});
	await trigger.remove();
	return {
		tables: [
			{
				title: 'Results across processes',
				note: 'Deliveries and visits go to the webhook process; executions start, wait and go on at the workers.',
				columns: ['what', 'tried', 'arrived'],
				rows: [
					['a signed event starts a run', count, triggered],
					['a waiting execution goes on when the person comes back', count, redirected.resumed],
					['a waiting execution goes on with the signed event alone', count, signalled.resumed],
					[
						'executions that waited: started and resumed at a worker',
						redirected.executions.length + signalled.executions.length,
						onWorkers,
					],
				],
			},
		],
		aims: [
			{
				text: 'Events that started their run at a worker',
				measured: triggered,
				atLeast: count,
				atMost: count,
			},
			{
				text: 'Waiting executions that went on after the redirect',
				measured: redirected.resumed,
				atLeast: count,
				atMost: count,
			},
			{
				text: 'Waiting executions that went on after the signed event',
				measured: signalled.resumed,
				atLeast: count,
				atMost: count,
			},
			{
				text: 'Those that began and went on at a worker',
				measured: onWorkers,
				atLeast: 2 * count,
				atMost: 2 * count,
			},
			{
				text: 'HTTP status for a forged event at the webhook process',
				measured: forged.status,
				atLeast: 401,
				atMost: 401,
			},
		],
	};
};

interface Waiting {
	session_id: string;
}

/** Signups that wait for their result; `resume` brings it. Returns how many went on once with the right verdict, and their executions. */
async function waitAndResume(
	setting: Setting,
	count: number,
	name: string,
	resume: (session: Waiting) => Promise<boolean>,
) {
	const { cluster, recorder, postgres } = setting;
	const path = newPath(name);
	const effects = `waited-${name}`;
	const id = await publish(setting, `Wait, ${name}`, [
		webhook(path, 'responseNode'),
		create(setting, 'v3', { afterVerification: 'resume' }),
		respond(setting),
		node(
			setting,
			'Wait',
			'n8n-nodes-didit.didit',
			1,
			{
				operation: 'waitForResult',
				sessionId: { __rl: true, mode: 'id', value: "={{ $('Create').item.json.session_id }}" },
			},
			'key',
		),
		effect(setting, effects, "$json.session_id + '-' + $json.status"),
	]);
	const ids = Array.from({ length: count }, (_, index) => `wait-${name}-${index + 1}`);
	const sent = await sendAll({
		url: `${cluster.webhook.url}/webhook/${path}`,
		ids,
		body: (user) => ({ user_id: user }),
		parallel: 10,
	});
	const rows = () =>
		postgres.query(
			`SELECT id FROM execution_entity WHERE "workflowId" = '${id}' AND status = 'waiting'`,
		);
	await eventually('the executions to wait', () => rows().length === count);
	const executions = rows().map(([execution]) => execution);
	const welcomed = await Promise.all(
		sent.map(async ({ answer }) => await resume(answer as unknown as Waiting)),
	);
	const counts = recorder.effects(effects);
	await eventually('the executions to go on', () => counts.size >= count);
	const resumed = sent.filter(
		({ answer }, index) =>
			welcomed[index] && counts.get(`${String(answer?.session_id)}-Approved`) === 1,
	).length;
	return { resumed, executions };
}
