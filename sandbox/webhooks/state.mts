/** What the sandbox remembers about webhooks: destinations, the application's older URL, deliveries and how to repeat them. */
import { setMaxListeners } from 'node:events';
import { type State } from '../model/state.mts';
import {
	type Delivery,
	type Destination,
	type Message,
	type Target,
	type WebhookConfig,
} from './records.mts';
import { newSecret } from './secret.mts';
import { createSigner, type Signer } from './signer.mts';

export interface Webhooks {
	/** The account that the events are about. */
	readonly state: State;
	/** Oldest first. */
	destinations: Destination[];
	config: WebhookConfig;
	deliveries: Delivery[];
	/** What a delivery sent, by its ID, to send it again. */
	messages: Map<string, { target: Target; message: Message }>;
	/** Ends the deliveries under way and the pauses before the next attempts. */
	stop: AbortController;
	readonly signer: Signer;
}

const newConfig = (): WebhookConfig => ({
	webhook_url: null,
	webhook_version: 'v3',
	secret_shared_key: newSecret(),
	capture_method: 'both',
	data_retention_months: null,
});

function newStop(): AbortController {
	const stop = new AbortController();
	// Every delivery listens to it, and Node would warn about a leak from the eleventh on.
	setMaxListeners(0, stop.signal);
	return stop;
}

export function emptyWebhooks(state: State): Webhooks {
	return {
		state,
		destinations: [],
		config: newConfig(),
		deliveries: [],
		messages: new Map(),
		stop: newStop(),
		signer: createSigner(),
	};
}

/** Back to how it started. The lists are emptied in place, because tests hold on to them. */
export function resetWebhooks(webhooks: Webhooks): void {
	webhooks.stop.abort();
	webhooks.stop = newStop();
	webhooks.config = newConfig();
	webhooks.destinations.length = 0;
	webhooks.deliveries.length = 0;
	webhooks.messages.clear();
}

/** For good: nothing is delivered afterwards. */
export function closeWebhooks({ stop, signer }: Webhooks): void {
	stop.abort();
	signer.close();
}
