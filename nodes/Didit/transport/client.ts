// A Didit credential as one item resolves it, shared by all items of the execution that resolve it alike.
// It sends single attempts, and sees to it that many requests in parallel cause one token exchange, not many.
import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INodeCredentialsDetails,
} from 'n8n-workflow';
import { OWN_FIELDS, diditHosts } from '../../../credentials/fields';
import { TEMPORARY } from '../../../credentials/token';
import { DiditError } from './errors';
import type { RequestQueue } from './requestQueue';
import type { Answer, Authentication, DiditContext, DiditRequest } from './types';

export const CREDENTIAL = 'diditApi';

type Credential = ICredentialDataDecryptedObject;

/**
 * `stale`: the token is expired or was issued for another client, which n8n notices before it sends anything.
 * `unreached`: no connection came about, so nothing was sent. `unanswered`: the connection was lost or took too long.
 */
type AttemptResult = Answer | 'stale' | 'unanswered' | 'unreached';

/** What n8n throws. Early releases keep no cause; then its code or status is in `httpCode` alone. */
interface Failure {
	message?: string;
	description?: string | null;
	httpCode?: string | null;
	cause?: { message?: string; code?: string; response?: { status?: number } };
}

const NOT_CONNECTED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

/** Pauses in milliseconds before an exchange that failed in passing is tried again. */
const EXCHANGE_PAUSES = [1_000, 3_000, 9_000];

/** A token that Didit refuses is not replaced again within this time, in milliseconds. */
const RENEWAL_PAUSE = 60_000;

/** An exchange that failed for a reason that can pass: the credential marks such errors. */
const isTemporary = (error: { cause?: unknown }) =>
	(error.cause as Failure | undefined)?.description === TEMPORARY;

export class DiditClient {
	readonly authentication: Authentication;

	/** The verification API, without a trailing slash. */
	readonly url: string;

	/** Which credential of n8n it is. */
	private readonly reference: INodeCredentialsDetails;

	private exchange?: Promise<void>;

	private failure?: DiditError;

	private readonly refusedTokens = new Set<string>();

	/** The token got a good answer in this execution. */
	private proven = false;

	/** When a refused token was last replaced, in milliseconds since 1970. */
	private renewedAt = 0;

	constructor(
		private readonly context: DiditContext,
		private readonly item: number,
		private credential: Credential,
	) {
		this.authentication = credential.authentication === 'apiKey' ? 'apiKey' : 'clientCredentials';
		this.url = diditHosts(credential).verificationUrl;
		// Once: n8n copies the whole node each time.
		this.reference = context.getNode().credentials?.[CREDENTIAL] ?? { id: null, name: CREDENTIAL };
	}

	/** For webhooks that were registered by hand; empty if there is none. */
	get webhookSecret(): string {
		return String(this.credential.webhookSecret ?? '').trim();
	}

	get isCustomEnvironment(): boolean {
		return this.credential.environment === 'custom';
	}

	/** Takes secrets out of a text that is about to be shown. */
	redact(text: string): string {
		return (
			['clientSecret', 'apiKey', 'accessToken', 'webhookSecret']
				.map((name) => String(this.credential[name] ?? '').trim())
				.concat(...this.refusedTokens)
				.filter((secret) => secret !== '')
				// One can begin with another.
				.sort((a, b) => b.length - a.length)
				.reduce((shown, secret) => shown.split(secret).join('***'), text)
		);
	}

	/**
	 * Sends a request with a valid token. If Didit does not take the token, a new one is got and the request sent again:
	 * a refused request has done nothing.
	 * @param timeout milliseconds
	 * @returns Didit's answer with any HTTP status, or why there is none
	 * @throws DiditError if no token can be had
	 */
	async send(
		request: DiditRequest,
		timeout: number,
		queue: RequestQueue,
	): Promise<Exclude<AttemptResult, 'stale'>> {
		for (;;) {
			while (this.exchange) await this.exchange;
			if (this.failure) throw this.failure;
			const credential = { ...this.credential };
			const needsToken = this.authentication === 'clientCredentials' && !credential.accessToken;
			const outcome = needsToken
				? await this.sendWithNewToken(credential, request, timeout, queue)
				: await this.attempt(credential, request, timeout);
			const token = String(credential.accessToken ?? '');
			if (outcome === 'stale') {
				this.drop(token);
			} else if (typeof outcome === 'string' || !this.isTokenRefusal(outcome, token)) {
				return outcome;
			}
		}
	}

