// When a wait ends and what comes out of it: the same at once, after a visit and after an event.
import type { IDataObject } from 'n8n-workflow';
import { decisionOutput } from '../decision/output';
import { fields } from '../json/read';
import type { Verdict } from '../decision/types';

/** A result ends the wait. A review does too if the builder wants to continue with it. */
export function endsWait(verdict: Verdict, continueWithReview: boolean): boolean {
	return verdict.final || (continueWithReview && verdict.review_needed);
}

/** @param options the node's Options, in which an expression can have left anything */
export function waitOutput(decision: unknown, simplify: unknown, options: unknown): IDataObject {
	const { includeMediaLinks, maskDocumentNumbers } = fields(options);
	return decisionOutput(decision, simplify !== false, {
		mediaLinks: includeMediaLinks === true,
		maskedNumbers: maskDocumentNumbers === true,
	}) as IDataObject;
}
