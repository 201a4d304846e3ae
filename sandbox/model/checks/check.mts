/** What all checks without a session share: credit and the frame of an answer. Nothing that is sent is kept. */
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

/** Notes a check that costs. @param id of the call in the contract. @throws ApiError 403 as `checkChargeable` */
export function charge(state: State, id: string): void {
	checkChargeable(state);
	state.charged.push(id);
}

export const frame = (state: State, { vendor_data = null, metadata = null }: Body) => ({
	request_id: randomUUID(),
	vendor_data,
	metadata,
	created_at: iso(now(state)),
});
