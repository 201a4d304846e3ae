// Turns a verified delivery into the item that starts the workflow, unless it was there before.
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { readVerdict } from '../decision';
import { RESUME_METADATA } from '../resume/address';
import { EVENTS, readEvent } from '../webhook/events';
import type { DiditEvent } from '../webhook/events';

/** How many keys n8n remembers for the search for duplicates: of the last 500 events at least, as a status change has two. */
const REMEMBERED_KEYS = 1000;

/**
 * What makes two deliveries the same event. Didit does not say whether a repeated delivery keeps its `event_id`, so a status
 * change also counts as known by its content. Corrections of data can follow each other within a second and look alike.
 */
function duplicateKeys(event: DiditEvent): string[] {
	return event.type === 'status.updated' ? [`id:${event.key}`, `content:${event.contentKey}`] : [`id:${event.key}`];
}

async function isDuplicate(context: IExecuteFunctions, event: DiditEvent): Promise<boolean> {
	const options = { mode: 'entries', maxEntries: REMEMBERED_KEYS } as const;
	const look = async () => await context.helpers.checkProcessedAndRecord(duplicateKeys(event), 'node', options);
	// Of several first events at the same moment one can begin n8n's memory of the node; the others find it when they look again.
	const { processed } = await look().catch(look);
	return processed.length > 0;
}

/** The event's own fields, beside those of the verdict. */
function eventFields(event: DiditEvent, payload: IDataObject): IDataObject {
	const metadata = { ...((payload.metadata ?? {}) as IDataObject) };
	// It holds the token that resumes an execution.
	delete metadata[RESUME_METADATA];
	return {
		event_type: event.type,
		event_key: event.key,
		event_time: event.timestamp === null ? null : new Date(event.timestamp * 1000).toISOString(),
		environment: event.environment,
		metadata: Object.keys(metadata).length > 0 ? metadata : null,
		// Which steps the person has to repeat, and why.
		...(payload.resubmit_info !== undefined && { resubmit_info: payload.resubmit_info }),
	};
}

function output(event: DiditEvent, payload: IDataObject, simplify: boolean): IDataObject {
	const marks = event.isTest ? { test: true } : {};
	const isKnown = event.type !== null && event.type in EVENTS;
	if (!simplify || event.subject !== 'session' || !isKnown) return { ...payload, event_key: event.key, ...marks };
	return { ...readVerdict(event.decision, { source: payload }), ...eventFields(event, payload), ...marks };
}

export async function emit(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const simplify = this.getNodeParameter('simplify', 0, true) as boolean;
	const options = this.getNodeParameter('options', 0, {}) as IDataObject;
	// While a builder tries things out, the same test event may come as often as they like.
	const search = options.ignoreDuplicates !== false && this.getMode() !== 'manual';
	const items: INodeExecutionData[] = [];
	for (const [item, { json }] of this.getInputData().entries()) {
		const payload = json.payload as IDataObject;
		const event = readEvent(payload, { 'x-didit-test-webhook': String(json.test) });
		// Test events of the console may all look alike. Only the mark in the body is signed.
		const isSignedTest = (payload.metadata as IDataObject | null | undefined)?.test_webhook === true;
		if (search && !isSignedTest && (await isDuplicate(this, event))) continue;
		items.push({ json: output(event, payload, simplify), pairedItem: { item } });
	}
	return [items];
}
