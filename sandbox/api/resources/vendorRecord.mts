/** Users and businesses: the same calls twice, with a few differences that Didit has between them. */
import { type Problem } from '../../../contract/index.mts';
import {
	createVendorRecord,
	type VendorRecordFields,
	findVendorRecord,
	getVendorRecord,
	removeVendorRecords,
	setVendorStatus,
	updateVendorRecord,
} from '../../model/vendorRecords.mts';
import {
	vendorRecordDetail,
	vendorRecordRow,
	sessionsByVendorRecord,
} from '../../model/vendorRecordRows.mts';
import { ApiError, detail, htmlNotFound, invalid } from '../../model/errors.mts';
import { userReport } from '../../files/report.mts';
import {
	type Context,
	type Answer,
	type Call,
	type CallDefinition,
	type Resource,
	type Run,
	type Wording,
} from '../pipeline.mts';
import { capped, page } from '../paging.mts';
import { type VendorRecord, type VendorKind, type VendorStatus } from '../../model/records.mts';
import { pdfAnswer, REPORTABLE } from './sessionPdf.mts';

/** Sessions in one report. */
const REPORT_LIMIT = 20;

const PLURAL: Record<VendorKind, string> = { user: 'users', business: 'businesses' };

/** A record of the given kind by the vendor_data in the address. */
const recordOf = (kind: VendorKind, { state, params }: Call, text?: string) =>
	getVendorRecord(state, kind, params.vendor_data, text);
const answer = ({ state, caller }: Call, record: VendorRecord, status = 200): Answer => ({
	status,
	body: vendorRecordDetail(state, record, caller.seesMedia),
});

/** Those whose last session is newest come first; without a session, the moment of creation counts. */
const list =
	(kind: VendorKind): Run =>
	({ state, query, caller }) => {
		const sessionsOf = sessionsByVendorRecord(state);
		const moment = (record: VendorRecord) => sessionsOf(record)[0]?.created_at ?? record.created_at;
		const records = state.vendorRecords
			.filter((record) => record.kind === kind)
			.reverse()
			.sort((a, b) => moment(b).localeCompare(moment(a)));
		const found = page(state, `/v3/${PLURAL[kind]}/`, query, records, (record) =>
			vendorRecordRow(state, record, sessionsOf(record), caller.seesMedia),
		);
		return { status: 200, body: capped(found) };
	};

function problems(_context: Context, all: Problem[]): Wording[] {
	return all.map(
		(problem): Wording =>
			problem.path[0] === 'metadata'
				? { ...problem, text: 'Metadata must be a JSON object.' }
				: problem,
	);
}

const create = (kind: VendorKind): CallDefinition => ({
	problems: (context, all) =>
		problems(context, all).map(
			(problem): Wording =>
				problem.path[0] === 'status'
					? { ...problem, text: 'Invalid status. Valid options are: ACTIVE, FLAGGED, BLOCKED' }
					: problem,
		),
	run: (call) => {
		const { vendor_data = null, ...fields } = call.body as VendorRecordFields & {
			vendor_data?: string | null;
		};
		if (findVendorRecord(call.state, kind, vendor_data))
			throw invalid({ vendor_data: [`A ${kind} with this vendor_data already exists.`] });
		return answer(call, createVendorRecord(call.state, kind, vendor_data, fields), 201);
	},
});

const update = (kind: VendorKind): CallDefinition => ({
	problems,
	run: (call) => {
		const record = recordOf(kind, call);
		updateVendorRecord(call.state, record, call.body as VendorRecordFields);
		return answer(call, record);
	},
});

const updateStatus =
	(kind: VendorKind): Run =>
	(call) => {
		const record = recordOf(kind, call);
		setVendorStatus(call.state, record, (call.body as { status: VendorStatus }).status);
		return answer(call, record);
	};

/** Whom a request about many is about. */
export interface NamingRequest {
	vendor_data_list?: string[];
	didit_internal_id_list?: string[];
}

/** Whether the request names the record, by either of its lists. */
export const isNamed = (
	{ vendor_data_list: names = [], didit_internal_id_list: ids = [] }: NamingRequest,
	{ vendor_data, didit_internal_id }: VendorRecord,
): boolean =>
	(vendor_data !== null && names.includes(vendor_data)) || ids.includes(didit_internal_id);

/** @throws ApiError 400 with a bare list when nobody is named. */
function nobodyNamed(_context: Context, all: Problem[]): Wording[] {
	const nobody = all.some(
		({ keyword, path }) => keyword === 'anyOf' || (keyword === 'minItems' && path.length === 1),
	);
	if (nobody) throw new ApiError(400, ['Provide vendor_data_list or set delete_all=true.']);
	return all;
}

const batchDelete = (kind: VendorKind): CallDefinition => ({
	problems: nobodyNamed,
	run: ({ state, body }) => {
		const { delete_all: all = false, ...named } = body as NamingRequest & { delete_all?: boolean };
		if (all && kind === 'business' && (named.vendor_data_list ?? named.didit_internal_id_list))
			throw new ApiError(400, [
				'delete_all cannot be combined with vendor_data_list or didit_internal_id_list.',
			]);
		return {
			status: 200,
			body: {
				deleted: removeVendorRecords(
					state,
					(record) => record.kind === kind && (all || isNamed(named, record)),
				),
			},
		};
	},
});

const pdf: CallDefinition = {
	// A slash cannot be part of this address, encoded or not.
	find: (_state, { vendor_data }) => {
		if (vendor_data.includes('/')) throw htmlNotFound();
	},
	run: async (call) => {
		const user = recordOf('user', call, 'User not found.');
		const sessions = sessionsByVendorRecord(call.state)(user)
			.filter(({ status }) => REPORTABLE.user.statuses.includes(status))
			.slice(0, REPORT_LIMIT)
			.reverse();
		if (sessions.length === 0)
			throw detail(
				403,
				'This user has no sessions in review, declined, approved or kyc expired to report.',
			);
		return pdfAnswer(`user_${user.didit_internal_id}.pdf`, await userReport(call.state, sessions));
	},
};

function calls(kind: VendorKind): Resource['handlers'] {
	return {
		[`${kind}.list`]: list(kind),
		[`${kind}.get`]: (call) => answer(call, recordOf(kind, call)),
		[`${kind}.create`]: create(kind),
		[`${kind}.update`]: update(kind),
		[`${kind}.updateStatus`]: updateStatus(kind),
		[`${kind}.batchDelete`]: batchDelete(kind),
	};
}

export const users: Resource = { version: 'v3', handlers: { ...calls('user'), 'user.pdf': pdf } };
export const businesses: Resource = { version: 'v3', handlers: calls('business') };
