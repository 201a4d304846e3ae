// The calls of Didit's own client, @didit-protocol/mcp-server, that have a counterpart here: what it is given, which call of
// the contract that is, and which operation of the node makes the same call.
import type { IDataObject } from 'n8n-workflow';

export interface Given {
	session: string;
	other: string;
	destination: string;
	list: string;
	entry: string;
	transaction: string;
}

export interface ClientCall {
	tool: string;
	/** In the contract. */
	id: string;
	/** Its arguments. Those of `path` are parts of the address, the others fields. */
	args: (given: Given) => Record<string, unknown>;
	path?: string[];
	/** The operation with parameters that name the same things. The trigger registers webhooks without one. */
	node?: {
		resource: string;
		operation: string;
		parameters: (given: Given) => IDataObject;
		/** The group of fields that this call takes, where an operation makes several. */
		within?: string;
	};
}

export const WORKFLOW = 'c0000003-0000-4000-8000-000000000001';
export const APPLICATION = 'bbbbbbbb-0000-4000-8000-000000000002';
const byId = (value: string) => ({ __rl: true, mode: 'id', value });

type Parameters = (given: Given) => IDataObject;
const node = (resource: string, operation: string, parameters: Parameters = () => ({})) => ({
	resource,
	operation,
	parameters,
});
const onSession = ({ session }: Given) => ({ sessionId: byId(session) });
const sessionArg = ({ session }: Given) => ({ session_id: session });

function sessionCall(
	tool: string,
	id: string,
	operation: string,
	args: Record<string, unknown> = {},
	parameters: IDataObject = {},
	within?: string,
): ClientCall {
	return {
		tool,
		id,
		path: ['session_id'],
		args: (given) => ({ ...sessionArg(given), ...args }),
		node: {
			...node('session', operation, (given) => ({ ...onSession(given), ...parameters })),
			within,
		},
	};
}

function recordCalls(kind: 'user' | 'business', plural: string, field: string): ClientCall[] {
	const vendor_data = `client-${kind}`;
	const on = () => ({ [field]: byId(vendor_data) });
	const name = kind === 'user' ? { full_name: 'Nora Sample' } : { legal_name: 'Example Ltd' };
	const fields = kind === 'user' ? { fullName: 'Nora Sample' } : { legalName: 'Example Ltd' };
	const path = ['vendor_data'];
	return [
		{
			tool: `didit_create_${kind}`,
			id: `${kind}.create`,
			args: () => ({ vendor_data, ...name }),
			node: node(kind, 'create', () => ({ vendorData: vendor_data, additionalFields: fields })),
		},
		{
			tool: `didit_list_${plural}`,
			id: `${kind}.list`,
			args: () => ({ limit: '5' }),
			node: node(kind, 'getAll', () => ({ limit: 5 })),
		},
		{
			tool: `didit_get_${kind}`,
			id: `${kind}.get`,
			path,
			args: () => ({ vendor_data }),
			node: node(kind, 'get', on),
		},
		{
			tool: `didit_update_${kind}`,
			id: `${kind}.update`,
			path,
			args: () => ({ vendor_data, ...name }),
			node: node(kind, 'update', () => ({ ...on(), updateFields: fields })),
		},
		{
			tool: `didit_update_${kind}_status`,
			id: `${kind}.updateStatus`,
			path,
			args: () => ({ vendor_data, status: 'FLAGGED' }),
			node: node(kind, 'updateStatus', () => ({ ...on(), status: 'FLAGGED' })),
		},
		{
			tool: `didit_delete_${plural}`,
			id: `${kind}.batchDelete`,
			args: () => ({ vendor_data_list: [vendor_data] }),
		},
	];
}

const onList = ({ list }: Given) => ({ listId: byId(list) });

