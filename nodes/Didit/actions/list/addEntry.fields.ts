// The fields of List: Add Entry.
import { uuid } from '../common/checks';
import type { Check } from '../common/checks';
import { phone } from '../common/contactChecks';
import { customMetadata } from '../common/customMetadata';
import { choice, group, ownId, text } from '../common/fieldKinds';
import { sessionField } from '../session/sessionId';
import { listId } from './list';

export const addBy = choice({
	label: 'Add By',
	name: 'addBy',
	options: [
		{ name: 'Face Image', value: 'image', description: 'For lists of faces' },
		{
			name: 'Session',
			value: 'session',
			description: "What the person has shown there and fits the list's type, e.g. their face",
		},
		{ name: 'Value', value: 'value' },
	],
	default: 'value',
});

/** Didit compares all digits, so a 0 in parentheses would block another number, and a mark that nobody sees no one. */
const listValue: Check = (value, field) => {
	if (value.length > 300) return value;
	const plain = value.replace(/\p{Cf}/gu, '').trim();
	if (/^\+[^a-z@]*[([]\s*0\s*[)\]]/i.test(plain)) return phone(plain, field);
	const isPhone = /^\+[\d\s().-]+$/.test(plain);
	const isEmail = plain.includes('@') && /^[\x21-\x7e]+$/.test(plain);
	return isPhone || isEmail ? plain : value;
};

/** An ID of a user is a value too, so a hole in it must not become an entry that matches others. */
export const value = ownId({
	label: 'Value',
	name: 'value',
	diditName: 'value',
	displayOptions: { show: { addBy: ['value'] } },
	check: listValue,
	required: true,
	ask: 'Enter what to add to the list',
	example: 'name@example.com',
	description: "Must fit the list's entry type",
});

export const session = sessionField({
	diditName: 'reference_session_id',
	displayOptions: { show: { addBy: ['session'] } },
});

export const valueInSession = ownId({
	label: 'Value',
	name: 'valueInSession',
	diditName: 'value',
	check: listValue,
	displayOptions: { show: { addBy: ['session'] } },
	description: 'Only needed if the session has several, e.g. two phone numbers',
});

export const faceImage = text({
	label: 'Input Binary Field',
	name: 'binaryPropertyName',
	diditName: 'image',
	displayOptions: { show: { addBy: ['image'] } },
	required: true,
	ask: 'Enter the name of the binary field that contains the image',
	default: 'data',
	description: 'Name of the binary field that contains the face (JPEG, PNG or WebP, up to 2 MB)',
});

export const additionalFields = group({
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
		customMetadata,
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

export const addEntryFields = [
	listId,
	addBy,
	value,
	session,
	valueInSession,
	faceImage,
	additionalFields,
];
