// Stands where n8n stands for the Didit Trigger: calls its hooks, hands it what arrives over real HTTP, keeps its memory.
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
	IWebhookFunctions,
} from 'n8n-workflow';
import { DiditTrigger } from '../../nodes/Didit/DiditTrigger.node.ts';
import type { CredentialStore } from './n8n.mts';

interface Received {
	status: number;
	body: unknown;
	items?: INodeExecutionData[];
}

/** Which n8n it is. */
export const OWN_INSTANCE = 'n8n-number-one';

export class TriggerHost {
	readonly node = new DiditTrigger();

	staticData: IDataObject = {};

	received: Received[] = [];

	/** Texts that n8n would have logged. */
	log: string[] = [];

	/** What n8n would have shown beside the output of a run. */
	hints: string[] = [];

	/** A copy of a workflow has another ID, unless all of n8n was copied. */
	workflowId = `workflow ${Math.random()}`;

	mode = 'webhook';

	/** Whether n8n's database or queue is out of reach. */
	broken = false;

	private isListening = true;

	private server?: Server;

	private url = '';

	/** n8n's memory of the node, once there is one. */
	private known?: Set<string>;

	/** @param publicUrl the address that n8n would give the trigger; by default where it really listens */
	constructor(
		readonly credentials: CredentialStore,
		readonly parameters: IDataObject,
		public publicUrl?: string,
	) {}

	async start(): Promise<this> {
		this.server = createServer((request, response) => {
			if (!this.isListening) {
				response.writeHead(404, { 'content-type': 'application/json' }).end('{"code":404}');
				return;
			}
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				void this.deliver(
					chunks.length > 0 ? Buffer.concat(chunks) : undefined,
					request.headers,
				).then(({ status, body }) =>
					response
						.writeHead(status, { 'content-type': 'application/json' })
						.end(JSON.stringify(body)),
				);
			});
		});
		await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
		this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/webhook/${Math.random().toString(36).slice(2)}/didit`;
		return this;
	}

	stop(): void {
		this.server?.closeAllConnections();
		this.server?.close();
	}

	get webhookUrl(): string {
		return this.publicUrl ?? this.url;
	}

	/** What n8n does when a workflow is activated. */
	async activate(): Promise<void> {
		this.isListening = true;
		const hooks = this.node.webhookMethods.default;
		if (!(await hooks.checkExists.call(this.context as unknown as IHookFunctions)))
			await hooks.create.call(this.context as unknown as IHookFunctions);
	}

	/** n8n takes the trigger from its address first. */
	async deactivate(): Promise<void> {
		this.isListening = false;
		await this.node.webhookMethods.default.delete.call(this.context as unknown as IHookFunctions);
	}

	/** A delivery as it arrives, with header names in lower case. */
	async deliver(rawBody: Buffer | undefined, headers: object): Promise<Received> {
		const answer: Received = { status: 200, body: undefined };
		const response = {
			status: (status: number) => Object.assign(response, Object.assign(answer, { status }) && {}),
			json: (body: unknown) => Object.assign(answer, { body }),
		};
		const context = {
			...this.context,
			getRequestObject: () => ({ rawBody }),
			getHeaderData: () => headers,
			getResponseObject: () => response,
		};
		const before = { ...this.staticData };
		const result = await this.node.webhook.call(context as unknown as IWebhookFunctions);
		if (!result.noWebhookResponse) {
			answer.body = result.webhookResponse;
			// As in n8n: the answer waits until the execution is stored, and what the trigger has learned is forgotten.
			if (result.workflowData) this.staticData = before;
			if (result.workflowData && this.broken) answer.status = 500;
		}
		if (result.workflowData && !this.broken)
			[answer.items] = await this.run(result.workflowData[0]);
		this.received.push(answer);
		return answer;
	}

	/** Deliveries that started a run with at least one item. */
	get runs(): INodeExecutionData[] {
		return this.received.flatMap(({ items }) => items ?? []);
	}

	private async run(items: INodeExecutionData[]): Promise<INodeExecutionData[][]> {
		// As in n8n: there is no lock. Of several first records at the same moment the database takes one, and of several
		// later ones each writes back what it has read, so that the last one wins.
		const checkProcessedAndRecord = async (values: string[]) => {
			const found = this.known && [...this.known];
			await new Promise(setImmediate);
			if (!found && this.known) throw new Error('SQLITE_CONSTRAINT: UNIQUE constraint failed');
			const processed = values.filter((value) => found?.includes(value));
			this.known = new Set([...(found ?? []), ...values]);
			return { new: values.filter((value) => !processed.includes(value)), processed };
		};
		const context = {
			...this.context,
			getInputData: () => items,
			getMode: () => this.mode,
			getNodeParameter: (name: string, _item: number, fallback?: unknown) =>
				this.parameters[name] ?? fallback,
			helpers: { checkProcessedAndRecord },
			addExecutionHints: (...hints: Array<{ message: string }>) =>
				this.hints.push(...hints.map(({ message }) => message)),
		};
		return await this.node.execute.call(context as unknown as IExecuteFunctions);
	}

	private readonly node_ = {
		id: 'trigger',
		name: 'Didit Trigger',
		type: 'n8n-nodes-didit.diditTrigger',
		credentials: { diditApi: { id: '1', name: 'Didit' } },
	};

	private readonly context = {
		getNode: () => this.node_,
		getInstanceId: () => OWN_INSTANCE,
		getWorkflow: () => ({ id: this.workflowId, name: 'Results' }),
		getMode: () => this.mode,
		getWorkflowStaticData: () => this.staticData,
		getNodeWebhookUrl: () => this.webhookUrl,
		getNodeParameter: (name: string, fallback?: unknown) => this.parameters[name] ?? fallback,
		getCredentials: async () => await Promise.resolve(this.credentials.stored['1']),
		evaluateExpression: () => `${new URL(this.webhookUrl).origin}/webhook-waiting/7`,
		logger: {
			warn: (text: string) => this.log.push(text),
			error: (text: string) => this.log.push(text),
		},
		helpers: {
			httpRequest: async (options: IHttpRequestOptions) => {
				const answer = await fetch(options.url, {
					method: options.method,
					headers: options.headers as Record<string, string>,
					body: options.body === undefined ? undefined : JSON.stringify(options.body),
				});
				const body: unknown = await answer.json();
				if (options.returnFullResponse) return { statusCode: answer.status, body };
				if (!answer.ok) throw new Error(`Request failed with status code ${answer.status}`);
				return body;
			},
			httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) => {
				const signed = (await this.credentials.authenticate(
					this.credentials.stored['1'],
					'diditApi',
					options as never,
				)) as IHttpRequestOptions;
				const answer = await fetch(signed.url, {
					method: signed.method,
					headers: signed.headers as Record<string, string>,
					// n8n makes the text of an object.
					body: (typeof signed.body === 'object' ? JSON.stringify(signed.body) : signed.body) as
						| string
						| undefined,
					redirect: 'manual',
				});
				const text = await answer.text();
				return {
					statusCode: answer.status,
					headers: Object.fromEntries(answer.headers),
					body: text.startsWith('{') || text.startsWith('[') ? (JSON.parse(text) as unknown) : text,
				};
			},
		},
	};
}
