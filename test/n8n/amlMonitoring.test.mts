// User and Business: Monitor AML, on and off, against the sandbox.
import { byId, runner, schemaProblems } from '../support/run.mts';
import { at, withLocalSandbox } from '../support/sandbox.mts';

const sandbox = withLocalSandbox();
const KINDS = [
	{ resource: 'user', field: 'userId', name: { fullName: 'Nora Sample' } },
	{ resource: 'business', field: 'businessId', name: { legalName: 'Example Ltd' } },
];

describe.each(KINDS)('$resource', ({ resource, field, name }) => {
	const add = async (vendorData: string, additionalFields: object = name) =>
		await runner(resource, 'create')(
			{ vendorData, additionalFields: { ...additionalFields } },
			at(sandbox()),
		);
	const run = async (operation: string, vendorData: string) =>
		await runner(resource, operation, { [field]: byId(vendorData) })({}, at(sandbox()));

	it('is monitored, and no longer', async () => {
		await add('a/42');
		const on = await run('monitorAml', 'a/42');
		expect(on.items[0].json).toMatchObject({
			vendor_data: 'a/42',
			monitored: true,
			outcome: 'screened_and_enabled',
			job_status: 'COMPLETED',
		});
		expect(schemaProblems(resource, 'monitorAml', on.items)).toEqual([]);
		expect((await run('monitorAml', 'a/42')).items[0].json.outcome).toBe('already_enabled');
		const off = await run('stopMonitoringAml', 'a/42');
		expect(off.items[0].json).toMatchObject({ monitored: false, outcome: 'disabled' });
		expect(schemaProblems(resource, 'stopMonitoringAml', off.items)).toEqual([]);
	});

	it('gives the result of a job that takes a while', async () => {
		await add('later-42');
		expect((await run('monitorAml', 'later-42')).items[0].json).toMatchObject({
			monitored: true,
			job_status: 'COMPLETED',
		});
		expect(sandbox().count('GET', /^\/v3\/aml-monitoring\/jobs\//)).toBe(1);
	});

	it('says that nobody is monitored whose name Didit does not know', async () => {
		await add('42', {});
		expect((await run('monitorAml', '42')).items[0].json).toMatchObject({
			monitored: false,
			outcome: 'skipped_no_identity_data',
		});
	});

	it('fails for an ID that Didit does not know, and without credit', async () => {
		expect((await run('monitorAml', 'nobody')).error?.message).toContain(`has no ${resource} with`);
		await add('42');
		sandbox().set({ balance: '0.0000' });
		expect((await run('monitorAml', '42')).error?.description).toContain('Add credit');
	});
});
