/** Lists and their entries: by value, by a session, or a face by its image. */
import { createHash } from 'node:crypto';
import { detail, invalid } from '../../model/errors.mts';
import {
	addEntry,
	createList,
	deleteList,
	findList,
	removeEntry,
	updateList,
} from '../../model/lists.mts';
import { type EntryType, type ListEntry, type ListRecord } from '../../model/listRecords.mts';
import { normalized } from '../../model/listValues.mts';
import { mediaLink } from '../../model/mediaLinks.mts';
import { portraitProblem } from '../../model/portrait.mts';
import { allSessions } from '../../model/sessions.mts';
import { type Shown, shownIn } from '../../model/shown.mts';
import { type State } from '../../model/state.mts';
import { page } from '../paging.mts';
import { type Call, type Resource } from '../pipeline.mts';

function row({ entries, ...list }: ListRecord) {
	return { ...list, entry_count: entries.length };
}

/** A face that came from a session shows its selfie, by a link that lives for an hour. */
function entryRow({ state, caller }: Call, { entry_type }: ListRecord, entry: ListEntry) {
	const { reference_session_id: session } = entry;
	if (entry_type !== 'face' || session === null) return entry;
	const reference_image_url = caller.seesMedia ? mediaLink(state, session, 'selfie.jpg') : null;
	return { ...entry, metadata: { ...entry.metadata, reference_image_url } };
}

/** Without a limit, lists and their entries come in shorter pages than sessions (docs.didit.me, management-api/lists). */
const short = (query: Call['query']) => ({ limit: '25', ...query });

type Ordering = 'created_at' | 'entry_count' | 'last_entry_added_at';

function listLists({ state, query }: Call) {
	const rows = state.lists
		.filter(({ list_type }) => !query.list_type || list_type === query.list_type)
		.filter(({ entry_type }) => !query.entry_type || entry_type === query.entry_type)
		.map(row);
	const order = (query.ordering ?? '').replace('-', '') as Ordering | '';
	if (order !== '')
		rows.sort((a, b) =>
			String(a[order] ?? '').localeCompare(String(b[order] ?? ''), 'en', { numeric: true }),
		);
	if (query.ordering?.startsWith('-')) rows.reverse();
	return { status: 200, body: page(state, '/v3/lists/', short(query), rows) };
}

interface NewEntry {
	value?: string;
	reference_session_id?: string;
	reference_object_uuid?: string;
	display_label?: string;
	comment?: string;
	metadata?: Record<string, unknown>;
}

/** What a session has shown of the list's type. @throws ApiError 400 if it has not, or something else */
function fromSession(
	state: State,
	entry_type: EntryType,
	{ reference_session_id, value }: NewEntry,
): Shown {
	const session = allSessions(state).find(({ session_id }) => session_id === reference_session_id);
	if (!session) throw invalid({ reference_session_id: ['Session not found.'] });
	const found = shownIn(state, session, entry_type);
	const wanted = value === undefined ? undefined : normalized(entry_type, value);
	if (!found || (wanted !== undefined && wanted !== found.value))
		throw invalid({ reference_session_id: [`Session has no matching ${entry_type} data.`] });
	return found;
}

function createEntry(call: Call) {
	const { state, params, body } = call;
	const list = findList(state, params.list_uuid);
	const { value, reference_session_id, ...rest } = body as NewEntry;
	if (reference_session_id === undefined && list.entry_type === 'face')
		throw invalid({ value: ['Use face-upload or reference_session_id for faces.'] });
	const entry = addEntry(state, list, {
		...rest,
		...(reference_session_id === undefined
			? { value: normalized(list.entry_type, String(value)) }
			: fromSession(state, list.entry_type, body as NewEntry)),
	});
	return { status: 201, body: entryRow(call, list, entry) };
}

function uploadFace(call: Call) {
	const { state, params, body } = call;
	const list = findList(state, params.list_uuid);
	if (list.entry_type !== 'face') throw detail(400, 'This list does not hold faces.');
	const { image, ...rest } = body as { image: string; display_label?: string; comment?: string };
	const problem = portraitProblem(image);
	if (problem) throw invalid({ image: [problem] });
	const value = createHash('sha256').update(image).digest('hex').slice(0, 32);
	return { status: 201, body: entryRow(call, list, addEntry(state, list, { value, ...rest })) };
}

function listEntries(call: Call) {
	const { state, params, query } = call;
	const list = findList(state, params.list_uuid);
	const wanted = (query.search ?? '').toLowerCase();
	const rows = list.entries
		.filter(({ value, display_label }) =>
			[value, display_label].some((text) => text.toLowerCase().includes(wanted)),
		)
		.filter(
			({ reference_session_id: session }) =>
				!query.reference_session_id || session === query.reference_session_id,
		)
		.reverse();
	const path = `/v3/lists/${list.uuid}/entries/`;
	return {
		status: 200,
		body: page(state, path, short(query), rows, (entry) => entryRow(call, list, entry)),
	};
}

export const lists: Resource = {
	version: 'v3',
	handlers: {
		'list.list': listLists,
		'list.create': ({ state, body }) => ({
			status: 201,
			body: row(createList(state, body as Parameters<typeof createList>[1])),
		}),
		'list.get': ({ state, params }) => ({
			status: 200,
			body: row(findList(state, params.list_uuid)),
		}),
		'list.update': ({ state, params, body }) => ({
			status: 200,
			body: row(updateList(state, params.list_uuid, body as Parameters<typeof updateList>[2])),
		}),
		'list.delete': ({ state, params }) => {
			deleteList(state, params.list_uuid);
			return { status: 204 };
		},
		'list.entries.list': listEntries,
		'list.entries.create': createEntry,
		'list.entries.faceUpload': uploadFace,
		'list.entries.delete': ({ state, params }) => {
			removeEntry(findList(state, params.list_uuid), params.entry_uuid);
			return { status: 204 };
		},
	},
};
