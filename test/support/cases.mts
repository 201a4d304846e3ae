// Made-up parameters for every operation, most of them good, some of them nonsense.
import fc from 'fast-check';
import { CHECKS } from './checkCases.mts';
import {
	date,
	email,
	locator,
	orGarbage,
	several,
	simplify,
	someOf,
	text,
	vendorData,
} from './generated.mts';
import { ID } from './schema.mts';

const id = orGarbage(fc.constantFrom(ID, ID.toUpperCase(), ` ${ID} `));
const onSession = { sessionId: locator(id) };
const country = orGarbage(
	fc.oneof(fc.stringMatching(/^[A-Za-z]{3}$/), fc.constantFrom('es', 'PT')),
);
const json = orGarbage(fc.oneof(fc.json(), fc.object()));
const list = {
	returnAll: fc.boolean(),
	limit: orGarbage(fc.integer({ min: 1, max: 500 })),
	simplify,
};
const documentType = fc.constantFrom('P', 'ID', 'DL', 'OTHER', 'p');

const user = someOf({
	approvedEmails: orGarbage(fc.array(fc.constantFrom('nora@example.com', 'n@example.org'))),
	approvedPhones: orGarbage(fc.array(fc.constantFrom('+34 600 000 000', '0034600000001'))),
	dateOfBirth: date,
	displayName: text,
	fullName: text,
	issuingStates: orGarbage(fc.array(fc.constantFrom('esp', 'PRT', 'pt'))),
	metadata: json,
});
const business = someOf({
	countryCode: orGarbage(fc.constantFrom('ES', 'ESP', 'us-ca')),
	displayName: text,
	legalName: text,
	metadata: json,
	registrationNumber: text,
});

export interface Case {
	resource: string;
	operation: string;
	parameters: fc.Arbitrary<unknown>;
	/** Works with a client ID and secret too. */
	v1?: boolean;
}

const record = (resource: string, field: string, fields: fc.Arbitrary<unknown>): Case[] => {
	const on = { [field]: locator(vendorData) };
	return [
		{ resource, operation: 'get', parameters: fc.record({ ...on, simplify }) },
		{ resource, operation: 'getAll', parameters: fc.record(list) },
		{
			resource,
			operation: 'create',
			parameters: fc.record({ vendorData, additionalFields: fields, simplify }),
		},
		{
			resource,
			operation: 'update',
			parameters: fc.record({ ...on, updateFields: fields, simplify }),
		},
		...['monitorAml', 'stopMonitoringAml'].map((operation) => ({
			resource,
			operation,
			parameters: fc.record(on),
		})),
		{
			resource,
			operation: 'updateStatus',
			parameters: fc.record({
				...on,
				status: orGarbage(fc.constantFrom('ACTIVE', 'FLAGGED', 'BLOCKED', 'blocked')),
			}),
		},
		{
			resource,
			operation: 'delete',
			parameters: fc.record({
				...on,
				dryRun: fc.boolean(),
				options: someOf({ maxSessions: orGarbage(fc.nat()), instructionId: text }),
			}),
		},
	];
};

