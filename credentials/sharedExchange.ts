// One token exchange for all executions of a process that need a token at the same moment: n8n asks for each execution by
// itself, and stores the token only afterwards. This only saves requests: the stored token stays the source of truth.
import type { ICredentialDataDecryptedObject, IHttpRequestHelper } from 'n8n-workflow';
import { exchange, issuedFor } from './token';
import type { Token } from './token';

interface Exchange {
	/** Fingerprint (`accessTokenFor`) of the token being replaced; empty if there was none. */
	replaced: string;
	/** Milliseconds since 1970; none while it is under way. */
	endedAt?: number;
	token: Promise<Token>;
}

/** The last exchange for each client and its hosts. */
const exchanges = new Map<string, Exchange>();

/** Milliseconds. By then n8n has stored the token, and who needs it reads it there. */
const USEFUL_FOR = 60_000;

function forgetOldExchanges(): void {
	const now = Date.now();
	for (const [owner, { endedAt }] of exchanges)
		if (endedAt !== undefined && now - endedAt > USEFUL_FOR) exchanges.delete(owner);
}

const isUsable = ({ renewAt }: Token) => renewAt === 0 || Date.now() < renewAt;

/**
 * A token in place of the one that the credential holds: from an exchange that is under way, or from one that replaced the
 * very same token. Otherwise from a new exchange, which `own` says.
 * @throws Error with a plain sentence, to all that share the exchange; the next call tries again
 */
export async function sharedExchange(
	helpers: IHttpRequestHelper['helpers'],
	credential: ICredentialDataDecryptedObject,
): Promise<{ token: Token; own: boolean }> {
	forgetOldExchanges();
	const owner = issuedFor(credential, '');
	const replaced = String(credential.accessTokenFor ?? '');
	for (
		let last = exchanges.get(owner);
		last && (last.endedAt === undefined || last.replaced === replaced);
		last = exchanges.get(owner)
	) {
		const token = await last.token;
		if (isUsable(token)) return { token, own: false };
		if (exchanges.get(owner) === last) exchanges.delete(owner);
	}
	const own: Exchange = { replaced, token: exchange(helpers, credential) };
	exchanges.set(owner, own);
	const forget = () => exchanges.get(owner) === own && exchanges.delete(owner);
	own.token.then(() => (own.endedAt = Date.now()), forget);
	return { token: await own.token, own: true };
}
