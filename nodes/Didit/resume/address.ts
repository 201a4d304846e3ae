// The address at which a waiting execution goes on. Didit sends the person's browser there, and the Didit Trigger calls it.
import type { IExecuteFunctions, IWebhookDescription } from 'n8n-workflow';
import { InputError } from '../transport';

const RESUME_PATH = 'didit-result';

/** Under this name the address travels with the session's metadata, to the signed webhook and back. */
export const RESUME_METADATA = 'n8n_resume_url';

/** Keys of what the execution remembers while it waits (n8n allows letters, digits and `_`, and 512 characters a value). */
export const REMEMBERED = { session: 'didit_session', page: 'didit_page' };

/** @throws InputError if n8n does not keep the value: an execution has room for ten, set by any node */
export function remember(context: IExecuteFunctions, key: string, value: string): void {
	context.customData.set(key, value);
	if ((context.customData.get(key) ?? '') === value) return;
	throw new InputError(
		'This execution has no room left for what it must remember while it waits',
		"n8n keeps ten values of custom data. Set fewer of them with 'Execution Data' nodes or in code",
	);
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
		const prefix = own.pathname.replace(/[^/]+\/?$/, '');
		const rest = url.pathname.startsWith(prefix) ? url.pathname.slice(prefix.length) : '';
		return url.origin === own.origin && url.username === '' && new RegExp(`^[A-Za-z0-9-]+/${RESUME_PATH}$`).test(rest);
	} catch {
		return false;
	}
}
