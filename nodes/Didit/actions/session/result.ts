// A session's decision as an operation gives it out: the flat verdict, or what Didit sent.
import type { IDataObject } from 'n8n-workflow';
import { decisionOutput } from '../../decision/output';
import { DiditError } from '../../transport/errors';
import type { Answer } from '../../transport/types';
import { outputWish } from '../common/privacy';
import { simplifies } from '../common/simplify';
import type { ItemCall } from '../common/itemCall';

/** @throws DiditError if Didit's answer is not a session: something unknown must not look like a result */
export function parseDecision({ body }: Answer): IDataObject {
	const decision = (typeof body === 'object' && body !== null ? body : {}) as IDataObject;
	if (typeof decision.status === 'string' && decision.status !== '') return decision;
	throw new DiditError("Didit's answer is not a session", 'Try again in a few minutes');
}

export function shownVerdict(call: ItemCall, decision: IDataObject): IDataObject {
	return decisionOutput(decision, true, outputWish(call)) as IDataObject;
}

export function shownDecision(call: ItemCall, decision: IDataObject): IDataObject {
	return decisionOutput(decision, simplifies(call), outputWish(call)) as IDataObject;
}
