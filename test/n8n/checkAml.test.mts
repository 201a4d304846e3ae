// Check: AML Screening. What is sent, what comes out, and that no screening is charged twice or lost.
import type { INodeParameters } from 'n8n-workflow';
import { didit, endDidit } from '../support/didit.mts';
import { apiKey, runDidit } from '../support/n8n.mts';
import { runner, schemaProblems } from '../support/run.mts';
import { withLocalSandbox } from '../support/sandbox.mts';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof import('../support/pauses.mts')>('../support/pauses.mts')
		.withShortPauses(),
);

const PERSON = { fullName: 'Nora Sample', dateOfBirth: '1990-05-31', nationality: 'es' };
const run = runner('check', 'aml', { fullName: 'Nora Sample' });

const sandbox = withLocalSandbox();
const inSandbox = async (
	fullNames: string[],
	options: INodeParameters = {},
	more: INodeParameters = {},
) =>
	await runDidit(
		{ resource: 'check', operation: 'aml', fullName: '={{ $json.name }}', options, ...more },
		{
			credentials: apiKey(sandbox().url, { apiKey: sandbox().apiKey }),
			input: fullNames.map((name) => ({ json: { name } })),
		},
	);

afterEach(endDidit);

const clear = {
	request_id: '11111111-2222-4333-8444-555555555555',
	aml: { status: 'Approved', total_hits: 0, hits: [], score: 0, warnings: [] },
};

it('sends the name and what makes false hits rarer, with a key of its own for each item', async () => {
	const { calls } = didit({ 'check.aml': { body: clear } });
	await run(
		{
			...PERSON,
			documentNumber: '00000000T',
			includeAdverseMedia: true,
			vendorData: 'user-42',
			options: { reviewThreshold: 90, nameWeight: 70, birthWeight: 15, saveCheck: false },
		},
		{ input: [{ json: {} }, { json: {} }] },
	);
	expect(calls[0].body).toEqual({
		entity_type: 'person',
		full_name: 'Nora Sample',
		date_of_birth: '1990-05-31',
		nationality: 'ES',
		document_number: '00000000T',
		include_adverse_media: true,
		vendor_data: 'user-42',
		aml_score_review_threshold: 90,
		aml_name_weight: 70,
		aml_dob_weight: 15,
		save_api_request: false,
	});
	const keys = calls.map(({ headers }) => headers['idempotency-key']);
	expect(new Set(keys).size).toBe(2);
	expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
});

it('sends no date of birth for a company', async () => {
	const { calls } = didit({ 'check.aml': { body: clear } });
	await run({ ...PERSON, entityType: 'company', fullName: 'Example Ltd' });
	expect(calls[0].body).toEqual({
		entity_type: 'company',
		full_name: 'Example Ltd',
		nationality: 'ES',
		include_adverse_media: false,
	});
});

it.each([
	[{ nameWeight: 70 }, 'The weights add up to 110'],
	[{ approveThreshold: 90, reviewThreshold: 80 }, "'Approve up to Score' is higher than"],
	[{ monitor: true, saveCheck: false }, "'Monitor From Now On' needs 'Save in Didit'"],
])('refuses %j before anything is sent', async (options, message) => {
	const { calls } = didit({ 'check.aml': { body: clear } });
	expect((await run({ options })).error?.message).toContain(message);
	expect(calls).toEqual([]);
});

it.each([
	['Nora Sample', {}, 'Approved', true, 0, null],
	['Nora Namesake', {}, 'Approved', true, 40, 'None'],
	['Nora Exposed', {}, 'In Review', false, 85, 'In Review'],
	['Nora Sanctioned', { reviewThreshold: 90 }, 'Declined', false, 100, 'Declined'],
])('gives %s one flat result', async (name, options, status, verified, score, effect) => {
	const { items } = await inSandbox([name], options, { vendorData: 'user-42' });
	expect(items[0]).toMatchObject({
		json: {
			status,
			verified,
			score,
			vendor_data: 'user-42',
			monitored: false,
			request_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
		},
		pairedItem: { item: 0 },
	});
	expect(items[0].json.warnings).toEqual(
		effect === null
			? []
			: [
					{
						feature: 'AML',
						risk: 'POSSIBLE_MATCH_FOUND',
						text: 'Possible match found',
						effect,
						rule: null,
					},
				],
	);
	if (effect !== null) expect(items[0].json.hits).toMatchObject([{ name, risk_score: score }]);
	expect(schemaProblems('check', 'aml', items)).toEqual([]);
});

it('gives nothing back of what was sent, unless the raw response is asked for', async () => {
	const sent = { documentNumber: 'X-0000-SECRET', dateOfBirth: '1990-05-31' };
	const { items } = await inSandbox(['Nora Sample'], {}, sent);
	expect(JSON.stringify(items)).not.toMatch(/X-0000-SECRET|1990-05-31|Nora/);
	const raw = await inSandbox(['Nora Sample'], {}, { ...sent, simplify: false });
	expect(raw.items[0].json.aml).toMatchObject({ screened_data: { full_name: 'Nora Sample' } });
});

it('screens again after a lost response, and Didit charges once', async () => {
	sandbox().faults.add({ path: '/v3/aml/', drop: 'after', times: 1 });
	const { items, error } = await inSandbox(['Nora Exposed']);
	expect(error).toBeUndefined();
	expect(items[0].json.status).toBe('In Review');
	expect(sandbox().count('POST', '/v3/aml/')).toBe(2);
	expect(sandbox().charged).toEqual(['check.aml']);
});

it('says what to do when the credit is used up', async () => {
	sandbox().set({ balance: '0.0000' });
	const { error } = await inSandbox(['Nora Sample']);
	expect(error?.message).toContain('enough credits');
	expect(error?.description).toContain('Add credit to your account');
});

it('does not take a response without a result for one', async () => {
	didit({ 'check.aml': { body: { request_id: 'x' }, odd: true } });
	const { error } = await run();
	expect(error?.message).toContain('no result of the check');
	expect(error?.description).toContain('may have been charged');
});

it('waits longer than other operations, because news are slow to search', async () => {
	didit({ 'check.aml': { body: clear } }, 'v3', 1_500);
	const { error } = await run({ options: { timeout: 1 } });
	expect(error).toBeUndefined();
});

it('screens 1,000 names at a limited API: none is lost, none charged twice', async () => {
	sandbox().set({ rateLimits: { write: 200, windowSeconds: 60 } });
	sandbox().faults.add({ path: '/v3/aml/', drop: 'after', after: 100, times: 10 });
	const names = Array.from({ length: 1_000 }, (_, number) =>
		number % 100 === 7 ? `Nora Exposed ${number}` : `Nora Sample ${number}`,
	);
	const { items, error } = await inSandbox(names);
	expect(error).toBeUndefined();
	expect(items).toHaveLength(1_000);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(names.map((_, item) => ({ item })));
	expect(items.filter(({ json }) => json.status === 'In Review')).toHaveLength(10);
	expect(new Set(items.map(({ json }) => json.request_id)).size).toBe(1_000);
	expect(sandbox().charged).toHaveLength(1_000);
	expect(sandbox().requests.some(({ status }) => status === 429)).toBe(true);
}, 120_000);
