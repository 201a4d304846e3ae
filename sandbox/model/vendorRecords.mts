/** Users and businesses: made by the first session of a vendor_data or through the API, changed, blocked, forgotten. */
import { randomUUID } from 'node:crypto';
import { notFound } from './errors.mts';
import { isBlocked } from './lists.mts';
import { type VendorRecord, type VendorKind, type VendorStatus } from './records.mts';
import { iso, now, type State, tell } from './state.mts';

/** The fields that somebody can set. */
export type VendorRecordFields = Partial<
	Pick<
		VendorRecord,
		| 'display_name'
		| 'full_name'
		| 'date_of_birth'
		| 'legal_name'
		| 'registration_number'
		| 'country_code'
		| 'metadata'
		| 'approved_emails'
		| 'approved_phones'
		| 'issuing_states'
		| 'status'
	>
>;

export function findVendorRecord(
	state: State,
	kind: VendorKind,
	vendor_data: string | null,
): VendorRecord | undefined {
	return vendor_data === null
		? undefined
		: state.vendorRecords.find(
				(record) => record.kind === kind && record.vendor_data === vendor_data,
			);
}

/** Whether the user or business is blocked, by its own record or by the block list. */
export function isVendorBlocked(
	state: State,
	kind: VendorKind,
	vendor_data: string | null | undefined,
): boolean {
	const record = findVendorRecord(state, kind, vendor_data ?? null);
	return record?.blocked === true || isBlocked(state, kind, vendor_data);
}

/** @throws ApiError 404 with the text. */
export function getVendorRecord(
	state: State,
	kind: VendorKind,
	vendor_data: string,
	text?: string,
): VendorRecord {
	const record = findVendorRecord(state, kind, vendor_data);
	if (!record) throw notFound(text);
	return record;
}

export function createVendorRecord(
	state: State,
	kind: VendorKind,
	vendor_data: string | null,
	fields: VendorRecordFields = {},
): VendorRecord {
	const at = iso(now(state));
	const record: VendorRecord = {
		kind,
		didit_internal_id: randomUUID(),
		vendor_data,
		status: 'ACTIVE',
		blocked: false,
		monitored: false,
		display_name: null,
		full_name: null,
		date_of_birth: null,
		legal_name: null,
		registration_number: null,
		country_code: null,
		metadata: {},
		approved_emails: [],
		approved_phones: [],
		issuing_states: [],
		comments: [],
		...fields,
		created_at: at,
		updated_at: at,
	};
	state.vendorRecords.push(record);
	return record;
}

/** The first session of a vendor_data makes its user or business; a session without one belongs to nobody. */
export function ensureVendorRecord(
	state: State,
	kind: VendorKind,
	vendor_data: string | null,
): void {
	if (vendor_data && !findVendorRecord(state, kind, vendor_data))
		createVendorRecord(state, kind, vendor_data);
}

function statusEvent(
	state: State,
	{ kind, vendor_data, didit_internal_id }: VendorRecord,
	previous_status: VendorStatus,
	status: VendorStatus,
): void {
	if (status !== previous_status)
		tell(state, {
			about: 'vendorRecord',
			type: `${kind}.status.updated`,
			fields: { vendor_data, didit_internal_id, status, previous_status },
		});
}

/** The call that exists for it: noted in the record, and the block list follows. Not a change, not an event. */
export function setVendorStatus(state: State, record: VendorRecord, status: VendorStatus): void {
	const { status: previous_status } = record;
	const at = iso(now(state));
	Object.assign(record, { status, blocked: status === 'BLOCKED', updated_at: at });
	if (status === previous_status) return;
	record.comments.push({
		uuid: randomUUID(),
		comment_type: 'STATUS_CHANGED',
		comment: null,
		actor_email: null,
		actor_name: 'API Client',
		previous_status,
		new_status: status,
		changed_fields: [],
		created_at: at,
	});
	statusEvent(state, record, previous_status, status);
}

/** Replaces fields. A status set this way is noted nowhere, and only a business's block list follows it, as at Didit. */
export function updateVendorRecord(
	state: State,
	record: VendorRecord,
	{ status, ...fields }: VendorRecordFields,
): void {
	const before = { ...record } as Record<string, unknown>;
	const changed = Object.entries(fields).filter(
		([name, value]) => JSON.stringify(before[name]) !== JSON.stringify(value),
	);
	Object.assign(record, fields, { updated_at: iso(now(state)) });
	if (changed.length > 0) {
		const changes = Object.fromEntries(
			changed.map(([name, current]) => [name, { previous: before[name], current }]),
		);
		const { kind, vendor_data, didit_internal_id } = record;
		tell(state, {
			about: 'vendorRecord',
			type: `${kind}.data.updated`,
			fields: { vendor_data, didit_internal_id, changed_fields: Object.keys(changes), changes },
		});
	}
	if (status === undefined) return;
	const { status: previous_status } = record;
	record.status = status;
	if (record.kind === 'business') record.blocked = status === 'BLOCKED';
	statusEvent(state, record, previous_status, status);
}

/** Forgets the records and what blocks them. Their sessions stay. @returns how many there were. */
export function removeVendorRecords(
	state: State,
	wanted: (record: VendorRecord) => boolean,
): number {
	const gone = state.vendorRecords.filter(wanted);
	for (const record of gone) state.vendorRecords.splice(state.vendorRecords.indexOf(record), 1);
	return gone.length;
}
