/** Every check once in the real n8n, on one item through a webhook. */
import { OPERATIONS } from '../support/operations.mts';
import { JPEG, runner, type Runner } from './support/everyOperation.mts';
import { sandbox } from './support/world.mts';

const run: Record<string, Runner> = {};

beforeAll(async () => {
	await sandbox.reset();
	for (const { operation, name } of OPERATIONS.filter(({ resource }) => resource === 'check'))
		run[operation] = await runner(name);
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
	expect(await run[operation]({ image: JPEG })).toMatchObject({
		verified: true,
		...expected,
	});
});
