// Session: Create. Makes a verification session and passes on its link.
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { withoutResumeLinks } from '../../decision/resumeLinks';
import { fields } from '../../json/read';
import { DiditError, InputError } from '../../transport/errors';
import type { Answer, DiditRequest } from '../../transport/types';
import type { ItemCall } from '../common/itemCall';
import type { Operation } from '../common/operation';
import { defaultWorkflow } from '../workflow/defaultWorkflow';
import { additionalFields, additionalDetails } from './create.details';
import { createFields, features, vendorData, workflow } from './create.fields';
import { checkLaterWaits, planReturn } from './create.return';
import type { Return } from './create.return';

export const create: Operation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create session',
	},
	about:
		'The credential decides whether workflowId or features counts. Leave the other one empty. Send url to the person with a later node. Returns session_id, session_token, url (the link), status, session_number, vendor_data, metadata, workflow_id, workflow_version, callback.',
	effect: 'creates',
	forMany: true,
	fields: createFields,
	checkFirst: checkLaterWaits,
	async execute(call) {
		const hasWorkflows = call.client.version === 'v3';
		const request = hasWorkflows ? await workflowSession(call) : featureSession(call);
		const way = await planReturn(call);
		const session = readSession(await call.request(withReturn(request, way)));
		way.created(String(session.json.session_id));
		return [session];
	},
};

function withReturn(request: DiditRequest, { callback, metadata }: Return): DiditRequest {
	const body: IDataObject = { ...request.body, ...(callback && { callback }) };
	if (Object.keys(metadata).length > 0)
		body.metadata = { ...(body.metadata as IDataObject), ...metadata };
	return { ...request, body };
}

/** @throws InputError for a choice that the credential would ignore: something else would be checked than was asked for */
function featureSession(call: ItemCall): DiditRequest {
	const ignored = call.isFilled(workflow) ? workflow : additionalFields;
	if (call.isFilled(ignored)) {
		throw new InputError(
			`'${ignored.label}' requires an API key, but this credential uses a client ID and secret`,
			'Clear the field, or choose a Didit credential with an API key',
		);
	}
	const body = { ...call.body(features), ...call.body(vendorData) };
	return { method: 'POST', path: '/v1/session/', body };
}

async function workflowSession(call: ItemCall): Promise<DiditRequest> {
	if (call.isFilled(features)) {
		throw new InputError(
			`'${features.label}' requires a client ID and secret, but this credential uses an API key`,
			`Choose a '${workflow.label}' and set '${features.label}' to 'Use the Didit Console's Settings', or choose a Didit credential with a client ID and secret`,
		);
	}
	const body: IDataObject = {
		workflow_id: await chosenWorkflow(call),
		...(await additionalDetails(call)),
		...call.body(vendorData),
	};
	// With vendor data Didit returns an unfinished session again instead of making a second one.
	return { method: 'POST', path: '/v3/session/', body, repeatable: body.vendor_data !== undefined };
}

/** An expression that gives nothing doesn't mean the default workflow, which may check less. */
async function chosenWorkflow(call: ItemCall): Promise<string> {
	if (call.isFilled(workflow) || call.isExpression(workflow)) return call.need(workflow);
	return await defaultWorkflow(call);
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
	return { json: withoutResumeLinks(session) };
}
