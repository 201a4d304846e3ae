/**
 * The few calls of n8n's own REST API that the demo, the tests and the checks need, made as a signed-in browser makes them.
 * Earlier releases of n8n lack some of them; each difference is noted where the call is made.
 */
import { eventually } from '../eventually.mts';

/** n8n ties a session to the browser that opened it. */
export const BROWSER_ID = 'n8n-nodes-didit';

export interface Session {
	name: string;
	value: string;
}

/** The owner of every n8n that is started here. Only this machine can reach one. */
export const OWNER = {
	email: 'builder@shop.example',
	firstName: 'Ada',
	lastName: 'Builder',
	password: 'Sandbox-Demo-1',
};

export interface WorkflowJson {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
}

export interface WorkflowNode {
	name: string;
	type: string;
	typeVersion: number;
	id: string;
	position: [number, number];
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
	[key: string]: unknown;
}

export interface Stored {
	id: string;
	name: string;
}

/** Of a node or a credential. */
export interface TypeDescription {
	/** Of a node with the package in front, for example `n8n-nodes-base.webhook`. */
	name: string;
	/** Nodes only. */
	version?: number | number[];
	[key: string]: unknown;
}

export type Row = Record<string, string | null>;

export interface DataTable extends Stored {
	path: string;
}

export interface CredentialTest {
	status: 'OK' | 'Error';
	message: string;
}

/** What an execution is while it can still go on. */
const UNFINISHED = ['new', 'running', 'waiting', 'unknown'];

export class N8nClient {
	private cookie: string;

	/** `session`: that of an earlier client, to do without another sign-in (n8n allows five a minute). */
	constructor(
		readonly url: string,
		session?: Session,
	) {
		this.cookie = session ? `${session.name}=${session.value}` : '';
	}

	/** Makes the owner's account in a new n8n, or signs in to one that has it. Throws if the password doesn't fit. */
	static async signIn(url: string): Promise<N8nClient> {
		const client = new N8nClient(url);
		const { userManagement } = await client.get<{
			userManagement: { showSetupOnFirstLoad: boolean };
		}>('/rest/settings');
		if (userManagement.showSetupOnFirstLoad) await client.post('/rest/owner/setup', OWNER);
		else
			await client.post('/rest/login', {
				emailOrLdapLoginId: OWNER.email,
				password: OWNER.password,
			});
		return client;
	}

	/** For a browser that should be signed in as well; it must name itself BROWSER_ID. */
	get session(): Session {
		const [name, value] = this.cookie.split('=', 2);
		return { name, value };
	}

	/** Creates the credential, or gives the one of this type and name the new data. */
	async saveCredential(type: string, name: string, data: Record<string, unknown>): Promise<Stored> {
		const all = await this.get<Array<Stored & { type: string }>>('/rest/credentials');
		const existing = all.find((one) => one.type === type && one.name === name);
		if (!existing) return await this.post('/rest/credentials', { type, name, data });
		return await this.patch(`/rest/credentials/${existing.id}`, { type, name, data });
	}

	/** What n8n says after a credential has been saved in its window: the result of the credential's own test. */
	async testCredential(
		type: string,
		{ id, name }: Stored,
		data: Record<string, unknown>,
	): Promise<CredentialTest> {
		return await this.post('/rest/credentials/test', { credentials: { id, name, type, data } });
	}

	/** The data table of this name in the owner's own project; made with these columns and rows when it is not there. */
	async ensureDataTable(name: string, columns: string[], rows: Row[]): Promise<DataTable> {
		const { id: project } = await this.get<{ id: string }>('/rest/projects/personal');
		const path = `/rest/projects/${project}/data-tables`;
		const { data } = await this.get<{ data: Stored[] }>(path);
		const there = data.find((table) => table.name === name);
		if (there) return { ...there, path: `${path}/${there.id}` };
		const made = await this.post<Stored>(path, {
			name,
			columns: columns.map((column) => ({ name: column, type: 'string' })),
		});
		await this.post(`${path}/${made.id}/insert`, { data: rows, returnType: 'count' });
		return { ...made, path: `${path}/${made.id}` };
	}

	async rows({ path }: DataTable): Promise<Row[]> {
		return (await this.get<{ data: Row[] }>(`${path}/rows`)).data;
	}

	/** What this n8n tells its editor about every version of every node, those of community packages included. */
	async nodeTypes(): Promise<TypeDescription[]> {
		return await this.types('nodes');
	}

	async credentialTypes(): Promise<TypeDescription[]> {
		return await this.types('credentials');
	}

	private async types(what: string): Promise<TypeDescription[]> {
		const response = await fetch(`${this.url}/types/${what}.json`, {
			headers: { 'browser-id': BROWSER_ID, cookie: this.cookie },
		});
		if (!response.ok) throw new Error(`n8n answered ${response.status} to GET /types/${what}.json`);
		return (await response.json()) as TypeDescription[];
	}

