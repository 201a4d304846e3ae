/** The older calls that put several things of one session on Didit's block lists, and take them off again. */
import { detail, invalid, notFound } from '../../model/errors.mts';
import { addEntry } from '../../model/lists.mts';
import { type ListRecord } from '../../model/listRecords.mts';
import { type SessionRecord } from '../../model/records.mts';
import { shownIn } from '../../model/shown.mts';
import { type State } from '../../model/state.mts';
import { type Call, type Resource } from '../pipeline.mts';

const ITEMS = ['face', 'document', 'phone', 'email'] as const;

/** The block lists that the body names, each with what the session has shown. @throws ApiError for none, or nothing shown */
function named(
	{ state, body }: Call,
	prefix: string,
): Array<{ list: ListRecord; session: SessionRecord; shown: { value: string; uuid: string } }> {
	const { session_id, ...flags } = body as Record<string, unknown>;
	const session = state.sessions.find((candidate) => candidate.session_id === session_id);
	if (!session) throw notFound('Session not found.');
	const wanted = ITEMS.filter((item) => flags[`${prefix}_${item}`] === true);
	if (wanted.length === 0) throw invalid({ non_field_errors: ['Choose at least one item.'] });
	return wanted.map((item) => {
		const shown = shownIn(state, session, item);
		if (!shown) throw detail(400, `The session has no ${item}.`);
		return { list: systemList(state, item), session, shown };
	});
}

const systemList = (state: State, item: string) =>
	state.lists.find(({ is_system, entry_type }) => is_system && entry_type === item)!;

export const blocklist: Resource = {
	version: 'v3',
	handlers: {
		'blocklist.add': (call) => {
			for (const { list, session, shown } of named(call, 'blocklist')) {
				if (list.entries.some(({ value }) => value === shown.value)) continue;
				addEntry(call.state, list, {
					value: shown.value,
					reference_session_id: session.session_id,
					reference_session_number: session.session_number,
					reference_object_uuid: shown.uuid,
				});
			}
			return { status: 200, body: { message: 'Successfully updated blocklist.' } };
		},
		'blocklist.remove': (call) => {
			for (const { list, shown } of named(call, 'unblock'))
				list.entries = list.entries.filter(({ value }) => value !== shown.value);
			return { status: 200, body: { message: 'Successfully removed from blocklist.' } };
		},
		'blocklist.list': ({ state, query }) => ({
			status: 200,
			body: ITEMS.filter((item) => !query.item_type || item === query.item_type).flatMap((item) =>
				systemList(state, item).entries.map((entry) => ({ item_type: item, ...entry })),
			),
		}),
	},
};