/** Good ones only: with nonsense in one of thirty fields, hardly anything would be sent. */
const plain = fc.constantFrom('Nora', 'ñandú', '1 Example Street', '');
const party = {
	address: someOf({ country: plain, town: plain, street: plain, postalCode: plain, state: plain }),
	dateOfBirth: fc.constant('1990-05-31'),
	device: fc.constant({ ip: '203.0.113.7' }),
	entityType: fc.constantFrom('individual', 'Company'),
	firstName: plain,
	institution: someOf({ name: plain, code: plain }),
	lastName: plain,
	paymentMethod: someOf({
		accountId: plain,
		issuingCountry: plain,
		methodType: fc.constantFrom('bank_card', 'Crypto Wallet'),
	}),
};
const TRANSACTIONS: Case[] = [
	{
		resource: 'transaction',
		operation: 'create',
		parameters: fc.record({
			transactionId: vendorData,
			direction: orGarbage(fc.constantFrom('inbound', 'Outbound')),
			amount: orGarbage(fc.oneof(fc.constantFrom('1500.50', '0.1', '1e-7'), fc.double({ min: 0 }))),
			currency: orGarbage(fc.constantFrom('EUR', 'btc')),
			vendorData,
			fullName: orGarbage(fc.constant('Nora Sample')),
			subject: someOf(party),
			counterparty: someOf({ ...party, vendorData: plain, fullName: plain }),
			paymentDetails: someOf({
				actionType: plain,
				currencyKind: fc.constantFrom('fiat', 'Crypto'),
				description: plain,
				reference: plain,
			}),
			additionalFields: someOf({
				category: fc.constantFrom('finance', 'Travel Rule'),
				cryptoScreening: fc.boolean(),
				customProperties: fc.constant('{"order": 1}'),
				networkSnapshot: fc.constant({ nodes: [] }),
				time: fc.constant('2026-09-21T14:13:20Z'),
				timeZone: fc.constant('Europe/Madrid'),
				travelRule: fc.constantFrom('{"status": "PENDING"}', '{}'),
			}),
		}),
	},
	{
		resource: 'transaction',
		operation: 'get',
		parameters: fc.record({ transactionUuid: locator(id), simplify }),
	},
	{ resource: 'transaction', operation: 'getAll', parameters: fc.record(list) },
];
const entryType = orGarbage(fc.constantFrom('email', 'face', 'Phone', 'user'));
const LISTS: Case[] = [
	{
		resource: 'list',
		operation: 'getAll',
		parameters: fc.record({
			...list,
			filters: someOf({ entryType, listType: orGarbage(fc.constantFrom('blocklist', 'Custom')) }),
		}),
	},
	{
		resource: 'list',
		operation: 'addEntry',
		parameters: fc.record({
			listId: locator(id),
			addBy: orGarbage(fc.constantFrom('value', 'session', 'image')),
			value: vendorData,
			...onSession,
			additionalFields: someOf({
				comment: text,
				displayLabel: text,
				metadata: json,
				sourceId: id,
			}),
			simplify,
		}),
	},
	{
		resource: 'list',
		operation: 'getEntries',
		parameters: fc.record({
			...list,
			listId: locator(id),
			filters: someOf({ search: text, ...onSession }),
		}),
	},
	{
		resource: 'list',
		operation: 'removeEntry',
		parameters: fc.record({
			listId: locator(id),
			removeBy: orGarbage(fc.constantFrom('id', 'Value')),
			value: vendorData,
			entryId: id,
		}),
	},
	{
		resource: 'list',
		operation: 'create',
		parameters: fc.record({
			name: text,
			listType: orGarbage(fc.constantFrom('allowlist', 'Custom')),
			entryType,
			description: text,
		}),
	},
	{
		resource: 'list',
		operation: 'update',
		parameters: fc.record({
			listId: locator(id),
			updateFields: someOf({ name: text, description: text }),
		}),
	},
	{ resource: 'list', operation: 'delete', parameters: fc.record({ listId: locator(id) }) },
];

