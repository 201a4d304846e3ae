// What an execution remembers of the sessions that it created and waits for. n8n keeps it with the execution, so it lasts as
// long as the wait, in every process. Each person has an entry of their own: nobody gets another one's page.
import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import { fields, text } from '../json/read';
import { executionAt, ownAddress } from './address';

interface WaitedSession {
	/** A retried execution inherits the memory of the one that failed, whose links lead elsewhere. */
	execution: string;
	/** What the link of the person has and nobody else knows. */
	visit: string;
	/** Where the person goes afterwards; empty for the plain page. */
	page: string;
	/** A node has waited for it. */
	waited: boolean;
}

type Sessions = Record<string, WaitedSession>;

function memoryOf(context: IExecuteFunctions): Sessions {
	const flow = context.getContext('flow');
	flow.didit_sessions ??= {};
	return flow.didit_sessions as unknown as Sessions;
}

const thisExecution = (context: IExecuteFunctions) => executionAt(ownAddress(context));

export function rememberSession(
	context: IExecuteFunctions,
	session: string,
	{ visit, page }: Pick<WaitedSession, 'visit' | 'page'>,
): void {
	memoryOf(context)[session] = {
		execution: thisExecution(context),
		visit,
		page,
		waited: false,
	};
}

/** The sessions that this execution created so that their result resumes it. */
export function ownSessions(context: IExecuteFunctions): Sessions {
	const execution = thisExecution(context);
	return Object.fromEntries(
		Object.entries(memoryOf(context)).filter(([, session]) => session.execution === execution),
	);
}

/** From here on an empty 'Session' means another one: in a loop each person has their turn. */
export function markWaited(context: IExecuteFunctions, session: string): void {
	const memory = memoryOf(context);
	if (Object.keys(memory).includes(session)) memory[session].waited = true;
}

/** Hands what a visit needs to the node that waits, because a visit sees the memory of that node only. */
export function rememberForVisit(context: IExecuteFunctions, session: string): void {
	const pages = Object.entries(ownSessions(context)).map(([id, { visit, page }]) => [
		visit,
		{ session: id, page },
	]);
	Object.assign(context.getContext('node'), {
		session,
		visits: JSON.stringify(Object.fromEntries(pages)),
	});
}

/** Empty if nothing was remembered; never throws. An expression is the way to it that every release of n8n has. */
function remembered(
	context: IExecuteFunctions | IWebhookFunctions,
	what: 'session' | 'visits',
): string {
	// As escapes, so that nothing in a node's name can end the expression.
	const name = context
		.getNode()
		.name.replace(
			/[^A-Za-z0-9 ]/g,
			(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
		);
	try {
		return String(context.evaluateExpression(`{{ $node["${name}"].context["${what}"] }}`, 0) ?? '');
	} catch {
		return '';
	}
}

/** The session that the node waits for. */
export function sessionOfVisit(context: IExecuteFunctions | IWebhookFunctions): string {
	return remembered(context, 'session');
}

/** Whose link it is that was opened, and their page. Undefined for a link of nobody in this execution. */
export function visitor(
	context: IWebhookFunctions,
	visit: unknown,
): { session: string; page: string } | undefined {
	let visits: unknown;
	try {
		visits = JSON.parse(remembered(context, 'visits'));
	} catch {
		return undefined;
	}
	if (typeof visit !== 'string' || !Object.keys(fields(visits)).includes(visit)) return undefined;
	const { session, page } = fields(fields(visits)[visit]);
	return { session: text(session) ?? '', page: text(page) ?? '' };
}
