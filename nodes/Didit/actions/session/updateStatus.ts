// Session: Update Status. Approves, declines, or asks the person to repeat steps.
import type { IDataObject } from 'n8n-workflow';
import { decisionRequest } from '../../transport/decisionRequest';
import { email } from '../common/contactChecks';
import type { ItemCall } from '../common/itemCall';
import type { Operation } from '../common/operation';
import { needCredential } from '../guards';
import { parseDecision } from './result';
import { sessionId } from './sessionId';
import {
	RESUBMITTED,
	comment,
	emailAddress,
	emailLanguage,
	newStatus,
	sendEmail,
	stepsToRepeat,
	updateStatusFields,
} from './updateStatus.fields';
import { emailOf, nodesToRepeat } from './updateStatus.steps';

export const updateStatus: Operation = {
	option: {
		name: 'Update Status',
		value: 'updateStatus',
		action: 'Update status of session',
	},
	subtitle: 'Update Status',
	about: 'Resubmitted needs an API key. Returns session_id, new_status.',
	effect: 'decides',
	fields: updateStatusFields,
	async execute(call) {
		const id = call.need(sessionId);
		const status = call.need(newStatus);
		const decided = call.body(newStatus, comment);
		const again = status === RESUBMITTED ? await resubmission(call, id) : {};
		await call.request({
			method: 'PATCH',
			path: `/${call.client.version}/session/${id}/update-status/`,
			body: { ...decided, ...again },
		});
		return [{ json: { session_id: id, new_status: status } }];
	},
};

/** What only a resubmission needs. The session is read when the steps or the address have to come from it. */
async function resubmission(call: ItemCall, id: string): Promise<IDataObject> {
	needCredential(
		call,
		"'Request Resubmission' requires",
		'apiKey',
		'Choose Approved or Declined, or a Didit credential with an API key',
	);
	const steps = call.read(stepsToRepeat) ?? [];
	const emails = call.isOn(sendEmail);
	const own = emails ? call.read(emailAddress) : undefined;
	const language = emails ? call.body(emailLanguage) : {};
	const body: IDataObject = {};
	let address = own ?? '';
	if (steps.length > 0 || (emails && !own)) {
		const decision = parseDecision(await call.request(decisionRequest(call.client.version, id)));
		if (steps.length > 0) body.nodes_to_resubmit = nodesToRepeat(decision, steps);
		address = own ?? emailOf(decision);
	}
	if (!emails) return body;
	if (!address)
		call.refuseEmpty(
			emailAddress,
			"The session has none either. Enter it, or turn off 'Send Email'",
		);
	return { ...body, send_email: true, email_address: email(address, emailAddress), ...language };
}
