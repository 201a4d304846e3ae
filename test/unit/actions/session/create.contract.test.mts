// Every request body that the node can produce is valid under Didit's contract, on examples and on generated inputs.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { requestErrors } from '../../../../contract/index.mts';
import { LANGUAGES } from '../../../../nodes/Didit/actions/common/languages.ts';
import { FEATURE_COMBINATIONS } from '../../../../nodes/Didit/actions/session/features.ts';
import { webUrl } from '../../../support/arbitraries.mts';
import { attempt } from '../../../support/generated.mts';
import type { DiditRequest } from '../../../../nodes/Didit/transport/types.ts';

/** The request that the operation would send for these parameters; undefined for a refusal. */
async function request(parameters: IDataObject): Promise<DiditRequest | undefined> {
	const isV1 = !('workflowId' in parameters);
	const { sent, refused } = await attempt('session', 'create', parameters, isV1);
	assert(refused || sent.length === 1);
	// Without a workflow the default one is looked up.
	return sent.find(({ method }) => method === 'POST');
}

async function problems(parameters: IDataObject): Promise<string[]> {
	const sent = await request(parameters);
	if (sent === undefined) return [];
	return requestErrors('workflowId' in parameters ? 'v3' : 'v1', 'session.create', sent.body);
}

const WORKFLOW = 'cccccccc-0000-4000-8000-000000000003';
const orGarbage = <T,>(good: fc.Arbitrary<T>) =>
	fc.oneof(
		{ weight: 4, arbitrary: good as fc.Arbitrary<unknown> },
		{ weight: 1, arbitrary: fc.string() },
	);
const country = fc.oneof(fc.stringMatching(/^[A-Za-z]{3}$/), fc.constantFrom('es', 'PT'));
const date = fc
	.date({ min: new Date('1900-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
	.map((day) => day.toISOString());
const callback = fc.oneof(webUrl, fc.constant('myapp://done'), fc.string());
const language = fc.constantFrom(...LANGUAGES.map(({ value }) => value));

const expectedDetails = fc.record(
	{
		address: fc.string(),
		companyName: fc.string({ maxLength: 300 }),
		country: orGarbage(country),
		dateOfBirth: orGarbage(date),
		firstName: fc.string(),
		expectedDocumentTypes: orGarbage(
			fc.uniqueArray(fc.constantFrom('P', 'ID', 'DL', 'RP', 'HIC', 'TC', 'SSC', 'p')),
		),
		gender: orGarbage(fc.constantFrom('M', 'F', 'm')),
		idCountry: orGarbage(country),
		identificationNumber: fc.string(),
		ipAddress: orGarbage(fc.oneof(fc.ipV4(), fc.ipV6())),
		lastName: fc.string(),
		nationality: orGarbage(country),
		poaCountry: orGarbage(country),
		registrationNumber: fc.string({ maxLength: 120 }),
		registryCountry: orGarbage(fc.constantFrom('ES', 'esp', 'us-ca')),
	},
	{ requiredKeys: [] },
);

const additionalFields = fc.record(
	{
		callbackMethod: orGarbage(fc.constantFrom('initiator', 'completer', 'both')),
		language: orGarbage(language),
		sandboxScenario: orGarbage(fc.constant('approve')),
		metadata: fc.oneof(fc.constant('{"plan": "pro"}'), fc.json(), fc.object(), fc.string()),
		expectedDetails,
		contactDetails: fc.record(
			{
				email: orGarbage(fc.emailAddress()),
				emailLanguage: orGarbage(language),
				phone: orGarbage(fc.constant('+34 600 000 000')),
				sendNotificationEmails: fc.boolean(),
			},
			{ requiredKeys: [] },
		),
	},
	{ requiredKeys: [] },
);

it('sends nothing that the contract does not allow for a feature combination, whatever is filled in', async () => {
	const features = fc.oneof(
		fc.constantFrom('', ...FEATURE_COMBINATIONS),
		fc.shuffledSubarray(['ocr', 'NFC', ' Face', 'AML ']).map((some) => some.join('+')),
		fc.string(),
	);
	await fc.assert(
		fc.asyncProperty(
			fc.record({
				features,
				callback,
				vendorData: fc.string(),
			}),
			async (parameters) => {
				assert.equal((await problems(parameters)).join(), '');
			},
		),
		{ numRuns: 1000 },
	);
});

it('sends nothing that the contract does not allow for a workflow, whatever is filled in', async () => {
	let accepted = 0;
	await fc.assert(
		fc.asyncProperty(
			fc.record({
				workflowId: orGarbage(fc.constantFrom(WORKFLOW, WORKFLOW.toUpperCase())),
				callback,
				vendorData: fc.string(),
				additionalFields: additionalFields as fc.Arbitrary<IDataObject>,
			}),
			async (parameters) => {
				assert.equal((await problems(parameters as IDataObject)).join(), '');
				if ((await request(parameters as IDataObject)) !== undefined) accepted++;
			},
		),
		{ numRuns: 3000 },
	);
	// The property would hold for a node that refuses everything.
	expect(accepted).toBeGreaterThan(100);
});

it.each(
	Object.entries({
		email: { contactDetails: { email: 'nora@example.com' } },
		language: { language: 'pt-BR' },
		'document types': { expectedDetails: { expectedDocumentTypes: ['P', 'SSC'] } },
		'an address': { expectedDetails: { address: '1 Example Street', poaCountry: 'esp' } },
		'an IPv6 address': { expectedDetails: { ipAddress: '2001:db8::1' } },
	}),
)('accepts %s', async (_, fields) => {
	const sent = await request({
		workflowId: WORKFLOW,
		additionalFields: fields,
	});
	expect(sent).toBeDefined();
	expect(requestErrors('v3', 'session.create', (sent as DiditRequest).body)).toEqual([]);
});
