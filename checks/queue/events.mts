/** Signed events as the sandbox sends them, and a Didit Trigger that was registered by hand, so that a scenario decides when they reach which process. */
import type { WorkflowNode } from '../../harness/n8n/client.mts';
import type { SignedEvent } from './recorder.mts';
import { eventually } from './sender.mts';
import { newPath, node, publish, WORKFLOW_ID } from './workflows.mts';
import type { World } from './world.mts';

/** The recorder as a webhook of the application. Returns its secret. */
export async function listen({ sandbox, recorder }: World): Promise<string> {
	const there = sandbox.destinations.find(({ url }) => url === recorder.eventsUrl);
	if (there) return there.secret_shared_key;
	const body = {
		label: 'Recorder',
		url: recorder.eventsUrl,
		webhook_version: 'v3',
		subscribed_events: ['status.updated'],
	};
	const response = await fetch(`${sandbox.url}/v3/webhook/destinations/`, {
		method: 'POST',
		headers: { 'x-api-key': sandbox.apiKey, 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	return ((await response.json()) as { secret_shared_key: string }).secret_shared_key;
}

/** Signed events about sessions that have just been approved. */
export async function approvedEvents(
	world: World,
	count: number,
	name: string,
): Promise<SignedEvent[]> {
	const { sandbox, recorder } = world;
	await listen(world);
	const ids: string[] = [];
	for (let number = 1; number <= count; number++) {
		const response = await fetch(`${sandbox.url}/v3/session/`, {
			method: 'POST',
			headers: { 'x-api-key': sandbox.apiKey, 'content-type': 'application/json' },
			body: JSON.stringify({ workflow_id: WORKFLOW_ID, vendor_data: `${name}-${number}` }),
		});
		const { session_id: id } = (await response.json()) as { session_id: string };
		sandbox.setStatus(id, 'Approved');
		ids.push(id);
	}
	const events = () =>
		ids.map((id) => recorder.event(id, 'Approved')).filter((event) => event !== undefined);
	await eventually(`${count} signed events`, () => events().length === count);
	return events();
}

export interface ManualTrigger {
	id: string;
	/** Its address at one of the processes. */
	url(process: { url: string }): string;
	remove(): Promise<void>;
}

/** A workflow of the Didit Trigger and what follows, active. */
export async function manualTrigger(
	world: World,
	name: string,
	rest: WorkflowNode[],
): Promise<ManualTrigger> {
	const { client, sandbox, credentials } = world;
	const webhookSecret = await listen(world);
	const addresses = { environment: 'custom', verificationUrl: sandbox.url, authUrl: sandbox.url };
	const stored = await client.saveCredential('diditApi', 'API key and webhook secret', {
		authentication: 'apiKey',
		apiKey: sandbox.apiKey,
		webhookSecret,
		...addresses,
	});
	const webhookId = newPath('events');
	const trigger = node(
		{ credentials: { ...credentials, key: stored } },
		'Trigger',
		'n8n-nodes-didit.diditTrigger',
		1,
		{ registration: 'manual', filters: { statuses: ['Approved'] } },
		'key',
	);
	const id = await publish(world, name, [{ ...trigger, webhookId }, ...rest]);
	const [[path]] = world.postgres.query(
		`SELECT "webhookPath" FROM webhook_entity WHERE "workflowId" = '${id}' AND method = 'POST'`,
	);
	return {
		id,
		url: (process) => `${process.url}/webhook/${path}`,
		remove: async () => await client.post(`/rest/workflows/${id}/deactivate`, {}),
	};
}
