// The item that stands for a failed one, as every release of n8n knows it.
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { router } from '../../../nodes/Didit/actions/router.ts';

/** One item without a session ID, which is refused before anything is sent. */
async function failedItem(onError: string): Promise<INodeExecutionData> {
	const parameters: Record<string, unknown> = { resource: 'session', operation: 'get' };
	const node = { name: 'Get', type: 'n8n-nodes-didit.didit', typeVersion: 1, parameters, onError };
	const context = {
		getInputData: () => [{ json: {} }],
		getNode: () => node,
		getNodeParameter: (name: string, _item: number, missing: unknown) =>
			parameters[name] ?? missing,
		getCredentials: () => Promise.resolve({ authentication: 'apiKey', apiKey: 'made-up' }),
		getExecutionCancelSignal: () => undefined,
		getTimezone: () => 'UTC',
		getParentNodes: () => [],
		continueOnFail: () => true,
		helpers: {},
	};
	const [[item]] = await router.call(context as unknown as IExecuteFunctions);
	return item;
}

const JSON_OF_FAILURE = {
	error: expect.stringContaining('is empty') as string,
	details: { item: 0, advice: expect.any(String) as string },
};

it('is known to early releases of n8n by its error, and its details survive their copy of it', async () => {
	const item = await failedItem('continueErrorOutput');
	// handleNodeErrorOutput of n8n-core 2.0 to 2.30 at least: `item.error`, then `{ ...item, json }`.
	expect(item.error).toBeDefined();
	expect({ ...item }).toEqual({ json: JSON_OF_FAILURE, pairedItem: { item: 0 } });
	expect('error' in { ...item }).toBe(false);
});

it('has no error beside its details where all items go on together', async () => {
	const item = await failedItem('continueRegularOutput');
	// n8n replaces the json of an item that has one.
	expect('error' in item).toBe(false);
	expect(item.json).toEqual(JSON_OF_FAILURE);
});
