// User and Business: Monitor AML, Stop Monitoring AML. Didit screens the record's name again and again, which it bills by the
// year, or no longer does.
import type { IDataObject } from 'n8n-workflow';
import { fields, list, text } from '../../json/read';
import { DiditError } from '../../transport/errors';
import type { ItemCall } from '../common/itemCall';
import { notice } from '../common/fieldKinds';
import type { Operation } from '../common/operation';
import { uuid } from '../common/checks';
import { readRecordId } from './vendorRecord';
import type { VendorRecord } from './vendorRecord';

/** What went wrong at Didit, in words. What was skipped comes out as an item, with its outcome. */
const FAILURES: Record<string, [message: string, advice: string]> = {
	failed_insufficient_balance: [
		'There is not enough credit for AML monitoring',
		'Add credit to your account in the Didit console, then run the workflow again',
	],
	failed_provider: ['The AML provider did not respond', 'Try again in a few minutes'],
};

const ON = ['enabled', 'screened_and_enabled', 'already_enabled'];

/** The job, once more if Didit was not done with it. One record usually is at once. */
async function finished(call: ItemCall, job: IDataObject, idField: VendorRecord['idField']) {
	if (job.status !== 'PENDING' && job.status !== 'PROCESSING') return job;
	const path = `/v3/aml-monitoring/jobs/${uuid(String(job.job_id), idField)}/`;
	const { body } = await call.request({ method: 'GET', path, repeatable: true });
	return fields(body) as IDataObject;
}

async function change(call: ItemCall, record: VendorRecord, on: boolean): Promise<IDataObject> {
	const { vendorData } = readRecordId(call, record);
	const { body } = await call.request({
		method: 'POST',
		path: `${record.path}aml-monitoring/`,
		body: { is_enabled: on, vendor_data_list: [vendorData] },
	});
	const job = await finished(call, fields(body) as IDataObject, record.idField);
	if (Array.isArray(job.unmatched) && job.unmatched.length > 0) {
		throw new DiditError(
			`Didit has no ${record.one} with this '${record.idField.label}'`,
			'Check the ID, and that the credential belongs to the same application',
		);
	}
	const outcome = text(list(job.results)[0]?.outcome);
	const failure = FAILURES[outcome ?? ''];
	if (failure) throw new DiditError(...failure);
	if (job.status === 'FAILED')
		throw new DiditError('Didit could not change the AML monitoring', 'Try again in a few minutes');
	return {
		vendor_data: vendorData,
		monitored: outcome === null ? null : ON.includes(outcome),
		outcome,
		job_id: job.job_id ?? null,
		job_status: job.status ?? null,
	};
}

const charged = notice('Didit charges for monitoring, by the year', 'chargedNotice');

export const monitorAml = (record: VendorRecord): Operation => ({
	option: {
		name: 'Monitor AML',
		value: 'monitorAml',
		action: `Monitor AML of ${record.one}`,
	},
	about: 'Keeps screening against watchlists; billed. Returns the monitoring.',
	effect: 'changes',
	fields: [charged, record.idField],
	needs: 'apiKey',
	async execute(call) {
		return [{ json: await change(call, record, true) }];
	},
});

export const stopMonitoringAml = (record: VendorRecord): Operation => ({
	option: {
		name: 'Stop Monitoring AML',
		value: 'stopMonitoringAml',
		action: `Stop monitoring AML of ${record.one}`,
	},
	about: 'Returns the monitoring.',
	effect: 'changes',
	fields: [record.idField],
	needs: 'apiKey',
	async execute(call) {
		return [{ json: await change(call, record, false) }];
	},
});
