// Tells the builder in n8n's log what calls may be about, without letting strangers fill it.
import type { IWebhookFunctions } from 'n8n-workflow';

/** Milliseconds between two equal lines. */
const PAUSE_MS = 10 * 60_000;

/** When each trigger of this process last said what. Older entries are dropped when the next one comes. */
const said = new Map<string, number>();

/** @param text a sentence of the package's own: nothing that came with a call, as every new text is said */
export function logRarely(context: IWebhookFunctions, level: 'warn' | 'error', text: string): void {
	const now = Date.now();
	for (const [key, at] of said) if (now - at >= PAUSE_MS) said.delete(key);
	const key = `${context.getWorkflow().id}/${context.getNode().id}/${text}`;
	if (said.has(key)) return;
	said.set(key, now);
	context.logger[level](`Didit Trigger '${context.getNode().name}': ${text}`);
}