	async workflows(): Promise<Array<Stored & { active: boolean }>> {
		return await this.get('/rest/workflows');
	}

	async workflow(
		id: string,
	): Promise<WorkflowJson & Stored & { versionId: string; active: boolean }> {
		return await this.get(`/rest/workflows/${id}`);
	}

	async createWorkflow(workflow: WorkflowJson): Promise<Stored & { versionId: string }> {
		return await this.post('/rest/workflows', { active: false, settings: {}, ...workflow });
	}

	async updateWorkflow(
		id: string,
		change: Partial<WorkflowJson>,
	): Promise<Stored & { versionId: string }> {
		return await this.patch(`/rest/workflows/${id}`, change);
	}

	/**
	 * Publishes the workflow and waits until its triggers are in place: n8n answers the call before they are.
	 * Throws n8n's reason when a trigger cannot be put in place, or after 60 s.
	 */
	async activate(id: string): Promise<void> {
		const { versionId } = await this.workflow(id);
		await this.post(`/rest/workflows/${id}/activate`, { versionId });
		await eventually(
			'the triggers of the workflow',
			async () => {
				const now = await ifThere(
					this.get<{ status: string; liveVersionId?: string }>(
						`/rest/workflows/${id}/publication-status`,
					),
				);
				// Earlier releases answer when the triggers are in place.
				if (now === undefined) return true;
				if (['failed', 'partial'].includes(now.status))
					throw new Error(`The workflow did not get active: ${JSON.stringify(now)}`);
				return now.status === 'published' && now.liveVersionId === versionId;
			},
			60,
		);
	}

	async deactivate(id: string): Promise<void> {
		await this.post(`/rest/workflows/${id}/deactivate`, {});
	}

	/** Runs a workflow from its manual trigger to the end. Returns the finished execution. */
	async run(id: string, trigger: string): Promise<Execution> {
		const { executionId } = await this.post<{ executionId: string }>(`/rest/workflows/${id}/run`, {
			triggerToStartFrom: { name: trigger },
			// Earlier releases run what they are sent, later ones what is stored.
			workflowData: await this.workflow(id),
		});
		return await this.finished(executionId);
	}

	async executionIds(workflowId: string): Promise<Array<{ id: string; status: string }>> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.get<{ results: Array<{ id: string; status: string }> }>(
			`/rest/executions?filter=${filter}&limit=100`,
		);
		return results;
	}

	/** Waits for an execution to end, well or not. Throws after 120 s. */
	async finished(id: string): Promise<Execution> {
		return await eventually(
			`the end of execution ${id}`,
			async () => {
				const path = `/rest/executions/${id}`;
				// Some releases answer 500 until the first data is stored.
				const execution = await this.get<{ status: string; data: string }>(path).catch((error) => {
					if (error instanceof RestError && error.status === 500) return undefined;
					throw error;
				});
				if (!execution || UNFINISHED.includes(execution.status)) return false;
				return { id, status: execution.status, raw: execution.data };
			},
			120,
		);
	}

	async get<T>(path: string): Promise<T> {
		return await this.call<T>('GET', path);
	}

	async post<T>(path: string, body: unknown): Promise<T> {
		return await this.call<T>('POST', path, body);
	}

	async patch<T>(path: string, body: unknown): Promise<T> {
		return await this.call<T>('PATCH', path, body);
	}

	/** Throws an Error with n8n's own message. The body is never part of it: it can hold a secret. */
	private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await fetch(`${this.url}${path}`, {
			method,
			headers: {
				'content-type': 'application/json',
				'browser-id': BROWSER_ID,
				cookie: this.cookie,
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const cookie = response.headers.getSetCookie().find((line) => line.startsWith('n8n-auth='));
		if (cookie) this.cookie = cookie.split(';')[0];
		const text = await response.text();
		if (!response.ok)
			throw new RestError(
				response.status,
				`n8n answered ${response.status} to ${method} ${path}: ${messageOf(text)}`,
			);
		return (JSON.parse(text) as { data: T }).data;
	}
}

export interface Execution {
	id: string;
	status: string;
	/** n8n's flattened run data, as stored. */
	raw: string;
}

class RestError extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

/** Undefined where this n8n does not have the call. */
async function ifThere<T>(call: Promise<T>): Promise<T | undefined> {
	return await call.catch((error: unknown) => {
		if (error instanceof RestError && error.status === 404) return undefined;
		throw error;
	});
}

function messageOf(text: string): string {
	try {
		return (JSON.parse(text) as { message?: string }).message ?? 'no message';
	} catch {
		return 'no JSON';
	}
}
