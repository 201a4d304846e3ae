// Items in, items out. The order of items, their links, how many run at once, and errors are handled here and nowhere else.
import { NodeApiError } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { DiditClients } from '../transport/client';
import { toNodeError } from '../transport/nodeError';
import { RequestQueue } from '../transport/requestQueue';
import type { NodeError } from '../transport/nodeError';
import { readOptions } from './common/options';
import { findOperation } from './resources';
import { ItemCall } from './common/itemCall';
import { Parameters } from './common/parameters';

/**
 * The item that stands for a failed one. n8n sends it to the error output by its keys: `error`, `message` and `details` only.
 * It has no `error` of its own beside `json`, for which n8n would replace `json` by the bare message.
 */
function errorItem(error: NodeError, item: number): INodeExecutionData {
	const status =
		error instanceof NodeApiError && error.httpCode ? { status: Number(error.httpCode) } : {};
	return {
		json: { error: error.message, details: { item, advice: error.description ?? '', ...status } },
		pairedItem: { item },
	};
}

export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = this.getInputData();
	const { operation, maxConcurrency, limits } = asNodeErrors(this, () => {
		const operation = findOperation(
			this.getNodeParameter('resource', 0) as string,
			this.getNodeParameter('operation', 0) as string,
		);
		operation.checkFirst?.(this);
		return { operation, ...readOptions(this.getNodeParameter('options', 0, {})) };
	});

	const results: INodeExecutionData[][] = new Array<INodeExecutionData[]>(items.length).fill([]);
	const failures: Array<{ item: number; error: NodeError }> = [];
	const clients = new DiditClients(this);
	const queue = new RequestQueue(maxConcurrency, this.getExecutionCancelSignal());
	const run = { context: this, parameters: new Parameters(this), queue, limits, operation };

	const runItem = async (item: number) => {
		if (failures.length > 0 || queue.cancelled) return;
		try {
			const call = new ItemCall(run, item, await clients.of(item));
			const output = await operation.execute(call);
			results[item] = output.map((out) => ({ ...out, pairedItem: { item } }));
		} catch (error) {
			if (queue.cancelled) return;
			const shown = toNodeError(this.getNode(), error, item);
			if (this.continueOnFail()) results[item] = [errorItem(shown, item)];
			else failures.push({ item, error: shown });
		}
	};
	await Promise.all(items.map(async (_, item) => await queue.run(async () => await runItem(item))));
	if (failures.length > 0) throw failures.sort((a, b) => a.item - b.item)[0].error;
	return [results.flat()];
}

/** For what fails all items alike. */
function asNodeErrors<T>(context: IExecuteFunctions, work: () => T): T {
	try {
		return work();
	} catch (error) {
		throw toNodeError(context.getNode(), error, 0);
	}
}
