/** Sessions of version 1: a combination of features, a bearer token, three fields in the answer. And the decision of version 2. */
import { decisionV1 } from '../../model/decision/v1.mts';
import { decisionV2 } from '../../model/decision/v2.mts';
import { checkCredit } from '../../model/credit.mts';
import { type Resource } from '../pipeline.mts';
import { createSession, findSession } from '../../model/sessions.mts';

interface CreateBody {
	callback?: string;
	features?: string;
	vendor_data?: string;
}

export const sessionV1: Resource = {
	version: 'v1',
	handlers: {
		'session.create': ({ state, body }) => {
			const {
				callback = null,
				vendor_data = null,
				features = state.settings.consoleFeatures,
			} = body as CreateBody;
			checkCredit(state);
			const { session_id, session_token, url } = createSession(state, {
				version: 'v1',
				features,
				callback,
				vendor_data,
			});
			return { status: 201, body: { session_id, session_token, url } };
		},
		'session.decision': ({ state, params, caller }) => {
			const session = findSession(state, params.session_id);
			return { status: 200, body: decisionV1(state, session, caller.seesMedia) };
		},
		'v2.session.decision': ({ state, params, caller }) => {
			const session = findSession(state, params.session_id);
			return { status: 200, body: decisionV2(state, session, caller.seesMedia) };
		},
	},
};
