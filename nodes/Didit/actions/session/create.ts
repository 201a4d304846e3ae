// Session: Create. Makes a verification session and passes on its link.
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { DiditError, InputError } from '../../transport/errors';
import type { Answer, Authentication, DiditRequest } from '../../transport/types';
import { featureCombination, url, uuid } from '../common/checks';
import { RESUME_METADATA, rememberPage, resumeAddress } from '../../wait/address';
import type { Operation } from '../common/operation';
import type { ItemCall } from '../common/itemCall';
import { additionalDetails, portraitImage } from './create.details';
import { createFields } from './create.fields';

export const create: Operation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create session',
		description: 'Create a verification session and get its link',
	},
	fields: createFields,
	async execute(call) {
		const verifyWith = call.text('verifyWith');
		checkCredential(verifyWith, call.client.authentication);
		const request = verifyWith === 'workflow' ? await workflowSession(call) : featureSession(call);
		return [readSession(await call.request(request))];
	},
};

const NEEDED: Record<string, { authentication: Authentication; refusal: InputError }> = {
	features: {
		authentication: 'clientCredentials',
		refusal: new InputError(
			'Feature combinations need a client ID and secret, and this credential holds an API key',
			"Set 'Verify With' to 'Workflow', or choose a Didit credential with a client ID and secret",
		),
	},
	workflow: {
		authentication: 'apiKey',
		refusal: new InputError(
			'Workflows need an API key, and this credential holds a client ID and secret',
			"Set 'Verify With' to 'Feature Combination', or choose a Didit credential with an API key",
		),
	},
};

function checkCredential(verifyWith: string, authentication: Authentication): void {
	if (!Object.keys(NEEDED).includes(verifyWith))
		throw new InputError(
			"'Verify With' is not valid",
			'Choose a feature combination or a workflow',
		);
	const { authentication: needed, refusal } = NEEDED[verifyWith];
	if (needed !== authentication) throw refusal;
}

/** Where Didit sends the person: to the builder's page, or back to this execution, which then knows the page. */
function readCallback(call: ItemCall): { callback: string; resumes: boolean } {
	const given = call.text('callback');
	const resumes = call.text('afterVerification') === 'resume';
	const address = given && url(given, resumes ? 'Page Afterwards' : 'Callback URL');
	if (!resumes) return { callback: address, resumes };
	if (call.context.getInputData().length > 1) {
		throw new InputError(
			"'Resume This Workflow' takes one item at a time",
			"Put it into a loop with the node 'Loop Over Items', or into a sub-workflow that runs once for each item",
		);
	}
	rememberPage(call.context, address);
	return {
		callback: resumeAddress(
			String(call.context.evaluateExpression('{{ $execution.resumeUrl }}', call.item)),
		),
		resumes,
	};
}

/** What both versions of the API take. */
function commonBody(callback: string, vendorData: string): IDataObject {
	return { ...(callback && { callback }), ...(vendorData && { vendor_data: vendorData }) };
}

function featureSession(call: ItemCall): DiditRequest {
	const features = featureCombination(call.text('features'));
	const { callback } = readCallback(call);
	const body = { ...(features && { features }), ...commonBody(callback, call.text('vendorData')) };
	return { method: 'POST', path: '/v1/session/', body };
}

async function workflowSession(call: ItemCall): Promise<DiditRequest> {
	const workflowId = call.id('workflowId');
	if (!workflowId)
		throw new InputError("'Workflow' is empty", 'Choose a workflow from the list, or enter its ID');
	const fields = call.collection('additionalFields');
	const body: IDataObject = {
		workflow_id: uuid(workflowId, 'Workflow'),
		...additionalDetails(fields),
		...(await portraitImage(call, fields)),
	};
	const { callback, resumes } = readCallback(call);
	Object.assign(body, commonBody(callback, call.text('vendorData')));
	// For the Didit Trigger, which resumes the execution even if the person closed the browser.
	if (resumes) body.metadata = { ...(body.metadata as IDataObject), [RESUME_METADATA]: callback };
	// With vendor data Didit returns an unfinished session again instead of making a second one.
	return { method: 'POST', path: '/v3/session/', body, repeatable: body.vendor_data !== undefined };
}

/** @throws DiditError if Didit's answer has no session in it: an item without a link must not look like one with a link */
function readSession({ body }: Answer): INodeExecutionData {
	if (typeof body === 'string') {
		throw new DiditError(
			"Didit's answer is incomplete, or comes from somebody else",
			'The session may exist: look in the Didit console before you run this item again',
		);
	}
	const session = (typeof body === 'object' && body !== null ? body : {}) as IDataObject;
	for (const field of ['session_id', 'url']) {
		if (typeof session[field] !== 'string' || session[field] === '') {
			throw new DiditError(
				`Didit's answer has no '${field}'`,
				'The session may exist: look in the Didit console. A limited API key needs write access to sessions to get the link',
			);
		}
	}
	return { json: session };
}
