/** Signed events as the sandbox sends them, and a Didit Trigger that was registered by hand, so that a scenario decides when they reach which process. */
import type { WorkflowNode } from '../../harness/n8n/client.mts';
import { keyCredential } from '../../harness/n8n/credentials.mts';
import { ask } from '../../harness/sandbox.mts';
import type { Sandbox } from '../../sandbox/index.mts';
import type { SignedEvent } from './recorder.mts';
import { eventually } from '../../harness/eventually.mts';
import { newPath, node, publish, WORKFLOW_ID } from './workflows.mts';
import type { Setting } from './scenario.mts';

/** The recorder as a webhook of the application. Returns its secret. */
export async function listen({ sandbox, recorder }: Setting): Promise<string> {
	const there = sandbox.destinations.find(({ url }) => url === recorder.eventsUrl);
	if (there) return there.secret_shared_key;
	const body = {
		label: 'Recorder',
		url: recorder.eventsUrl,
		webhook_version: 'v3',
		subscribed_events: ['status.updated'],
	};
	const { secret_shared_key: secret } = await post<{ secret_shared_key: string }>(
		sandbox,
		'/v3/webhook/destinations/',
		body,
	);
	return secret;
}

const post = async <T,>({ url, apiKey }: Sandbox, path: string, body: object): Promise<T> =>
	await ask<T>(url, 'POST', path, body, { 'x-api-key': apiKey });

/** Signed events about sessions that have just been approved. */
export async function approvedEvents(
	setting: Setting,
	count: number,
	name: string,
): Promise<SignedEvent[]> {
	const { sandbox, recorder } = setting;
	await listen(setting);
	const ids: string[] = [];
	for (let number = 1; number <= count; number++) {
		const { session_id: id } = await post<{ session_id: string }>(sandbox, '/v3/session/', {
			workflow_id: WORKFLOW_ID,
			vendor_data: `${name}-${number}`,
		});
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
	setting: Setting,
	name: string,
	rest: WorkflowNode[],
): Promise<ManualTrigger> {
	const { client, sandbox, credentials } = setting;
	const webhookSecret = await listen(setting);
	const stored = await client.saveCredential('diditApi', 'API key and webhook secret', {
		...keyCredential(sandbox),
		webhookSecret,
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
	const id = await publish(setting, name, [{ ...trigger, webhookId }, ...rest]);
	const [[path]] = setting.postgres.query(
		`SELECT "webhookPath" FROM webhook_entity WHERE "workflowId" = '${id}' AND method = 'POST'`,
	);
	return {
		id,
		url: (process) => `${process.url}/webhook/${path}`,
		remove: async () => await client.deactivate(id),
	};
}
