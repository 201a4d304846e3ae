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
 * The item that stands for a failed one, with what to do about it in `details`. For the error output, n8n 2.30 and
 * earlier know it only by an `error` beside `json`. But n8n replaces the `json` of an item that has one, so it is one that isn't copied along.
 */
function errorItem(error: NodeError, item: number, isForErrorOutput: boolean): INodeExecutionData {
	const status =
		error instanceof NodeApiError && error.httpCode ? { status: Number(error.httpCode) } : {};
	const failed: INodeExecutionData = {
		json: { error: error.message, details: { item, advice: error.description ?? '', ...status } },
		pairedItem: { item },
	};
	return isForErrorOutput ? Object.defineProperty(failed, 'error', { value: error }) : failed;
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
			const node = this.getNode();
			const shown = toNodeError(node, error, item);
			if (this.continueOnFail())
				results[item] = [errorItem(shown, item, node.onError === 'continueErrorOutput')];
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
