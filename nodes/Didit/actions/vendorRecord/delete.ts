// User and Business: Delete. Erases one record and all sessions under its ID, as a data-protection request asks for, and gives
// a receipt. Didit's call could also delete everybody; the node never sends that.
import type { IDataObject } from 'n8n-workflow';
import { DiditError, InputError } from '../../transport/errors';
import { fields, isFields } from '../../json/read';
import { atMost, isUuid } from '../common/checks';
import { dryRun } from '../common/dryRun';
import { number, text } from '../common/fieldKinds';
import { allRows } from '../common/getMany';
import type { Operation } from '../common/operation';
import type { ItemCall } from '../common/itemCall';
import { readRecordId } from './vendorRecord';
import type { VendorRecord } from './vendorRecord';

const maxSessions = number({
	label: 'Max Sessions',
	name: 'maxSessions',
	least: 0,
	most: 100_000,
	default: 100,
	description:
		'If more sessions than this are found, nothing is deleted. Protects against IDs shared by many people.',
});

const reference = text({
	label: 'Reference',
	name: 'instructionId',
	diditName: 'instruction_id',
	check: atMost(255),
	example: 'ticket 1042',
	description: "Your own reference for the request, stored in the receipt and in Didit's log",
});

export const deleteRecordAndSessions = (record: VendorRecord): Operation => ({
	option: {
		name: 'Delete',
		value: 'delete',
		action: `Delete ${record.one} and all ${record.their} sessions`,
	},
	about: `Erases the ${record.one} and all their sessions. While dryRun is on (default), nothing is deleted. An unknown ID isn't an error (found is false). Fails if some could not be deleted; run it again then. Returns a receipt: dry_run, deleted, found (record or sessions), record_found, vendor_data, didit_internal_id, sessions[{session_id, status, created_at}], sessions_found, sessions_deleted, records_deleted, reference, time.`,
	effect: 'deletes',
	fields: [record.idField, dryRun],
	options: [maxSessions, reference],
	needs: 'apiKey',
	async execute(call) {
		const { vendorData, recordPath } = readRecordId(call, record);
		const most = call.option(maxSessions) ?? 100;
		const noted = call.option(reference);
		const isDryRun = call.isOn(dryRun);

		const found = await findRecord(call, recordPath, vendorData);
		const sessions = await findSessions(call, record, vendorData);
		const receipt: IDataObject = {
			// First, so that nobody takes a dry run for an erasure.
			dry_run: isDryRun,
			deleted: false,
			found: found?.didit_internal_id !== undefined || sessions.length > 0,
			record_found: found?.didit_internal_id !== undefined,
			vendor_data: vendorData,
			didit_internal_id: found?.didit_internal_id ?? null,
			sessions: sessions.map(({ session_id, session_number, status, created_at }) => ({
				session_id,
				session_number,
				status,
				created_at,
			})),
			sessions_found: sessions.length,
			sessions_deleted: 0,
			records_deleted: 0,
			reference: noted ?? null,
			time: new Date().toISOString(),
		};
		if (isDryRun || (!found && sessions.length === 0)) return [{ json: receipt }];
		if (sessions.length > most) {
			throw new InputError(
				`There are ${sessions.length} sessions, more than 'Max Sessions' allows. Nothing was deleted`,
				"Look at them with 'Dry Run', then raise 'Max Sessions' in the options",
			);
		}
		receipt.sessions_deleted = await deleteSessions(call, sessions, call.optionsBody([reference]));
		if (found) receipt.records_deleted = await deleteRecord(call, record, vendorData);
		const deleted = Number(receipt.sessions_deleted) + Number(receipt.records_deleted) > 0;
		return [{ json: { ...receipt, deleted, time: new Date().toISOString() } }];
	},
});

/** Undefined if there is none. Empty if Didit has no address for this ID: its list for deletion may still know it. */
async function findRecord(
	call: ItemCall,
	path: string,
	vendorData: string,
): Promise<IDataObject | undefined> {
	const { statusCode, body } = await call.request({ method: 'GET', path, accept: [404] });
	if (statusCode !== 404) return body as IDataObject;
	// A page instead of JSON says that there is no such address, not that there is nobody.
	if (isFields(body) && typeof body.detail === 'string') return undefined;
	if (vendorData.includes('/')) return {};
	throw new DiditError(
		"Didit's response doesn't say whether there is such a record. Nothing was deleted",
		"Check the ID, and the 'Verification URL' of the credential",
		404,
	);
}

/** @throws DiditError if a session of someone else is among them, so that a filter that fails deletes nothing */
async function findSessions(
	call: ItemCall,
	{ sessionKind }: VendorRecord,
	vendorData: string,
): Promise<IDataObject[]> {
	const filters = { vendor_data: vendorData, session_kind: sessionKind, session_type: 'ALL' };
	const sessions: IDataObject[] = [];
	for await (const row of allRows(call, { path: '/v3/sessions/', filters, id: 'session_id' })) {
		if (row.vendor_data !== vendorData || !isUuid(row.session_id)) {
			throw new DiditError(
				"Didit's list holds sessions of others too. Nothing was deleted",
				'Try again later, or delete the sessions one by one',
			);
		}
		sessions.push(row);
	}
	return sessions;
}

/** One that is gone already counts as deleted. @throws DiditError that says how far it came */
async function deleteSessions(
	call: ItemCall,
	sessions: IDataObject[],
	noted: IDataObject,
): Promise<number> {
	const body = { deletion_instruction: 'privacy_erasure', ...noted };
	let failure: DiditError | undefined;
	let done = 0;
	for (const { session_id: id } of sessions) {
		try {
			await call.request({
				method: 'DELETE',
				path: `/v3/session/${String(id)}/delete/`,
				body,
				accept: [404],
			});
			done++;
		} catch (error) {
			failure = error as DiditError;
			break;
		}
	}
	if (!failure) return done;
	throw new DiditError(
		`Deleted ${done} of ${sessions.length} sessions. ${failure.message}`,
		`Run this item again to delete the rest. ${failure.advice ?? ''}`,
		failure.status,
	);
}

async function deleteRecord(
	call: ItemCall,
	{ path }: VendorRecord,
	vendorData: string,
): Promise<number> {
	const { body } = await call.request({
		method: 'POST',
		path: `${path}delete/`,
		body: { vendor_data_list: [vendorData] },
	});
	return Number(fields(body).deleted ?? 0);
}
