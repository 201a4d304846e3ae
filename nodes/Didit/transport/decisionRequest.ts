// The decision of a session: the one call that answers "is this person verified?", in both versions of the API.
import type { ApiVersion, DiditRequest } from './types';

/** @param sessionId a lower-case UUID */
export function decisionRequest(version: ApiVersion, sessionId: string): DiditRequest {
	return { method: 'GET', path: `/${version}/session/${sessionId}/decision/` };
}
