/** Parameters for every operation, as a builder would set them: for the tests that run them all. */
import type { WorkflowNode } from '../../../harness/n8n/client.mts';
import { node, webhookWorkflow, world } from './world.mts';

export const WORKFLOW = 'c0000003-0000-4000-8000-000000000001';
export const APPLICATION = 'bbbbbbbb-0000-4000-8000-000000000002';
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const given = (name: string) => `={{ $json.${name} }}`;

/** The file of an item. */
const IMAGE = 'data';

export const SESSION = { sessionId: byId(given('session_id')) };
const USER = { userId: byId(given('vendor_data')) };
const BUSINESS = { businessId: byId(given('vendor_data')) };
/** By the name of the operation. What isn't fixed comes from the item. */
export const PARAMETERS: Record<string, object> = {
	'session create': {
		workflowId: byId(WORKFLOW),
		vendorData: given('vendor_data'),
	},
	'session get': SESSION,
	'session getAll': { filters: { vendorData: given('vendor_data') } },
	'session updateStatus': { ...SESSION, newStatus: given('status') },
	'session downloadPdf': SESSION,
	'session downloadMedia': { ...SESSION, media: ['documentFront', 'selfie'] },
	'session addReview': { ...SESSION, comment: 'Called the person' },
	'session getReviews': SESSION,
	'session updateData': { ...SESSION, updateFields: { firstName: 'Nora' } },
	'session reviewAmlHits': {
		...SESSION,
		hitsToReview: 'unreviewed',
		reviewStatus: 'False Positive',
	},
	'session overrideCheck': { ...SESSION, check: 'AML', newStatus: 'Approved' },
	'session waitForResult': SESSION,
	'session getWebhooks': SESSION,
	'session resendWebhook': { ...SESSION, deliveryId: given('uuid') },
	'session share': { ...SESSION, forApplicationId: APPLICATION },
	'session importShared': { shareToken: given('share_token'), workflowId: byId(WORKFLOW) },
	'session delete': { ...SESSION, dryRun: false },
	'user create': { vendorData: given('vendor_data') },
	'user get': USER,
	'user getAll': { returnAll: true },
	'user update': { ...USER, updateFields: { displayName: 'Nora' } },
	'user updateStatus': { ...USER, status: 'FLAGGED' },
	'user downloadPdf': USER,
	'user monitorAml': USER,
	'user stopMonitoringAml': USER,
	'business monitorAml': BUSINESS,
	'business stopMonitoringAml': BUSINESS,
	'user delete': { ...USER, dryRun: false },
	'business create': { vendorData: given('vendor_data') },
	'business get': BUSINESS,
	'business getAll': {},
	'business update': { ...BUSINESS, updateFields: { legalName: 'Example Ltd' } },
	'business updateStatus': { ...BUSINESS, status: 'FLAGGED' },
	'business delete': { ...BUSINESS, dryRun: false },
	'list getAll': { filters: { listType: 'blocklist', entryType: 'email' } },
	'transaction create': {
		transactionId: given('txn'),
		amount: given('amount'),
		currency: 'EUR',
		vendorData: 'user-42',
		fullName: 'Nora Sample',
	},
	'transaction get': { transactionUuid: byId(given('uuid')) },
	'transaction getAll': {},
	'list create': { name: 'Trusted IPs', entryType: 'ip_address' },
	'list update': { listId: byId(given('uuid')), updateFields: { description: 'Offices' } },
	'list delete': { listId: byId(given('uuid')) },
	'list getEntries': { listId: byId(given('list')) },
	'list removeEntry': { listId: byId(given('list')), value: given('value') },
	'session block': SESSION,
	'session unblock': { ...SESSION, blockedItems: ['face'] },
	'list addEntry': { listId: byId(given('uuid')), value: 'name@example.com' },
	'workflow get': { workflowId: byId(WORKFLOW) },
	'workflow getAll': {},
	'account getBalance': {},
	'check ageEstimation': { faceImage: IMAGE },
	'check faceMatch': { faceImage: IMAGE, referenceImage: IMAGE },
	'check faceSearch': { faceImage: IMAGE },
	'check idDocument': { frontImage: IMAGE },
	'check liveness': { faceImage: IMAGE },
	'check proofOfAddress': { document: IMAGE },
	'check aml': {
		fullName: given('name'),
		dateOfBirth: given('born'),
		vendorData: given('vendor_data'),
	},
	'check databaseValidation': { country: 'ESP', identificationNumber: given('number') },
	'check wallet': { walletAddress: given('wallet') },
	'check sendPhoneCode': { phoneNumber: given('phone'), channel: 'sms' },
	'check checkPhoneCode': { phoneNumber: given('phone'), code: given('code') },
	'check sendEmailCode': { email: given('email') },
	'check checkEmailCode': { email: given('email'), code: given('code') },
};

/** An invented JPEG, half a megabyte. */
export const JPEG = Buffer.concat([
	Buffer.from('ffd8ffe0', 'hex'),
	Buffer.alloc(500_000, 3),
]).toString('base64');

/** The nodes that run an operation on an item, the operation's own last. Where it needs a file, the item brings `image` as Base64. */
export function nodesOf(name: string, parameters = PARAMETERS[name]): WorkflowNode[] {
	const [resource, operation] = name.split(' ');
	const didit = node(
		'Didit',
		'n8n-nodes-didit.didit',
		1,
		{ resource, operation, ...parameters },
		{ diditApi: world.credentials.key },
	);
	if (!Object.values(parameters).includes(IMAGE)) return [didit];
	const toFile = node('To File', 'n8n-nodes-base.convertToFile', 1.1, {
		operation: 'toBinary',
		sourceProperty: 'image',
		options: {},
	});
	return [toFile, didit];
}

export type Runner = (item?: object) => Promise<Record<string, unknown>>;

/** Runs an operation on one item through a webhook. @param path a name of its own for a second one of an operation */
export async function runner(name: string, parameters?: object, path = name): Promise<Runner> {
	const post = await webhookWorkflow(
		`operation-${path.replaceAll(' ', '-')}`,
		nodesOf(name, parameters),
	);
	return async (item = {}) => (await post([item]))[0];
}
