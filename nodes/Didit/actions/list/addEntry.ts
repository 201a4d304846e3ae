// List: Add Entry. Puts a value on a list, or what a session has shown. On a blocklist, it declines whoever matches it.
import { InputError } from '../../transport/errors';
import { uuid } from '../common/checks';
import { choice, group, json, ownId, text } from '../common/fieldKinds';
import type { ItemCall } from '../common/itemCall';
import type { Operation } from '../common/operation';
import { mediaLinks } from '../common/privacy';
import { simplify, toOutputRow } from '../common/simplify';
import { sessionField } from '../session/sessionId';
import { ENTRY_FIELDS, entriesOf, listId, parseRow } from './list';

const addBy = choice({
	label: 'Add By',
	name: 'addBy',
	options: [
		{
			name: 'Session',
			value: 'session',
			description: "What the person has shown there and fits the list's type, e.g. their face",
		},
		{ name: 'Value', value: 'value' },
	],
	default: 'value',
});

/** An ID of a user is a value too, so a hole in it must not become an entry that matches others. */
const value = ownId({
	label: 'Value',
	name: 'value',
	diditName: 'value',
	displayOptions: { show: { addBy: ['value'] } },
	required: true,
	ask: 'Enter what to add to the list',
	example: 'name@example.com',
	description: "Must fit the list's entry type",
});

const session = sessionField({
	diditName: 'reference_session_id',
	displayOptions: { show: { addBy: ['session'] } },
});

const valueInSession = ownId({
	label: 'Value',
	name: 'value',
	diditName: 'value',
	displayOptions: { show: { addBy: ['session'] } },
	description: 'Only needed if the session has several, e.g. two phone numbers',
});

const additionalFields = group({
	label: 'Additional Fields',
	name: 'additionalFields',
	fields: [
		text({
			label: 'Comment',
			name: 'comment',
			diditName: 'comment',
			example: 'Reported as fraud',
			description: 'Why it is on the list',
		}),
		text({
			label: 'Label',
			name: 'displayLabel',
			diditName: 'display_label',
			example: 'Chargeback 1042',
			description: 'What the Didit console shows beside the value',
		}),
		json({ label: 'Metadata', name: 'metadata', diditName: 'metadata' }),
		text({
			label: 'Source ID',
			name: 'sourceId',
			diditName: 'reference_object_uuid',
			check: uuid,
			example: '11111111-2222-4333-8444-555555555555',
			description: "Didit's ID of the transaction, user or business that this is about",
		}),
	],
});

function entryOf(call: ItemCall) {
	const details = call.read(additionalFields);
	if (call.read(addBy) === 'session') return { ...call.body(session, valueInSession), ...details };
	return { ...call.body(value), ...details };
}

export const addEntry: Operation = {
	option: {
		name: 'Add Entry',
		value: 'addEntry',
		action: 'Add entry to list',
		description: 'Block, allow or list an email, phone, face, document or other value',
	},
	about: `Returns ${ENTRY_FIELDS.join(', ')}.`,
	effect: 'decides',
	fields: [listId, addBy, value, session, valueInSession, additionalFields, simplify],
	options: [mediaLinks],
	needs: 'apiKey',
	async execute(call) {
		const list = call.need(listId);
		const body = entryOf(call);
		if (body.reference_object_uuid !== undefined && body.value === undefined)
			throw new InputError("'Source ID' needs a value", "Enter 'Value', or remove 'Source ID'");
		const answer = await call.request({ method: 'POST', path: entriesOf(list).path, body });
		return [{ json: toOutputRow(call, parseRow(answer.body), ENTRY_FIELDS) }];
	},
};
