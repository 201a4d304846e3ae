// Session: Delete. Removes one session for good, and decides what becomes of the face that it has stored. At first it only
// shows what would be deleted.
import type { IDataObject } from 'n8n-workflow';
import { isFields } from '../../json/read';
import { decisionRequest } from '../../transport/decisionRequest';
import { InputError } from '../../transport/errors';
import { atMost, dateTime } from '../common/checks';
import { dryRun } from '../common/dryRun';
import { choice, number, text } from '../common/fieldKinds';
import type { ItemCall } from '../common/itemCall';
import type { Operation } from '../common/operation';
import { rawOutput } from '../common/privacy';
import { shownVerdict, parseDecision } from './result';
import { sessionId } from './sessionId';

const PRIVACY_REQUEST = 'privacy_erasure';

const reason = choice({
	label: 'Reason',
	name: 'deletionInstruction',
	diditName: 'deletion_instruction',
	options: [
		{
			name: 'Housekeeping',
			value: 'operational_session_delete',
			description: 'The session is no longer needed',
		},
		{
			name: 'Privacy Request',
			value: PRIVACY_REQUEST,
			description: 'The person asks for erasure: the stored face goes too',
		},
	],
	default: 'operational_session_delete',
	description: "Why it's deleted. For a privacy request of the person, the stored face goes too.",
});

const KEEP = 'keep';

const storedFace = choice({
	label: 'Stored Face',
	name: 'storedFace',
	diditName: 'retain_face_embeddings',
	options: [
		{ name: 'Delete', value: 'delete' },
		{ name: 'Keep', value: KEEP, description: 'For future matching' },
	],
	description: 'If not set, the Didit console settings apply',
});

const retentionDays = number({
	label: 'Face Retention Days',
	name: 'faceRetentionDays',
	diditName: 'face_retention_days',
	least: 1,
	most: 3650,
	// Refused until it is set.
	default: 0,
	description: 'How many days to keep the face, at least 1',
});

const retentionDeadline = text({
	label: 'Face Retention Deadline',
	name: 'faceRetentionDeadline',
	diditName: 'face_retention_deadline',
	type: 'dateTime',
	check: dateTime,
	description: 'Until when to keep the face',
});

const reference = text({
	label: 'Reference',
	name: 'instructionId',
	diditName: 'instruction_id',
	check: atMost(255),
	example: 'ticket 1042',
	description: "Your own reference for the request, stored in Didit's log",
});

const OPTIONS = [storedFace, retentionDays, retentionDeadline, reference];

export const deleteSession: Operation = {
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete session',
	},
	about:
		'While dryRun is on (default), nothing is deleted. Returns deleted, dry_run, session_id, session_number, session_kind, status, vendor_data, created_at, face_retention_outcome, biometric_template_uuid.',
	effect: 'deletes',
	fields: [sessionId, dryRun, reason],
	options: OPTIONS,
	needs: 'apiKey',
	async execute(call) {
		const id = call.need(sessionId);
		checkTogether(call);
		const body = { ...reasonBody(call), ...faceBody(call) };
		if (call.isOn(dryRun)) return [{ json: await preview(call, id) }];
		const answer = await call.request({
			method: 'DELETE',
			path: `/v3/session/${id}/delete/`,
			...(Object.keys(body).length > 0 && { body }),
		});
		// Until August 2026 Didit answered with 204 and nothing else.
		const receipt = isFields(answer.body) ? rawOutput(call, answer.body as IDataObject) : {};
		return [{ json: { dry_run: false, deleted: true, session_id: id, ...receipt } }];
	},
};

/** What would be deleted, with no more of the person than tells which session it is. */
async function preview(call: ItemCall, id: string): Promise<IDataObject> {
	const decision = parseDecision(await call.request(decisionRequest(call.client.version, id)));
	const { session_number, session_kind, status, vendor_data, created_at } = shownVerdict(
		call,
		decision,
	);
	const session = { session_id: id, session_number, session_kind, status, vendor_data, created_at };
	return { dry_run: true, deleted: false, ...session };
}

/** Housekeeping is what Didit assumes. */
const reasonBody = (call: ItemCall) =>
	call.read(reason) === PRIVACY_REQUEST ? call.body(reason) : {};

function faceBody(call: ItemCall): IDataObject {
	const { retain_face_embeddings: face, ...rest } = call.optionsBody(OPTIONS);
	return face === undefined ? rest : { ...rest, retain_face_embeddings: face === KEEP };
}

/** @throws InputError for values that Didit doesn't take together */
function checkTogether(call: ItemCall): void {
	if (call.read(reason) === PRIVACY_REQUEST && call.option(storedFace) === KEEP) {
		throw new InputError(
			`A privacy request deletes the face too, so '${storedFace.label}' can't be 'Keep'`,
			`Remove it, or choose another '${reason.label}'`,
		);
	}
	if (call.option(retentionDays) !== undefined && call.option(retentionDeadline) !== undefined) {
		throw new InputError(
			"'Face Retention Days' and 'Face Retention Deadline' can't be used together",
			'Remove one of them',
		);
	}
}
