/** Every check once in the real n8n, on one item through a webhook. */
import { OPERATIONS, expectAll } from '../support/operations.mts';
import { node, sandbox, webhookWorkflow, world } from './support/world.mts';

const given = (name: string) => `={{ $json.${name} }}`;

/** What is not fixed comes from the item. */
const PARAMETERS: Record<string, object> = {
	aml: { fullName: given('name'), dateOfBirth: given('born'), vendorData: given('vendor_data') },
	databaseValidation: { country: 'ESP', identificationNumber: given('number') },
	wallet: { walletAddress: given('wallet') },
	sendPhoneCode: { phoneNumber: given('phone'), channel: 'sms' },
	checkPhoneCode: { phoneNumber: given('phone'), code: given('code') },
	sendEmailCode: { email: given('email') },
	checkEmailCode: { email: given('email'), code: given('code') },
};

const IMAGE = 'data';

/** Those of files: each item brings one as Base64, which a node of n8n's makes a file of. */
const FILES: Record<string, object> = {
	ageEstimation: { faceImage: IMAGE },
	faceMatch: { faceImage: IMAGE, referenceImage: IMAGE },
	faceSearch: { faceImage: IMAGE },
	idDocument: { frontImage: IMAGE },
	liveness: { faceImage: IMAGE },
	proofOfAddress: { document: IMAGE },
};

const run: Record<string, (item: object) => Promise<Record<string, unknown>>> = {};

beforeAll(async () => {
	await sandbox.reset();
	for (const [operation, parameters] of Object.entries({ ...PARAMETERS, ...FILES })) {
		const didit = node(
			'Didit',
			'n8n-nodes-didit.didit',
			1,
			{ resource: 'check', operation, ...parameters },
			{ diditApi: world.credentials.key },
		);
		const toFile = node('To File', 'n8n-nodes-base.convertToFile', 1.1, {
			operation: 'toBinary',
			sourceProperty: 'image',
			options: {},
		});
		const post = await webhookWorkflow(
			`check-${operation}`,
			operation in FILES ? [toFile, didit] : [didit],
		);
		run[operation] = async (item) => (await post([item]))[0];
	}
});

it('knows every check', () => {
	expectAll(
		Object.keys(run).map((operation) => `check ${operation}`),
		'PARAMETERS or FILES',
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

it('asks registers about a person and a wallet', async () => {
	expect(await run.databaseValidation({ number: '00000000T' })).toMatchObject({
		verified: true,
		match_type: 'full_match',
	});
	expect(await run.wallet({ wallet: 'bc1qbad' })).toMatchObject({ sanctions_hit: true });
});

it.each([
	['ageEstimation', { age: 34.2 }],
	['faceMatch', { score: 97.35 }],
	['faceSearch', { total_matches: 0 }],
	['idDocument', { full_name: 'Nora Sample' }],
	['liveness', { score: 97.35 }],
	['proofOfAddress', { issuer: 'Invented Power Co.' }],
])('looks at a file of the item: %s', async (operation, expected) => {
	const image = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.alloc(500_000, 3)]);
	expect(await run[operation]({ image: image.toString('base64') })).toMatchObject({
		verified: true,
		...expected,
	});
});
