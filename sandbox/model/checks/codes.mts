/**
 * One-time codes, always 123456 as with Didit's sandbox keys. What a number or address is like is in its end, so that
 * every outcome can be had.
 */
import { detail } from '../errors.mts';
import { now, type State } from '../state.mts';

export const CODE = '123456';

const LIFETIME = 5 * 60_000;
const ATTEMPTS = 3;
const HOUR = 3_600_000;
const SENDS_AN_HOUR = 4;

/** @throws ApiError 429 for the fifth code within an hour */
export function sendCode(state: State, recipient: string): void {
	const known = state.codes.get(recipient) ?? { sent: [], attempts: 0, open: false };
	const recent = known.sent.filter((time) => time > now(state) - HOUR);
	if (recent.length >= SENDS_AN_HOUR) {
		const seconds = Math.ceil((recent[0] + HOUR - now(state)) / 1000);
		throw detail(429, `Request was throttled. Expected available in ${seconds} seconds.`, {
			'retry-after': String(seconds),
		});
	}
	state.codes.set(recipient, { sent: [...recent, now(state)], attempts: 0, open: true });
}

export type CodeOutcome = 'right' | 'Failed' | 'Expired or Not Found';

export function tryCode(state: State, recipient: string, code: string): CodeOutcome {
	const known = state.codes.get(recipient);
	const last = known?.sent.at(-1) ?? -Infinity;
	if (!known?.open || known.attempts >= ATTEMPTS || last <= now(state) - LIFETIME)
		return 'Expired or Not Found';
	known.attempts++;
	if (code !== CODE) return 'Failed';
	known.open = false;
	return 'right';
}
