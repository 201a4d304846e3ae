// One token exchange for all executions of a process that need a token at the same moment. n8n asks for each execution by
// itself, and stores the token only afterwards. Only a layer above the stored token: a process that knows nothing exchanges.
import type { ICredentialDataDecryptedObject, IHttpRequestHelper } from 'n8n-workflow';
import { exchange, issuedFor } from './token';
import type { Token } from './token';

interface Exchange {
	/** Whom the token was issued for that had to be replaced; empty if there was none. */
	replaced: string;
	underWay: boolean;
	token: Promise<Token>;
}

/** The last exchange for each client and its hosts. */
const exchanges = new Map<string, Exchange>();

const isUsable = ({ renewAt }: Token) => renewAt === 0 || Date.now() < renewAt;

/**
 * A token in place of the one that the credential holds: from an exchange that is under way, or from one that replaced the
 * very same token. Otherwise from a new exchange, which `own` says.
 * @throws Error with a plain sentence, to all that share the exchange; the next call tries anew
 */
export async function sharedExchange(
	helpers: IHttpRequestHelper['helpers'],
	credential: ICredentialDataDecryptedObject,
): Promise<{ token: Token; own: boolean }> {
	const owner = issuedFor(credential, '');
	const replaced = String(credential.accessTokenFor ?? '');
	for (
		let last = exchanges.get(owner);
		last && (last.underWay || last.replaced === replaced);
		last = exchanges.get(owner)
	) {
		const token = await last.token;
		if (isUsable(token)) return { token, own: false };
		if (exchanges.get(owner) === last) exchanges.delete(owner);
	}
	const own: Exchange = { replaced, underWay: true, token: exchange(helpers, credential) };
	exchanges.set(owner, own);
	const forget = () => exchanges.get(owner) === own && exchanges.delete(owner);
	own.token.then(() => (own.underWay = false), forget);
	return { token: await own.token, own: true };
}
