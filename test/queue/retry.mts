/** What somebody who looks after n8n does after a breakdown: lets n8n find the executions that it has lost sight of, and retries those that failed. */
import { eventually } from './sender.mts';
import { isSettled } from './workflows.mts';
import type { World } from './world.mts';

/**
 * An execution whose worker or database went away can stay "running" in n8n's books. The main process corrects that when it
 * starts, and every N8N_EXECUTIONS_QUEUE_RECOVERY_INTERVAL minutes (180 by default). Returns how many executions there were.
 */
export async function findForgotten(world: World, workflowIds: string[], patience: number): Promise<number> {
	const forgotten = () => workflowIds.filter((id) => !isSettled(world, id));
	const ended = await eventually('the executions to end', () => forgotten().length === 0, patience).then(() => true, () => false);
	if (ended) return 0;
	const [[count]] = world.postgres.query(`SELECT count(*) FROM execution_entity WHERE status IN ('new', 'running') AND ${among(workflowIds)}`);
	await world.cluster.main.kill();
	await world.cluster.main.ready();
	await eventually('n8n to find forgotten executions', () => forgotten().length === 0, 120);
	return Number(count);
}

/** Presses Retry for every failed execution of a workflow, and waits for the ends. Returns how many n8n took up. */
export async function retryFailed(world: World, workflowId: string): Promise<number> {
	const failed = world.postgres.query(`SELECT id FROM execution_entity WHERE "retryOf" IS NULL AND status IN ('error', 'crashed') AND ${among([workflowId])}`);
	const answers = await Promise.all(failed.map(async ([id]) => await world.client.post(`/rest/executions/${id}/retry`, { loadWorkflow: false }).then(() => 1, (error: Error) => {
		world.say(error.message);
		return 0;
	})));
	await eventually('the retries to end', () => isSettled(world, workflowId), 120);
	return answers.reduce<number>((sum, taken) => sum + taken, 0);
}

const among = (workflowIds: string[]) => `"workflowId" IN (${workflowIds.map((id) => `'${id}'`).join(', ')})`;
