/** Where the visitor's browser goes when the hosted page is done: the callback, with what Didit adds to it. */
import { type SessionRecord } from '../model/records.mts';
import { type State } from '../model/state.mts';

/**
 * `verificationSessionId` and `status` are added to the text of the callback, so that nothing else in it changes; a
 * fragment stays at the end. Whether Didit joins them with `&` to a query that is there already is not documented.
 */
export function callbackFor(
	state: State,
	{ callback, session_id, status }: SessionRecord,
): string | null {
	if (!callback) return null;
	const [address, fragment = ''] = callback.split(/(?=#)/);
	const separator = address.includes('?') ? state.settings.callbackQuery : '?';
	const added = new URLSearchParams({ verificationSessionId: session_id, status });
	// A header takes ASCII only.
	return `${address}${separator}${added.toString()}${fragment}`.replace(
		/[^\x21-\x7e]+/g,
		encodeURIComponent,
	);
}
