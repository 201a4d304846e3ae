// A Didit credential as one item resolves it, shared by all items of the execution that resolve it alike.
// It sees to it that many requests in parallel cause one token exchange, not many.
import { createHmac } from 'node:crypto';
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
import { CREDENTIAL, attempt, attemptExchange, isTemporaryFailure } from './attempt';
import type { Attempt, AttemptResult } from './attempt';
import { DiditError } from './errors';
import type { RequestQueue } from './requestQueue';
import { redacted } from './secrets';
import { TokenTrust } from './tokenTrust';
import type { Meaning } from './tokenTrust';
import type { Answer, ApiVersion, Authentication, DiditContext, DiditRequest } from './types';

type Credential = ICredentialDataDecryptedObject;

/** Milliseconds before a refused request is sent again with the same token. */
const SECOND_TRY_PAUSE = 250;

export class DiditClient {
	readonly authentication: Authentication;

	/** The version of Didit's API that the credential opens. */
	readonly version: ApiVersion;

	/** The verification API, without a trailing slash. */
	readonly url: string;

	/** Which credential of n8n it is. */
	private readonly reference: INodeCredentialsDetails;

	/** Under way for all that wait meanwhile: its end says why there is no token, if so. */
	private exchange?: Promise<DiditError | undefined>;

	/** Why there is no token, for a reason that stays. */
	private failure?: DiditError;

	/** The last exchange failed for a reason that may go away. The next ones fail at once, until one succeeds. */
	private isImpatient = false;

	private readonly trust = new TokenTrust();

	private readonly refusedTokens = new Set<string>();

	/** Secrets that are not in the credential. */
	private readonly otherSecrets = new Set<string>();

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

	/** Whether it has no expression, which could give each item another account. */
	get isSameForAll(): boolean {
		return this.credential.hasExpression === false;
	}

	/** Equal for credentials that do the same. It holds secrets. */
	get identity(): string {
		return identityOf(this.credential);
	}

	/** Has another secret, such as that of a webhook, taken out of what is shown. */
	keepSecret(secret: string): void {
		this.otherSecrets.add(secret);
	}

	/** A secret of its own for a purpose, from which nothing about the credential can be learned. Only an API key has one. */
	keyFor(purpose: string): Buffer | undefined {
		const apiKey = String(this.credential.apiKey ?? '').trim();
		if (this.version !== 'v3' || apiKey === '') return undefined;
		return createHmac('sha256', apiKey).update(purpose).digest();
	}

	/** Takes secrets out of a text that is about to be shown. */
	redact(text: string): string {
		return redacted(text, [
			...secretsOf(this.credential),
			...this.refusedTokens,
			...this.otherSecrets,
		]);
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
		let refusedOnce: string | undefined;
		for (;;) {
			while (this.exchange) {
				const failure = await this.exchange;
				if (failure) throw failure;
			}
			if (this.failure) throw this.failure;
			const credential = { ...this.credential };
			const needsToken = this.authentication === 'clientCredentials' && !credential.accessToken;
			const outcome = needsToken
				? await this.sendWithNewToken(credential, request, timeout, queue)
				: await attempt(this.context, this.requestOf(credential, request, timeout));
			const token = String(credential.accessToken ?? '');
			if (outcome === 'stale') {
				this.drop(token);
				continue;
			}
			if (typeof outcome === 'string') return outcome;
			const meaning = this.meaningOf(outcome, token, refusedOnce === token);
			if (meaning === 'believe') return outcome;
			if (meaning === 'tryAgain') {
				refusedOnce = token;
				await queue.sleepFor(SECOND_TRY_PAUSE);
			} else {
				this.drop(token);
			}
		}
	}

	private meaningOf({ statusCode }: Answer, token: string, isSecondTry: boolean): Meaning {
		if (this.authentication === 'apiKey') return 'believe';
		const isCurrent = this.credential.accessToken === token;
		if (statusCode === 401 || statusCode === 403)
			return isCurrent ? this.trust.refused(isSecondTry) : 'replace';
		if (isCurrent && statusCode < 400) this.trust.accepted();
		return 'believe';
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
		let finish: (failure?: DiditError) => void = () => {};
		let failure: DiditError | undefined;
		this.exchange = new Promise((resolve) => {
			finish = resolve;
		});
		try {
			// Another execution or process may have got a token in the meantime.
			const stored = await readCredential(this.context, this.item);
			const isRefused = this.refusedTokens.has(String(stored.accessToken ?? ''));
			Object.assign(credential, stored, isRefused ? { accessToken: '' } : {});
			const exchanges = !credential.accessToken;
			if (!exchanges) this.trust.tookOver();
			const sent = this.requestOf(credential, request, timeout);
			const outcome = await attemptExchange(this.context, sent, queue, this.isImpatient);
			if (outcome === 'stale' && exchanges) {
				throw new DiditError(
					'The new Didit token has already expired',
					'Check the clock of the machine that n8n runs on',
				);
			}
			this.credential = credential;
			this.isImpatient = false;
			return outcome;
		} catch (error) {
			failure = error as DiditError;
			this.isImpatient = isTemporaryFailure(failure);
			if (!this.isImpatient) this.failure = failure;
			throw failure;
		} finally {
			this.exchange = undefined;
			finish(failure);
		}
	}

	private requestOf(credential: Credential, request: DiditRequest, timeout: number): Attempt {
		return { reference: this.reference, url: this.url, credential, request, timeout };
	}
}

async function readCredential(context: DiditContext, item: number): Promise<Credential> {
	return await (context as IExecuteFunctions).getCredentials(CREDENTIAL, item);
}

/** The credentials of one execution. Items can resolve the credential differently, through expressions. */
export class DiditClients {
	private readonly clients = new Map<string, DiditClient>();

	private first?: Promise<DiditClient>;

	constructor(private readonly context: DiditContext) {}

	/** Reading and decrypting costs n8n more than the rest of a request, so it is done once where no item can differ. */
	async of(item: number): Promise<DiditClient> {
		if (!this.first) return await (this.first = this.read(item));
		const first = await this.first.catch(() => undefined);
		return first?.isSameForAll ? first : await this.read(item);
	}

	private async read(item: number): Promise<DiditClient> {
		const credential = await readCredential(this.context, item);
		const identity = identityOf(credential);
		const client = this.clients.get(identity) ?? new DiditClient(this.context, item, credential);
		this.clients.set(identity, client);
		return client;
	}
}
