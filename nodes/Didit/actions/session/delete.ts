// Session: Delete. Removes one session for good, and decides what becomes of the face that it has stored.
import type { IDataObject } from 'n8n-workflow';
import { isFields } from '../../json/read';
import { InputError } from '../../transport/errors';
import { atMost, dateTime } from '../common/checks';
import { choice, number, text, toggle } from '../common/fieldKinds';
import type { ItemCall } from '../common/itemCall';
import type { Operation } from '../common/operation';
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
});

const retainFace = toggle({
	label: 'Retain Face',
	name: 'retainFace',
	diditName: 'retain_face_embeddings',
	description:
		"Whether Didit keeps the person's face for future matching. If not set, the Didit console settings apply.",
});

const retentionDays = number({
	label: 'Face Retention Days',
	name: 'faceRetentionDays',
	diditName: 'face_retention_days',
	least: 1,
	most: 3650,
	default: 365,
	description: 'How many days to keep the face',
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

const OPTIONS = [reason, retainFace, retentionDays, retentionDeadline, reference];

export const deleteSession: Operation = {
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete session',
	},
	about:
		'Deletes the session and everything in it for good. Returns deleted, session_id, session_number, face_retention_outcome, biometric_template_uuid.',
	effect: 'deletes',
	fields: [sessionId],
	options: OPTIONS,
	needs: 'apiKey',
	async execute(call) {
		const id = call.need(sessionId);
		checkTogether(call);
		const body = call.optionsBody(OPTIONS);
		const answer = await call.request({
			method: 'DELETE',
			path: `/v3/session/${id}/delete/`,
			...(Object.keys(body).length > 0 && { body }),
		});
		// Until August 2026 Didit answered with 204 and nothing else.
		const receipt = isFields(answer.body) ? (answer.body as IDataObject) : {};
		return [{ json: { deleted: true, session_id: id, ...receipt } }];
	},
};

/** @throws InputError for values that Didit doesn't take together */
function checkTogether(call: ItemCall): void {
	if (call.option(reason) === PRIVACY_REQUEST && call.option(retainFace) === true) {
		throw new InputError(
			"A privacy request deletes the face too, so 'Retain Face' can't be on",
			"Turn it off, or choose another 'Reason'",
		);
	}
	if (call.option(retentionDays) !== undefined && call.option(retentionDeadline) !== undefined) {
		throw new InputError(
			"'Face Retention Days' and 'Face Retention Deadline' can't be used together",
			'Remove one of them',
		);
	}
}
