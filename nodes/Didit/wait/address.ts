// The address at which a waiting execution continues: the person's browser comes back to it, or the Didit Trigger calls it.
import type { IExecuteFunctions, IWebhookDescription, IWebhookFunctions } from 'n8n-workflow';
import { RESUME_PATH } from '../decision/resumeLinks';
import type { Ticket } from './ticket';

/** n8n's own name for its token. */
const TOKEN = 'signature';

/** Says whose visit it is: one execution can have links for several people. */
export const VISIT = 'visit';

export const resumeWebhook: IWebhookDescription = {
	name: 'default',
	httpMethod: 'GET',
	responseMode: 'onReceived',
	// Otherwise n8n adds its default response body.
	responseData: '',
	path: RESUME_PATH,
	isFullPath: true,
	restartWebhook: true,
};

/** n8n's own address of the execution that runs, with its token in the query. */
export function ownAddress(context: IExecuteFunctions | IWebhookFunctions): string {
	return String(context.evaluateExpression('{{ $execution.resumeUrl }}', 0));
}

const pathParts = (url: URL) => url.pathname.split('/').filter((part) => part !== '');

/** The ID that n8n gave the execution at this address. */
export const executionAt = (address: string) => pathParts(new URL(address)).pop() ?? '';

export function ticketFor(context: IExecuteFunctions): Ticket {
	const address = ownAddress(context);
	return {
		instance: context.getInstanceId(),
		execution: executionAt(address),
		token: new URL(address).searchParams.get(TOKEN) ?? '',
	};
}

/**
 * The address for the person's browser. Didit appends its parameters with `?` or `&`: with `?` they become part of the last
 * parameter, so that is one that nobody reads.
 * @param address n8n's own address of the execution
 */
export function browserAddress(address: string, visit: string): string {
	const url = new URL(address);
	url.pathname = [...pathParts(url), RESUME_PATH].join('/');
	url.searchParams.append(VISIT, visit);
	url.searchParams.append('from', 'didit');
	return url.href;
}

/**
 * The address for the Didit Trigger, on its own n8n: the public address may have changed since the ticket was made.
 * @param address n8n's own address of any execution
 */
export function ticketAddress({ execution, token }: Ticket, address: string): string {
	const url = new URL(address);
	url.pathname = [...pathParts(url).slice(0, -1), encodeURIComponent(execution), RESUME_PATH].join(
		'/',
	);
	url.search = '';
	if (token !== '') url.searchParams.append(TOKEN, token);
	return url.href;
}

/** The execution to which a session's callback sends the browser, if it is one of this n8n. */
export function executionOfCallback(callback: unknown, address: string): string | undefined {
	if (typeof callback !== 'string') return undefined;
	try {
		const [url, own] = [new URL(callback), new URL(address)];
		const [parts, ownParts] = [pathParts(url), pathParts(own)];
		const [execution, end] = parts.slice(ownParts.length - 1);
		const isOurs =
			end === RESUME_PATH &&
			parts.length === ownParts.length + 1 &&
			parts.slice(0, ownParts.length - 1).join('/') === ownParts.slice(0, -1).join('/');
		return isOurs ? execution : undefined;
	} catch {
		return undefined;
	}
}
