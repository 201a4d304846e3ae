// A session's decision as an operation outputs it: the flat verdict, or what Didit sent.
import type { IDataObject } from 'n8n-workflow';
import { decisionOutput } from '../../decision/output';
import { isFields } from '../../json/read';
import { DiditError } from '../../transport/errors';
import type { Answer } from '../../transport/types';
import type { ItemCall } from '../common/itemCall';
import { outputWish } from '../common/privacy';
import { simplify } from '../common/simplify';

/** @throws DiditError if Didit's response is not a session: something unknown must not look like a result */
export function parseDecision({ body }: Answer): IDataObject {
	if (isFields(body) && typeof body.status === 'string' && body.status !== '') {
		return body as IDataObject;
	}
	throw new DiditError("Didit's response is not a session", 'Try again in a few minutes');
}

export function shownVerdict(call: ItemCall, decision: IDataObject): IDataObject {
	return decisionOutput(decision, true, outputWish(call)) as IDataObject;
}

export function shownDecision(call: ItemCall, decision: IDataObject): IDataObject {
	return decisionOutput(decision, call.isOn(simplify), outputWish(call)) as IDataObject;
}
