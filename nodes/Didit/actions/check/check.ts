// What all checks share: fields, the request, and the result. A check is charged, so it's never sent a second time.
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { readCheck } from '../../decision/checkResult';
import { fields, firstText } from '../../json/read';
import type { Fields } from '../../json/read';
import { DiditError } from '../../transport/errors';
import type { DiditRequest } from '../../transport/types';
import { notice, toggle } from '../common/fieldKinds';
import type { ItemCall } from '../common/itemCall';
import { outputWish, rawOutput } from '../common/privacy';
import { simplify } from '../common/simplify';
import { vendorDataField } from '../common/vendorData';

export const charged = notice('Didit charges for each check, whatever its result', 'chargedNotice');

/** Didit's public pages say nothing of these. */
export const maybeCharged = notice(
	'Didit may charge for this, whatever its result',
	'chargedNotice',
);

export const vendorData = vendorDataField({ description: 'Your own ID for them' });

export const saveCheck = toggle({
	label: 'Save in Didit',
	name: 'saveCheck',
	diditName: 'save_api_request',
	default: true,
	description: 'Whether Didit keeps it',
});

/** Milliseconds. Checks look into databases around the world. */
const LEAST_TIMEOUT = 90_000;

/**
 * Runs a check at Didit.
 * @returns Didit's response
 * @throws DiditError if there is no result in it
 */
export async function runCheck(
	call: ItemCall,
	request: Omit<DiditRequest, 'method'>,
	feature: string,
): Promise<Fields> {
	const { body } = await call.request({
		...request,
		method: 'POST',
		charged: true,
		leastTimeout: LEAST_TIMEOUT,
	});
	const answer = fields(body);
	const status = firstText(answer.status, fields(answer[feature]).status);
	if (status !== null || typeof answer.risk_score === 'number') return answer;
	throw new DiditError(
		"Didit's response has no result of the check in it",
		'The check may have been charged. Look in the Didit console before you run this item again',
	);
}

/**
 * The item of a check.
 * @param read what the check has found, of its part of the response
 */
export function checkItem(
	call: ItemCall,
	answer: Fields,
	feature: string,
	read: (block: Fields) => Fields,
): INodeExecutionData[] {
	const block = fields(answer[feature]);
	const shown = call.isOn(simplify)
		? readCheck(answer, block, read(block), outputWish(call).maskedNumbers)
		: rawOutput(call, answer);
	return [{ json: shown as IDataObject }];
}
