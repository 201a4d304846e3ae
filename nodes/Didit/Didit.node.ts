// What the editor shows of the node "Didit". What it does is in actions/.
import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { getLanguages } from './actions/common/languages';
import { builderHint } from './actions/hints';
import { nodeProperties, RESOURCES } from './actions/resources';
import { router } from './actions/router';
import { subtitleExpression } from './actions/subtitle';
import { searchLists, searchOwnLists } from './methods/searchLists';
import { searchBusinesses, searchUsers } from './methods/searchRecords';
import { searchSessions } from './methods/searchSessions';
import { searchTransactions } from './methods/searchTransactions';
import { searchWorkflows } from './methods/searchWorkflows';
import { DESCRIPTION } from './description';
import { resumeWebhook } from './wait/address';
import { resumeWaiting } from './wait/visit';

/** For Wait for Result: the address at which a waiting execution continues. */
const webhooks = [resumeWebhook];

/** Below the sign that the execution waits, in the editor. Only Wait for Result waits. */
const WAITING =
	'={{ "Open the session\'s link and finish the verification. The workflow continues when Didit has a result, after " + $parameter["waitAmount"] + " " + $parameter["waitUnit"] + " at the latest." }}';

export class Didit implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Didit',
		name: 'didit',
		icon: { light: 'file:didit.svg', dark: 'file:didit.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: subtitleExpression(RESOURCES),
		description: DESCRIPTION,
		waitingNodeTooltip: WAITING,
		defaults: { name: 'Didit' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		// A share token grants access to a session, so treat it as a secret.
		sensitiveOutputFields: ['share_token'],
		credentials: [{ name: 'diditApi', required: true }],
		webhooks,
		builderHint: builderHint(RESOURCES),
		properties: nodeProperties(),
	};

	methods = {
		loadOptions: { getLanguages },
		listSearch: {
			searchBusinesses,
			searchLists,
			searchOwnLists,
			searchSessions,
			searchTransactions,
			searchUsers,
			searchWorkflows,
		},
	};

	execute = router;

	webhook = resumeWaiting;
}
