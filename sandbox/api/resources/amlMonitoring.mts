/** Ongoing AML monitoring of users and businesses, switched on and off. Jobs are done at once, or at the first look. */
import { randomUUID } from 'node:crypto';
import { notFound } from '../../model/errors.mts';
import { type VendorKind, type VendorRecord } from '../../model/records.mts';
import { iso, now } from '../../model/state.mts';
import { isVendorBlocked } from '../../model/vendorRecords.mts';
import { type Call, type Resource, type Run } from '../pipeline.mts';
import { isNamed, type NamingRequest } from './vendorRecord.mts';

/** More than these take a while. */
const AT_ONCE = 20;
const PRICE = 0.07;

interface Body extends NamingRequest {
	is_enabled: boolean;
	estimate_only?: boolean;
}

/** The word `later` in the vendor data leaves the job under way until it is asked for. */
const takesTime = (records: VendorRecord[]) =>
	records.length > AT_ONCE || records.some(({ vendor_data }) => vendor_data?.includes('later'));

function outcome({ state }: Call, record: VendorRecord, on: boolean): string {
	if (!on) {
		record.monitored = false;
		return 'disabled';
	}
	if (isVendorBlocked(state, record.kind, record.vendor_data)) return 'skipped_blocked';
	if (record.monitored) return 'already_enabled';
	if (!record.full_name && !record.legal_name) return 'skipped_no_identity_data';
	if (Number(state.settings.balance) < PRICE) return 'failed_insufficient_balance';
	record.monitored = true;
	return 'screened_and_enabled';
}

const change =
	(kind: VendorKind): Run =>
	(call) => {
		const { state } = call;
		const body = call.body as Body;
		const { vendor_data_list: names = [], didit_internal_id_list: ids = [] } = body;
		const records = state.vendorRecords.filter(
			(record) => record.kind === kind && isNamed(body, record),
		);
		const known = records.flatMap(({ vendor_data, didit_internal_id }) => [
			vendor_data,
			didit_internal_id,
		]);
		const unmatched = [...names, ...ids].filter((name) => !known.includes(name));
		if (body.estimate_only) {
			const estimated_annual_monitoring_cost_usd = records.length * PRICE;
			const balance_sufficient =
				Number(state.settings.balance) >= estimated_annual_monitoring_cost_usd;
			return {
				status: 200,
				body: {
					users_total: records.length,
					balance_sufficient,
					estimated_annual_monitoring_cost_usd,
					unmatched,
				},
			};
		}
		const at = iso(now(state));
		const job = {
			job_id: randomUUID(),
			status: 'COMPLETED',
			is_enabled: body.is_enabled,
			target_type: kind,
			total: records.length,
			processed: records.length,
			results: records.map((record) => ({
				didit_internal_id: record.didit_internal_id,
				vendor_data: record.vendor_data,
				outcome: outcome(call, record, body.is_enabled),
			})),
			unmatched,
			created_at: at,
			completed_at: at,
		};
		state.amlJobs.set(job.job_id, job);
		if (!takesTime(records)) return { status: 200, body: job };
		return { status: 202, body: { job_id: job.job_id, status: 'PENDING', unmatched } };
	};

export const amlMonitoring: Resource = {
	version: 'v3',
	handlers: {
		'user.amlMonitoring': change('user'),
		'business.amlMonitoring': change('business'),
		'amlMonitoring.job': ({ state, params }) => {
			const job = state.amlJobs.get(params.job_id);
			if (!job) throw notFound();
			return { status: 200, body: job };
		},
	},
};
