// Check: databases and wallets, against the sandbox: what is sent, and what comes out.
import { didit, endDidit } from '../support/didit.mts';
import { runner } from '../support/run.mts';
import { checkRunner, withLocalSandbox } from '../support/sandbox.mts';

const sandbox = withLocalSandbox();
const run = checkRunner(sandbox);
afterEach(endDidit);

const PERSON = { country: 'esp', identificationNumber: '00000000T', firstName: 'Nora' };

it.each([
	['Sample', {}, { verified: true, match_type: 'full_match' }],
	[
		'Partly',
		{},
		{ verified: true, match_type: 'partial_match', fields: { last_name: 'partial_match' } },
	],
	['Partly', { declineFor: ['partial_match_action'] }, { verified: false, status: 'Declined' }],
	['Unknown', {}, { verified: false, warnings: [{ effect: 'Declined' }] }],
	['Unknown', { ignore: ['no_match_action'] }, { verified: true, match_type: 'no_match' }],
	['Sample', { saveCheck: false }, { fields: { first_name: 'full_match' } }],
	['Sample', { services: 'invented_register' }, { score: 0.5 }],
])('compares %s with %j', async (lastName, options, expected) => {
	const { json, error } = await run('databaseValidation', { ...PERSON, lastName, options });
	expect(error).toBeUndefined();
	expect(json).toMatchObject(expected);
	expect(JSON.stringify(json)).not.toMatch(/00000000T|Nora/);
});

it('sends the other identifiers under the names that Didit gives them', async () => {
	const database_validation = {
		status: 'Approved',
		match_type: null,
		validations: [],
		warnings: [],
	};
	const { calls } = didit({
		'check.databaseValidation': {
			body: { request_id: '11111111-2222-4333-8444-555555555555', database_validation },
		},
	});
	await runner(
		'check',
		'databaseValidation',
	)({
		...PERSON,
		otherIdentifiers: '{"voter_id": "ABC1234567", "address": {"city": "Exampleton"}}',
		consent: true,
	});
	expect(calls[0].body).toEqual({
		issuing_state: 'ESP',
		identification_number: '00000000T',
		first_name: 'Nora',
		voter_id: 'ABC1234567',
		address: { city: 'Exampleton' },
		consent: true,
	});
});

it.each([
	'{"voterId": "x"}',
	'{"ssn": 123}',
	'{"address": 5}',
	'{"ssn": "undefined"}',
	'{"pan": "#N/A"}',
])('refuses %s unsent', async (otherIdentifiers) => {
	const { error } = await run('databaseValidation', { ...PERSON, otherIdentifiers });
	expect(error?.message).toContain("'Other Identifiers'");
	expect(sandbox().requests).toEqual([]);
});

it('screens a wallet, of which Didit approves none', async () => {
	const good = { walletAddress: 'bc1qexample', blockchain: 'BTC' };
	expect((await run('wallet', good)).json).toMatchObject({
		verified: false,
		sanctions_hit: false,
		score: 5,
		severity: 'LOW',
	});
	const bad = await run('wallet', {
		walletAddress: 'bc1qbad',
		blockchain: 'Base',
		direction: 'outbound',
	});
	expect(bad.json).toMatchObject({ sanctions_hit: true, score: 95, risk_category: 'Sanctions' });
	expect(JSON.stringify(bad.json)).not.toContain('bc1qbad');
});
