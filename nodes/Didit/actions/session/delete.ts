// Session: Delete. Removes one session for good, and decides what becomes of the face that it has stored.
import type { IDataObject } from 'n8n-workflow';
import { InputError } from '../../transport/errors';
import { atMost, dateTime, oneOf, wholeNumber } from '../common/checks';
import type { Operation } from '../common/operation';
import { deleteOptions } from './delete.options';
import { sessionIdField, sessionIdOf } from './sessionId';

const INSTRUCTIONS = ['operational_session_delete', 'privacy_erasure'];

export const deleteSession: Operation = {
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete session',
		description: 'Delete a session and everything in it for good',
	},
	fields: [sessionIdField],
	options: deleteOptions,
	needs: 'apiKey',
	agent: 'ifAllowed',
	async execute(call) {
		const id = sessionIdOf(call);
		const body = readOptions(call.collection('options'));
		const answer = await call.request({
			method: 'DELETE',
			path: `/v3/session/${id}/delete/`,
			...(Object.keys(body).length > 0 && { body }),
		});
		// Until August 2026 Didit answered with 204 and nothing else.
		const receipt = typeof answer.body === 'object' ? (answer.body as IDataObject) : {};
		return [{ json: { deleted: true, session_id: id, ...receipt } }];
	},
};

/** @throws InputError for values that Didit does not take, alone or together */
function readOptions(options: IDataObject): IDataObject {
	const {
		deletionInstruction,
		retainFace,
		faceRetentionDays: days,
		faceRetentionDeadline,
		instructionId,
	} = options;
	const deadline = String(faceRetentionDeadline ?? '').trim();
	const reference = String(instructionId ?? '').trim();
	if (deletionInstruction === 'privacy_erasure' && retainFace === true) {
		throw new InputError(
			"A privacy request deletes the face too, so 'Retain Face' cannot be on",
			"Turn it off, or choose another 'Reason'",
		);
	}
	if (days !== undefined && deadline) {
		throw new InputError(
			"'Face Retention Days' and 'Face Retention Deadline' exclude each other",
			'Remove one of them',
		);
	}
	return {
		...(deletionInstruction && {
			deletion_instruction: oneOf(INSTRUCTIONS)(String(deletionInstruction), 'Reason'),
		}),
		...(retainFace !== undefined && { retain_face_embeddings: retainFace === true }),
		...(days !== undefined && {
			face_retention_days: wholeNumber(days, 'Face Retention Days', 1, 3650),
		}),
		...(deadline && { face_retention_deadline: dateTime(deadline, 'Face Retention Deadline') }),
		...(reference && { instruction_id: atMost(255)(reference, 'Reference') }),
	};
}