export const CALLS: ClientCall[] = [
	{
		tool: 'didit_create_session',
		id: 'session.create',
		args: () => ({ workflow_id: WORKFLOW, vendor_data: 'client-1', language: 'es' }),
		node: node('session', 'create', () => ({
			workflowId: byId(WORKFLOW),
			vendorData: 'client-1',
		})),
	},
	{
		tool: 'didit_list_sessions',
		id: 'session.list',
		args: () => ({ status: 'In Review', limit: '5', date_from: '2026-01-01' }),
		node: node('session', 'getAll', () => ({ limit: 5 })),
	},
	sessionCall('didit_get_session_decision', 'session.decision', 'get'),
	sessionCall('didit_list_session_reviews', 'session.reviews.list', 'getReviews'),
	sessionCall(
		'didit_add_session_review',
		'session.reviews.create',
		'addReview',
		{ comment: 'Called the person' },
		{ comment: 'Called the person' },
	),
	sessionCall(
		'didit_update_session_data',
		'session.updateData',
		'updateData',
		{ first_name: 'Nora' },
		{ updateFields: { firstName: 'Nora' } },
		'updateFields',
	),
	sessionCall(
		'didit_update_session_poa_data',
		'session.updatePoaData',
		'updateData',
		{ issuer: 'Example Power' },
		{ dataOf: 'proofOfAddress', proofFields: { issuer: 'Example Power' } },
		'proofFields',
	),
	sessionCall(
		'didit_update_session_status',
		'session.updateStatus',
		'updateStatus',
		{ new_status: 'Approved', comment: 'Checked' },
		{ newStatus: 'Approved', comment: 'Checked' },
	),
	sessionCall(
		'didit_generate_session_pdf',
		'session.pdf',
		'downloadPdf',
		{},
		{ binaryPropertyName: 'data' },
	),
	{
		tool: 'didit_delete_session',
		id: 'session.delete',
		path: ['session_id'],
		args: ({ other }) => ({ session_id: other }),
		node: node('session', 'delete', ({ other }) => ({ sessionId: byId(other), dryRun: false })),
	},
	{
		tool: 'didit_list_workflows',
		id: 'workflow.list',
		args: () => ({}),
		node: node('workflow', 'getAll'),
	},
	{
		tool: 'didit_get_workflow',
		id: 'workflow.get',
		path: ['workflow_id'],
		args: () => ({ workflow_id: WORKFLOW }),
		node: node('workflow', 'get', () => ({ workflowId: byId(WORKFLOW) })),
	},
	...recordCalls('user', 'users', 'userId'),
	...recordCalls('business', 'businesses', 'businessId'),
	{
		tool: 'didit_get_balance',
		id: 'billing.balance',
		args: () => ({}),
		node: node('account', 'getBalance'),
	},
	{
		tool: 'didit_create_webhook_destination',
		id: 'webhook.destinations.create',
		args: () => ({
			label: 'n8n',
			url: 'https://n8n.example/webhook/didit',
			webhook_version: 'v3',
			subscribed_events: ['status.updated'],
		}),
	},
	{ tool: 'didit_list_webhook_destinations', id: 'webhook.destinations.list', args: () => ({}) },
	...(['get', 'update', 'delete'] as const).map((verb) => ({
		tool: `didit_${verb}_webhook_destination`,
		id: `webhook.destinations.${verb}`,
		path: ['destination_uuid'],
		args: ({ destination }: Given) => ({
			destination_uuid: destination,
			...(verb === 'update' && { subscribed_events: ['status.updated', 'data.updated'] }),
		}),
	})),
	{
		tool: 'didit_create_list',
		id: 'list.create',
		args: () => ({ name: 'Partners', list_type: 'allowlist', entry_type: 'email' }),
		node: node('list', 'create', () => ({
			name: 'Partners',
			listType: 'allowlist',
			entryType: 'email',
		})),
	},
	{ tool: 'didit_list_lists', id: 'list.list', args: () => ({}), node: node('list', 'getAll') },
	{
		tool: 'didit_create_list_entry',
		id: 'list.entries.create',
		path: ['list_uuid'],
		args: ({ list }) => ({ list_uuid: list, value: 'name@example.com' }),
		node: node('list', 'addEntry', (given) => ({ ...onList(given), value: 'name@example.com' })),
	},
	{
		tool: 'didit_list_entries',
		id: 'list.entries.list',
		path: ['list_uuid'],
		args: ({ list }) => ({ list_uuid: list }),
		node: node('list', 'getEntries', onList),
	},
	{
		tool: 'didit_update_list',
		id: 'list.update',
		path: ['list_uuid'],
		args: ({ list }) => ({ list_uuid: list, name: 'Good partners' }),
		node: node('list', 'update', (given) => ({
			...onList(given),
			updateFields: { name: 'Good partners' },
		})),
	},
	{
		tool: 'didit_get_list',
		id: 'list.get',
		path: ['list_uuid'],
		args: ({ list }) => ({ list_uuid: list }),
	},
	{
		tool: 'didit_delete_list_entry',
		id: 'list.entries.delete',
		path: ['list_uuid', 'entry_uuid'],
		args: ({ list, entry }) => ({ list_uuid: list, entry_uuid: entry }),
	},
	{
		tool: 'didit_delete_list',
		id: 'list.delete',
		path: ['list_uuid'],
		args: ({ list }) => ({ list_uuid: list }),
		node: node('list', 'delete', onList),
	},
	{
		tool: 'didit_aml_screening',
		id: 'check.aml',
		args: () => ({ full_name: 'Nora Sample', entity_type: 'person' }),
		node: node('check', 'aml', () => ({ entityType: 'person', fullName: 'Nora Sample' })),
	},
	{
		tool: 'didit_screen_wallet',
		id: 'check.walletScreening',
		args: () => ({ wallet_address: 'bc1qexample', blockchain: 'BTC', direction: 'inbound' }),
		node: node('check', 'wallet', () => ({
			walletAddress: 'bc1qexample',
			blockchain: 'BTC',
			direction: 'inbound',
		})),
	},
	{
		tool: 'didit_list_transactions',
		id: 'transaction.list',
		args: () => ({ limit: '5' }),
		node: node('transaction', 'getAll', () => ({ limit: 5 })),
	},
	{
		tool: 'didit_get_transaction',
		id: 'transaction.get',
		path: ['transaction_id'],
		args: ({ transaction }) => ({ transaction_id: transaction }),
		node: node('transaction', 'get', ({ transaction }) => ({ transactionUuid: byId(transaction) })),
	},
	...(['phone', 'email'] as const).flatMap((kind): ClientCall[] => {
		const to = kind === 'phone' ? { phone_number: '+12025550100' } : { email: 'name@example.com' };
		const own = kind === 'phone' ? { phoneNumber: '+12025550100' } : { email: 'name@example.com' };
		const Kind = kind === 'phone' ? 'Phone' : 'Email';
		return [
			{
				tool: `didit_${kind}_send`,
				id: `check.${kind}Send`,
				args: () => to,
				node: node('check', `send${Kind}Code`, () => own),
			},
			{
				tool: `didit_${kind}_check`,
				id: `check.${kind}Check`,
				args: () => ({ ...to, code: '123456' }),
				node: node('check', `check${Kind}Code`, () => ({ ...own, code: '123456' })),
			},
		];
	}),
];