	/** Whether another token may help. Drops the refused one if so. */
	private isTokenRefusal({ statusCode }: Answer, token: string): boolean {
		if (this.authentication === 'apiKey') return false;
		if (statusCode !== 401 && statusCode !== 403) {
			this.proven = this.proven || statusCode < 400;
			return false;
		}
		if (this.credential.accessToken !== token) return true;
		// It can also be a real "no": one new token finds out, and later ones only replace a token that had worked for a while.
		const now = Date.now();
		if (this.renewedAt > 0 && !(this.proven && now - this.renewedAt > RENEWAL_PAUSE)) return false;
		this.renewedAt = now;
		this.proven = false;
		this.drop(token);
		return true;
	}

	private drop(token: string): void {
		this.refusedTokens.add(token);
		if (this.credential.accessToken === token)
			this.credential = { ...this.credential, accessToken: '' };
	}

	/** The first request without a token gets one for all that wait meanwhile: n8n exchanges and stores it on the way. */
	private async sendWithNewToken(
		credential: Credential,
		request: DiditRequest,
		timeout: number,
		queue: RequestQueue,
	): Promise<AttemptResult> {
		let finished = () => {};
		this.exchange = new Promise((resolve) => {
			finished = resolve;
		});
		try {
			// Another execution or process may have got a token in the meantime.
			const stored = await readCredential(this.context, this.item);
			const isRefused = this.refusedTokens.has(String(stored.accessToken ?? ''));
			Object.assign(credential, stored, isRefused ? { accessToken: '' } : {});
			const exchanges = !credential.accessToken;
			if (!exchanges) this.renewedAt = 0;
			const outcome = await this.attemptExchange(credential, request, timeout, queue);
			if (outcome === 'stale' && exchanges) {
				this.failure = new DiditError(
					'The new Didit token is expired already',
					'Check the clock of the machine that n8n runs on',
				);
			}
			this.credential = credential;
			return outcome;
		} catch (error) {
			this.failure = error as DiditError;
			return 'stale';
		} finally {
			this.exchange = undefined;
			finished();
		}
	}

	/** An exchange can be repeated: it has no effect but the token. */
	private async attemptExchange(
		credential: Credential,
		request: DiditRequest,
		timeout: number,
		queue: RequestQueue,
	): Promise<AttemptResult> {
		for (const pause of EXCHANGE_PAUSES) {
			const outcome = await this.attempt(credential, request, timeout).catch(
				(error: DiditError) => error,
			);
			if (!(outcome instanceof DiditError)) return outcome;
			if (!isTemporary(outcome) || queue.cancelled) throw outcome;
			await queue.sleepFor(pause);
		}
		return await this.attempt(credential, request, timeout);
	}

	private async attempt(
		credential: Credential,
		request: DiditRequest,
		timeout: number,
	): Promise<AttemptResult> {
		const options: IHttpRequestOptions = {
			method: request.method,
			url: this.url + request.path,
			qs: request.qs,
			// As text: n8n would leave out an empty object, and Didit wants a body.
			body: request.body && JSON.stringify(request.body),
			headers: request.body && { 'Content-Type': 'application/json' },
			json: request.encoding === undefined,
			encoding: request.encoding,
			timeout,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		};
		const { id, name } = this.reference;
		let failure: Failure;
		try {
			return (await this.context.helpers.httpRequestWithAuthentication.call(
				this.context,
				CREDENTIAL,
				options,
				{
					credentialsDecrypted: { id: id ?? '', name, type: CREDENTIAL, data: credential },
					// n8n's own renewal would exchange once per request; `send` does it once for all.
					preAuthenticationRetryStatusCode: [],
				},
			)) as Answer;
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
}

async function readCredential(context: DiditContext, item: number): Promise<Credential> {
	return await (context as IExecuteFunctions).getCredentials(CREDENTIAL, item);
}

/** The accounts of one execution. Items can resolve the credential differently, through expressions. */
export class DiditClients {
	private readonly accounts = new Map<string, DiditClient>();

	private first?: Promise<Credential>;

	constructor(private readonly context: DiditContext) {}

	async of(item: number): Promise<DiditClient> {
		const credential = await this.resolve(item);
		const identity = JSON.stringify(OWN_FIELDS.map((name) => credential[name] ?? ''));
		const account = this.accounts.get(identity) ?? new DiditClient(this.context, item, credential);
		this.accounts.set(identity, account);
		return account;
	}

	/** Reading and decrypting costs n8n more than the rest of a request, so it is done once where no item can differ. */
	private async resolve(item: number): Promise<Credential> {
		if (!this.first) return await (this.first = readCredential(this.context, item));
		const first = await this.first.catch(() => undefined);
		return first?.hasExpression === false ? first : await readCredential(this.context, item);
	}
}
