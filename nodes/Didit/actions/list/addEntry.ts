// List: Add Entry. Puts a value on a list, or what a session has shown. On a blocklist, it declines whoever matches it.
import { InputError } from '../../transport/errors';
import type { DiditRequest } from '../../transport/types';
import { FACE_TYPES, imageAsBase64 } from '../common/images';
import type { ItemCall } from '../common/itemCall';
import type { Operation } from '../common/operation';
import { mediaLinks } from '../common/privacy';
import { simplify, toOutputRow } from '../common/simplify';
import {
	addBy,
	addEntryFields,
	additionalFields,
	faceImage,
	session,
	value,
	valueInSession,
} from './addEntry.fields';
import { ENTRY_FIELDS, entriesOf, listId, parseRow } from './list';

/** A face from an image of its own: another address, and less can be said about it. */
async function faceRequest(call: ItemCall, path: string): Promise<DiditRequest> {
	const { metadata, reference_object_uuid: source, ...details } = call.read(additionalFields) ?? {};
	if (metadata !== undefined || source !== undefined) {
		throw new InputError(
			"A face image can't have 'Metadata' or a 'Source ID'",
			"Remove them, or set 'Add By' to 'Session'",
		);
	}
	const image = await imageAsBase64(call, faceImage, call.need(faceImage), FACE_TYPES);
	return { method: 'POST', path: `${path}face-upload/`, body: { image, ...details } };
}

async function entryRequest(call: ItemCall, path: string): Promise<DiditRequest> {
	const by = call.read(addBy);
	if (by === 'image') return await faceRequest(call, path);
	const details = call.read(additionalFields) ?? {};
	const given = by === 'session' ? call.body(session, valueInSession) : call.body(value);
	if (details.reference_object_uuid !== undefined && given.value === undefined)
		throw new InputError("'Source ID' needs a value", "Enter 'Value', or remove 'Source ID'");
	return { method: 'POST', path, body: { ...given, ...details } };
}

export const addEntry: Operation = {
	option: {
		name: 'Add Entry',
		value: 'addEntry',
		action: 'Add entry to list',
	},
	about: 'Returns the list entry.',
	effect: 'decides',
	fields: [...addEntryFields, simplify],
	options: [mediaLinks],
	needs: 'apiKey',
	forMany: true,
	async execute(call) {
		const list = call.need(listId);
		const answer = await call.request(await entryRequest(call, entriesOf(list).path));
		return [{ json: toOutputRow(call, parseRow(answer.body), ENTRY_FIELDS) }];
	},
};
