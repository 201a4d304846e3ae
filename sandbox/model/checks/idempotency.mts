/** `Idempotency-Key`: the same key and body get the same answer again, and are charged once. */
import { ApiError } from '../errors.mts';
import { type State } from '../state.mts';

/** @throws ApiError 409 for a known key with another body */
export function once<T>(state: State, key: string | undefined, body: unknown, answer: () => T): T {
	if (key === undefined) return answer();
	const text = JSON.stringify(body);
	const known = state.idempotent.get(key);
	if (!known) {
		const made = answer();
		state.idempotent.set(key, { text, answer: made });
		return made;
	}
	if (known.text === text) return known.answer as T;
	throw new ApiError(409, { detail: 'This Idempotency-Key was used with another request.' });
}
