/** The older calls that put several things of one session on Didit's block lists, and take them off again. */
import { detail, invalid } from '../../model/errors.mts';
import { addEntry, holds } from '../../model/lists.mts';
import { type ListRecord } from '../../model/listRecords.mts';
import { findSession } from '../../model/sessions.mts';
import { type Shown, shownIn } from '../../model/shown.mts';
import { type State } from '../../model/state.mts';
import { type Call, type Resource } from '../pipeline.mts';

const ITEMS = ['face', 'document', 'phone', 'email'] as const;

/** The block lists that the body names, each with what the session has shown. @throws ApiError for none, or nothing shown */
function named({ state, body }: Call, prefix: string): Array<{ list: ListRecord; shown: Shown }> {
	const { session_id, ...flags } = body as Record<string, unknown>;
	const session = findSession(state, String(session_id));
	const wanted = ITEMS.filter((item) => flags[`${prefix}_${item}`] === true);
	if (wanted.length === 0) throw invalid({ non_field_errors: ['Choose at least one item.'] });
	return wanted.map((item) => {
		const shown = shownIn(state, session, item);
		if (!shown) throw detail(400, `The session has no ${item}.`);
		return { list: systemList(state, item), shown };
	});
}

const systemList = (state: State, item: string) =>
	state.lists.find(({ is_system, entry_type }) => is_system && entry_type === item)!;

export const blocklist: Resource = {
	version: 'v3',
	handlers: {
		'blocklist.add': (call) => {
			for (const { list, shown } of named(call, 'blocklist'))
				if (!holds(list, shown.value)) addEntry(call.state, list, shown);
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
