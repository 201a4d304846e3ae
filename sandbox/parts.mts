/** The parts of a running sandbox: the account, its webhooks and the faults in force, each in its own room. */
import { createFaults, type Faults, resetFaults } from './faults/faults.mts';
import { createState, type Credentials, resetState, type State } from './model/state.mts';
import { type SettingsChange } from './model/settings.mts';
import { createWebhooks } from './webhooks/events.mts';
import { resetWebhooks, type Webhooks } from './webhooks/state.mts';

export interface Parts {
	state: State;
	webhooks: Webhooks;
	faults: Faults;
}

export function createParts(credentials: Credentials, settings: SettingsChange): Parts {
	const state = createState(credentials, settings);
	return { state, webhooks: createWebhooks(state), faults: createFaults() };
}

/** Back to how the sandbox started. */
export function reset({ state, webhooks, faults }: Parts): void {
	resetState(state);
	resetWebhooks(webhooks);
	resetFaults(faults);
}
