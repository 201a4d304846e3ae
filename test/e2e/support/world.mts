/** What the end-to-end tests talk to: n8n, the sandbox's control address and the mailbox, all in other processes. */
import {
	N8nClient,
	type Session,
	type Stored,
	type WorkflowNode,
} from '../../../harness/n8n/client.mts';
import {
	secretCredential,
	type Credentials,
	type SandboxAccess,
} from '../../../harness/n8n/credentials.mts';
import { node as nodeOf, publish, webhook } from '../../../harness/n8n/workflow.mts';
import { mailsTo } from '../../../harness/mailbox.mts';
import { ask } from '../../../harness/sandbox.mts';

export { eventually } from '../../../harness/eventually.mts';

export interface World {
	/** Asking here kills n8n as a crash would, and answers when it is up again. Below it others are started and stopped. */
	crashUrl: string;
	n8n: { url: string; session: Session; log: string; version: string };
	/** The versions of every node that this n8n has. */
	typeVersions: Record<string, number[]>;
	credentials: Credentials;
	/** Two of the examples, active. */
	signup: Stored;
	onboarding: Stored;
	sandbox: SandboxAccess & { limitedKey: string };
	mailbox: { url: string; smtpPort: number };
	/** The folder that workflows may write to. */
	files: string;
}

/** Each of jest's workers has one of its own. */
export const world = JSON.parse(
	process.env[`E2E_WORLD_${process.env.JEST_WORKER_ID}`] ?? '{}',
) as World;

export const n8n = new N8nClient(world.n8n.url, world.n8n.session);

export interface SandboxSession {
	session_id: string;
	url: string;
	status: string;
	vendor_data: string | null;
	callback: string | null;
	metadata?: Record<string, unknown> | null;
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
	/** How many requests it got so far. */
	count: async (wanted: { method?: string; path: string; status?: number }) =>
		(await sandbox.requests()).requests.filter((request) =>
			Object.entries(wanted).every(
				([name, value]) => request[name as keyof typeof wanted] === value,
			),
		).length,
	/** The newest is last. */
	sessions: async () =>
		(await control<{ sessions: SandboxSession[] }>('GET', '/sandbox/sessions')).sessions,
	session: async (id: string) =>
		(await sandbox.sessions()).find(({ session_id }) => session_id === id),
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
	/** What "Try Webhook" of the Didit console does, for every webhook. Its event is about `test-vendor-data-123`. */
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

const control = async <T,>(method: string, path: string, body?: object) =>
	await ask<T>(world.sandbox.url, method, path, body);

/** Calls Didit (the sandbox) with the API key. */
export const didit = async <T,>(method: string, path: string, body?: object): Promise<T> =>
	await ask<T>(world.sandbox.url, method, path, body, { 'x-api-key': world.sandbox.apiKey });

export async function defaultWorkflow(): Promise<string> {
	const { results } = await didit<{ results: Array<{ workflow_id: string; is_default: boolean }> }>(
		'GET',
		'/v3/workflows/',
	);
	return results.find(({ is_default }) => is_default)?.workflow_id ?? '';
}

/** What a person in a session, or Didit's own team, would do. */
export async function decide(sessionId: string, status: string): Promise<void> {
	await didit('PATCH', `/sandbox/sessions/${sessionId}`, { status });
}

/** Of the mails to an address, in the order in which they came. */
export const subjectsTo = async (address: string) =>
	(await mailsTo(world.mailbox.url, address)).map(({ subject }) => subject);

/** Data of a Didit credential for the sandbox. */
export function diditCredential(change: Record<string, unknown> = {}): Record<string, unknown> {
	return { ...secretCredential(world.sandbox), ...change };
}

/** This version of a node, or the newest before it where n8n is too old for it. */
function versionOf(type: string, wanted: number): number {
	return (
		Math.max(0, ...(world.typeVersions[type] ?? []).filter((version) => version <= wanted)) ||
		wanted
	);
}

/** A node of a workflow under test. */
export const node = (
	name: string,
	type: string,
	typeVersion: number,
	parameters: object,
	credentials?: Record<string, Stored>,
): WorkflowNode => nodeOf(name, type, versionOf(type, typeVersion), parameters, credentials);

/**
 * A published workflow of nodes in a row behind a webhook; every item of the posted list becomes an n8n item.
 * Returns a function that posts a list and resolves to what the last node put out; it throws when the execution failed.
 */
export async function webhookWorkflow(
	path: string,
	nodes: WorkflowNode[],
): Promise<(items: object[]) => Promise<Array<Record<string, unknown>>>> {
	const first = webhook(path, {
		httpMethod: 'POST',
		responseMode: 'lastNode',
		responseData: 'allEntries',
	});
	const items = node('Items', 'n8n-nodes-base.splitOut', 1, {
		fieldToSplitOut: 'body.items',
		options: {},
	});
	first.typeVersion = versionOf(first.type, first.typeVersion);
	await publish(n8n, { name: `Test ${path}`, nodes: [first, items, ...nodes] });
	return async (list) => {
		const response = await fetch(`${world.n8n.url}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ items: list }),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`The workflow ended with ${response.status}: ${text}`);
		return JSON.parse(text) as Array<Record<string, unknown>>;
	};
}