export const CASES: Case[] = [
	{
		resource: 'session',
		operation: 'get',
		parameters: fc.record({ ...onSession, simplify }),
		v1: true,
	},
	{
		resource: 'session',
		operation: 'downloadPdf',
		parameters: fc.record({ ...onSession, binaryPropertyName: fc.constant('data') }),
		v1: true,
	},
	{
		resource: 'session',
		operation: 'downloadMedia',
		parameters: fc.record({ ...onSession, media: several('businessDocuments', 'chipPortrait') }),
	},
	{
		resource: 'session',
		operation: 'getAll',
		parameters: fc.record({
			...list,
			filters: someOf({
				country,
				dateFrom: date,
				dateTo: date,
				documentTypes: orGarbage(fc.array(documentType)),
				search: text,
				sessionKind: orGarbage(fc.constantFrom('user', 'business', 'all')),
				sessionTypes: several('API', 'HOSTED', 'MIGRATED'),
				statuses: several('Approved', 'In Review', 'Kyc Expired'),
				vendorData: text,
				warnings: text,
				workflowId: locator(id),
			}),
		}),
	},
	{
		resource: 'session',
		operation: 'updateStatus',
		parameters: fc.record({
			...onSession,
			newStatus: orGarbage(fc.constantFrom('Approved', 'Declined', 'Resubmitted', 'approved')),
			comment: text,
			stepsToRepeat: several('ID_VERIFICATION', 'LIVENESS', 'POA', 'notPassed'),
			sendEmail: fc.boolean(),
			emailAddress: email,
			emailLanguage: orGarbage(fc.constantFrom('en', 'pt-BR')),
		}),
		v1: true,
	},
	{
		resource: 'session',
		operation: 'delete',
		parameters: fc.record({
			...onSession,
			dryRun: fc.boolean(),
			deletionInstruction: orGarbage(
				fc.constantFrom('operational_session_delete', 'privacy_erasure'),
			),
			options: someOf({
				storedFace: orGarbage(fc.constantFrom('keep', 'delete')),
				faceRetentionDays: orGarbage(fc.integer({ min: -5, max: 4000 })),
				faceRetentionDeadline: date,
				instructionId: text,
			}),
		}),
	},
	{
		resource: 'session',
		operation: 'addReview',
		parameters: fc.record({ ...onSession, comment: text }),
	},
	...['block', 'unblock'].map((operation) => ({
		resource: 'session',
		operation,
		parameters: fc.record({ ...onSession, blockedItems: several('face', 'Document', 'email') }),
	})),
	{
		resource: 'session',
		operation: 'getReviews',
		parameters: fc.record({ ...onSession, ...list }),
	},
	{
		resource: 'session',
		operation: 'share',
		parameters: fc.record({
			...onSession,
			forApplicationId: id,
			options: someOf({ tokenLifetime: orGarbage(fc.integer({ min: 0, max: 90_000 })) }),
		}),
	},
	{
		resource: 'session',
		operation: 'importShared',
		parameters: fc.record({
			shareToken: text,
			workflowId: locator(id),
			trustReview: fc.boolean(),
			vendorData: text,
			simplify,
		}),
	},
	{
		resource: 'session',
		operation: 'updateData',
		parameters: fc.record({
			...onSession,
			dataOf: fc.constantFrom('idDocument', 'proofOfAddress'),
			options: someOf({ nodeId: text }),
			proofFields: someOf({
				address: text,
				addressParts: someOf({ city: text, country: orGarbage(fc.constantFrom('ES', 'pt')) }),
				documentLanguage: text,
				documentType: orGarbage(fc.constantFrom('BANK_STATEMENT', 'UTILITY_BILL', 'utility bill')),
				extraFields: json,
				issueDate: date,
				issuer: text,
				issuingState: country,
				nameOnDocument: text,
			}),
			updateFields: someOf({
				address: text,
				addressParts: someOf({
					city: text,
					country: orGarbage(fc.constantFrom('ES', 'pt')),
					postalCode: text,
					region: text,
					street1: text,
					street2: text,
				}),
				dateOfBirth: date,
				dateOfIssue: date,
				documentNumber: text,
				documentSubtype: text,
				documentType: orGarbage(documentType),
				expirationDate: date,
				extraFields: json,
				firstName: text,
				gender: orGarbage(fc.constantFrom('M', 'F', 'U', 'm')),
				issuingState: country,
				lastName: text,
				maritalStatus: orGarbage(fc.constantFrom('SINGLE', 'MARRIED')),
				nationality: text,
				personalNumber: text,
				placeOfBirth: text,
			}),
		}),
	},
	{
		resource: 'session',
		operation: 'reviewAmlHits',
		parameters: fc.record({
			...onSession,
			hitsToReview: fc.constantFrom('selected', 'unreviewed'),
			hitIds: orGarbage(fc.constantFrom('hit-1', 'hit-1,hit-2')),
			reviewStatus: orGarbage(fc.constantFrom('Confirmed Match', 'False Positive', 'inconclusive')),
		}),
	},
	{
		resource: 'session',
		operation: 'overrideCheck',
		parameters: fc.record({
			...onSession,
			check: orGarbage(fc.constantFrom('ID_VERIFICATION', 'AML', 'Liveness', 'KYB_REGISTRY')),
			newStatus: orGarbage(fc.constantFrom('Approved', 'Declined', 'In Review')),
			comment: text,
			options: someOf({ nodeId: text }),
		}),
	},
	{
		resource: 'session',
		operation: 'getWebhooks',
		parameters: fc.record({ ...onSession, simplify }),
	},
	{
		resource: 'session',
		operation: 'resendWebhook',
		parameters: fc.record({ ...onSession, deliveryId: id, simplify }),
	},
	...record('user', 'userId', user),
	{
		resource: 'user',
		operation: 'downloadPdf',
		parameters: fc.record({ userId: locator(vendorData), binaryPropertyName: fc.constant('data') }),
	},
	...record('business', 'businessId', business),
	{
		resource: 'workflow',
		operation: 'get',
		parameters: fc.record({ workflowId: locator(id), simplify }),
	},
	...LISTS,
	...TRANSACTIONS,
	{ resource: 'workflow', operation: 'getAll', parameters: fc.record(list) },
	{ resource: 'account', operation: 'getBalance', parameters: fc.record({}) },
	...CHECKS,
];
