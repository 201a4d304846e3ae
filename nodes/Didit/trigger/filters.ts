// Whether the builder wants an event to start the workflow.
import { isKnownEvent } from '../webhook/events';
import type { DiditEvent } from '../webhook/events';

export interface Filters {
	statuses?: string[];
	/** From the list, or from an expression as a list or as text with commas. */
	workflowIds?: string | string[];
	sessionKind?: string;
	environment?: string;
}

/** An event that this version doesn't know passes the filters for events and sessions: it's for the builder to decide. */
export function passesFilters(event: DiditEvent, events: string[], filters: Filters): boolean {
	const { statuses = [], sessionKind, environment } = filters;
	if (environment && event.environment !== null && event.environment !== environment) return false;
	if (sessionKind && event.kind !== null && event.kind !== sessionKind) return false;
	if (!isKnownEvent(event.type)) return true;
	if (!events.includes(event.type)) return false;
	if (event.subject !== 'session') return true;
	if (statuses.length > 0 && !statuses.includes(String(event.status))) return false;
	const workflowIds = [filters.workflowIds ?? '']
		.flat()
		.join(',')
		.toLowerCase()
		.split(/[\s,]+/)
		.filter(Boolean);
	return workflowIds.length === 0 || workflowIds.includes(String(event.workflowId).toLowerCase());
}
