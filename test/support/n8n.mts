// Runs workflow JSON in-process on the published n8n-core: real expressions, real HTTP helper, real credential flow, without
// an n8n installation or a database. Only the credential store is a stand-in; it does what n8n's own CredentialsHelper does.
import 'reflect-metadata';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

process.env.N8N_USER_FOLDER = mkdtempSync(join(tmpdir(), 'didit-n8n-'));
process.env.N8N_ENCRYPTION_KEY = 'key-for-tests';
process.env.N8N_LOG_LEVEL = 'silent';

import { configureGlobalAxiosDefaults } from '@n8n/backend-network';
import { ExecutionLifecycleHooks, WorkflowExecute, getAdditionalKeys } from 'n8n-core';
import {
	ICredentialsHelper,
	NodeConnectionTypes,
	NodeHelpers,
	Workflow,
	createRunExecutionData,
	isExpression,
} from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	INode,
	INodeCredentialsDetails,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	INodeTypes,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { DiditApi } from '../../credentials/DiditApi.credentials.ts';
import { Didit } from '../../nodes/Didit/Didit.node.ts';

configureGlobalAxiosDefaults();

type Stored = Record<string, ICredentialDataDecryptedObject>;

/** Follows n8n's CredentialsHelper (packages/cli): what is stored stays raw, expressions are resolved for the item that asks. */
export class CredentialStore extends ICredentialsHelper {
	readonly type: ICredentialType = new DiditApi();

	writes = 0;

	/** How often a credential was decrypted. */
	reads = 0;

	constructor(readonly stored: Stored) {
		super();
	}

	getParentTypes = () => [];

	isCredentialUsableByNode = () => true;

	getCredentialsProperties = () => this.type.properties;

	getCredentials = (): never => {
		throw new Error('not used');
	};

