/** What the end-to-end tests talk to: n8n, the sandbox's control address and the mailbox, all in other processes. */
import {
	N8nClient,
	type Session,
	type Stored,
	type WorkflowNode,
} from '../../../harness/n8n/client.mts';

export interface World {
	/** Asking here kills n8n as a crash would, and answers when it is up again. */
	crashUrl: string;
	n8n: { url: string; session: Session; log: string; version: string };
	/** The versions of every node that this n8n has. */
	typeVersions: Record<string, number[]>;
	credentials: { secret: Stored; key: Stored; mail: Stored };
	/** Two of the examples, active. */
	signup: Stored;
	onboarding: Stored;
	sandbox: {
		url: string;
		clientId: string;
		clientSecret: string;
		apiKey: string;
		limitedKey: string;
	};
	mailbox: { url: string };
	/** The folder that workflows may write to. */
	files: string;
}

export const world = JSON.parse(process.env.E2E_WORLD ?? '{}') as World;

export const n8n = new N8nClient(world.n8n.url, world.n8n.session);

export interface SandboxSession {
	session_id: string;
	url: string;
	status: string;
	vendor_data: string | null;
	callback: string | null;
	features: string;
	version: string;
}

/** The sandbox from outside. */
export const sandbox = {
	exchanges: async () =>
		(await control<{ count: number }>('GET', '/sandbox/requests?method=POST&path=/auth/v2/token/'))
			.count,
	requests: async () =>
		await control<{
			peak_in_flight: number;
			requests: Array<{ method: string; path: string; status: number }>;
		}>('GET', '/sandbox/requests'),
	session: async (id: string) => {
		const { sessions } = await control<{ sessions: SandboxSession[] }>('GET', '/sandbox/sessions');
		return sessions.find(({ session_id }) => session_id === id);
	},
	addFault: async (fault: object) => await control('POST', '/sandbox/faults', fault),
	revokeTokens: async () => await control('POST', '/sandbox/tokens/revoke'),
	set: async (settings: object) => await control('PATCH', '/sandbox/settings', settings),
	/** Delivers the event about this status of the session once more. */
	redeliver: async (sessionId: string, status: string) => {
		const { deliveries } = await control<{
			deliveries: Array<{ uuid: string; session_id: string; status: string }>;
		}>('GET', '/sandbox/deliveries');
		const sent = deliveries.find((one) => one.session_id === sessionId && one.status === status);
		return await control('POST', `/sandbox/deliveries/${sent?.uuid}/resend`);
	},
	/** What "Try Webhook" of the Didit console does, for every webhook. Its event is about the person `user-42`. */
	sendTest: async (status: string) => {
		const { destinations } = await control<{ destinations: Array<{ uuid: string }> }>(
			'GET',
			'/sandbox/webhooks/destinations',
		);
		for (const { uuid: destination } of destinations)
			await control('POST', '/sandbox/webhooks/test', { destination, status });
	},
	reset: async () => await control('POST', '/sandbox/reset'),
};

async function control<T>(method: string, path: string, body?: object): Promise<T> {
	const response = await fetch(`${world.sandbox.url}${path}`, {
		method,
		...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
	});
	if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${method} ${path}`);
	return (response.status === 204 ? undefined : await response.json()) as T;
}

/** Data of a Didit credential for the sandbox. */
export function diditCredential(change: Record<string, unknown> = {}): Record<string, unknown> {
	const { url, clientId, clientSecret } = world.sandbox;
	return {
		authentication: 'clientCredentials',
		clientId,
		clientSecret,
		environment: 'custom',
		verificationUrl: url,
		authUrl: url,
		...change,
	};
}

/** This version of a node, or the newest before it where n8n is too old for it. */
function versionOf(type: string, wanted: number): number {
	return (
		Math.max(0, ...(world.typeVersions[type] ?? []).filter((version) => version <= wanted)) ||
		wanted
	);
}

/** A node of a workflow under test; position and id do not matter to n8n. */
export function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: object,
	credentials?: Record<string, Stored>,
): WorkflowNode {
	return {
		name,
		type,
		typeVersion: versionOf(type, typeVersion),
		id: name.toLowerCase().replace(/\W+/g, '-'),
		position: [0, 0],
		parameters: parameters as Record<string, unknown>,
		...(credentials && { credentials }),
	};
}

/**
 * A published workflow of nodes in a row behind a webhook; every item of the posted list becomes an n8n item.
 * Returns a function that posts a list and resolves to what the last node put out; it throws when the execution failed.
 */
export async function webhookWorkflow(
	path: string,
	nodes: WorkflowNode[],
): Promise<(items: object[]) => Promise<Array<Record<string, unknown>>>> {
	const row = [
		{
			...node('Webhook', 'n8n-nodes-base.webhook', 2.1, {
				httpMethod: 'POST',
				path,
				responseMode: 'lastNode',
				responseData: 'allEntries',
				options: {},
			}),
			webhookId: path,
		},
		node('Items', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.items', options: {} }),
		...nodes,
	];
	const connections = Object.fromEntries(
		row
			.slice(1)
			.map(({ name }, index) => [
				row[index].name,
				{ main: [[{ node: name, type: 'main', index: 0 }]] },
			]),
	);
	const { id } = await n8n.createWorkflow({
		name: `Test ${path}`,
		nodes: row,
		connections,
		settings: { executionOrder: 'v1' },
	});
	await n8n.activate(id);
	return async (items) => {
		const response = await fetch(`${world.n8n.url}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ items }),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`The workflow ended with ${response.status}: ${text}`);
		return JSON.parse(text) as Array<Record<string, unknown>>;
	};
}

/** Asks again until there is an answer. Throws when time is up, saying what was waited for. */
export async function eventually<T>(
	what: string,
	ask: () => Promise<T | undefined | false>,
	seconds = 30,
): Promise<T> {
	const deadline = Date.now() + seconds * 1000;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined && answer !== false) return answer;
		if (Date.now() > deadline) throw new Error(`Waited ${seconds} s for ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}
