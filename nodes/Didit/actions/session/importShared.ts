// Session: Import Shared. Takes over a session that another Didit application has shared.
import type { IDataObject } from 'n8n-workflow';
import { InputError } from '../../transport/errors';
import { uuid } from '../common/checks';
import { maskOption, mediaLinksOption } from '../common/privacy';
import { simplifyField } from '../common/simplify';
import type { Operation } from '../common/operation';
import { workflowIdField } from '../workflow/workflowId';
import { parseDecision, shownDecision } from './result';

export const importShared: Operation = {
	option: {
		name: 'Import Shared',
		value: 'importShared',
		action: 'Import shared session',
		description: 'Take over a session that another Didit application has shared with yours',
	},
	fields: [
		{
			displayName: 'Share Token',
			name: 'shareToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: "What 'Share' gave the other application. It works once.",
		},
		{ ...workflowIdField, description: 'The workflow of yours under which the session is kept' },
		{
			displayName: 'Trust Review',
			name: 'trustReview',
			type: 'boolean',
			default: false,
			description:
				'Whether the status that the other application decided counts for you too. Otherwise the session goes to your review.',
		},
		{
			displayName: 'Vendor Data',
			name: 'vendorData',
			type: 'string',
			default: '',
			placeholder: 'e.g. user-42',
			description: 'Your own ID of the person',
		},
		simplifyField,
	],
	options: [mediaLinksOption, maskOption],
	needs: 'apiKey',
	agent: 'ifAllowed',
	async execute(call) {
		const token = call.text('shareToken');
		if (!token)
			throw new InputError(
				"'Share Token' is empty",
				"Fill in the token that 'Share' gave the other application",
			);
		const vendorData = call.text('vendorData');
		const body: IDataObject = {
			share_token: token,
			trust_review: call.isOn('trustReview'),
			workflow_id: uuid(call.id('workflowId'), 'Workflow'),
			...(vendorData && { vendor_data: vendorData }),
		};
		const decision = parseDecision(
			await call.request({ method: 'POST', path: '/v3/session/import-shared/', body }),
		);
		const shared = decision.shared_from_session ?? null;
		return [{ json: { ...shownDecision(call, decision), shared_from_session: shared } }];
	},
};
