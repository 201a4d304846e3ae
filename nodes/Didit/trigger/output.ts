// Turns a verified delivery into the item that starts the workflow, unless it was there before.
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { readVerdict } from '../decision/verdict';
import { withoutMediaLinks } from '../decision/media';
import { isFields } from '../json/read';
import { withoutResumeLinks } from '../decision/resumeLinks';
import { isKnownEvent, readEvent } from '../webhook/events';
import type { DiditEvent } from '../webhook/events';
import { isDuplicate } from './duplicates';
import { transactionFields } from './transaction';

/** Null for a time that no calendar has. */
function timeOf({ timestamp }: DiditEvent): string | null {
	const time = timestamp === null ? NaN : new Date(timestamp * 1000).getTime();
	return Number.isNaN(time) ? null : new Date(time).toISOString();
}

const isEmpty = (value: unknown) => isFields(value) && Object.keys(value).length === 0;

/** The event's own fields, beside those of the verdict. */
function eventFields(event: DiditEvent, payload: IDataObject): IDataObject {
	const metadata = withoutResumeLinks(payload.metadata) ?? null;
	return {
		event_type: event.type,
		event_key: event.key,
		event_time: timeOf(event),
		environment: event.environment,
		metadata: isEmpty(metadata) ? null : metadata,
		// Which steps the person has to repeat, and why.
		...(payload.resubmit_info !== undefined && { resubmit_info: payload.resubmit_info }),
	};
}

function rawEvent(payload: IDataObject, options: IDataObject): IDataObject {
	const shown = withoutResumeLinks(payload);
	return options.includeMediaLinks === true ? shown : withoutMediaLinks(shown);
}

function output(
	event: DiditEvent,
	payload: IDataObject,
	simplify: boolean,
	options: IDataObject,
): IDataObject {
	const marks = event.isTest ? { test: true } : {};
	const facts = simplify && isKnownEvent(event.type) ? factsOf(event, payload) : undefined;
	if (!facts) return { ...rawEvent(payload, options), event_key: event.key, ...marks };
	return { ...facts, ...eventFields(event, payload), ...marks };
}

/** What a known event is about, in a few fields; undefined for what has no simplified form. */
function factsOf(event: DiditEvent, payload: IDataObject): IDataObject | undefined {
	if (event.subject === 'session') return { ...readVerdict(event.decision, { source: payload }) };
	return event.type?.startsWith('transaction.') ? transactionFields(payload) : undefined;
}

/** A run without an item is a riddle otherwise, above all after a click on "Resend" in the Didit console. */
const IGNORED =
	"Didit delivered this event before, so it was ignored. If the earlier execution failed, retry that one, or turn off 'Ignore Duplicates' and have Didit send the event again";

export async function outputEvents(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const simplify = this.getNodeParameter('simplify', 0, true) as boolean;
	const options = this.getNodeParameter('options', 0, {}) as IDataObject;
	// While a builder tries things out, the same test event may come as often as they like.
	const search = options.ignoreDuplicates !== false && this.getMode() !== 'manual';
	const items: INodeExecutionData[] = [];
	let ignored = 0;
	for (const [item, { json }] of this.getInputData().entries()) {
		const payload = json.payload as IDataObject;
		const event = readEvent(payload, { isTest: json.test === true });
		// Test events of the console may all look alike.
		if (search && !event.isTest && (await isDuplicate(this, event))) {
			ignored++;
			continue;
		}
		items.push({ json: output(event, payload, simplify, options), pairedItem: { item } });
	}
	if (ignored > 0) this.addExecutionHints?.({ message: IGNORED, location: 'outputPane' });
	return [items];
}
