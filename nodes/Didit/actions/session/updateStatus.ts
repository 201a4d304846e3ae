// Session: Update Status. Approves, declines, or asks the person to repeat steps.
import type { IDataObject } from 'n8n-workflow';
import { decisionRequest } from '../../transport/decisionRequest';
import { InputError } from '../../transport/errors';
import { email, listOf, oneOf } from '../common/checks';
import { LANGUAGE_CODES } from '../common/languages';
import type { Operation } from '../common/operation';
import type { ItemCall } from '../common/itemCall';
import { parseDecision } from './result';
import { sessionIdOf } from './sessionId';
import { updateStatusFields } from './updateStatus.fields';
import { emailOf, nodesToRepeat } from './updateStatus.steps';

export const updateStatus: Operation = {
	option: {
		name: 'Update Status',
		value: 'updateStatus',
		action: 'Update status of session',
		description: 'Approve or decline a finished session, or ask the person to repeat steps',
	},
	fields: updateStatusFields,
	agent: 'ifAllowed',
	async execute(call) {
		const id = sessionIdOf(call);
		const newStatus = oneOf(['Approved', 'Declined', 'Resubmitted'])(
			call.text('newStatus'),
			'New Status',
		);
		const comment = call.text('comment');
		const { version } = call.client;
		const again = newStatus === 'Resubmitted' ? await askingAgain(call, id) : {};
		const body: IDataObject = { new_status: newStatus, ...(comment && { comment }), ...again };
		await call.request({ method: 'PATCH', path: `/${version}/session/${id}/update-status/`, body });
		return [{ json: { session_id: id, new_status: newStatus } }];
	},
};

/** What only a repetition needs. The session is read when the steps or the address have to come from it. */
async function askingAgain(call: ItemCall, id: string): Promise<IDataObject> {
	if (call.client.authentication !== 'apiKey') {
		throw new InputError(
			"'Ask Again' needs an API key, and this credential holds a client ID and secret",
			'Choose Approved or Declined, or a Didit credential with an API key',
		);
	}
	const readRecordId = listOf(call.param('stepsToRepeat', []), 'Steps to Repeat');
	const sendEmail = call.isOn('sendEmail');
	const language = sendEmail
		? oneOf(LANGUAGE_CODES)(call.text('emailLanguage') || 'en', 'Email Language')
		: '';
	let address = sendEmail ? call.text('emailAddress') : '';
	if (address) address = email(address, 'Email Address');
	const body: IDataObject = {};
	if (readRecordId.length > 0 || (sendEmail && !address)) {
		const decision = parseDecision(await call.request(decisionRequest('v3', id)));
		if (readRecordId.length > 0) body.nodes_to_resubmit = nodesToRepeat(decision, readRecordId);
		address = address || emailOf(decision);
	}
	if (!sendEmail) return body;
	if (!address)
		throw new InputError(
			"'Email Address' is empty, and the session has none",
			"Fill it in, or turn off 'Send Email'",
		);
	return {
		...body,
		send_email: true,
		email_address: email(address, 'Email Address'),
		email_language: language,
	};
}
