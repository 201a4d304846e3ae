// Session: Create. Makes a verification session and passes on its link.
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { fields } from '../../json/read';
import { DiditError, InputError } from '../../transport/errors';
import type { Answer, DiditRequest } from '../../transport/types';
import { RESUME_METADATA, rememberPage, resumeAddress } from '../../wait/address';
import type { ItemCall } from '../common/itemCall';
import type { Operation } from '../common/operation';
import { needCredential } from '../guards';
import { additionalDetails } from './create.details';
import {
	afterVerification,
	callbackUrl,
	createFields,
	features,
	returnPage,
	vendorData,
	verifyWith,
	workflow,
} from './create.fields';

export const create: Operation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create session',
		description: 'Create a verification session and get its link',
	},
	effect: 'creates',
	fields: createFields,
	async execute(call) {
		const byWorkflow = call.read(verifyWith) === 'workflow';
		const request = byWorkflow ? await workflowSession(call) : featureSession(call);
		return [readSession(await call.request(request))];
	},
};

/** Where Didit sends the person: to the builder's page, or back to this execution, which then knows the page. */
function readCallback(call: ItemCall): { callback?: string; resumes: boolean } {
	if (call.read(afterVerification) !== 'resume') {
		return { callback: call.read(callbackUrl), resumes: false };
	}
	if (call.context.getInputData().length > 1) {
		throw new InputError(
			"'Resume This Workflow' processes one item at a time",
			"Put it into a loop with the node 'Loop Over Items', or into a sub-workflow that runs once for each item",
		);
	}
	rememberPage(call.context, call.read(returnPage) ?? '');
	const resumeUrl = call.context.evaluateExpression('{{ $execution.resumeUrl }}', call.item);
	return { callback: resumeAddress(String(resumeUrl)), resumes: true };
}

function featureSession(call: ItemCall): DiditRequest {
	needCredential(
		call,
		'Feature combinations require',
		'clientCredentials',
		"Set 'Verify With' to 'Workflow', or choose a Didit credential with a client ID and secret",
	);
	const body = call.body(features);
	const { callback } = readCallback(call);
	Object.assign(body, callback && { callback }, call.body(vendorData));
	return { method: 'POST', path: '/v1/session/', body };
}

async function workflowSession(call: ItemCall): Promise<DiditRequest> {
	needCredential(
		call,
		'Workflows require',
		'apiKey',
		"Set 'Verify With' to 'Feature Combination', or choose a Didit credential with an API key",
	);
	const body = { ...call.body(workflow), ...(await additionalDetails(call)) };
	const { callback, resumes } = readCallback(call);
	Object.assign(body, callback && { callback }, call.body(vendorData));
	// For the Didit Trigger, which resumes the execution even if the person closed the browser.
	if (resumes) body.metadata = { ...(body.metadata as IDataObject), [RESUME_METADATA]: callback };
	// With vendor data Didit returns an unfinished session again instead of making a second one.
	return { method: 'POST', path: '/v3/session/', body, repeatable: body.vendor_data !== undefined };
}

/** @throws DiditError if Didit's response has no session in it: an item without a link must not look like one with a link */
function readSession({ body }: Answer): INodeExecutionData {
	if (typeof body === 'string') {
		throw new DiditError(
			"Didit's response is incomplete or didn't come from Didit",
			'The session may exist: look in the Didit console before you run this item again',
		);
	}
	const session = fields(body) as IDataObject;
	for (const field of ['session_id', 'url']) {
		if (typeof session[field] !== 'string' || session[field] === '') {
			throw new DiditError(
				`Didit's response is missing '${field}'`,
				'The session may exist: look in the Didit console. A limited API key needs write access to sessions to get the link',
			);
		}
	}
	return { json: session };
}
