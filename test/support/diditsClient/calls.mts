// The calls of Didit's own client, @didit-protocol/mcp-server, that have a counterpart here: what it is given, which call of
// the contract that is, and which operation of the node makes the same call.
import type { INodeParameters } from 'n8n-workflow';
import { byId } from '../run.mts';
import { APPLICATION, EMAIL, type Given, PHONE, WEBHOOK_URL, WORKFLOW } from './given.mts';
import type { ClientCall, OperationCall } from './call.mts';

type Parameters = OperationCall['parameters'];
const node = (
	resource: string,
	operation: string,
	parameters: Parameters = () => ({}),
	more: Partial<OperationCall> = {},
): OperationCall => ({ resource, operation, parameters, ...more });
const onSession = ({ session }: Given) => ({ sessionId: byId(session) });
const sessionArg = ({ session }: Given) => ({ session_id: session });

function sessionCall(
	tool: string,
	id: string,
	operation: string,
	args: Record<string, unknown> = {},
	parameters: INodeParameters = {},
	within?: string,
): ClientCall {
	return {
		tool,
		id,
		path: ['session_id'],
		args: (given) => ({ ...sessionArg(given), ...args }),
		node: node('session', operation, (given) => ({ ...onSession(given), ...parameters }), {
			within,
		}),
	};
}

function recordCalls(kind: 'user' | 'business', plural: string, field: string): ClientCall[] {
	const vendor_data = `known-${kind}`;
	const created = `new-${kind}`;
	const on = () => ({ [field]: byId(vendor_data) });
	const name = kind === 'user' ? { full_name: 'Nora Sample' } : { legal_name: 'Example Ltd' };
	const fields = kind === 'user' ? { fullName: 'Nora Sample' } : { legalName: 'Example Ltd' };
	const path = ['vendor_data'];
	return [
		{
			tool: `didit_create_${kind}`,
			id: `${kind}.create`,
			args: () => ({ vendor_data: created, ...name }),
			node: node(kind, 'create', () => ({ vendorData: created, additionalFields: fields })),
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
			node: node(kind, 'delete', () => ({ ...on(), dryRun: false }), { sent: true }),
		},
	];
}

const onList = ({ list }: Given) => ({ listId: byId(list) });

/** The trigger registers itself. */
const webhookCalls: ClientCall[] = [
	{
		tool: 'didit_create_webhook_destination',
		id: 'webhook.destinations.create',
		args: () => ({
			label: 'n8n: Results, Didit Trigger',
			url: WEBHOOK_URL,
			enabled: true,
			webhook_version: 'v3',
			subscribed_events: ['status.updated'],
		}),
		node: { sent: true, run: async (trigger) => await trigger.publish('status.updated') },
	},
	{
		tool: 'didit_list_webhook_destinations',
		id: 'webhook.destinations.list',
		args: () => ({}),
		node: { sent: true, run: async (trigger) => await trigger.publish('status.updated') },
	},
	{
		tool: 'didit_get_webhook_destination',
		id: 'webhook.destinations.get',
		path: ['destination_uuid'],
		args: ({ destination }) => ({ destination_uuid: destination }),
		node: {
			sent: true,
			published: true,
			run: async (trigger) => await trigger.publish('status.updated'),
		},
	},
	{
		tool: 'didit_update_webhook_destination',
		id: 'webhook.destinations.update',
		path: ['destination_uuid'],
		args: ({ destination }) => ({
			destination_uuid: destination,
			url: WEBHOOK_URL,
			enabled: true,
			webhook_version: 'v3',
			subscribed_events: ['data.updated'],
		}),
		node: {
			sent: true,
			published: true,
			run: async (trigger) => await trigger.publish('data.updated'),
		},
	},
	{
		tool: 'didit_delete_webhook_destination',
		id: 'webhook.destinations.delete',
		path: ['destination_uuid'],
		args: ({ destination }) => ({ destination_uuid: destination }),
		node: { sent: true, published: true, run: async (trigger) => await trigger.unpublish() },
	},
];

const OTHER_IDENTIFIERS = {
	full_name: 'Nora Ann Sample',
	middle_name: 'Ann',
	personal_number: '00000000T',
	document_type: 'P',
	gender: 'F',
	nationality: 'ESP',
};

const DOCUMENT_RISKS = [
	'critical_field_occlusion_action',
	'document_or_personal_number_format_mismatch_action',
	'expiration_date_not_detected_action',
	'inconsistent_data_action',
	'invalid_mrz_action',
];
const ADDRESS_RISKS = [
	'poa_name_mismatch_action',
	'poa_address_mismatch_action',
	'poa_document_issues_action',
	'poa_document_authenticity_action',
	'poa_unsupported_language_action',
	'poa_issuer_not_identified_action',
];

