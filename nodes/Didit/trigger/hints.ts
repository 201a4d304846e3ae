// What a language model that builds workflows is told about the trigger, beside its fields.
import type { IBuilderHint } from 'n8n-workflow';
import { SESSION_RESULT, STATUS_MEANING } from '../decision/about';
import { TRANSACTION_EVENT } from './transaction';

export const builderHint: IBuilderHint = {
	searchHint:
		'Starts a workflow with each result of an identity verification, with no polling. To create a verification, or to wait for one in the same workflow, use the node didit.',
	relatedNodes: [
		{
			nodeType: 'n8n-nodes-didit.didit',
			relationHint: 'Creates verifications, reads and changes them',
		},
	],
	extraTypeDefContent: [
		{
			content: `Returns for session events (status.updated, data.updated): ${SESSION_RESULT}, event_type, event_key, event_time, environment (live or sandbox), metadata, test (true only for a test event of the Didit console: not a real person). For transaction.* events: ${TRANSACTION_EVENT.join(', ')}, event_type, event_key, event_time. Other events: Didit's payload with event_key.
${STATUS_MEANING}
Each status change is an event: for results alone, set filters.statuses to the statuses you handle: Approved, Declined, Abandoned, Expired, Kyc Expired are final, In Review waits for your team. A filter that is left out lets everything through. Filters don't keep the trigger from resuming executions in Wait for Result. vendor_data is null for sessions made without one.
registration: leave it out with an API key. 'automatic', the default, adds the webhook at Didit on publishing; n8n needs a public https address for it (not with a local sandbox). 'manual' is for a client ID and secret: publishing fails unless the credential has a Webhook Secret, and someone must enter the trigger's address in the Didit console.`,
		},
	],
};
