// User and Business: Delete. Erases one record and all sessions under its ID, as a data-protection request asks for, and gives
// a receipt. Didit's call could also delete everybody; the node never sends that.
import type { IDataObject } from 'n8n-workflow';
import { DiditError, InputError } from '../../transport/errors';
import { rowsOf } from '../../transport/pages';
import { atMost, isUuid, wholeNumber } from '../common/checks';
import type { Operation } from '../common/operation';
import type { ItemCall } from '../common/itemCall';
import { deleteOptions, dryRunField } from './delete.fields';
import { readRecordId } from './vendorRecord';
import type { VendorRecord } from './vendorRecord';

export const deleteRecordAndSessions = (entity: VendorRecord): Operation => ({
	option: {
		name: 'Delete',
		value: 'delete',
		action: `Delete ${entity.one} and all its sessions`,
		description: `Erase a ${entity.one} and all its sessions for good, and get a receipt`,
	},
	fields: [entity.idField, dryRunField],
	options: deleteOptions,
	needs: 'apiKey',
	agent: 'ifAllowed',
	async execute(call) {
		const { vendorData, recordPath } = readRecordId(call, entity);
		const { maxSessions = 100, instructionId } = call.collection('options');
		const most = wholeNumber(maxSessions, 'Max Sessions', 0, 100_000);
		const reference = atMost(255)(String(instructionId ?? '').trim(), 'Reference');
		const dryRun = call.param('dryRun', true) !== false;

		const record = await findRecord(call, recordPath, vendorData);
		const sessions = await findSessions(call, entity, vendorData);
		const receipt: IDataObject = {
			deleted: false,
			dry_run: dryRun,
			found: record?.didit_internal_id !== undefined || sessions.length > 0,
			vendor_data: vendorData,
			didit_internal_id: record?.didit_internal_id ?? null,
			sessions: sessions.map(({ session_id, session_number, status, created_at }) => ({
				session_id,
				session_number,
				status,
				created_at,
			})),
			sessions_found: sessions.length,
			sessions_deleted: 0,
			records_deleted: 0,
			reference: reference || null,
			time: new Date().toISOString(),
		};
		if (dryRun || (!record && sessions.length === 0)) return [{ json: receipt }];
		if (sessions.length > most) {
			throw new InputError(
				`There are ${sessions.length} sessions, more than 'Max Sessions' allows. Nothing was deleted`,
				"Look at them with 'Dry Run', then raise 'Max Sessions' in the options",
			);
		}
		receipt.sessions_deleted = await deleteSessions(call, sessions, reference);
		if (record) receipt.records_deleted = await deleteRecord(call, entity, vendorData);
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
	if (typeof (body as IDataObject | null)?.detail === 'string') return undefined;
	if (vendorData.includes('/')) return {};
	throw new DiditError(
		"Didit's answer does not say whether there is such a record. Nothing was deleted",
		"Check the ID, and the 'Verification URL' of the credential",
		404,
	);
}

/** @throws DiditError if a session of somebody else is among them, so that a filter that fails deletes nothing */
async function findSessions(
	call: ItemCall,
	{ sessionKind }: VendorRecord,
	vendorData: string,
): Promise<IDataObject[]> {
	const filters = { vendor_data: vendorData, session_kind: sessionKind, session_type: 'ALL' };
	const sessions: IDataObject[] = [];
	for await (const row of rowsOf(async (request) => await call.request(request), {
		path: '/v3/sessions/',
		filters,
		id: 'session_id',
	})) {
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
	reference: string,
): Promise<number> {
	const body = {
		deletion_instruction: 'privacy_erasure',
		...(reference && { instruction_id: reference }),
	};
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
	return Number((body as IDataObject | null)?.deleted ?? 0);
}
