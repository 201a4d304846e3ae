// How a session is chosen: by the ID that Create passed on, or from a list.
import { uuid } from '../common/checks';
import { locator } from '../common/locator';

/** For an operation with a default or words of its own. */
export const sessionField = (change: Partial<Parameters<typeof locator>[0]> = {}) =>
	locator({
		label: 'Session',
		name: 'sessionId',
		searchListMethod: 'searchSessions',
		by: 'By ID',
		example: '11111111-2222-4333-8444-555555555555',
		default: { mode: 'id', value: '={{ $json.session_id }}' },
		required: true,
		comesFrom: 'session_id',
		ask: 'Drag session_id from the node that created the session, or choose a session from the list',
		check: uuid,
		description: 'The session_id that Create returned, or a session from the list',
		...change,
	});

export const sessionId = sessionField();
