// What the editor shows of the node "Didit Trigger". What it does is in trigger/.
import { NodeConnectionTypes } from 'n8n-workflow';
import type { IHookFunctions, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { DESCRIPTION } from './description';
import { loadWorkflows } from './methods/searchWorkflows';
import { eventsSubtitle, triggerFields } from './trigger/fields';
import { builderHint } from './trigger/hints';
import { outputEvents } from './trigger/output';
import { receive } from './trigger/receive';
import { checkRegistration, register, unregister } from './trigger/registration';

export class DiditTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Didit Trigger',
		name: 'diditTrigger',
		icon: { light: 'file:didit.svg', dark: 'file:didit.dark.svg' },
		group: ['trigger'],
		// Not 1: for triggers of version 1 n8n evaluates an expression at every delivery, in search of an option of its Webhook node.
		version: 1.1,
		subtitle: eventsSubtitle,
		description: DESCRIPTION,
		eventTriggerDescription: 'Waiting for Didit to report an event',
		activationMessage: 'Didit will now report events to this workflow.',
		defaults: { name: 'Didit Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'diditApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				// Otherwise n8n adds its default response body.
				responseData: '',
				path: 'didit',
			},
		],
		triggerPanel: {
			header: '',
			executionsHelp: {
				inactive:
					"<b>While building your workflow</b>, click 'Execute step' and finish a verification, or send a test event from the Didit console. The run shows up in this editor.<br /><br /><b>Once you're happy with your workflow</b>, publish it (in n8n 1: activate it). From then on every event that Didit reports starts a run, which you find in the executions list.",
				active:
					"<b>While building your workflow</b>, click 'Execute step' and finish a verification, or send a test event from the Didit console. The run shows up in this editor.<br /><br /><b>Your workflow is published</b>, so every event that Didit reports also starts a run, which you find in the executions list.",
			},
			activationHint: 'Publish the workflow to have Didit report every result to it.',
		},
		builderHint,
		properties: triggerFields,
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await checkRegistration(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await register(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await unregister(this);
			},
		},
	};

	methods = { loadOptions: { loadWorkflows } };

	webhook = receive;

	execute = outputEvents;
}
