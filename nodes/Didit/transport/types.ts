// Shapes that the parts of the transport share.
import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestMethods,
	ILoadOptionsFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import type { Form } from './form';

export type DiditContext =
	| IExecuteFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| IWebhookFunctions;

export type Authentication = 'clientCredentials' | 'apiKey';

/** A client ID and secret open version 1 of Didit's API, an API key version 3. */
export type ApiVersion = 'v1' | 'v3';

export interface DiditRequest {
	method: IHttpRequestMethods;
	/** From the root of the verification API, with the trailing slash that Didit wants. */
	path: string;
	qs?: IDataObject;
	body?: IDataObject;
	/** Instead of a body, for files. */
	form?: Form;
	/** Beside those that every request has. */
	headers?: Record<string, string>;
	/** True if sending it twice does its work once. GET requests always count as repeatable. */
	repeatable?: boolean;
	/** Didit charges for it. */
	charged?: boolean;
	/** Bytes instead of JSON. */
	encoding?: 'arraybuffer';
	/** HTTP statuses that are an answer here and no error, e.g. 404 for something that may be gone. */
	accept?: number[];
	/** What the screen calls the fields of the request, by Didit's names. */
	labels?: () => Record<string, string>;
	/** Milliseconds that Didit is given for this at least, whatever the time-out for others. */
	leastTimeout?: number;
}

export interface Answer {
	statusCode: number;
	headers: Record<string, string | undefined>;
	/** What Didit sent: unknown until it has been read by a function that says what it needs. */
	body: unknown;
}

export interface RequestLimits {
	/** Milliseconds until an attempt counts as unanswered. */
	timeout: number;
	/** How often a repeatable request is sent again after a dropped connection or a 5xx. */
	maxRetries: number;
	/** Milliseconds that one request may spend waiting for a rate limit in all. */
	maxWait: number;
}
