/** Choosing the outcome of a session that nobody has opened yet, with the session's own token. */
import { SCENARIOS } from '../../model/decision/scenarios.mts';
import { ApiError, invalid, notFound } from '../../model/errors.mts';
import { type Resource } from '../pipeline.mts';
import { findSession } from '../../model/sessions.mts';

export const sessionArm: Resource = {
	version: 'v3',
	handlers: {
		'session.sandboxArm': ({ state, params, body, request }) => {
			const session = findSession(state, params.sessionId, 'Not found.');
			if (session.session_token !== request.headers['session-token']) throw notFound();
			const { scenario } = body as { scenario: string };
			if (!Object.hasOwn(SCENARIOS, scenario))
				throw invalid({ scenario: [`Unknown sandbox scenario: '${scenario}'.`] });
			const { session_id, status } = session;
			if (status !== 'Not Started')
				throw new ApiError(400, ['Scenario can only be armed before the verification starts.']);
			session.sandbox_scenario = scenario;
			return { status: 200, body: { session_id, scenario, status } };
		},
	},
};
