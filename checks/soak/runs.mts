/** Deliveries and the runs that they started. */
import type { Aim, Table } from '../../harness/report.mts';
import type { StoredExecution } from './database.mts';
import type { Delivered } from './deliveries.mts';
import { groupBy } from './group.mts';

export function judgeDeliveries(
	delivered: Delivered[],
	executions: StoredExecution[],
	workflows: string[],
): { aims: Aim[]; tables: Table[] } {
	const ofTriggers = executions.filter(({ workflowId }) => workflows.includes(workflowId));
	const runs = new Map<string, number>();
	for (const session of ofTriggers.flatMap(({ ran }) => ran))
		runs.set(session, (runs.get(session) ?? 0) + 1);
	const runsOf = ({ session }: Delivered) => runs.get(session) ?? 0;

	const valid = delivered.filter(({ what }) => what === 'valid');
	const accepted = valid.filter(({ status }) => status >= 200 && status < 300);
	const repeated = delivered.filter(({ what }) => what === 'repeated');
	const repeatedSessions = new Set(repeated.map(({ session }) => session));
	const filtered = delivered.filter(({ what }) => what === 'of another status');
	const forged = delivered.filter(
		({ what }) => !['valid', 'repeated', 'of another status'].includes(what),
	);
	// n8n itself refuses a body that is no JSON, before the trigger sees it.
	const isRefused = ({ status, what }: Delivered) =>
		status === 401 || (what === 'half of the body' && status === 422);

	const rows = [...groupBy(delivered, ({ what, target }) => `${what}|${target.name}`).entries()]
		.sort()
		.map(([key, group]) => {
			const statuses = [...groupBy(group, ({ status }) => status).entries()].sort(
				([a], [b]) => a - b,
			);
			const [what, name] = key.split('|');
			return [
				what,
				name,
				group.length,
				group.reduce((sum, one) => sum + one.attempts - 1, 0),
				statuses.map(([status, { length }]) => `${status || 'no answer'}: ${length}`).join(', '),
				group.filter((one) => runsOf(one) > (what === 'repeated' ? 1 : 0)).length,
			];
		});
	return {
		aims: [
			{
				text: 'Valid deliveries that were not accepted',
				measured: valid.length - accepted.length,
				atMost: 0,
			},
			{
				text: 'Accepted deliveries that started no run',
				measured: accepted.filter((one) => runsOf(one) === 0).length,
				atMost: 0,
			},
			{
				text: 'Deliveries, sent once, that started more than one run',
				measured: accepted.filter((one) => runsOf(one) > 1 && !repeatedSessions.has(one.session))
					.length,
				atMost: 0,
			},
			{
				text: 'Deliveries that started another run when they were repeated',
				measured: accepted.filter((one) => runsOf(one) > 1 && repeatedSessions.has(one.session))
					.length,
				atMost: 0,
			},
			{
				text: 'Forged deliveries that were not refused',
				measured: forged.filter((one) => !isRefused(one)).length,
				atMost: 0,
			},
			{
				text: 'Forged deliveries that started a run',
				measured: forged.filter((one) => runsOf(one) > 0).length,
				atMost: 0,
			},
			{
				text: 'Executions of the triggers beyond one for each accepted delivery',
				measured: ofTriggers.length - [...accepted, ...repeated].length,
				atMost: 0,
			},
			{
				text: 'Executions of the triggers that failed',
				measured: ofTriggers.filter(({ status }) => status !== 'success').length,
				atMost: 0,
			},
			{
				text: 'Valid deliveries of another status than the filter wants that were not answered with 200, or started a run',
				measured: filtered.filter((one) => one.status !== 200 || runsOf(one) > 0).length,
				atMost: 0,
			},
		],
		tables: [
			{
				title: 'Deliveries to the triggers',
				note: 'At two triggers, eight at a time, with the raw signature, the canonical one, or both. Like Didit, the sender comes again after a 5xx. The repeats come one after the other. A body that is cut is no JSON, which n8n refuses with 422 before the trigger sees it.',
				columns: [
					'delivery',
					'webhook registered',
					'sent',
					'sent again after a 5xx',
					'answers',
					'started a run',
				],
				rows,
			},
		],
	};
}
