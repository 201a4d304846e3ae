/** Every check without a session or an image once in the real n8n, on one item through a webhook. */
import { OPERATIONS, expectAll } from '../support/operations.mts';
import { node, sandbox, webhookWorkflow, world } from './support/world.mts';

const given = (name: string) => `={{ $json.${name} }}`;

/** What is not fixed comes from the item. */
const PARAMETERS: Record<string, object> = {
	aml: { fullName: given('name'), dateOfBirth: given('born'), vendorData: given('vendor_data') },
	sendPhoneCode: { phoneNumber: given('phone'), channel: 'sms' },
	checkPhoneCode: { phoneNumber: given('phone'), code: given('code') },
	sendEmailCode: { email: given('email') },
	checkEmailCode: { email: given('email'), code: given('code') },
};

const run: Record<string, (item: object) => Promise<Record<string, unknown>>> = {};

beforeAll(async () => {
	await sandbox.reset();
	for (const [operation, parameters] of Object.entries(PARAMETERS)) {
		const didit = node(
			'Didit',
			'n8n-nodes-didit.didit',
			1,
			{ resource: 'check', operation, ...parameters },
			{ diditApi: world.credentials.key },
		);
		const post = await webhookWorkflow(`check-${operation}`, [didit]);
		run[operation] = async (item) => (await post([item]))[0];
	}
});

/** These take images: test/n8n/checkFiles.test.mts hands some over. */
const WITH_IMAGES = [
	'ageEstimation',
	'faceMatch',
	'faceSearch',
	'idDocument',
	'liveness',
	'proofOfAddress',
];

it('knows every check', () => {
	expectAll(
		[...Object.keys(PARAMETERS), ...WITH_IMAGES].map((operation) => `check ${operation}`),
		OPERATIONS.filter(({ resource }) => resource === 'check'),
	);
});

it('screens a name', async () => {
	const born = '1990-05-31T00:00:00.000Z';
	expect(await run.aml({ name: 'Nora Sample', born, vendor_data: 'user-42' })).toMatchObject({
		status: 'Approved',
		verified: true,
		vendor_data: 'user-42',
	});
	expect(await run.aml({ name: 'Nora Exposed', born })).toMatchObject({
		status: 'In Review',
		verified: false,
		hits: [{ name: 'Nora Exposed', risk_score: 85 }],
	});
});

it('confirms a phone number and an email address by a code', async () => {
	const item = { phone: '+34 600 000 001', email: 'nora@example.com' };
	expect(await run.sendPhoneCode(item)).toMatchObject({ status: 'Success', sent: true });
	expect(await run.checkPhoneCode({ ...item, code: '000000' })).toMatchObject({ verified: false });
	expect(await run.checkPhoneCode({ ...item, code: '123456' })).toMatchObject({ verified: true });
	expect(await run.sendEmailCode(item)).toMatchObject({ status: 'Success', sent: true });
	expect(await run.checkEmailCode({ ...item, code: '123 456' })).toMatchObject({ verified: true });
});
