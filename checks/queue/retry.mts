/** What somebody who looks after n8n does after a breakdown: lets n8n find the executions that it has lost sight of, and retries those that failed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../harness/eventually.mts';
import { isSettled } from './workflows.mts';
import type { Setting } from './scenario.mts';

/**
 * An execution whose worker or database went away can stay "running" in n8n's books. The main process corrects that when it
 * starts, and every N8N_EXECUTIONS_QUEUE_RECOVERY_INTERVAL minutes (180 by default); what hangs in a worker ends with it.
 * So everything is started again. Returns how many executions there were.
 */
export async function findForgotten(
	setting: Setting,
	workflowIds: string[],
	patience: number,
): Promise<number> {
	const forgotten = () => workflowIds.filter((id) => !isSettled(setting, id));
	const ended = await eventually(
		'the executions to end',
		() => forgotten().length === 0,
		patience,
	).then(
		() => true,
		() => false,
	);
	if (ended) return 0;
	const [[count]] = setting.postgres.query(
		`SELECT count(*) FROM execution_entity WHERE status IN ('new', 'running') AND ${among(workflowIds)}`,
	);
	const { main, workers } = setting.cluster;
	await Promise.all([main, ...workers].map(async (member) => await member.kill()));
	await Promise.all([main, ...workers].map(async (member) => await member.ready()));
	await eventually('n8n to find forgotten executions', () => forgotten().length === 0, 120);
	return Number(count);
}

const RETRY_WITHIN_MS = 60_000;

/** A retry can fail as well, while workers still find back to their database. Somebody would press it again. */
const TRIES = 3;

/** Presses Retry for every failed execution of a workflow until none is left, and waits for the ends. Returns how many succeeded. */
export async function retryFailed(setting: Setting, workflowId: string): Promise<number> {
	for (let attempt = 0; attempt < TRIES; attempt++) {
		const failed = setting.postgres.query(
			`SELECT id FROM execution_entity WHERE "retryOf" IS NULL AND "retrySuccessId" IS NULL AND status IN ('error', 'crashed') AND ${among([workflowId])}`,
		);
		if (failed.length === 0) break;
		if (attempt > 0) setting.say(`Retry of ${failed.length} once more`);
		await Promise.all(
			failed.map(
				async ([id]) =>
					await Promise.race([
						setting.client
							.post(`/rest/executions/${id}/retry`, { loadWorkflow: false })
							.catch((error: Error) => setting.say(error.message)),
						sleep(RETRY_WITHIN_MS),
					]),
			),
		);
		await eventually('the retries to end', () => isSettled(setting, workflowId), 120);
	}
	const [[succeeded]] = setting.postgres.query(
		`SELECT count(*) FROM execution_entity WHERE "retryOf" IS NOT NULL AND status = 'success' AND ${among([workflowId])}`,
	);
	return Number(succeeded);
}

/**
 * Counts the executions that Retry can't bring back: a worker that can't reach the database ends an execution before it begins, and
 * n8n stores it without its data. A retry then runs nothing and fails, and n8n takes the execution for retried.
 */
export function countEmptied({ postgres }: Setting, workflowId: string): number {
	const [[count]] = postgres.query(
		`SELECT count(*) FROM execution_entity retry JOIN execution_entity first ON first."retrySuccessId" = retry.id::text WHERE retry.status <> 'success' AND retry."workflowId" = '${workflowId}'`,
	);
	return Number(count);
}

const among = (workflowIds: string[]) =>
	`"workflowId" IN (${workflowIds.map((id) => `'${id}'`).join(', ')})`;