const FACE = 'sandbox/files/selfie.jpg';
const PORTRAIT = 'sandbox/files/portrait.jpg';
const FRONT = 'sandbox/files/front.jpg';
const BACK = 'sandbox/files/back.jpg';
const BILL = 'sandbox/files/bill.pdf';

/** Checks of one face, which take the image and whom it is of. */
const faceCall = (tool: string, id: string, operation: string): ClientCall => ({
	tool,
	id,
	files: { image_path: 'user_image' },
	args: () => ({ image_path: FACE, vendor_data: 'user-42' }),
	node: node('check', operation, () => ({ vendorData: 'user-42' }), { files: { data: FACE } }),
});

const fileCalls: ClientCall[] = [
	{
		tool: 'didit_id_verification',
		id: 'check.idVerification',
		files: { front_image_path: 'front_image', back_image_path: 'back_image' },
		args: () => ({
			front_image_path: FRONT,
			back_image_path: BACK,
			vendor_data: 'user-42',
			perform_document_liveness: true,
			preferred_characters: 'latin',
		}),
		node: node(
			'check',
			'idDocument',
			() => ({
				backImage: 'back',
				vendorData: 'user-42',
				options: {
					detectCopies: true,
					preferredCharacters: 'latin',
					declineFor: DOCUMENT_RISKS,
				},
			}),
			{ files: { data: FRONT, back: BACK } },
		),
	},
	{
		tool: 'didit_poa_verification',
		id: 'check.poa',
		files: { document_image_path: 'document' },
		args: () => ({
			document_image_path: BILL,
			vendor_data: 'user-42',
			expected_address: '1 Example Street',
			expected_country: 'ESP',
			expected_first_name: 'Nora',
			expected_last_name: 'Sample',
		}),
		node: node(
			'check',
			'proofOfAddress',
			() => ({
				vendorData: 'user-42',
				address: '1 Example Street',
				country: 'ESP',
				firstName: 'Nora',
				lastName: 'Sample',
				options: { declineFor: ADDRESS_RISKS },
			}),
			{ files: { data: BILL } },
		),
	},
	{
		tool: 'didit_face_match',
		id: 'check.faceMatch',
		files: { image_1_path: 'user_image', image_2_path: 'ref_image' },
		args: () => ({ image_1_path: FACE, image_2_path: PORTRAIT, vendor_data: 'user-42' }),
		node: node('check', 'faceMatch', () => ({ vendorData: 'user-42' }), {
			files: { data: FACE, reference: PORTRAIT },
		}),
	},
	faceCall('didit_passive_liveness', 'check.passiveLiveness', 'liveness'),
	faceCall('didit_age_estimation', 'check.ageEstimation', 'ageEstimation'),
	faceCall('didit_face_search', 'check.faceSearch', 'faceSearch'),
];