	async getDecrypted(
		...[additionalData, ref, , mode, executeData, raw, values]: Parameters<
			ICredentialsHelper['getDecrypted']
		>
	) {
		this.reads++;
		const data = NodeHelpers.getNodeParameters(
			this.type.properties,
			(this.stored[ref.id ?? ''] ?? {}) as INodeParameters,
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
		if (raw || !values) return await Promise.resolve(data);
		const keys = getAdditionalKeys(additionalData, mode, null, { isCredential: true });
		return values.workflow.expression.getParameterValue(
			data as never,
			values.runExecutionData,
			values.runIndex,
			values.itemIndex,
			values.node.name,
			values.connectionInputData,
			mode,
			keys,
			executeData,
			false,
			data as never,
		) as unknown as ICredentialDataDecryptedObject;
	}

	async updateCredentials(
		ref: INodeCredentialsDetails,
		_type: string,
		data: ICredentialDataDecryptedObject,
	) {
		this.writes++;
		this.stored[ref.id ?? ''] = data;
		return await Promise.resolve();
	}

	updateCredentialsOauthTokenData = async () => await Promise.resolve();

	runPreAuthentication = async () => await Promise.resolve(undefined);

	async authenticate(...[credential, , options]: Parameters<ICredentialsHelper['authenticate']>) {
		const { authenticate } = this.type;
		return await (authenticate as (credential: object, options: object) => Promise<never>)(
			credential,
			options,
		);
	}

	async preAuthentication(
		...[helpers, credential, type, node, expired]: Parameters<
			ICredentialsHelper['preAuthentication']
		>
	) {
		if (credential.accessToken !== '' && !expired) return undefined;
		const output = await this.type.preAuthentication?.call(helpers, credential);
		if (output?.accessToken === undefined) return undefined;
		const ref = node.credentials?.[type] as INodeCredentialsDetails;
		const raw = this.stored[ref.id ?? ''];
		const kept = Object.entries(output).filter(
			([key]) => key === 'accessToken' || !isExpression(raw[key]),
		);
		await this.updateCredentials(ref, type, {
			...raw,
			...Object.fromEntries(kept),
		} as ICredentialDataDecryptedObject);
		return Object.assign(credential, output);
	}
}

const manualTrigger = {
	description: {
		displayName: 'Manual',
		name: 'manualTrigger',
		group: ['trigger'],
		version: 1,
		description: '',
		defaults: { name: 'Manual' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	async execute(this: { getInputData(): INodeExecutionData[] }) {
		return await Promise.resolve([this.getInputData()]);
	},
} as unknown as INodeType;

/** Passes on what comes in, in place of a node that this n8n does not have. */
const standIn = {
	description: {
		...manualTrigger.description,
		inputs: ['main'],
		group: ['transform'],
		// n8n drops parameters that a node does not have.
		properties: [
			['resume', 'timeInterval'],
			['incomingAuthentication', 'none'],
			['operation', ''],
		].map(([name, value]) => ({ displayName: name, name, type: 'string', default: value })),
	},
	async execute(this: { getInputData(): INodeExecutionData[] }) {
		return await Promise.resolve([this.getInputData()]);
	},
} as unknown as INodeType;

/** Passes nothing on of what came in, as a node that sends an email does. */
const mail = {
	description: {
		...manualTrigger.description,
		name: 'emailSend',
		inputs: ['main'],
		group: ['output'],
	},
	async execute() {
		return await Promise.resolve([[{ json: { messageId: '<1@mail.example>' } }]]);
	},
} as unknown as INodeType;

export const MANUAL_TRIGGER: INode = {
	id: 'trigger',
	name: 'Manual',
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** The node as n8n offers it to AI agents: same code, a name that ends in `Tool`. It keeps its input, so that it can run alone. */
function asTool(node: Didit): INodeType {
	node.description.name += 'Tool';
	return node as unknown as INodeType;
}

const NODES: Record<string, INodeType> = {
	'n8n-nodes-base.manualTrigger': manualTrigger,
	'n8n-nodes-base.emailSend': mail,
	'n8n-nodes-didit.didit': new Didit() as unknown as INodeType,
	'n8n-nodes-didit.diditTool': asTool(new Didit()),
};

const nodeTypes: INodeTypes = {
	getByName: (type) => NODES[type] ?? standIn,
	getByNameAndVersion: (type) => NODES[type] ?? standIn,
	getKnownTypes: () => ({}),
};

export interface RunOptions {
	workflow: Pick<IWorkflowBase, 'nodes' | 'connections'>;
	credentials: CredentialStore;
	input?: INodeExecutionData[];
	/** Cancels the execution when it fires. */
	cancel?: AbortSignal;
	/** The node that is run first; by default the first one. */
	start?: string;
}

/** Runs from the first node. Nothing is thrown: the error of a failed node is in the result. */
export async function runWorkflow({
	workflow: json,
	credentials,
	input = [{ json: {} }],
	cancel,
	start: first = json.nodes[0].name,
}: RunOptions) {
	const workflow = new Workflow({
		id: 'workflow',
		...json,
		active: false,
		nodeTypes,
		settings: { executionOrder: 'v1' },
	});
	const base = 'http://127.0.0.1:1';
	const additionalData = {
		credentialsHelper: credentials,
		hooks: new ExecutionLifecycleHooks('manual', '1', { ...json, id: 'workflow' } as IWorkflowBase),
		executionId: '1',
		restApiUrl: base,
		instanceBaseUrl: base,
		webhookBaseUrl: base,
		webhookWaitingBaseUrl: `${base}/webhook-waiting`,
		webhookTestBaseUrl: base,
		formWaitingBaseUrl: base,
		variables: {},
		currentNodeExecutionIndex: 0,
		setExecutionStatus: () => {},
		userId: 'tester',
	} as unknown as IWorkflowExecuteAdditionalData;
	const start = workflow.getNode(first) as INode;
	const data = createRunExecutionData({
		executionData: { nodeExecutionStack: [{ node: start, data: { main: [input] }, source: null }] },
	});
	const running = new WorkflowExecute(additionalData, 'manual', data).processRunExecutionData(
		workflow,
	);
	cancel?.addEventListener('abort', () => running.cancel());
	const run = await running;
	const { runData, error } = run.data.resultData;
	const outputs = (node: string, output = 0) => runData[node]?.[0].data?.main[output] ?? [];
	return { run, runData, error, outputs };
}

/** A workflow of a manual trigger and one Didit node, run on the given items. */
export async function runDidit(
	parameters: INode['parameters'],
	options: Omit<RunOptions, 'workflow'> & { node?: Partial<INode> },
) {
	const node: INode = {
		id: 'didit',
		name: 'Didit',
		type: 'n8n-nodes-didit.didit',
		typeVersion: 1,
		position: [200, 0],
		parameters: { resource: 'session', operation: 'create', ...parameters },
		credentials: { diditApi: { id: '1', name: 'Didit' } },
		...options.node,
	};
	const connections = {
		Manual: { main: [[{ node: 'Didit', type: NodeConnectionTypes.Main, index: 0 }]] },
	};
	const result = await runWorkflow({
		...options,
		workflow: { nodes: [MANUAL_TRIGGER, node], connections },
	});
	return { ...result, items: result.outputs('Didit'), errorItems: result.outputs('Didit', 1) };
}

/** Everything that n8n would store of the execution, and more: also what errors hold beside it. */
export const storedText = ({ run }: { run: { data: unknown } }) =>
	JSON.stringify(run.data, (_key, value: unknown) =>
		value instanceof Error
			? { ...value, message: value.message, stack: value.stack, cause: value.cause }
			: value,
	);

/** The credential as a builder fills it in. */
let stores = 0;

/** Each had another token before, so that no exchange serves two of them. */
export function clientCredentials(url: string, more: ICredentialDataDecryptedObject = {}) {
	return new CredentialStore({
		'1': {
			authentication: 'clientCredentials',
			clientId: 'client-one',
			clientSecret: 'secret-of-client-one',
			environment: 'custom',
			verificationUrl: url,
			authUrl: url,
			accessToken: '',
			accessTokenFor: `token ${++stores}`,
			...more,
		},
	});
}

export function apiKey(url: string, more: ICredentialDataDecryptedObject = {}) {
	return new CredentialStore({
		'1': {
			authentication: 'apiKey',
			apiKey: 'key-number-one',
			environment: 'custom',
			verificationUrl: url,
			...more,
		},
	});
}
