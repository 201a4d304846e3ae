// What operations that change something are given, where a test tries each of them.
import type { INodeParameters } from 'n8n-workflow';
import { ID, byId } from './schema.mts';

/** Whom or what an operation is about. Each takes its own. */
export const ON: INodeParameters = {
	sessionId: byId(ID),
	userId: byId('user-42'),
	businessId: byId('user-42'),
	workflowId: byId(ID),
	listId: byId(ID),
	transactionUuid: byId(ID),
};

const records = (resource: string): Record<string, INodeParameters> => ({
	[`${resource} create`]: { vendorData: 'user-42' },
	[`${resource} update`]: { updateFields: { displayName: 'Nora' } },
	[`${resource} updateStatus`]: { status: 'BLOCKED' },
	[`${resource} delete`]: { dryRun: false },
	[`${resource} monitorAml`]: {},
	[`${resource} stopMonitoringAml`]: {},
});

/** By operation, with `ON`. */
export const PARAMETERS: Record<string, INodeParameters> = {
	'session addReview': { comment: 'Called the person' },
	'session block': {},
	'session delete': { dryRun: false },
	'session importShared': { shareToken: 'token-of-a-partner' },
	'session overrideCheck': { check: 'AML', newStatus: 'Approved' },
	'session resendWebhook': { deliveryId: ID },
	'session reviewAmlHits': {
		hitsToReview: 'selected',
		hitIds: ID,
		reviewStatus: 'Inconclusive',
	},
	'session share': { forApplicationId: ID },
	'session unblock': {},
	'session updateData': { updateFields: { firstName: 'Nora' } },
	'session updateStatus': { newStatus: 'Approved' },
	...records('user'),
	...records('business'),
	'list addEntry': { value: 'name@example.com' },
	'list create': { name: 'Trusted', entryType: 'key' },
	'list delete': {},
	'list removeEntry': { removeBy: 'id', entryId: ID },
	'list update': { updateFields: { name: 'Trusted' } },
	'check checkEmailCode': { email: 'nora@example.com', code: '123456' },
	'check checkPhoneCode': { phoneNumber: '+34600000000', code: '123456' },
	'check databaseValidation': { country: 'ESP' },
	'check sendEmailCode': { email: 'nora@example.com' },
	'check sendPhoneCode': { phoneNumber: '+34600000000' },
	'check wallet': { walletAddress: 'bc1qexample' },
};