export const CALLS: ClientCall[] = [
	{
		tool: 'didit_create_session',
		id: 'session.create',
		args: () => ({ workflow_id: WORKFLOW, vendor_data: 'client-1', language: 'es' }),
		node: node('session', 'create', () => ({
			workflowId: byId(WORKFLOW),
			vendorData: 'client-1',
			additionalFields: { language: 'es' },
		})),
	},
	{
		tool: 'didit_list_sessions',
		id: 'session.list',
		args: () => ({
			status: 'In Review',
			limit: '5',
			date_from: '2026-01-01',
			session_kind: 'user',
		}),
		node: node('session', 'getAll', () => ({
			limit: 5,
			filters: { statuses: ['In Review'], dateFrom: '2026-01-01' },
		})),
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
	{
		tool: 'didit_share_session',
		id: 'session.share',
		path: ['session_id'],
		refused: true,
		args: ({ approved }) => ({ session_id: approved, partner_client_id: 'client-2' }),
		node: node('session', 'share', ({ approved }) => ({
			sessionId: byId(approved),
			forApplicationId: APPLICATION,
		})),
	},
	{
		tool: 'didit_import_shared_session',
		id: 'session.importShared',
		refused: true,
		args: ({ token }) => ({ share_token: token }),
		node: node('session', 'importShared', ({ token }) => ({
			shareToken: token,
			workflowId: byId(WORKFLOW),
		})),
	},
	{
		tool: 'didit_batch_delete_sessions',
		id: 'sessions.batchDelete',
		args: ({ number }) => ({ session_numbers: [Number(number)] }),
	},
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
	...webhookCalls,
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
	{
		tool: 'didit_list_lists',
		id: 'list.list',
		args: () => ({ limit: '50' }),
		node: node('list', 'getAll'),
	},
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
		args: ({ list }) => ({ list_uuid: list, limit: '50' }),
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
		// To see that it isn't one of Didit's.
		node: node('list', 'delete', onList, { sent: true }),
	},
	{
		tool: 'didit_delete_list_entry',
		id: 'list.entries.delete',
		path: ['list_uuid', 'entry_uuid'],
		args: ({ list, entry }) => ({ list_uuid: list, entry_uuid: entry }),
		node: node('list', 'removeEntry', (given) => ({
			...onList(given),
			removeBy: 'id',
			entryId: given.entry,
		})),
	},
	{
		tool: 'didit_upload_face_entry',
		id: 'list.entries.faceUpload',
		path: ['list_uuid'],
		files: { image_path: 'image' },
		args: ({ faces }) => ({
			list_uuid: faces,
			image_path: FACE,
			comment: 'Reported',
			display_label: 'Case 1',
		}),
		node: node(
			'list',
			'addEntry',
			({ faces }) => ({
				listId: byId(faces),
				addBy: 'image',
				additionalFields: { comment: 'Reported', displayLabel: 'Case 1' },
			}),
			{ files: { data: FACE }, sent: true },
		),
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
		args: () => ({
			full_name: 'Nora Sample',
			entity_type: 'person',
			include_adverse_media: false,
		}),
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
		tool: 'didit_create_transaction',
		id: 'transaction.create',
		args: () => ({
			transaction_id: 'order-2',
			transaction_category: 'finance',
			transaction_details: { direction: 'outbound', amount: '1500.50', currency: 'EUR' },
			subject: { vendor_data: 'client-session', full_name: 'Nora Sample' },
			counterparty: { full_name: 'Example Ltd' },
			transaction_at: '2026-09-21T14:13:20.000Z',
			time_zone: 'Europe/Madrid',
			custom_properties: { order: 2 },
			travel_rule_details: { status: 'PENDING' },
			network_snapshot: { nodes: [] },
			include_crypto_screening: true,
		}),
		node: node(
			'transaction',
			'create',
			() => ({
				transactionId: 'order-2',
				direction: 'outbound',
				amount: '1500.50',
				currency: 'EUR',
				vendorData: 'client-session',
				fullName: 'Nora Sample',
				counterparty: { fullName: 'Example Ltd' },
				additionalFields: {
					time: '2026-09-21T14:13:20Z',
					timeZone: 'Europe/Madrid',
					customProperties: '{"order": 2}',
					travelRule: '{"status": "PENDING"}',
					networkSnapshot: '{"nodes": []}',
					cryptoScreening: true,
				},
			}),
			{ sent: true },
		),
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
	{
		tool: 'didit_database_validation',
		id: 'check.databaseValidation',
		args: () => ({
			issuing_state: 'ESP',
			first_name: 'Nora',
			last_name: 'Sample',
			date_of_birth: '1990-05-31',
			document_number: '00000000T',
			tax_number: '00000000T',
			...OTHER_IDENTIFIERS,
			services: ['one', 'two'],
			no_match_action: 'DECLINE',
			partial_match_action: 'NO_ACTION',
			vendor_data: 'user-42',
		}),
		node: node('check', 'databaseValidation', () => ({
			country: 'ES',
			firstName: 'Nora',
			lastName: 'Sample',
			dateOfBirth: '1990-05-31',
			documentNumber: '00000000T',
			taxNumber: '00000000T',
			otherIdentifiers: JSON.stringify(OTHER_IDENTIFIERS),
			vendorData: 'user-42',
			options: {
				services: 'one, two',
				declineFor: ['no_match_action'],
				ignore: ['partial_match_action'],
			},
		})),
	},
	...fileCalls,
	...(['phone', 'email'] as const).flatMap((kind): ClientCall[] => {
		const to = kind === 'phone' ? { phone_number: PHONE } : { email: EMAIL };
		const own = kind === 'phone' ? { phoneNumber: PHONE } : { email: EMAIL };
		const Kind = kind === 'phone' ? 'Phone' : 'Email';
		return [
			{
				tool: `didit_${kind}_send`,
				id: `check.${kind}Send`,
				args: () => to,
				node: node('check', `send${Kind}Code`, () => ({ ...own, options: { codeLength: 6 } })),
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
