// Whether the result of a session would come back to the execution that wants to wait for it.
import type { IExecuteFunctions } from 'n8n-workflow';
import { RESUME_METADATA } from '../json/reservedMetadata';
import { fields } from '../json/read';
import type { DiditClient } from '../transport/client';
import { executionAt, executionOfCallback, ownAddress } from './address';
import { ownSessions } from './sessions';
import { TICKET_KEY, isTicket, openTicket } from './ticket';

/**
 * @param decision what Didit says of the session: its callback and its metadata tell where it was meant to lead
 * @returns `nowhere` for a session whose result resumes no execution at all
 */
export function leadsHere(
	context: IExecuteFunctions,
	client: DiditClient,
	session: string,
	decision: Record<string, unknown>,
): 'here' | 'elsewhere' | 'nowhere' {
	if (Object.keys(ownSessions(context)).includes(session)) return 'here';
	const address = ownAddress(context);
	const sealed = fields(decision.metadata)[RESUME_METADATA];
	const ticket = openTicket(sealed, client.keyFor(TICKET_KEY));
	const executions = [executionOfCallback(decision.callback, address), ticket?.execution];
	if (executions.includes(executionAt(address))) return 'here';
	return isTicket(sealed) || executions.some((execution) => execution !== undefined)
		? 'elsewhere'
		: 'nowhere';
}
