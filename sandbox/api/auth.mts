/** Who is calling: credentials read, masked and checked. */
import { type FastifyRequest } from 'fastify';
import { type Operation } from '../../contract/index.mts';
import { ApiError, detail, invalid, noPermission, notFound } from '../model/errors.mts';
import { type RecordedRequest } from '../model/records.mts';
import { type State } from '../model/state.mts';
import { isValidToken } from '../model/tokens.mts';

/** What the limited key may do, by the first word of the operation: the rest of the API refuses it. */
const LIMITED_SCOPES: Record<string, 'read' | 'write' | undefined> = { session: 'write' };

/** The caller as the rate limits count it, and whether links to pictures are shown to it. */
export interface Caller {
	name: 'client' | 'key' | 'limited key' | 'session' | 'nobody';
	seesMedia: boolean;
}

/** How a call authenticates, for the record. The masked form keeps four characters, enough to tell two secrets apart. */
export function describeCredential(
	request: FastifyRequest,
): Pick<RecordedRequest, 'authorizationKind' | 'credential'> {
	const { authorization, 'x-api-key': key, 'session-token': sessionToken } = request.headers;
	const mask = (secret: unknown) => `${String(secret).slice(0, 4)}…`;
	if (authorization && key) return { authorizationKind: 'both', credential: mask(key) };
	if (key) return { authorizationKind: 'api key', credential: mask(key) };
	if (sessionToken) return { authorizationKind: 'session token', credential: mask(sessionToken) };
	if (!authorization) return { authorizationKind: 'none', credential: null };
	const [scheme, secret = ''] = authorization.split(' ');
	return { authorizationKind: scheme === 'Basic' ? 'basic' : 'bearer', credential: mask(secret) };
}

/**
 * Sessions answer a bad key with one text, lists with another, as in Didit's specification; 401 has a text of its own.
 * Users answer 401 when there is no credential at all, sharing in any case.
 */
function refusal(state: State, operation: Operation, anySent = true): ApiError {
	if (operation.id === 'session.share' || (!anySent && operation.path.startsWith('/v3/users/'))) {
		return detail(
			401,
			'You must be authenticated with a valid access token to access this endpoint.',
		);
	}
	if (state.settings.authFailureStatus === 401) return detail(401, 'Invalid or missing API key');
	const ofOneSession =
		/^\/v\d\/session\/\{/.test(operation.path) || operation.auth === 'bearerClientToken';
	return ofOneSession
		? detail(403, 'Authentication credentials were not provided or are invalid.')
		: noPermission();
}

/** Basic client credentials of the token exchange. The error body is the only one that any integration shows. */
export function checkClient(state: State, request: FastifyRequest): void {
	const { clientId, clientSecret } = state.credentials;
	const expected = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
	if (request.headers.authorization !== expected)
		throw new ApiError(401, { error: 'invalid_client' });
}

function inScope(operation: Operation): boolean {
	const scope = LIMITED_SCOPES[operation.id.split('.')[0].replace(/s$/, '')];
	return scope === 'write' || (scope === 'read' && operation.method === 'GET');
}

/** @throws ApiError when the call may not be made with what it carries. */
export function authenticate(state: State, operation: Operation, request: FastifyRequest): Caller {
	const { authorization, 'x-api-key': key, 'session-token': sessionToken } = request.headers;
	if (operation.auth === 'none') return { name: 'nobody', seesMedia: false };
	if (authorization && key)
		throw invalid({ headers: ['Send either x-api-key or Authorization, not both.'] });
	if (operation.auth === 'basicClientCredentials') {
		checkClient(state, request);
		return { name: 'client', seesMedia: false };
	}
	if (operation.auth === 'bearerClientToken') {
		const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
		if (!token || !isValidToken(state, token)) throw refusal(state, operation);
		return { name: 'client', seesMedia: true };
	}
	if (operation.auth === 'sessionToken') {
		if (sessionToken === undefined) throw refusal(state, operation);
		if (!state.sessions.some(({ session_token }) => session_token === sessionToken))
			throw notFound();
		return { name: 'session', seesMedia: false };
	}
	if (key === state.credentials.apiKey) return { name: 'key', seesMedia: true };
	if (key !== state.credentials.limitedKey)
		throw refusal(state, operation, key !== undefined || authorization !== undefined);
	if (!inScope(operation)) throw noPermission();
	return { name: 'limited key', seesMedia: false };
}
