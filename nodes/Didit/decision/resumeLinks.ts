// What this package puts into a session so that its result finds the waiting execution. It opens something, so no output of
// a node shows it, wherever in an answer Didit repeats it.
import { RESUME_METADATA } from '../json/reservedMetadata';
import { mapTexts } from './media';

/** The last part of the address at which a waiting execution continues. */
export const RESUME_PATH = 'didit-result';

export const TICKET_PREFIX = 'n8n-ticket-';

const RESUME_ADDRESS = new RegExp(`(?:/|%2F)${RESUME_PATH}(?![\\w-])`, 'i');

/** Takes the resume address and the ticket out of what Didit sent: an address becomes null, the metadata's own entry goes. */
export function withoutResumeLinks<T>(value: T): T {
	const change = (text: string) =>
		RESUME_ADDRESS.test(text) || text.includes(TICKET_PREFIX) ? null : text;
	return mapTexts(value, change, { without: RESUME_METADATA }) as T;
}
