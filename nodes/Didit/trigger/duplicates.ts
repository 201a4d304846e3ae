// Whether an event started the workflow before. n8n keeps the memory, and offers it to `execute` only.
import type { IExecuteFunctions } from 'n8n-workflow';
import type { DiditEvent } from '../webhook/events';
import { oneAtATime } from './oneAtATime';

/** How many keys n8n remembers: of the last 500 events at least, as a status change has two. */
const REMEMBERED_KEYS = 1000;

/**
 * What makes two deliveries the same event. Didit does not say whether a repeated delivery keeps its `event_id`, so a status
 * change also counts as known by its content. Corrections of data can follow each other within a second and look alike.
 */
function duplicateKeys(event: DiditEvent): string[] {
	return event.type === 'status.updated'
		? [`id:${event.key}`, `content:${event.contentKey}`]
		: [`id:${event.key}`];
}

/** Remembers the event too. */
export async function isDuplicate(context: IExecuteFunctions, event: DiditEvent): Promise<boolean> {
	const options = { mode: 'entries', maxEntries: REMEMBERED_KEYS } as const;
	const look = async () =>
		await context.helpers.checkProcessedAndRecord(duplicateKeys(event), 'node', options);
	// n8n reads what it remembers of the node and then writes all of it back: of events at the same moment all but one would
	// be forgotten. Other processes do so too, and of several first events one can begin the memory; the others look again.
	const { processed } = await oneAtATime(
		`${context.getWorkflow().id}/${context.getNode().id}`,
		async () => await look().catch(look),
	);
	return processed.length > 0;
}
