// A Didit credential as one item resolves it, shared by all items of the execution that resolve it alike.
// It sees to it that many requests in parallel cause one token exchange, not many.
import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	INodeCredentialsDetails,
} from 'n8n-workflow';
import {
	authenticationOf,
	diditHosts,
	fieldText,
	identityOf,
	isCustomEnvironment,
	secretsOf,
} from '../../../credentials/fields';
import { isTemporary } from '../../../credentials/token';
import { CREDENTIAL, attempt } from './attempt';
import type { AttemptResult, Failure } from './attempt';
import { DiditError } from './errors';
import type { RequestQueue } from './requestQueue';
import type { Answer, ApiVersion, Authentication, DiditContext, DiditRequest } from './types';

type Credential = ICredentialDataDecryptedObject;

/** Pauses in milliseconds before an exchange that failed in passing is tried again. */
const EXCHANGE_PAUSES = [1_000, 3_000, 9_000];

/** A token that Didit refuses is not replaced again within this time, in milliseconds. */
const RENEWAL_PAUSE = 60_000;

export class DiditClient {
	readonly authentication: Authentication;

	/** The version of Didit's API that the credential opens. */
	readonly version: ApiVersion;

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
		this.authentication = authenticationOf(credential);
		this.version = this.authentication === 'apiKey' ? 'v3' : 'v1';
		this.url = diditHosts(credential).verificationUrl;
		// Once: n8n copies the whole node each time.
		this.reference = context.getNode().credentials?.[CREDENTIAL] ?? { id: null, name: CREDENTIAL };
	}

	/** For webhooks that were registered by hand; empty if there is none. */
	get webhookSecret(): string {
		return fieldText(this.credential, 'webhookSecret');
	}

	get isCustomEnvironment(): boolean {
		return isCustomEnvironment(this.credential);
	}

	/** Takes secrets out of a text that is about to be shown. */
	redact(text: string): string {
		return (
			[...secretsOf(this.credential), ...this.refusedTokens]
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
			if (!isTemporary(outcome.cause as Failure) || queue.cancelled) throw outcome;
			await queue.sleepFor(pause);
		}
		return await this.attempt(credential, request, timeout);
	}

	private async attempt(
		credential: Credential,
		request: DiditRequest,
		timeout: number,
	): Promise<AttemptResult> {
		const { reference, url } = this;
		return await attempt(this.context, { reference, credential, url, request, timeout });
	}
}

async function readCredential(context: DiditContext, item: number): Promise<Credential> {
	return await (context as IExecuteFunctions).getCredentials(CREDENTIAL, item);
}

/** The credentials of one execution. Items can resolve the credential differently, through expressions. */
export class DiditClients {
	private readonly clients = new Map<string, DiditClient>();

	private first?: Promise<Credential>;

	constructor(private readonly context: DiditContext) {}

	async of(item: number): Promise<DiditClient> {
		const credential = await this.resolve(item);
		const identity = identityOf(credential);
		const client = this.clients.get(identity) ?? new DiditClient(this.context, item, credential);
		this.clients.set(identity, client);
		return client;
	}

	/** Reading and decrypting costs n8n more than the rest of a request, so it is done once where no item can differ. */
	private async resolve(item: number): Promise<Credential> {
		if (!this.first) return await (this.first = readCredential(this.context, item));
		const first = await this.first.catch(() => undefined);
		return first?.hasExpression === false ? first : await readCredential(this.context, item);
	}
}
