// The address at which a waiting execution goes on. Didit sends the person's browser there, and the Didit Trigger calls it.
import type { IExecuteFunctions, IWebhookDescription, IWebhookFunctions } from 'n8n-workflow';

const RESUME_PATH = 'didit-result';

/** Under this name the address travels with the session's metadata, to the signed webhook and back. */
export const RESUME_METADATA = 'n8n_resume_url';

/** What the node and Didit themselves put into a session's metadata, and read from it. */
export const RESERVED_METADATA = [RESUME_METADATA, 'test_webhook'];

/** Remembers where the person goes after a visit to the resume address. n8n keeps it with the execution. */
export function rememberPage(context: IExecuteFunctions, page: string): void {
	context.getContext('flow').didit_page = page;
}

/** Hands what a visit needs to the node that waits, because a visit sees the memory of that node only. */
export function rememberForVisit(context: IExecuteFunctions, session: string): void {
	Object.assign(context.getContext('node'), {
		session,
		page: context.getContext('flow').didit_page ?? '',
	});
}

/** Empty if nothing was remembered; never throws. An expression is the way to it that every release of n8n has. */
export function remembered(context: IWebhookFunctions, what: 'session' | 'page'): string {
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

export const resumeWebhook: IWebhookDescription = {
	name: 'default',
	httpMethod: 'GET',
	responseMode: 'onReceived',
	// Without it n8n would answer with a word of its own.
	responseData: '',
	path: RESUME_PATH,
	isFullPath: true,
	restartWebhook: true,
};

/**
 * @param resumeUrl n8n's own address of the execution, with its token in the query
 * @returns the address for Didit. Didit appends its parameters with `?` or `&`: with `?` they become part of the last
 * parameter, so that is one that nobody reads.
 */
export function resumeAddress(resumeUrl: string): string {
	const url = new URL(resumeUrl);
	url.pathname = `${url.pathname.replace(/\/$/, '')}/${RESUME_PATH}`;
	url.searchParams.append('from', 'didit');
	return url.href;
}

/** Whether an address that came with a webhook is one of this n8n: nothing else may be called. */
export function isOwnResumeAddress(address: unknown, ownResumeUrl: string): address is string {
	if (typeof address !== 'string') return false;
	try {
		const url = new URL(address);
		const own = new URL(ownResumeUrl);
		const prefix = own.pathname.slice(0, own.pathname.replace(/\/$/, '').lastIndexOf('/') + 1);
		const rest = url.pathname.startsWith(prefix) ? url.pathname.slice(prefix.length) : '';
		return (
			url.origin === own.origin &&
			url.username === '' &&
			new RegExp(`^[A-Za-z0-9-]+/${RESUME_PATH}$`).test(rest)
		);
	} catch {
		return false;
	}
}
