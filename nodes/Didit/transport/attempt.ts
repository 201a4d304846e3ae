// One attempt to send a request to Didit, signed by n8n with a credential. Whoever calls this decides about trying again.
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
	INodeCredentialsDetails,
} from 'n8n-workflow';
import { isTemporary } from '../../../credentials/token';
import { DiditError } from './errors';
import { formData } from './form';
import type { RequestQueue } from './requestQueue';
import type { Answer, DiditContext, DiditRequest } from './types';

export const CREDENTIAL = 'diditApi';

/**
 * `stale`: the token is expired or was issued for another client, which n8n notices before it sends anything.
 * `unreached`: no connection came about, so nothing was sent. `unanswered`: the connection was lost or took too long.
 */
export type AttemptResult = Answer | 'stale' | 'unanswered' | 'unreached';

/** What n8n throws. Early releases keep no cause; then its code or status is in `httpCode` alone. */
interface Failure {
	message?: string;
	description?: string | null;
	httpCode?: string | null;
	cause?: { message?: string; code?: string; response?: { status?: number } };
}

const NOT_CONNECTED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

export interface Attempt {
	/** Which credential of n8n it is. */
	reference: INodeCredentialsDetails;
	/** Its data. n8n puts a token into it when it exchanges one. */
	credential: ICredentialDataDecryptedObject;
	/** The address of the API, without a trailing slash. */
	url: string;
	request: DiditRequest;
	/** Milliseconds. */
	timeout: number;
}

/** n8n would leave out an empty object, and Didit wants a body. */
const jsonBody = (body?: IDataObject) =>
	body && (Object.keys(body).length > 0 ? body : JSON.stringify(body));

/**
 * @returns Didit's response with any HTTP status, or why there is none
 * @throws DiditError with n8n's error as its cause, if no token can be had
 */
export async function attempt(
	context: DiditContext,
	{ reference, credential, url, request, timeout }: Attempt,
): Promise<AttemptResult> {
	const options: IHttpRequestOptions = {
		method: request.method,
		url: url + request.path,
		qs: request.qs,
		body: request.form ? formData(request.form) : jsonBody(request.body),
		headers: { ...request.headers, ...(request.body && { 'Content-Type': 'application/json' }) },
		json: request.encoding === undefined,
		encoding: request.encoding,
		timeout,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	};
	const { id, name } = reference;
	const credentialsDecrypted = { id: id ?? '', name, type: CREDENTIAL, data: credential };
	let failure: Failure;
	try {
		return (await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, options, {
			credentialsDecrypted,
			// n8n's own renewal would exchange once per request; the client does it once for all.
			preAuthenticationRetryStatusCode: [],
		})) as Answer;
	} catch (error) {
		failure = error as Failure;
	}
	if (failure.cause?.response?.status === 401 || failure.httpCode === '401') return 'stale';
	const code = failure.cause?.code ?? failure.httpCode;
	if (code) return NOT_CONNECTED.includes(code) ? 'unreached' : 'unanswered';
	throw new DiditError(
		failure.cause?.message ?? failure.message ?? 'The request could not be sent',
		'',
		undefined,
		failure,
	);
}

/** Whether it makes sense to try an exchange again that failed with this error. */
export const isTemporaryFailure = ({ cause }: DiditError) => isTemporary((cause ?? {}) as Failure);

/** Pauses in milliseconds before an exchange that failed for a reason that may go away is tried again. */
const EXCHANGE_PAUSES = [1_000, 3_000, 9_000];

/** An attempt for which n8n exchanges a token first. It can be repeated: an exchange has no effect but the token. */
export async function attemptExchange(
	context: DiditContext,
	sent: Attempt,
	queue: RequestQueue,
	isImpatient: boolean,
): Promise<AttemptResult> {
	for (const pause of isImpatient ? [] : EXCHANGE_PAUSES) {
		const outcome = await attempt(context, sent).catch((error: DiditError) => error);
		if (!(outcome instanceof DiditError)) return outcome;
		if (!isTemporaryFailure(outcome) || queue.cancelled) throw outcome;
		await queue.sleepFor(pause);
	}
	return await attempt(context, sent);
}
