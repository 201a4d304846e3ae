/** Version 1's access tokens. Each exchange issues a new one, and earlier ones stay valid until they expire. */
import { randomBytes } from 'node:crypto';
import { now, type State } from './state.mts';

export function issueToken(state: State): string {
	const token = `sandbox-token.${randomBytes(24).toString('base64url')}`;
	state.tokens.set(token, now(state) + state.settings.tokenLifetime * 1000);
	return token;
}

export function isValidToken(state: State, token: string): boolean {
	return (state.tokens.get(token) ?? 0) > now(state);
}

/**
 * Every token issued so far stops working. They stay known, so that a test can search for them.
 * @returns how many still worked.
 */
export function revokeTokens(state: State): number {
	const working = [...state.tokens.keys()].filter((token) => isValidToken(state, token));
	for (const token of working) state.tokens.set(token, 0);
	return working.length;
}
