// The decision of a session: the one call that answers "is this person verified?", in both versions of the API.
import type { Authentication, DiditRequest } from './types';

/** @param sessionId a lower-case UUID */
export function decisionRequest(authentication: Authentication, sessionId: string): DiditRequest {
	const version = authentication === 'apiKey' ? 'v3' : 'v1';
	return { method: 'GET', path: `/${version}/session/${sessionId}/decision/` };
}
