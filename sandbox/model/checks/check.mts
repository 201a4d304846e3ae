/** What all checks without a session share: credit, the frame of an answer, warnings. Nothing that is sent is kept. */
import { randomUUID } from 'node:crypto';
import { ApiError } from '../errors.mts';
import { hasCredit } from '../credit.mts';
import { iso, now, type State } from '../state.mts';

export type Body = Record<string, unknown>;
export type Report = { status: string; warnings: object[] } & Record<string, unknown>;

/** @throws ApiError 403 in the words of standalone checks, when the balance is used up */
export function checkChargeable(state: State): void {
	if (hasCredit(state)) return;
	throw new ApiError(403, { error: "You don't have enough credits to perform this request." });
}

export const frame = (state: State, { vendor_data = null, metadata = null }: Body) => ({
	request_id: randomUUID(),
	vendor_data,
	metadata,
	created_at: iso(now(state)),
});

const LOG_TYPES: Record<string, string> = { Declined: 'error', 'In Review': 'warning' };

/** @param effect what it does to the status; anything but a decline or a review is information */
export const warning = (feature: string, risk: string, effect: string, text: string) => ({
	feature,
	risk,
	additional_data: null,
	log_type: LOG_TYPES[effect] ?? 'information',
	short_description: text,
	long_description: `${text}.`,
	node_id: null,
});
